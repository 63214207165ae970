// The list of the library, after lists/list.js.
const WAIT = 150; // ms without a key before the query is sent
const VOICES = 4; // speakers named on a card

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".library");
  const state = (root.state ??= { chosen: new Set(), nodes: new Map(), turn: data.turn });
  state.data = data;
  state.send = setTriggerValue;
  if (!state.search) build(root, state);
  follow(state);
  draw(state);
  document.addEventListener("keydown", (state.slash ??= (event) => slash(event, state)));
  return () => {
    clearTimeout(state.timer);
    document.removeEventListener("keydown", state.slash);
  };
}

// once

function build(root, state) {
  searching(state, {
    title: "Search the library",
    label: "Search the library",
    keyed: () => {
      clearTimeout(state.timer);
      state.timer = setTimeout(() => ask(state), WAIT);
    },
    send: () => ask(state),
    clear: () => clear(state),
  });
  state.search.maxLength = 400;
  state.search.value = state.data.query;
  state.asked = state.data.query;
  const within = make("label", "within");
  state.within = make("input");
  state.within.type = "checkbox";
  state.within.onchange = (event) => {
    event.stopPropagation();
    ask(state);
    state.send("within", state.within.checked ? "quotes" : "everywhere");
  };
  within.append(state.within, "In quotes only");
  state.count.before(within);
  state.filters = make("div", "filters");
  state.near = make("p", "near");
  state.near.setAttribute("role", "status");
  state.picked = make("div", "picked");
  state.list = make("div", "list");
  state.empty = make("div", "empty");
  state.pages = make("nav", "pages");
  state.pages.setAttribute("aria-label", "Pages of the list");
  root.append(state.bar, state.filters, state.near, state.picked, state.list, state.empty, state.pages);

  root.onclick = (event) => act(event, state);
  root.onchange = (event) => pick(event, state);
  root.onkeydown = (event) => step(event, state);
}

// the query: what is typed is never written over, unless the address asks for another

function ask(state) {
  clearTimeout(state.timer);
  state.timer = null;
  const words = state.search.value.trim();
  if (words === state.asked) return;
  state.asked = words;
  state.turn += 1;
  state.send("query", { words, turn: state.turn });
}

// An answer to an earlier query carries an earlier number. One with the last number and other words was not asked for
// here: the reader has gone back.
function follow(state) {
  const { query, turn } = state.data;
  if (turn !== state.turn || state.timer || query === state.asked) return;
  state.asked = query;
  state.search.value = query;
}

function clear(state) {
  state.search.value = "";
  state.search.focus();
  ask(state);
}

// every time the data changes

function draw(state) {
  const { layout, entries, page } = state.data;
  const arrived = state.page !== undefined && state.page !== page;
  state.page = page;
  const elements = entries.map((entry) => node(state, entry));
  lay(state, elements, table);
  state.list.hidden = !entries.length;
  state.within.checked = state.data.within === "quotes";
  state.bar.hidden = !state.data.everything;
  told(state);
  if (state.near.textContent !== state.data.near) state.near.textContent = state.data.near;
  state.near.hidden = !state.data.near;
  narrowed(state);
  chosen(state);
  turning(state);
  nothing(state);
  starred(state, elements);
  if (arrived) state.bar.scrollIntoView({ block: "start" });
}

// A card with another star is another node: the focus goes on to its star.
function starred(state, elements) {
  const { id, on } = state.starring ?? {};
  const element = elements.find(({ entry }) => entry.id === id && entry.starred === on);
  if (!element) return;
  state.starring = null;
  element.querySelector(".star").focus({ preventScroll: true });
}

// A card that stays is the same node: the focus that is in it stays too.
function node(state, entry) {
  const shown = `${state.data.layout} ${state.data.writable} ${JSON.stringify(entry)}`;
  const known = state.nodes.get(entry.id);
  if (known?.shown === shown) {
    known.box.checked = state.chosen.has(entry.id);
    return known.element;
  }
  const made = state.data.layout === "Table" ? row(state, entry) : card(state, entry);
  made.element.entry = entry;
  made.shown = shown;
  if (state.nodes.size > 500) state.nodes.clear();
  state.nodes.set(entry.id, made);
  return made.element;
}

function card(state, entry) {
  const element = make("article", "card");
  const box = checkbox(state, entry);
  const main = make("div", "main");
  const title = make("h2", "title");
  title.append(link(entry));
  main.append(title, facts(entry), snippet(entry));
  if (entry.speakers.length) main.append(voices(entry));
  element.append(box.label, main, star(state, entry));
  return { element, box: box.input };
}

function row(state, entry) {
  const element = make("tr");
  const box = checkbox(state, entry);
  cell(element, "box", box.label);
  const head = make("th", "title");
  head.scope = "row";
  head.append(link(entry));
  if (entry.near) head.append(" ", make("span", "facts", "near hit"));
  if (entry.found.length) head.append(snippet(entry));
  element.append(head);
  cell(element, "paper", entry.publisher);
  cell(element, "date published", entry.published);
  cell(element, "date added", entry.added);
  cell(element, "number words", number(entry.words));
  cell(element, "number quotes", number(entry.quotes));
  cell(element, "starring", star(state, entry));
  return { element, box: box.input };
}

function checkbox(state, entry) {
  const label = make("label", "pick");
  const input = make("input");
  input.type = "checkbox";
  input.checked = state.chosen.has(entry.id);
  input.setAttribute("aria-label", `Select “${called(entry)}”`);
  label.hidden = !state.data.writable;
  label.append(input);
  return { label, input };
}

function star(state, entry) {
  const button = make("button", "star", entry.starred ? "★" : "☆");
  button.setAttribute("aria-pressed", entry.starred);
  button.setAttribute("aria-label", `Star for “${called(entry)}”`);
  button.title = entry.starred ? "Take the star away" : "Give it a star";
  button.disabled = !state.data.writable;
  button.dataset.do = "star";
  return button;
}

function link(entry) {
  const to = make("a", "go");
  to.href = `${location.pathname.replace(/library\/?$/, "")}?${new URLSearchParams({ article: entry.called })}`;
  to.append(...marked(called(entry), entry.title.trim() ? entry.marks : []));
  return to;
}

function facts(entry) {
  const line = make("p", "facts");
  const parts = [
    entry.near && "near hit",
    entry.publisher,
    entry.published,
    `${number(entry.words)} ${plural(entry.words, "word")}`,
    `${number(entry.quotes)} ${plural(entry.quotes, "quote")}`,
  ];
  parts.filter(Boolean).forEach((part, place) => line.append(...(place ? [dot()] : []), make("span", "", part)));
  return line;
}

function snippet(entry) {
  const line = make("p", "snippet");
  if (entry.says) line.append(make("span", "says", entry.says), " ");
  line.append(...marked(entry.snippet, entry.found));
  return line;
}

function voices(entry) {
  const line = make("p", "voices");
  entry.speakers.slice(0, VOICES).forEach((name) => {
    const button = make("button", "voice", name);
    button.dataset.speaker = name;
    button.setAttribute("aria-label", `Only articles that quote ${name}`);
    line.append(button);
  });
  const more = entry.speakers.length - VOICES;
  if (more > 0) line.append(make("span", "more", `and ${more} more`));
  return line;
}

function table() {
  return tabled("Articles of the library", [["Select", "box"], ["Title", ""], ["Publisher", "paper"], ["Published", "date"], ["Added", "date"], ["Words", "number"], ["Quotes", "number"], ["Star", "box"]]);
}

function told(state) {
  const { total, everything, page, size } = state.data;
  const all = `${number(everything)} ${plural(everything, "article")}`;
  let words = total === everything ? all : `${number(total)} of ${all}`;
  if (total > size) words += `, ${number(page * size + 1)} to ${number(Math.min((page + 1) * size, total))} shown`;
  if (state.count.textContent !== words) state.count.textContent = words;
}

function narrowed(state) {
  const { filters } = state.data;
  const shown = JSON.stringify(filters);
  if (state.narrowed === shown) return;
  state.narrowed = shown;
  state.filters.replaceChildren(
    ...filters.map(([name, words]) => {
      const button = make("button", "filter", words);
      button.dataset.drop = name;
      button.setAttribute("aria-label", `Drop the filter “${words}”`);
      return button;
    }),
    ...(filters.length > 1 ? [doing("Clear all", "unfilter")] : []),
  );
  state.filters.hidden = !filters.length;
}

function chosen(state) {
  const count = state.chosen.size;
  const shown = state.data.entries.length;
  const all = state.data.entries.every((entry) => state.chosen.has(entry.id));
  state.picked.hidden = !count;
  const words = `${count} ${all} ${shown}`;
  if (!count || state.said === words) {
    state.said = count ? state.said : "";
    return;
  }
  state.said = words;
  state.status ??= make("p", "chosen");
  state.status.setAttribute("role", "status");
  state.status.textContent = `${number(count)} selected`;
  state.doings ??= {
    all: doing("", "all"),
    none: doing("Select none", "none"),
    set: doing("Set publisher or day", "set"),
    remove: doing("", "remove", "plain grave"),
  };
  state.doings.all.textContent = `Select all ${shown} shown`;
  state.doings.all.hidden = all;
  state.doings.remove.hidden = !state.data.removable;
  state.doings.remove.textContent = `Remove ${number(count)} ${plural(count, "article")}`;
  if (!state.picked.firstChild) state.picked.append(state.status, ...Object.values(state.doings));
}

function turning(state) {
  const { total, page, size } = state.data;
  const last = Math.max(Math.ceil(total / size) - 1, 0);
  state.pages.hidden = last === 0;
  if (!state.turners) {
    const button = (words) => doing(words, "turn");
    state.turners = { back: button("Previous"), on: button("Next"), place: make("p", "place") };
    state.pages.append(state.turners.back, state.turners.place, state.turners.on);
  }
  const { back, on, place } = state.turners;
  back.dataset.page = page - 1;
  on.dataset.page = page + 1;
  back.disabled = page <= 0;
  on.disabled = page >= last;
  place.textContent = `Page ${number(page + 1)} of ${number(last + 1)}`;
}

function nothing(state) {
  const { everything, total, filters, query, writable, within } = state.data;
  state.empty.hidden = total > 0;
  state.empty.replaceChildren();
  if (total > 0) return;
  if (!everything) {
    const way = writable ? " Choose “Add an article” in the sidebar, or “Import” above for a library that was taken away elsewhere." : "";
    state.empty.append(make("p", "", `Nothing is kept yet.${way}`));
    return;
  }
  const where = within === "quotes" ? " The search looks at what is quoted." : "";
  const among = filters.length ? ` among the articles that pass the ${plural(filters.length, "filter")} above` : "";
  state.empty.append(make("p", "", query ? `Nothing matches “${query}”${among}.${where}` : `No article passes the ${plural(filters.length, "filter")} above.`));
  if (query) state.empty.append(doing("Clear the search", "clear"));
  if (filters.length) state.empty.append(doing(`Clear the ${plural(filters.length, "filter")}`, "unfilter"));
}

// what a reader does

function act(event, state) {
  const goal = event.target;
  const button = goal.closest("button");
  if (button) {
    press(button, state);
    return;
  }
  if (goal.closest("label") || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const to = goal.closest("a.go");
  const element = to ?? goal.closest(".card");
  if (!element || (!to && String(getSelection()))) return;
  event.preventDefault();
  ask(state);
  state.send("open", element.closest(".card, tr").entry.id);
}

function press(button, state) {
  const { speaker, drop, page } = button.dataset;
  const what = button.dataset.do;
  if (speaker !== undefined) state.send("speaker", speaker);
  if (drop !== undefined) state.send("drop", drop);
  if (what === "unfilter") state.send("unfilter", true);
  if (what === "clear") clear(state);
  if (what === "turn") state.send("turn", Number(page));
  if (what === "remove") {
    state.send("remove", [...state.chosen]);
    state.chosen.clear();
    state.search.focus({ preventScroll: true });
  }
  if (what === "set") state.send("set", [...state.chosen]);
  if (what === "star") {
    const { id, starred } = button.closest(".card, tr").entry;
    state.starring = { id, on: !starred };
    state.send("star", state.starring);
  }
  if (what === "all") state.data.entries.forEach(({ id }) => state.chosen.add(id));
  if (what === "none") {
    state.chosen.clear();
    state.search.focus({ preventScroll: true });
  }
  if (["remove", "all", "none"].includes(what)) draw(state);
}

function pick(event, state) {
  const entry = event.target.type === "checkbox" && event.target.closest(".card, tr").entry;
  if (!entry) return;
  if (event.target.checked) state.chosen.add(entry.id);
  else state.chosen.delete(entry.id);
  chosen(state);
}

// Up and down go from title to title, and from the search into the list.
function step(event, state) {
  const way = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (!way || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
  const titles = [...state.list.querySelectorAll("a.go")];
  const own = event.target.closest(".card, tr")?.querySelector("a.go");
  if (!own && event.target !== state.search) return;
  const next = own ? titles[titles.indexOf(own) + way] : titles[way > 0 ? 0 : -1];
  if (!next && !(own && way < 0)) return;
  event.preventDefault();
  (next ?? state.search).focus();
}

function called(entry) {
  return entry.title.trim() ? entry.title : "Without a title";
}
