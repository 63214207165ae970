// The list of quotes, after lists/list.js.
const KIND = {
  direct: "all of it in quotation marks",
  mixed: "a paraphrase with quoted words in it",
  indirect: "a paraphrase",
};
const COPIES = ["text", "Markdown", "citation"];
const WAIT = 500;

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".quotes");
  const state = (root.state ??= { nodes: new Map() });
  state.data = data;
  state.send = setTriggerValue;
  if (!state.search) build(root, state);
  if (state.id !== data.id) {
    state.id = data.id;
    state.nodes.clear();
  }
  if (state.sent !== data.query) {
    state.sent = data.query;
    state.search.value = data.query;
  }
  arrange(state);
  filter(state);
  if (data.at !== null && state.at !== `${data.id} ${data.at}`) arrive(state);
  state.at = `${data.id} ${data.at}`;
  document.addEventListener("keydown", (state.slash ??= (event) => slash(event, state)));
  return () => {
    flush(state);
    document.removeEventListener("keydown", state.slash);
  };
}

// once

function build(root, state) {
  searching(state, {
    title: "Search the quotes",
    label: "Search words, speakers and sources",
    keyed: () => {
      filter(state);
      if (state.list.getBoundingClientRect().top > innerHeight - 200) state.bar.scrollIntoView({ block: "start" });
      clearTimeout(state.timer);
      state.timer = setTimeout(() => flush(state), WAIT);
    },
    send: () => flush(state),
    clear: () => clear(state),
  });
  state.list = make("div", "list");
  state.empty = make("div", "empty");
  state.spoken = make("p", "unseen");
  state.spoken.setAttribute("role", "status");
  root.append(state.bar, state.list, state.empty, state.spoken);

  root.onclick = (event) => act(event, state);
  const point = (event) => {
    const link = event.target.closest?.("a[data-at]");
    if (link) link.href = address(link.dataset.at);
  };
  root.addEventListener("pointerover", point);
  root.addEventListener("focusin", point);
}

// nodes: made once for a quote, kept while the article is the same

function node(state, quote) {
  const key = `${state.data.layout} ${quote.start} ${quote.speaker} ${quote.words.length}`;
  let entry = state.nodes.get(key);
  if (!entry) {
    entry = state.data.layout === "Table" ? row(state, quote) : card(state, quote);
    entry.quote = quote;
    entry.element.entry = entry;
    entry.texts = [quote.words, quote.speaker, quote.source];
    entry.folded = entry.texts.map(fold);
    entry.marked = false;
    paint(entry.element, state, quote.speaker);
    state.nodes.set(key, entry);
  }
  return entry;
}

function card(state, quote) {
  const [initials, role] = state.data.voices[quote.speaker] ?? ["", ""];
  const element = make("article", `card ${quote.kind}`);
  element.tabIndex = -1;
  element.setAttribute("aria-label", `${quote.speaker}, ${quote.kind}, paragraph ${quote.paragraph}`);

  const who = make("header", "who");
  const name = make("p", "name", quote.speaker);
  const title = make("p", "role", role);
  const person = make("div", "person");
  person.append(name, ...(role ? [title] : []));
  who.append(chip(initials), person);

  const words = make("blockquote", "words", quote.words);
  const facts = make("p", "facts");
  const kind = make("span", "kind", quote.kind);
  kind.title = KIND[quote.kind];
  facts.append(kind, dot(), make("span", "", `¶ ${quote.paragraph}`), dot(), tone(quote.tone));
  const source = make("span", "source", quote.source);
  const how = make("p", "how");
  if (quote.source) how.append("Source “", source, "”");
  else how.append("No source of its own");
  if (quote.cue) how.append(`, cue “${quote.cue}”`);
  if (quote.via) how.append(`, via ${quote.via}`);
  how.append(".");
  if (quote.reason) how.append(` ${sentence(quote.reason)}`);
  if (quote.held) how.append(` Less certain: ${quote.held}.`);
  else if (quote.doubtful) how.append(" Doubtful: the speaker may be another.");
  if (quote.by) how.append(make("span", "by", ` ✎ Corrected by ${quote.by}.`));

  const doings = make("div", "doings");
  const around = make("button", "", "In context");
  around.dataset.do = "around";
  around.setAttribute("aria-expanded", "false");
  const correct = make("button", "", "Correct");
  correct.dataset.do = "correct";
  correct.hidden = !state.data.correct;
  doings.append(go(quote, "In the text"), around, copying(), correct);
  const main = make("div", "main");
  main.append(words, facts, how, doings);
  element.append(who, main);
  return { element, places: [words, name, source], main, doings };
}

function copying() {
  const group = make("span", "copy", "Copy ");
  group.setAttribute("role", "group");
  group.setAttribute("aria-label", "Copy this quote");
  COPIES.forEach((as, place) => {
    const button = make("button", "", as);
    button.dataset.do = "copy";
    button.dataset.as = place;
    button.setAttribute("aria-label", `Copy as ${as}`);
    group.append(button);
  });
  return group;
}

function row(state, quote) {
  const [initials, role] = state.data.voices[quote.speaker] ?? ["", ""];
  const element = make("tr", quote.kind);
  element.tabIndex = -1;
  const link = go(quote, quote.words);
  link.className = "words";
  const name = make("span", "name", quote.speaker);
  const title = make("span", "role", role);
  cell(element, "number", `${quote.paragraph}`);
  cell(element, "said", link);
  cell(element, "by", chip(initials), name, " ", title);
  cell(element, "sort", make("span", "kind", quote.kind));
  cell(element, "number size", `${quote.length}`);
  cell(element, "number mood", tone(quote.tone));
  const correct = make("button", "", quote.by ? "✎" : "Correct");
  correct.dataset.do = "correct";
  correct.hidden = !state.data.correct;
  correct.setAttribute("aria-label", quote.by ? `Corrected by ${quote.by}; correct it again` : "Correct this quote");
  correct.title = correct.getAttribute("aria-label");
  cell(element, "doing", correct);
  const source = make("span");
  return { element, places: [link, name, source] };
}

function go(quote, words) {
  const link = make("a", "go", words);
  link.dataset.at = quote.start;
  link.href = address(quote.start);
  return link;
}

function chip(initials) {
  const mark = make("span", "chip", initials);
  mark.setAttribute("aria-hidden", "true");
  return mark;
}

function tone(value) {
  if (!value) return make("span", "tone none", "no word of tone");
  const [polarity] = value;
  const mark = make("span", "tone");
  const track = make("span", "track");
  track.setAttribute("aria-hidden", "true");
  const fill = make("span", polarity < 0 ? "fill below" : "fill above");
  fill.style.width = `${Math.abs(polarity) * 50}%`;
  track.append(fill);
  const signed = polarity > 0 ? `+${polarity.toFixed(2)}` : polarity < 0 ? `−${Math.abs(polarity).toFixed(2)}` : "0.00";
  mark.append(make("span", "label", "tone "), signed, track);
  return mark;
}

function paint(element, state, speaker) {
  const [light, dark, weave] = state.data.colours[speaker] ?? state.data.colours[""];
  element.style.setProperty("--weave", weave);
  element.style.setProperty("--light", light);
  element.style.setProperty("--dark", dark);
}

// every time the data changes

function arrange(state) {
  const entries = state.data.quotes.map((quote) => node(state, quote));
  lay(state, entries.map((entry) => entry.element), table);
  state.entries = entries;
}

function table() {
  return tabled("Quotes", [["¶", "number"], ["Quote", ""], ["Speaker", ""], ["Kind", ""], ["Words", "number size"], ["Tone", "number mood"], ["Correct", "doing"]]);
}

function filter(state) {
  const wanted = terms(state.search.value);
  let shown = 0;
  for (const entry of state.entries) {
    const keep = wanted.every((term) => entry.folded.some(({ text }) => text.includes(term)));
    entry.element.hidden = !keep;
    if (keep) shown += 1;
    if (keep && (wanted.length || entry.marked)) {
      entry.places.forEach((place, i) => mark(place, entry.texts[i], entry.folded[i], wanted));
      entry.marked = wanted.length > 0;
    }
  }
  const { total } = state.data;
  const count = shown === total ? `${total} ${plural(total, "quote")}` : `${shown} of ${total} ${plural(total, "quote")}`;
  if (state.count.textContent !== count) state.count.textContent = count;
  state.list.hidden = shown === 0;
  explain(state, shown);
}

function explain(state, shown) {
  const { total, quotes } = state.data;
  state.bar.hidden = total === 0;
  state.empty.hidden = shown > 0;
  state.empty.replaceChildren();
  if (shown > 0) return;
  if (total === 0) {
    state.empty.append(make("p", "", "Nobody is quoted in this article, as far as Readout can see, not even in other words. Whatever text there is stands on the Article page; or choose another article in the sidebar."));
  } else if (quotes.length === 0) {
    state.empty.append(
      make("p", "", `None of the ${total} ${plural(total, "quote")} passes the filter in the sidebar.`),
      doing("Clear the filter", "unfilter"),
    );
  } else {
    state.empty.append(
      make("p", "", `Nothing here matches “${state.search.value.trim()}”. The search looks at words, speakers and sources.`),
      doing("Clear the search", "clear"),
    );
  }
}

function arrive(state) {
  const entry = state.entries.find(({ quote }) => quote.start === state.data.at);
  if (!entry || entry.element.hidden) return;
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  requestAnimationFrame(() => {
    entry.element.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
    entry.element.focus({ preventScroll: true });
  });
}

// what a reader does

function act(event, state) {
  const link = event.target.closest("a[data-at]");
  if (link) {
    if (event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    flush(state);
    state.send("open", Number(link.dataset.at));
    return;
  }
  const button = event.target.closest("button[data-do]");
  if (!button) return;
  const what = button.dataset.do;
  if (what === "clear") clear(state);
  if (what === "unfilter") state.send("clear", true);
  const entry = button.closest(".card, tr")?.entry;
  if (what === "correct") state.send("correct", { what: "quote", at: entry.quote.start });
  if (what === "around") around(button, entry);
  if (what === "copy") copy(state, button, entry.quote.copies[Number(button.dataset.as)]);
}

function around(button, entry) {
  const open = button.getAttribute("aria-expanded") !== "true";
  if (open && !entry.around) {
    entry.around = make("div", "around");
    const text = make("p");
    for (const [words, own] of entry.quote.around) text.append(own ? make("b", "", words) : words);
    entry.around.append(text);
    if (entry.quote.evidence) entry.around.append(make("p", "evidence", `Found by: ${sentence(entry.quote.evidence)}`));
    entry.main.insertBefore(entry.around, entry.doings);
  }
  button.setAttribute("aria-expanded", String(open));
  entry.around.hidden = !open;
}

async function copy(state, button, words) {
  const done = await write(words);
  const as = COPIES[Number(button.dataset.as)];
  state.spoken.textContent = "";
  state.spoken.textContent = done ? `Copied as ${as}` : "Copying is not allowed here";
  button.textContent = done ? "copied ✓" : "not allowed";
  clearTimeout(button.timer);
  button.timer = setTimeout(() => (button.textContent = as), 1800);
}

async function write(words) {
  try {
    await navigator.clipboard.writeText(words);
    return true;
  } catch {
    const area = make("textarea");
    area.value = words;
    area.style.cssText = "position:fixed;opacity:0";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }
}

function clear(state) {
  state.search.value = "";
  state.search.focus();
  filter(state);
  flush(state);
}

// The query goes to the URL and to the exports, a moment after the typing stops.
function flush(state) {
  clearTimeout(state.timer);
  const query = state.search.value.trim();
  if (query === state.sent) return;
  state.sent = query;
  state.send("query", query);
}

function address(at) {
  const query = new URLSearchParams(location.search);
  query.delete("query");
  for (const own of ["sort", "view", "at"]) query.delete(own);
  query.set("at", at);
  return `${location.pathname.replace(/quotes\/?$/, "")}?${query}`;
}

// search: the same as readout/search.py

const ALIKE = { "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "«": '"', "»": '"', "–": "-", "—": "-" };

// The folded text, and for each of its units where it comes from.
function fold(text) {
  let folded = "";
  const from = [];
  let at = 0;
  for (const character of text) {
    const bare = character.normalize("NFD").replace(/\p{M}/gu, "");
    for (const part of bare) {
      const plain = ALIKE[part] ?? part.toLowerCase();
      folded += plain;
      for (let i = 0; i < plain.length; i += 1) from.push(at);
    }
    at += character.length;
  }
  from.push(at);
  return { text: folded, from };
}

function terms(query) {
  const folded = fold(query).text.trim().split(/\s+/).join(" ");
  return [...folded.matchAll(/"([^"]+)"|(\S+)/g)].map((match) => match[1] ?? match[2]);
}

function mark(place, text, folded, wanted) {
  const hits = [];
  for (const term of wanted) {
    for (let at = folded.text.indexOf(term); at >= 0; at = folded.text.indexOf(term, at + term.length)) {
      hits.push([folded.from[at], folded.from[at + term.length]]);
    }
  }
  hits.sort((a, b) => a[0] - b[0]);
  place.replaceChildren(...marked(text, hits));
}

function sentence(words) {
  const first = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.!?…]$/.test(first) ? first : `${first}.`;
}
