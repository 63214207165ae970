// On a phone the sidebar lies over the text, and Streamlit leaves it there after a page switch: fold it away then.
// data = {page}

let last = null;

export default function ({ data }) {
  const switched = last !== null && last !== data.page;
  last = data.page;
  if (!switched || innerWidth >= 768) return;
  document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
}
