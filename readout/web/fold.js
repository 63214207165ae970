// What every page asks of the browser, drawn in the sidebar.
//
// data = {page, place}. On a phone the sidebar lies over the text, and Streamlit leaves it there after a page switch: it
// is folded away then. A page that was opened at a place of the text says so in its address, without an entry in
// the history of its own: given to `st.switch_page`, the place makes two, and Back needs as many presses.

let last = null;

export default function ({ data }) {
  const switched = last !== null && last !== data.page;
  last = data.page;
  address(data.place);
  if (!switched || innerWidth >= 768) return;
  document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}

function address(place) {
  const url = new URL(location.href);
  if (place === null || url.searchParams.get("at") === String(place)) return;
  url.searchParams.set("at", place);
  history.replaceState(history.state, "", url);
}
