// What the lists have in common, put before the script of each: the search field above, and small things. Everything from
// an article goes in as text, never as markup.

// The field with its hint, and the count beside it, into state; what follows a key is the list's own.
function searching(state, { title, label, keyed, send, clear }) {
  const holder = make("label", "find");
  const search = make("input");
  Object.assign(search, { type: "search", placeholder: title, autocomplete: "off", spellcheck: false });
  search.setAttribute("aria-label", label);
  search.setAttribute("aria-keyshortcuts", "/");
  search.oninput = keyed;
  search.onchange = send;
  search.onkeydown = (event) => {
    if (event.key === "Escape") {
      event.preventDefault();
      clear();
    }
    if (event.key === "Enter") send();
  };
  const hint = make("kbd", "", "/");
  hint.setAttribute("aria-hidden", "true");
  holder.append(glass(), search, hint);
  state.search = search;
  state.count = make("p", "count");
  state.count.setAttribute("role", "status");
  state.bar = make("div", "bar");
  state.bar.append(holder, state.count);
}

function glass() {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(space, "path");
  path.setAttribute("d", "M13.2 13.2 17.5 17.5M8.75 14.5a5.75 5.75 0 1 1 0-11.5 5.75 5.75 0 0 1 0 11.5Z");
  svg.append(path);
  return svg;
}

// The key that goes to the search, from wherever nothing is being written.
function slash(event, state) {
  const target = event.composedPath()[0];
  const typing = target.matches?.("input:not([type=checkbox]), textarea, select, [contenteditable]");
  if (event.key !== "/" || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  event.preventDefault();
  state.search.focus();
  state.search.select();
}

// A table with its heads, as [name, class]; the name of one of class "box" is heard and not seen.
function tabled(caption, heads) {
  const element = make("table");
  const head = make("thead");
  const line = make("tr");
  for (const [name, kind] of heads) {
    const th = make("th", kind);
    th.append(kind === "box" ? make("span", "unseen", name) : name);
    th.scope = "col";
    line.append(th);
  }
  head.append(line);
  const body = make("tbody");
  element.append(make("caption", "unseen", caption), head, body);
  return { element, body };
}

// The elements as cards or as rows of a table; nothing moves where they are there already, so that the focus stays.
function lay(state, elements, table) {
  let holder = state.list;
  if (state.data.layout === "Table") {
    state.table ??= table();
    if (state.list.firstChild !== state.table.element) state.list.replaceChildren(state.table.element);
    holder = state.table.body;
  }
  const same = holder.children.length === elements.length && elements.every((one, i) => holder.children[i] === one);
  if (!same) holder.replaceChildren(...elements);
}

function cell(row, kind, ...inside) {
  const td = make("td", kind);
  td.append(...inside);
  row.append(td);
}

// The words in pieces, with the spans of those that were searched for marked.
function marked(words, spans) {
  const pieces = [];
  let done = 0;
  for (const [start, end] of spans) {
    if (end <= done) continue;
    const first = Math.max(start, done);
    pieces.push(words.slice(done, first), make("mark", "", words.slice(first, end)));
    done = end;
  }
  return [...pieces, words.slice(done)];
}

function doing(words, what, kind = "plain") {
  const button = make("button", kind, words);
  button.dataset.do = what;
  return button;
}

function make(tag, kind = "", text = "") {
  const element = document.createElement(tag);
  if (kind) element.className = kind;
  if (text) element.textContent = text;
  if (tag === "button") element.type = "button";
  return element;
}

function dot() {
  const mark = make("span", "dot", "·");
  mark.setAttribute("aria-hidden", "true");
  return mark;
}

function number(count) {
  return count.toLocaleString("en");
}

function plural(count, word) {
  return count === 1 ? word : `${word}s`;
}
