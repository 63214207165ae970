// A tap on a mark of a chart chooses it at once. Plotly chooses what the pointer was over before the press, and a finger
// was over nothing: so it is told that the finger has come. A finger that goes on to scroll the page leaves again.

const tell = (target, type, { clientX, clientY } = {}) =>
  target.dispatchEvent(new MouseEvent(type, { bubbles: true, clientX, clientY, view: window }));
const plot = ({ target }) => target instanceof Element && target.closest(".js-plotly-plot .nsewdrag");

export default function () {
  if (document.readoutTaps) return;
  document.readoutTaps = true;
  const listen = (type, hear) => document.addEventListener(type, hear, { capture: true, passive: true });
  listen("touchstart", (event) => {
    if (event.touches.length === 1 && plot(event)) tell(event.target, "mousemove", event.touches[0]);
  });
  listen("touchcancel", (event) => {
    if (plot(event)) tell(event.target, "mouseout");
  });
}
