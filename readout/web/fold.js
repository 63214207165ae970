// What every page asks of the browser, drawn in the sidebar. data = {page, reader}
//
// The name that a reader gives with a correction stays in a cookie, which this server alone gets back.
// On a phone the sidebar lies over the text, and Streamlit leaves it there after a page switch: it is folded away then.

let last = null;

export default function ({ data }) {
  if (data.reader) document.cookie = `readout_reader=${data.reader}; path=/; max-age=31536000; samesite=strict`;
  const switched = last !== null && last !== data.page;
  last = data.page;
  if (!switched || innerWidth >= 768) return;
  document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}

// One page switch with a place in the text makes three entries in the history: the old page with nothing but the new
// place, the new page, the new page with its filter. Back should undo it in one press: within a page the entry is
// replaced, and a page that is left for a place gets its address back.
const SWITCH = 10_000; // ms that a switch may take from its first entry to its second

if (!history.readout) {
  history.readout = true;
  const push = history.pushState.bind(history);
  let before = null;
  history.pushState = (state, unused, url) => {
    const goal = new URL(url, location.href);
    if (goal.pathname === location.pathname) {
      const now = new URLSearchParams(location.search);
      const drops = [...now.keys()].some((key) => !goal.searchParams.has(key));
      // The library is left for an article; its own filters still stand in the address then.
      const listed = location.pathname.endsWith("/library");
      const passing = (key) => key === "at" || (listed && (key === "article" || goal.searchParams.get(key) === now.get(key)));
      const all = [...goal.searchParams.keys()].every(passing);
      const going = all && !drops && listed && before && performance.now() - before.at < SWITCH; // its second step
      if (!going) before = all && drops ? { at: performance.now(), state: history.state, url: location.href } : null;
      history.replaceState(state, unused, url);
      return;
    }
    if (before && performance.now() - before.at < SWITCH) history.replaceState(before.state, unused, before.url);
    before = null;
    push(state, unused, url);
  };
}
