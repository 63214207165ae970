// The annotated article. All that a reader does with it happens here; Python hears only of what it must act on.
//
// data = {id, article, scene (JSON), files (JSON), who, kind, at, without, alone, toward}; scene is built by
// readout/scene.py, files says what the files of the bar of voices say beside it, article stays the same when a correction
// changes id, without names the actions that there is no place for, and alone that no sidebar is there, as in a page that
// stands alone; toward = {names, chosen, marks, rows} says how one of those spoken of is spoken of, mention by mention and
// paragraph by paragraph. The text goes into the page as text nodes alone.
// Paragraphs are drawn once per article; a filter only changes classes.

const SMALL = matchMedia("(max-width: 640px)"); // where a card is a sheet at the foot of the screen
const FEW = 0.03; // of the words: voices with less are one part together
const MOST_VOICES = 12; // parts of the bar, the reporter's and that of all others among them
const NARROW = 0.042; // of the words: a part of the bar too narrow to be a stop of Tab; the sidebar has every voice
const HEADER = 60; // px at the head of the screen that the page's own header takes
const STEPPER = 76; // px at the foot of the screen that the stepper takes
const OUTLINE = 720; // px that the outline has at the most, for the choice of what is written in it
const OPEN_AFTER = 140; // ms of rest on a mark before its card opens, so that a passing pointer opens none
const SHUT_AFTER = 260; // ms to reach the card before it shuts

let arrived = false; // whether this page of the browser has shown an article before

export default function ({ parentElement, data, setTriggerValue }) {
  const root = parentElement.querySelector(".ro");
  const view = (root.__view ??= new ArticleView(root));
  view.tell = setTriggerValue;
  view.show(data);
  return () => view.leave();
}

function make(tag, className = "", text = "", attributes = {}) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  return node;
}

// Puts spans round some words of a paragraph, whatever marks cut them; `unwrap` takes them away again.
function wrap(p, start, end) {
  const walk = document.createTreeWalker(p, NodeFilter.SHOW_TEXT, (node) =>
    node.parentElement.closest(".chip") ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
  const parts = [];
  let at = 0;
  for (let node = walk.nextNode(); node && at < end; at += node.length, node = walk.nextNode()) {
    const [from, to] = [Math.max(start - at, 0), Math.min(end - at, node.length)];
    if (from < to) parts.push([node, from, to]);
  }
  return parts.map(([node, from, to]) => {
    const range = document.createRange();
    range.setStart(node, from);
    range.setEnd(node, to);
    const span = make("span");
    range.surroundContents(span);
    return span;
  });
}

function unwrap(spans) {
  for (const span of spans) {
    const parent = span.parentNode;
    if (!parent) continue;
    span.replaceWith(...span.childNodes);
    parent.normalize();
  }
}

function link(label, url) {
  if (!/^https?:\/\//.test(url)) return document.createTextNode(label);
  return make("a", "", label, { href: url, target: "_blank", rel: "noopener noreferrer" });
}

function paint(node, voice) {
  node.style.setProperty("--voice", `light-dark(${voice.light}, ${voice.dark})`);
  node.style.setProperty("--weave", voice.weave || " ");
}

// The parts of the bar in their order, the reporter last; one voice alone is not folded.
function foldVoices(voices) {
  const heard = voices.filter((voice) => voice.words);
  const total = heard.reduce((sum, voice) => sum + voice.words, 0);
  const reporter = heard.filter((voice) => !voice.name);
  const quoted = heard.filter((voice) => voice.name);
  const loud = quoted.filter((voice) => voice.words / total >= FEW).slice(0, MOST_VOICES - 2);
  const others = quoted.filter((voice) => !loud.includes(voice));
  if (others.length < 2) return { total, parts: [...quoted, ...reporter] };
  const words = others.reduce((sum, voice) => sum + voice.words, 0);
  return { total, parts: [...loud, { others, words, share: `${Math.round((100 * words) / total)}%` }, ...reporter] };
}

class ArticleView {
  constructor(root) {
    this.root = root;
    this.id = null;
    this.at = null;
    this.card = make("div", "card", "", { role: "dialog", tabindex: "-1" });
    this.card.hidden = true;
    this.pinned = false;
    this.timer = 0;
    this.current = -1;
    root.onclick = (event) => this.click(event);
    root.onpointerover = (event) => this.hover(event);
    root.onpointermove = (event) => this.stir(event);
    root.onpointerout = () => this.rest();
    root.addEventListener("focusin", (event) => this.focus(event));
    root.onkeydown = (event) => this.press(event);
    this.keys = (event) => this.step(event);
    this.selecting = () => this.offer();
    this.following = (event) => this.follow(event);
    this.outside = (event) => {
      if (event.composedPath().includes(this.root)) return;
      this.shut();
      this.unsave?.();
      this.unfold(false);
    };
    document.addEventListener("keydown", this.keys);
    document.addEventListener("pointerdown", this.outside);
    document.addEventListener("selectionchange", this.selecting);
    document.addEventListener("scroll", this.following, { capture: true, passive: true });
    this.watch();
    this.notes = new Notes(this);
    this.stopped = new Stopped(this);
  }

  leave() {
    this.remember();
    this.stopped.leave();
    document.removeEventListener("keydown", this.keys);
    document.removeEventListener("pointerdown", this.outside);
    document.removeEventListener("selectionchange", this.selecting);
    document.removeEventListener("scroll", this.following, { capture: true });
    this.main?.removeEventListener("scroll", this.scrolled);
    this.seen?.disconnect();
  }

  show(data) {
    const fresh = this.id !== data.id;
    if (fresh) {
      const at = this.article === data.article ? this.scene?.quotes[this.current]?.at : undefined;
      this.scene = JSON.parse(data.scene);
      this.files = data.files ? JSON.parse(data.files) : null;
      this.alone = Boolean(data.alone);
      this.voices = new Map(this.scene.voices.map((voice) => [voice.name, voice]));
      this.build();
      this.current = this.scene.quotes.findIndex((quote) => quote.at === at);
      this.id = data.id;
      if (this.article !== data.article) this.at = null;
    }
    const other = this.article !== data.article;
    this.article = data.article;
    this.who = new Set(data.who);
    this.without = new Set(data.without ?? []);
    this.kind = data.kind;
    this.filter();
    this.regard(data.toward ?? { names: [], chosen: "" });
    this.notes.show(data);
    this.stopped.show(data, other);
    if (data.at !== null && data.at !== this.at) requestAnimationFrame(() => this.reveal(data.at));
    else if (data.at === null && other) requestAnimationFrame(() => this.arrive());
    this.at = data.at;
  }

  // Where an article without a place asked for begins: where the reader was, or, where a link leads to a filtered view
  // and the screen shows nothing that the filter keeps, at the first match. Who comes back finds what they left.
  arrive() {
    this.resume();
    const [page] = performance.getEntriesByType("navigation");
    const linked = !arrived && page?.type === "navigate" && this.root.classList.contains("filtered");
    arrived = true;
    if (!linked || !this.matches.length) return;
    const chips = this.matches.map((number) => this.chips[number]);
    const seen = ({ top, bottom }) => top > HEADER && bottom < innerHeight;
    if (!chips.some((chip) => seen(chip.getBoundingClientRect()))) chips[0].scrollIntoView({ block: "center" });
  }

  // The paragraph at the top of the screen is where a reader who looks at another page comes back to.
  remember() {
    if (!this.article || !this.last) return;
    sessionStorage.setItem(`readout ${this.article}`, this.last);
  }

  watch() {
    const main = document.querySelector("[data-testid=stMain]");
    if (!main) return;
    main.addEventListener("scroll", (this.scrolled = () => {
      const row = this.rows.find((one) => one.getBoundingClientRect().bottom > 90);
      if (main.scrollTop > 0 || row) this.last = main.scrollTop > 200 && row ? row.lastChild.dataset.at : "";
    }), { passive: true });
    this.main = main;
  }

  resume() {
    const at = this.main && sessionStorage.getItem(`readout ${this.article}`);
    const row = at && this.rows.find((one) => one.lastChild.dataset.at === at);
    if (row) this.main.scrollTop += row.getBoundingClientRect().top - 80;
  }

  // ---- drawing, once per article

  build() {
    this.marks = this.scene.quotes.map(() => []);
    this.chips = [];
    this.loose = [];
    this.moments = this.scene.times.map(() => []);
    this.parts = [];
    this.stops = [];
    this.toward = [];
    this.shut();
    this.root.replaceChildren(this.head(), this.bar(), this.text(), ...this.foot(), this.stepper(), this.marker(), this.card);
  }

  head() {
    const { title, publisher, date, time, byline, republisher, region, url, by } = this.scene.head;
    const head = make("header", "head");
    const line = make("p", "dateline");
    for (const part of [publisher, date, time, region]) if (part) line.append(make("span", part === publisher ? "by" : "", part));
    head.append(line, make("h1", "", title));
    if (byline && byline !== publisher) head.append(make("p", "byline", `By ${byline}`));
    if (by) head.append(make("p", "byline", `✎ ${by}`));
    if (republisher || url) {
      const origin = make("p", "byline");
      if (publisher && republisher) origin.append(`First published by ${publisher}. Republished by `, link(republisher, url));
      else origin.append(link(republisher || "Where it was published", url));
      origin.append(".");
      head.append(origin);
    }
    return head;
  }

  // One part a voice, as wide as its share of the words; what has no room for its name says it to who points or listens.
  // The sidebar is the legend; where there is none beside the text, the names stand under the bar.
  bar() {
    const section = make("section", "voices", "", { "aria-label": "The voices, by share of the article's words" });
    const line = make("div", "line");
    const bar = make("div", "bar");
    const names = make("div", "names");
    const listed = this.alone || SMALL.matches;
    this.shares = [];
    this.folded = make("div", "folded", "", { role: "group" });
    this.folded.hidden = true;
    const { total, parts } = foldVoices(this.scene.voices);
    for (const part of parts) {
      const share = part.others ? this.others(part, total) : this.share(part, total);
      if (listed) for (const [name, value] of [["tabindex", "-1"], ["aria-hidden", "true"]]) share.setAttribute(name, value);
      bar.append(share);
      names.append(this.named(part));
    }
    line.append(make("p", "", this.scene.shares));
    if (this.files) line.append(this.saving());
    if (this.scene.paragraphs.length) section.append(line, bar, this.folded, names);
    this.root.classList.toggle("listed", listed);
    section.append(this.chooser());
    return section;
  }

  share(voice, total) {
    const name = voice.name || "Reporter";
    const said = `${name}, ${voice.share} of the article's words`;
    const share = make(voice.name ? "button" : "div", "share", "", { title: `${name}: ${voice.words} words, ${voice.share}` });
    if (voice.name) share.setAttribute("aria-label", said);
    share.append(make("span", "block", voice.words / total < 0.05 ? "" : voice.initials, { "aria-hidden": "true" }));
    if (voice.words / total < NARROW) share.tabIndex = -1;
    const label = make("span", "label");
    if (voice.words / total >= 0.055) label.append(make("b", "", voice.share), make("span", "", name));
    share.append(label);
    this.answers(share, voice);
    share.style.flexGrow = voice.words;
    return share;
  }

  named(part) {
    if (part.others) {
      const name = make("button", "name rest", `${part.others.length} others `, { "aria-expanded": "false" });
      name.dataset.do = "others";
      name.append(make("b", "", part.share));
      return name;
    }
    const name = make(part.name ? "button" : "span", "name", `${part.name || "Reporter"} `);
    name.append(make("b", "", part.share));
    this.answers(name, part);
    return name;
  }

  // What stands for a voice wears its colour, and a press on it filters.
  answers(node, voice) {
    node.dataset.voice = voice.name;
    if (voice.name) node.setAttribute("aria-pressed", "false");
    paint(node, voice);
    this.shares.push(node);
  }

  // The voices that a bar has no room for, as one part of it, which opens their list.
  others({ others, words, share }, total) {
    const says = `${others.length} others, ${share}`;
    const part = make("button", "share rest", "", { "aria-expanded": "false", "aria-label": `${says} of the article's words`, title: `${says}. Click: who they are` });
    part.dataset.do = "others";
    const label = make("span", "label");
    label.append(make("b", "", share), make("span", "", `${others.length} others`));
    part.append(make("span", "block", words / total < 0.05 ? "" : `+${others.length}`, { "aria-hidden": "true" }), label);
    part.style.flexGrow = words;
    this.folded.setAttribute("aria-label", `${others.length} other voices`);
    this.folded.append(...others.map((voice) => this.named(voice)));
    return part;
  }

  unfold(open = this.folded.hidden) {
    const had = this.folded.contains(this.root.getRootNode().activeElement);
    this.folded.hidden = !open;
    const openers = [...this.root.querySelectorAll("[data-do=others]")];
    for (const opener of openers) opener.setAttribute("aria-expanded", open);
    if (open) this.folded.querySelector("button")?.focus({ preventScroll: true });
    else if (had) openers.find((opener) => opener.offsetParent && opener.tabIndex >= 0)?.focus({ preventScroll: true });
  }

  // The bar as files, made here: the same four as every chart has.
  saving() {
    const saving = make("div", "saving");
    const button = make("button", "get", "Download", { "aria-expanded": "false", "aria-haspopup": "dialog" });
    const menu = make("div", "menu", "", { role: "dialog", "aria-label": "Download" });
    const said = make("p", "said", "", { role: "status" });
    const show = (open) => {
      menu.hidden = !open;
      button.setAttribute("aria-expanded", open);
      if (open) menu.querySelector("button").focus({ preventScroll: true });
    };
    button.onclick = () => show(menu.hidden);
    for (const [ending, label] of [["png", "PNG, a picture"], ["svg", "SVG, a drawing"], ["html", "HTML, opens offline"], ["csv", "CSV, the data"]]) {
      const choice = make("button", "", label);
      choice.onclick = async () => {
        said.textContent = "";
        try {
          said.textContent = `Saved ${await saveVoices(ending, this.scene, this.files, this.dark())}`;
        } catch (error) {
          console.error(error);
          said.textContent = `The ${ending.toUpperCase()} could not be made here. Try again, or save another one.`;
        }
      };
      menu.append(choice);
    }
    menu.append(said);
    menu.hidden = true;
    saving.append(button, menu);
    saving.onkeydown = (event) => {
      if (event.key !== "Escape" || menu.hidden) return;
      event.stopPropagation();
      show(false);
      button.focus({ preventScroll: true });
    };
    this.unsave = () => show(false);
    return saving;
  }

  dark() {
    const [red, green, blue] = getComputedStyle(this.root).color.match(/[\d.]+/g).map(Number);
    return red + green + blue > 3 * 128;
  }

  text() {
    const text = make("section", "text", "", { "aria-label": "The article's text" });
    this.rows = [];
    this.heard = [];
    this.scene.paragraphs.forEach((paragraph, number) => {
      const row = make("div", "row");
      const margin = make("div", "margin");
      margin.append(make("span", "number", String(number + 1), { "aria-label": `Paragraph ${number + 1}` }));
      if (paragraph.tone !== null) margin.append(this.tone(paragraph));
      const p = make("p");
      p.dataset.at = paragraph.at;
      row.__margin = margin;
      row.__tone = margin.querySelector(".toned");
      this.fill(p, paragraph, (this.heard[number] = []));
      row.append(margin, p);
      this.rows.push(row);
      text.append(row);
    });
    if (this.rows.length > 1 && this.scene.quotes.length) text.append(this.outline());
    this.moments.forEach((pieces, number) => this.reach(pieces, this.scene.times[number]));
    if (!this.rows.length) {
      text.append(make("p", "empty", "There is no text to read here: the file holds no paragraph of an article. Put the article's words into it and reload, or choose another article in the sidebar."));
    } else if (!this.scene.quotes.length) {
      text.prepend(make("p", "empty", "Nobody is quoted in this text, as far as Readout can see: it knows quotation marks of every kind, and English words such as “said” and “according to”."));
    }
    return text;
  }

  // ---- the outline: the whole article beside its text, in small

  // A strip as the text runs, each paragraph as tall as it is long, in the colours of whose words it holds.
  outline() {
    const nav = make("nav", "outline", "", { "aria-label": "Outline: whose words stand in which paragraph" });
    const strip = make("div", "strip");
    const lengths = this.scene.paragraphs.map(({ text }) => Math.max(text.length, 1));
    const whole = lengths.reduce((sum, length) => sum + length, 0);
    const high = Math.min(OUTLINE, Math.max(whole / 8, 120));
    strip.style.setProperty("--length", `${high}px`);
    this.parts = this.scene.quotes.map(() => []);
    this.stops = lengths.map((length, number) => {
      const stop = make("button", "stop", "", { tabindex: number ? "-1" : "0" });
      const voices = new Set();
      stop.style.flexGrow = length;
      stop.dataset.row = number;
      for (const [quote, long] of this.runs(this.heard[number])) {
        const voice = this.voice(this.scene.quotes[quote]?.speaker ?? "");
        const part = make("i");
        if ((long / whole) * high > 15) part.dataset.initials = voice.initials;
        part.style.flexGrow = long;
        if (quote >= 0) this.parts[quote].push(part);
        if (voice.name) paint(part, voice);
        part.dataset.voice = voice.name;
        voices.add(voice.name || "the reporter");
        stop.append(part);
      }
      const label = `Paragraph ${number + 1}: ${[...voices].join(", ") || "the reporter"}`;
      stop.setAttribute("aria-label", label);
      stop.title = label;
      return stop;
    });
    strip.append(...this.stops);
    nav.append(strip);
    this.seen?.disconnect();
    this.seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) this.stops[this.rows.indexOf(target)]?.classList.toggle("seen", isIntersecting);
    });
    for (const row of this.rows) this.seen.observe(row);
    return nav;
  }

  // Neighbours that belong to the same quote, or to none, as one.
  runs(heard) {
    const runs = [];
    for (const [quote, long] of heard) {
      if (runs.at(-1)?.[0] === quote) runs.at(-1)[1] += long;
      else runs.push([quote, long]);
    }
    return runs;
  }

  // Arrows go through the outline, which is one stop of Tab however long the article is.
  along(event) {
    const by = { ArrowDown: 1, ArrowUp: -1, Home: -Infinity, End: Infinity }[event.key];
    const here = this.stops.indexOf(event.target);
    if (by === undefined || here < 0) return;
    event.preventDefault();
    const next = this.stops[Math.min(Math.max(here + by, 0), this.stops.length - 1)];
    this.stops[here].tabIndex = -1;
    next.tabIndex = 0;
    next.focus({ preventScroll: true });
  }

  // ---- how one of those spoken of is spoken of

  unmark() {
    unwrap(this.toward);
    this.toward = [];
  }

  // A list to choose from costs every filter of a long article as much as a third of its time while it is drawn, so it
  // is drawn only while the mouse or the focus is on the button that stands in for it.
  chooser() {
    this.choose = make("div", "chooser", "In the margin: ");
    this.chosen = make("button", "chosen", "", { "aria-haspopup": "listbox" });
    this.select = make("select", "", "", { "aria-label": "In the margin" });
    this.select.hidden = true;
    const show = (open) => {
      this.select.hidden = !open;
      this.chosen.hidden = open;
    };
    this.chosen.onfocus = this.chosen.onclick = () => {
      show(true);
      this.select.focus();
    };
    this.choose.onpointerenter = (event) => event.pointerType === "mouse" && show(true);
    this.choose.onpointerleave = () => this.select.matches(":focus") || show(false);
    this.select.onblur = () => show(false);
    this.select.onchange = () => this.tell("toward", this.select.value);
    this.choose.append(this.chosen, this.select);
    return this.choose;
  }

  // Without marks they are still being worked out.
  regard({ names, chosen, marks, rows = {} }) {
    const seen = JSON.stringify([this.id, chosen, marks, rows]);
    if (this.regarded === seen) return; // most filters change nothing here, and a long article has many rows
    this.regarded = seen;
    this.choose.hidden = !names.length;
    this.select.replaceChildren(...["", ...names].map((name) => make("option", "", name ? `tone toward ${name}` : "tone of the paragraph", { value: name })));
    this.select.value = chosen;
    this.chosen.textContent = chosen ? `tone toward ${chosen}${marks ? "" : ", being worked out …"}` : "tone of the paragraph";
    this.chosen.setAttribute("aria-label", `In the margin: ${this.chosen.textContent}`);
    this.unmark();
    for (const [number, start, end, label, value, said] of marks ?? []) {
      const spans = wrap(this.rows[number].lastChild, start, end);
      this.toward.push(...spans);
      for (const span of spans) {
        span.className = `toward ${label}`;
        span.style.setProperty("--strength", `${Math.round(15 + 45 * Math.min(1, Math.abs(value)))}%`);
        span.title = said;
      }
      const last = spans.at(-1);
      if (!last) continue;
      last.classList.add("ends");
      last.tabIndex = 0;
      last.dataset.said = said;
      last.setAttribute("role", "note");
      last.setAttribute("aria-description", said);
    }
    this.rows.forEach((row, number) => {
      const mine = chosen ? rows[number] && this.tone({ tone: rows[number][0], said: rows[number][1] }) : row.__tone;
      row.__margin.querySelector(".toned")?.remove();
      if (mine) row.__margin.append(mine);
    });
  }

  tone({ tone, said }) {
    const mark = make("span", "tone", "", { role: "img", "aria-label": `Tone ${said}`, title: `Tone ${said}` });
    const needle = make("i", tone < 0 ? "minus" : "plus");
    needle.style.width = `${Math.max(4, Math.min(1, Math.abs(tone) / 0.6) * 50)}%`;
    mark.append(needle);
    const value = make("span", "value", said.split(",")[0], { "aria-hidden": "true" });
    const both = make("span", "toned");
    both.append(mark, value);
    return both;
  }

  // Cuts a paragraph at every border of a mark, so that marks may overlap, and gives each piece what covers it.
  // Into heard go the stretches of the paragraph, each with the number of the quote that it is of, or with -1.
  fill(p, { text, marks }, heard) {
    const cuts = [...new Set([0, text.length, ...marks.flatMap(([start, end]) => [start, end])])].sort((a, b) => a - b);
    let next = 0;
    let open = [];
    for (let i = 0; i + 1 < cuts.length; i++) {
      const [start, end] = [cuts[i], cuts[i + 1]];
      open = open.filter((mark) => mark[1] > start);
      while (next < marks.length && marks[next][0] <= start) open.push(marks[next++]);
      const words = text.slice(start, end);
      if (!open.length) {
        heard.push([-1, words.length]);
        p.append(words);
        continue;
      }
      for (const [first, , sort, number] of open) {
        if (sort === "q" && first === start && !this.chips[number]) p.append(this.chip(number));
      }
      const piece = this.piece(words, open);
      heard.push([piece.__quotes[0] ?? -1, words.length]);
      p.append(piece);
    }
  }

  piece(words, open) {
    const piece = make("span", "piece", words);
    const of = (sort) => open.filter((mark) => mark[2] === sort).map((mark) => mark[3]);
    const shortest = (numbers) => numbers.sort((a, b) => this.scene.quotes[a].words - this.scene.quotes[b].words);
    const quotes = shortest(of("q"));
    const parts = [...of("c"), ...of("s")];
    const [time] = of("t").sort((a, b) => this.scene.times[a].end - this.scene.times[a].at - (this.scene.times[b].end - this.scene.times[b].at));
    const [mention] = of("m");
    piece.__quotes = quotes;
    piece.__parts = parts;
    if (quotes.length) piece.classList.add("quote");
    if (parts.length) {
      piece.classList.add(of("c").length ? "cue" : "source");
      paint(piece, this.voice(this.scene.quotes[parts[0]].speaker));
    }
    if (mention !== undefined) {
      piece.classList.add("mention");
      piece.dataset.mention = mention;
      if (!parts.length) paint(piece, this.scene.voices[mention]);
    }
    if (time !== undefined) {
      piece.classList.add("time");
      Object.assign(piece.dataset, { time });
      this.moments[time].push(piece);
    }
    for (const number of [...quotes, ...parts]) this.marks[number].push(piece);
    if (!quotes.length && !parts.length) this.loose.push(piece);
    const card = quotes[0] ?? parts[0];
    if (card !== undefined) piece.dataset.quote = card;
    return piece;
  }

  // A time or an event is one button, however many pieces other marks cut it into.
  reach(pieces, time) {
    const [first] = pieces;
    if (!first) return;
    first.setAttribute("role", "button");
    first.tabIndex = 0;
    if (pieces.length > 1) first.setAttribute("aria-label", time.words);
    if (time.by) pieces.at(-1).classList.add("by");
  }

  chip(number) {
    const quote = this.scene.quotes[number];
    const voice = this.voice(quote.speaker);
    const doubt = quote.doubtful ? "?" : "";
    const by = quote.by ? `, corrected by ${quote.by}` : "";
    const label = `${voice.initials}${doubt}: ${voice.name}${doubt && ", doubtful"}${by}, ${quote.kind} quote ${number + 1} of ${this.scene.quotes.length}`;
    const chip = make("button", doubt ? "chip doubt" : by ? "chip by" : "chip", voice.initials + doubt, { "aria-label": label, "aria-haspopup": "dialog" });
    chip.dataset.quote = number;
    paint(chip, voice);
    this.chips[number] = chip;
    return chip;
  }

  voice(name) {
    return this.voices.get(name) ?? this.voices.get("");
  }

  foot() {
    const { foot, before, links, licence } = this.scene;
    if (!foot.length && !before.length && !links.length && !licence) return [];
    const node = make("footer", "foot", "", { "aria-label": "Source, copyright and disclaimer" });
    if (links.length) {
      const line = make("p", "links", "Source: ");
      links.forEach(({ label, url }, i) => line.append(i ? " · " : "", link(label, url)));
      node.append(line);
    }
    if (licence) node.append(make("p", "", licence));
    if (foot.length || before.length) {
      const given = make("details");
      given.append(make("summary", "", "As the publisher gave it: head, source, copyright and disclaimer"));
      for (const block of [...before, ...foot]) given.append(make("p", "", block));
      if (foot.length) given.open = true;
      node.append(given);
    }
    return [node];
  }

  stepper() {
    this.steps = make("div", "steps", "", { role: "group", "aria-label": "Step through the quotes" });
    const back = make("button", "", "↑", { "aria-label": "Previous quote (k)", title: "Previous quote (k)" });
    const on = make("button", "", "↓", { "aria-label": "Next quote (j)", title: "Next quote (j)" });
    back.dataset.step = "-1";
    on.dataset.step = "1";
    this.count = make("span", "count", "", { "aria-live": "polite" });
    this.steps.append(back, this.count, on);
    return this.steps;
  }

  // ---- the filter

  keeps(quote) {
    return (!this.who.size || this.who.has(quote.speaker)) && (this.kind === "all" || this.kind === quote.kind);
  }

  filter() {
    const quotes = this.scene.quotes;
    const kept = quotes.map((quote) => this.keeps(quote));
    const filtered = this.who.size > 0 || this.kind !== "all";
    this.root.classList.toggle("filtered", filtered);
    for (const pieces of this.marks) for (const piece of pieces) this.dress(piece, kept);
    for (const piece of this.loose) {
      const mentioned = this.scene.voices[piece.dataset.mention]?.name;
      piece.classList.toggle("off", filtered && !this.who.has(mentioned));
    }
    this.chips.forEach((chip, number) => chip.classList.toggle("off", !kept[number]));
    this.parts.forEach((parts, number) => parts.forEach((part) => part.classList.toggle("off", !kept[number])));
    for (const share of this.shares) {
      share.classList.toggle("off", this.who.size > 0 && !this.who.has(share.dataset.voice));
      if (share.hasAttribute("aria-pressed")) share.setAttribute("aria-pressed", this.who.has(share.dataset.voice));
    }
    this.matches = this.chips.map((_, number) => number).filter((number) => kept[number]);
    this.matches.sort((a, b) => quotes[a].at - quotes[b].at);
    if (this.current < 0) this.tally();
    else this.settle(this.current);
  }

  // A piece inside several quotes wears the colours of the innermost one that passes the filter.
  dress(piece, kept) {
    const shown = piece.__quotes.find((number) => kept[number]);
    const any = shown ?? piece.__quotes[0];
    if (any !== undefined) {
      const quote = this.scene.quotes[any];
      paint(piece, this.voice(quote.speaker));
      piece.dataset.kind = quote.kind;
      piece.dataset.quote = any;
    }
    const on = shown !== undefined || piece.__parts.some((number) => kept[number]);
    piece.classList.toggle("off", !on);
  }

  tally() {
    const total = this.matches.length;
    const place = this.matches.indexOf(this.current);
    this.steps.hidden = !this.scene.quotes.length;
    if (!total) this.count.textContent = "no quote matches";
    else if (place < 0) this.count.textContent = `${total} ${total === 1 ? "quote" : "quotes"}`;
    else this.count.textContent = `${place + 1} of ${total}`;
    for (const button of this.steps.querySelectorAll("button")) button.disabled = !total;
  }

  // ---- stepping

  step(event) {
    const target = event.composedPath()[0];
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (target instanceof Element && target.closest("input, textarea, select, [contenteditable=true]")) return;
    if (event.key === "j") this.move(1);
    if (event.key === "k") this.move(-1);
    if (event.key === "m" && !this.mark.hidden) this.ask();
    this.notes.key(event);
  }

  move(by, among = this.matches) {
    if (!among.length) return;
    const next = this.current < 0 ? (by > 0 ? this.firstBelow(among) : among.length - 1) : this.beside(among, by);
    this.visit(among[(next + among.length) % among.length]);
  }

  // The place of the match before or after the current quote, which need not be one: the filter may have left it out.
  beside(among, by) {
    const place = among.indexOf(this.current);
    if (place >= 0) return place + by;
    const { at } = this.scene.quotes[this.current];
    const after = among.filter((number) => this.scene.quotes[number].at <= at).length;
    return by > 0 ? after : after - 1;
  }

  // Makes a quote the current one, which the counter counts, and from which the next step goes.
  settle(number) {
    const shown = this.matches.includes(number);
    this.chips[this.current]?.removeAttribute("aria-current");
    for (const part of this.parts[this.current] ?? []) part.classList.remove("now");
    if (shown) this.chips[number].setAttribute("aria-current", "true");
    if (shown) for (const part of this.parts[number] ?? []) part.classList.add("now");
    this.current = number;
    this.ring(shown ? this.marks[number].filter((piece) => piece.__quotes.includes(number)) : []);
    this.tally();
  }

  // Where a reader has clicked or gone by Tab, there they are.
  stand(mark) {
    const { quote, time } = mark.dataset;
    if (quote !== undefined && time === undefined) this.settle(Number(quote));
  }

  // The first quote not yet scrolled past, so that stepping starts where the reader is.
  firstBelow(among) {
    const place = among.findIndex((number) => this.chips[number].getBoundingClientRect().bottom > 80);
    return Math.max(0, place);
  }

  visit(number) {
    this.still = true;
    this.settle(number);
    const chip = this.chips[number];
    this.scroll(chip);
    chip.focus({ preventScroll: true });
    if (this.wide()) this.open(chip, { pin: false });
    else this.shut();
  }

  scroll(node) {
    const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
    node.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  }

  ring(pieces) {
    for (const piece of this.root.querySelectorAll(".ring")) piece.classList.remove("ring");
    for (const piece of pieces) piece.classList.add("ring");
  }

  // Shows the sentence or quote that holds a character (a code point of the text).
  reveal(at) {
    this.still = true;
    const exact = this.scene.quotes.findIndex((quote) => quote.at === at);
    if (exact >= 0 && this.chips[exact]) return this.visit(exact);
    const { times } = this.scene;
    const begins = times.findIndex((one) => one.at === at);
    const found = this.moments[begins >= 0 ? begins : times.findIndex((one) => one.at <= at && at < one.end)] ?? [];
    const number = this.scene.paragraphs.findLastIndex((paragraph) => paragraph.at <= at);
    const row = this.rows[Math.max(0, number)];
    if (!row) return;
    this.settle(-1);
    this.ring(found.length ? found : [row.lastChild]);
    this.scroll(found[0] ?? row);
    if (found.length) found[0].focus({ preventScroll: true });
  }

  // ---- cards

  wide() {
    return getComputedStyle(this.root).getPropertyValue("--rail").trim() === "1";
  }

  marked(event) {
    const target = event.target instanceof Element ? event.target : null;
    return target?.closest("[data-note], [data-time], [data-quote], [data-mention]") ?? null;
  }

  // Only a mouse that moves asks for a card: text that scrolls under a resting one does not.
  stir(event) {
    const moved = event.screenX !== this.x || event.screenY !== this.y;
    [this.x, this.y] = [event.screenX, event.screenY];
    if (!this.still || !moved) return;
    this.still = false;
    this.hover(event);
  }

  hover(event) {
    if (event.pointerType === "touch" || this.still) return;
    if (event.type === "pointerover" && event.screenX === this.x && event.screenY === this.y) {
      this.still = true;
      return;
    }
    if (event.target instanceof Element && event.target.closest(".card")) return clearTimeout(this.timer);
    const mark = this.marked(event);
    if (!mark || this.pinned) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(mark, { pin: false }), OPEN_AFTER);
  }

  rest() {
    if (this.still) return;
    clearTimeout(this.timer);
    if (!this.pinned) this.timer = setTimeout(() => this.shut(), SHUT_AFTER);
  }

  focus(event) {
    const mark = this.marked(event);
    if (!mark || this.returning || event.target.closest(".card") || !mark.matches(":focus-visible")) return;
    this.stand(mark);
    if (!SMALL.matches) this.open(mark, { pin: false });
  }

  click(event) {
    const target = event.target instanceof Element ? event.target : null;
    if (!target) return;
    if (!target.closest(".saving")) this.unsave?.();
    if (!target.closest(".folded, [data-do=others]")) this.unfold(false);
    const doing = target.closest("[data-do]");
    if (doing) return this.act(doing.dataset.do, doing.dataset.value);
    const stop = target.closest(".stop");
    if (stop) return this.scroll(this.rows[stop.dataset.row]);
    const step = target.closest("[data-step]");
    if (step) return this.move(Number(step.dataset.step));
    const voice = target.closest(".share, button.name");
    if (voice) return voice.dataset.voice && this.tell("solo", voice.dataset.voice);
    if (target.closest(".card, a")) return undefined;
    const mark = this.marked(event);
    if (!mark) return this.shut();
    // A mouse that has just selected words of the text wants these, and no card; a key or a chip always means the card.
    if (event.detail && !mark.matches("button") && this.selected()) return undefined;
    this.stand(mark);
    return this.open(mark, { pin: true });
  }

  press(event) {
    if (event.key === "Escape" && this.folded.contains(event.target)) {
      event.stopPropagation();
      return this.unfold(false);
    }
    if (event.key === "Escape" && !this.card.hidden) {
      event.stopPropagation();
      this.giveBack();
    }
    if (event.target.matches(".stop")) this.along(event);
    if ((event.key === "Enter" || event.key === " ") && event.target.matches(".time")) {
      event.preventDefault();
      this.open(event.target, { pin: true });
    }
    if (event.key === "Tab" && !this.card.hidden && this.pinned) this.loop(event);
    return undefined;
  }

  // A pinned card keeps Tab inside, for it stands at the end of the page and not beside its mark.
  loop(event) {
    const stops = [...this.card.querySelectorAll("button")];
    const here = stops.indexOf(this.root.getRootNode().activeElement);
    const next = event.shiftKey ? here - 1 : here + 1;
    event.preventDefault();
    stops[(next + stops.length) % stops.length]?.focus();
  }

  // Shuts the card and gives the focus back to its mark, which would open it again.
  giveBack() {
    const mark = this.owner;
    this.shut();
    this.returning = true;
    if (mark?.matches("button, [tabindex]")) mark.focus({ preventScroll: true });
    this.returning = false;
  }

  shut() {
    clearTimeout(this.timer);
    this.card.hidden = true;
    this.pinned = false;
    this.owner = null;
  }

  open(mark, { pin }) {
    const isTime = mark.dataset.time !== undefined;
    const quote = mark.dataset.quote;
    const filling = mark.dataset.note !== undefined ? this.notes.card(Number(mark.dataset.note)) : isTime ? this.timeCard(Number(mark.dataset.time))
      : quote !== undefined ? this.quoteCard(Number(quote))
      : this.speakerCard(this.scene.voices[Number(mark.dataset.mention)]);
    clearTimeout(this.timer);
    this.owner = mark;
    this.pinned = pin;
    this.card.replaceChildren(...filling, this.closer());
    this.card.classList.toggle("pinned", pin);
    this.card.hidden = false;
    this.place(mark);
    if (pin) this.card.querySelector("button")?.focus({ preventScroll: true });
  }

  closer() {
    const button = make("button", "close", "×", { "aria-label": "Close", title: "Close (Esc)" });
    button.dataset.do = "close";
    return button;
  }

  // In the right margin beside its line where there is one, else under its line, or as a sheet on a phone.
  place(mark) {
    const card = this.card;
    card.style.cssText = "";
    if (SMALL.matches) {
      this.clear(mark);
      return;
    }
    const box = this.root.getBoundingClientRect();
    const [first] = mark.getClientRects();
    if (!first) return;
    if (this.wide()) {
      const floor = Math.min(innerHeight - STEPPER, this.steps.getBoundingClientRect().top - 8 || Infinity) - card.offsetHeight;
      card.style.top = `${Math.max(0, Math.min(first.top - 4, Math.max(floor, 8)) - box.top)}px`;
      return;
    }
    const below = first.bottom + card.offsetHeight + 12 < innerHeight - STEPPER || first.top < card.offsetHeight;
    card.style.top = `${(below ? first.bottom + 6 : first.top - card.offsetHeight - 6) - box.top}px`;
    card.style.left = `${Math.max(0, Math.min(first.left - box.left, box.width - card.offsetWidth))}px`;
  }

  // A card in the margin keeps clear of the stepper while the text scrolls under it.
  follow(event) {
    if (this.card.hidden || !this.owner || SMALL.matches || !this.wide() || event.target === this.card) return;
    this.place(this.owner);
  }

  // Brings the words up from behind the sheet that tells of them.
  clear(mark) {
    const hidden = mark.getBoundingClientRect().bottom + 24 - this.card.getBoundingClientRect().top;
    if (hidden > 0) (this.main ?? document.scrollingElement).scrollBy({ top: hidden });
  }

  who_(voice) {
    const who = make("div", "who");
    const chip = make("span", "chip", voice.initials, { "aria-hidden": "true" });
    const words = make("div");
    words.append(make("strong", "", voice.name));
    if (voice.role) words.append(make("span", "role", voice.role));
    else if (!voice.named) words.append(make("span", "role", "never named in the article"));
    who.append(chip, words);
    paint(who, voice);
    this.card.setAttribute("aria-label", voice.name);
    return who;
  }

  facts(rows) {
    const list = make("dl");
    for (const [name, value] of rows) if (value) list.append(make("dt", "", name), make("dd", "", value));
    return list;
  }

  actions(...buttons) {
    const row = make("div", "actions");
    for (const [label, what, value] of buttons) {
      if (this.without.has(what)) continue;
      const button = make("button", ["method", "correct"].includes(what) ? "link" : "", label);
      Object.assign(button.dataset, { do: what, value });
      row.append(button);
    }
    row.append(make("span", "said", "", { role: "status" }));
    return row;
  }

  quoteCard(number) {
    const quote = this.scene.quotes[number];
    const voice = this.voice(quote.speaker);
    const alone = this.who.size === 1 && this.who.has(quote.speaker);
    const kind = { direct: "direct: word for word", mixed: "mixed: a paraphrase, partly word for word", indirect: "indirect: a paraphrase" };
    return [
      this.who_(voice),
      this.facts([
        ["kind", kind[quote.kind]],
        ["source", quote.source],
        ["cue", quote.cue],
        ["via", quote.via],
        ["tone", quote.tone],
        ["who", quote.reason],
        ["sure", quote.sure],
        ["found by", quote.evidence],
        ["corrected by", quote.by],
      ]),
      this.actions(
        [alone ? "All speakers" : "Only this speaker", "solo", quote.speaker],
        ["Next by them", "next", number],
        ["Open in Quotes", "quotes", quote.at],
        ["Copy with citation", "copy", number],
        ["How do you know?", "method", "Speakers"],
        ["Correct this", "correct", JSON.stringify({ what: "quote", at: quote.at })],
      ),
    ];
  }

  speakerCard(voice) {
    const alone = this.who.size === 1 && this.who.has(voice.name);
    const first = this.scene.quotes.findIndex((quote) => quote.speaker === voice.name);
    return [
      this.who_(voice),
      this.facts([
        ["also", voice.aliases.join(", ")],
        ["corrected by", voice.by],
        ["quotes", `${voice.quotes}, ${voice.share} of the article's words`],
      ]),
      this.actions(
        [alone ? "All speakers" : "Only this speaker", "solo", voice.name],
        ["First quote", "visit", first],
        ["Correct this", "correct", JSON.stringify({ what: "speaker", name: voice.name })],
      ),
    ];
  }

  timeCard(number) {
    const time = this.scene.times[number];
    const when = make("div", "who");
    const words = make("div");
    words.append(make("strong", "", time.event || time.days || time.words));
    if (time.event) words.append(make("span", "role", time.eventDays || time.days));
    when.append(words);
    this.card.setAttribute("aria-label", time.event || time.days || time.words);
    return [
      when,
      ...(time.note ? [make("p", "note", time.note)] : []),
      this.facts([
        ["words", time.words],
        ["where", time.place],
        ["is", time.event ? "" : `${time.type} (${time.value})`],
        ["days", time.known ? "" : "none that a calendar could show"],
        ["why", time.rule],
        ["dated by", time.dated],
        ["corrected by", time.by],
      ]),
      this.actions(
        ["Show on the timeline", "timeline", time.own],
        ["How do you know?", "method", time.event ? "Events" : "Times"],
        ["Correct this", "correct", JSON.stringify({ what: "time", at: time.own })],
      ),
    ];
  }

  act(what, value) {
    if (this.notes.act(what, value)) return;
    if (what === "close") {
      this.giveBack();
    } else if (what === "others") {
      this.unfold();
    } else if (what === "next") {
      const { speaker } = this.scene.quotes[value];
      this.current = Number(value);
      const theirs = this.matches.filter((number) => this.scene.quotes[number].speaker === speaker);
      this.move(1, theirs);
    } else if (what === "visit") {
      this.visit(Number(value));
    } else if (what === "copy") {
      this.copy(this.scene.quotes[value].copy);
    } else if (what === "correct") {
      this.giveBack();
      this.tell("correct", JSON.parse(value));
    } else {
      this.giveBack();
      this.tell(what, ["solo", "method"].includes(what) ? value : Number(value));
    }
  }

  // ---- words that a reader selects, to say what they are

  marker() {
    this.mark = make("button", "marker", "Mark these words", { title: "Say who says them, or what day they mean (m)" });
    this.mark.hidden = true;
    // Pressing it must not take the selection away.
    this.mark.onpointerdown = (event) => event.preventDefault();
    this.mark.onclick = (event) => {
      event.stopPropagation();
      this.ask();
    };
    return this.mark;
  }

  offer() {
    if (!this.mark || !this.id || this.without?.has("correct")) return;
    const range = this.selected();
    this.mark.hidden = !range;
    if (!range) return this.notes.offer();
    const box = this.root.getBoundingClientRect();
    const last = [...range.getClientRects()].at(-1);
    if (!last) return;
    this.mark.style.top = `${last.bottom + 8 - box.top}px`;
    this.mark.style.left = `${Math.max(0, Math.min(last.right, box.right) - box.left - this.mark.offsetWidth)}px`;
    this.notes.offer();
  }

  ask() {
    const range = this.selected();
    const span = range && this.span(range);
    if (!span) return;
    this.mark.hidden = true;
    this.notes.offer();
    getSelection().removeAllRanges();
    this.tell("correct", { what: "words", ...span });
  }

  // What is selected, where both its ends are in the text and it holds a word.
  selected() {
    const whole = getSelection();
    const shadow = this.root.getRootNode();
    const [composed] = whole?.getComposedRanges?.({ shadowRoots: [shadow] }) ?? [];
    const inner = shadow.getSelection?.() ?? whole;
    const given = composed ?? (inner?.rangeCount ? inner.getRangeAt(0) : null);
    if (!given) return null;
    const ends = [given.startContainer, given.endContainer];
    if (!ends.every((node) => this.root.contains(node) && (node.parentElement ?? node).closest(".row p"))) return null;
    const range = document.createRange();
    range.setStart(given.startContainer, given.startOffset);
    range.setEnd(given.endContainer, given.endOffset);
    return /[\p{L}\p{N}]/u.test(range.toString()) ? range : null;
  }

  // A selection as a span of the article's text, in code points.
  span(range) {
    const start = this.offset(range.startContainer, range.startOffset);
    const end = this.offset(range.endContainer, range.endOffset);
    return start < end ? { start, end } : null;
  }

  offset(node, units) {
    const p = (node.parentElement ?? node).closest(".row p") ?? node;
    const before = document.createRange();
    before.setStart(p, 0);
    before.setEnd(node, units);
    const words = before.cloneContents();
    for (const chip of words.querySelectorAll(".chip")) chip.remove();
    return Number(p.dataset.at) + [...words.textContent].length;
  }

  async copy(words) {
    const said = this.card.querySelector(".said");
    try {
      await navigator.clipboard.writeText(words);
      said.textContent = "Copied";
    } catch {
      const area = make("textarea", "unseen");
      area.value = words;
      this.card.append(area);
      area.select();
      said.textContent = document.execCommand("copy") ? "Copied" : "The browser does not allow copying";
      area.remove();
    }
  }
}
