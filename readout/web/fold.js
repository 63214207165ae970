// What every page asks of the browser, drawn in the sidebar. data = {shown: [page, article], reader} or {run, steps}
//
// The name that a reader gives with a correction stays in a cookie, which this server alone gets back.
// On a phone the sidebar lies over the text, and Streamlit leaves it there after a page switch: it is folded away when
// what is shown, the page or the article, is another.
// Back undoes one click: see `Trail`. Of each run that has drawn the sidebar, the number tells the trail.

export default function ({ data }) {
  const frame = (document.readoutFrame ??= {});
  if ("run" in data) {
    frame.trail ??= new Trail(data.steps);
    frame.trail.settle();
    requestAnimationFrame(() => show(frame));
    return;
  }
  if (data.reader) document.cookie = `readout_reader=${data.reader}; path=/; max-age=31536000; samesite=strict`;
  const shown = data.shown.join(" ");
  const switched = "shown" in frame && frame.shown !== shown;
  frame.shown = shown;
  if (switched && innerWidth < 768) document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}

// Of many speakers only some are in sight: whoever has been chosen anew, by a search or a link, is brought there.
// A pill that Python has chosen is pressed some frames later.
function show(frame, frames = 60) {
  const pressed = [...document.querySelectorAll(".st-key-who button[aria-pressed=true]")];
  if (frames && pressed.length < new URLSearchParams(location.search).getAll("who").length) {
    requestAnimationFrame(() => show(frame, frames - 1));
    return;
  }
  const fresh = pressed.filter((pill) => !frame.pressed?.includes(pill.textContent));
  frame.pressed = pressed.map((pill) => pill.textContent);
  fresh.at(-1)?.scrollIntoView({ block: "nearest" });
}

// The browser's history, in which each choice of what is read is a step of its own.
//
// Streamlit replaces the entry where a widget that is bound to the address changes, and makes one where Python changes
// it, as many as there are parameters. Of what stands in the address some parameters are steps (`steps`: the article,
// the filter); the others go with the entry they stand in. So
// - a widget that changes a step makes an entry, any other replaces it;
// - what Python changes replaces the entry until the run has drawn the sidebar; if a step is another then, the entry is
//   put back as it was and a new one made;
// - a page switch with a place in the text makes three entries, the old page with nothing but the new place, the new
//   page, the new page with its filter: the old page gets its address back, and the third replaces the second;
// - Back and Forward make none: Streamlit sets the widgets to what the address says, and may only put that right.
const SWITCH = 10_000; // ms that a switch may take from its first entry to its second

class Trail {
  constructor(steps) {
    this.steps = steps;
    this.push = history.pushState.bind(history);
    this.replace = history.replaceState.bind(history);
    this.arriving = true; // whether a page or an entry was arrived at, whose first run is not over
    this.entry = null; // the entry as it was before Python changed a step of it
    this.left = null; // the entry of the page that is perhaps being left
    this.fresh = false; // whether a widget made the entry in this run: what Python changes then belongs to it
    history.pushState = (state, unused, url) => this.told(state, new URL(url, location.href));
    history.replaceState = (state, unused, url) => this.chosen(state, new URL(url ?? location.href, location.href));
    addEventListener("popstate", () => this.arrive());
  }

  // What an address says of the steps.
  view(url) {
    const query = new URL(url).searchParams;
    return JSON.stringify(this.steps.map((step) => query.getAll(step)));
  }

  now() {
    return { url: location.href, state: history.state, at: performance.now() };
  }

  arrive() {
    this.arriving = true;
    this.entry = this.left = null;
  }

  // The server's word: a change of the address, or another page.
  told(state, goal) {
    if (goal.pathname !== location.pathname) {
      if (this.left && performance.now() - this.left.at < SWITCH) this.replace(this.left.state, "", this.left.url);
      this.arrive();
      this.push(state, "", goal);
      return;
    }
    if (!this.leaves(goal)) this.left = null;
    else this.left ??= this.now();
    if (!this.fresh && this.view(goal) !== this.view(location.href)) this.entry ??= this.now();
    this.replace(state, "", goal);
  }

  // Whether an address of this page looks like the first step away from it: with nothing but a place in the text; on
  // the way from the library to an article its own filters still stand there, and the article is named in a second.
  leaves(goal) {
    const now = new URLSearchParams(location.search);
    const listed = location.pathname.endsWith("/library");
    const drops = [...now.keys()].some((key) => !goal.searchParams.has(key));
    const passing = (key) => key === "at" || (listed && (key === "article" || goal.searchParams.get(key) === now.get(key)));
    return (drops || (listed && this.left !== null)) && [...goal.searchParams.keys()].every(passing);
  }

  // A widget's word.
  chosen(state, goal) {
    const step = !this.arriving && goal.pathname === location.pathname && this.view(goal) !== this.view(location.href);
    if (!step) {
      this.replace(state, "", goal);
      return;
    }
    this.entry = this.left = null;
    this.fresh = true;
    this.push(state, "", goal);
  }

  // A run has drawn the sidebar.
  settle() {
    const { entry } = this;
    const goal = this.now();
    if (entry && !this.arriving && this.view(entry.url) !== this.view(goal.url)) {
      this.replace(entry.state, "", entry.url);
      this.push(goal.state, "", goal.url);
    }
    this.entry = this.left = null;
    this.arriving = this.fresh = false;
  }
}
