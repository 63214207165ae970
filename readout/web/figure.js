// The two pictures of a chart that the reader's browser makes: SVG, and PNG at twice the size.

const WIDTH = 1000;
const GAP = 20;

export default function ({ parentElement: root, data }) {
  const menu = root.querySelector(".menu");
  if (menu.state) menu.state.data = data;
  else build(menu, data);
}

function build(menu, data) {
  menu.state = { busy: false, data };
  const make = (format, label) => {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = label;
    button.onclick = () => save(menu, format);
    return button;
  };
  const status = document.createElement("p");
  status.className = "status";
  status.setAttribute("role", "status");
  const probe = document.createElement("span");
  probe.className = "probe";
  Object.assign(menu.state, { status, probe });
  menu.append(make("png", "PNG, a picture"), make("svg", "SVG, a drawing"), status, probe);
  // Streamlit puts an open menu at the end of the page, out of reach of the next Tab: go in. Escape leads back.
  const opener = document.querySelector(`.st-key-${data.key}-download button`);
  requestAnimationFrame(() => {
    if (document.activeElement === opener) menu.querySelector("button").focus({ preventScroll: true });
  });
}

async function save(menu, format) {
  const { state } = menu;
  if (state.busy) return;
  const buttons = menu.querySelectorAll("button");
  state.busy = true;
  buttons.forEach((button) => button.setAttribute("aria-disabled", "true"));
  state.status.textContent = "";
  try {
    const chart = document.querySelector(`.st-key-${state.data.key} .js-plotly-plot`);
    if (!chart?._fullLayout || !window.Plotly) {
      state.status.textContent = "The chart is not drawn yet. Wait a moment, then try again.";
      return;
    }
    const drawing = await draw(chart, state);
    const file = `${state.data.name}.${format}`;
    const type = "image/svg+xml";
    hand(format === "svg" ? new Blob([drawing.svg], { type }) : await pictureOf(drawing), file);
    state.status.textContent = `Saved ${file}`;
  } catch (error) {
    console.error(error);
    state.status.textContent = `The ${format.toUpperCase()} could not be made here. Try again, or save the HTML file.`;
  } finally {
    state.busy = false;
    buttons.forEach((button) => button.removeAttribute("aria-disabled"));
  }
}

// The chart as an SVG that stands alone: its sentence on top, its source below, the theme's colours, the app's font.
async function draw(chart, { data, probe }) {
  const paper = getComputedStyle(probe).backgroundColor;
  const dark = luma(paper) < 128;
  const ink = (light, night) => (dark ? night : light);
  const layout = structuredClone(chart.layout);
  const lines = wrap(data.says, 110);
  const head = GAP + lines.length * 22;
  const credit = wrap(data.credit, 150);
  const height = chart._fullLayout.height + data.filed.rise + head + credit.length * 18 + GAP;
  layout.height = height;
  layout.width = WIDTH;
  layout.autosize = false;
  layout.shapes = (layout.shapes ?? []).filter((shape) => shape.name !== data.filed.without);
  layout.paper_bgcolor = layout.plot_bgcolor = paper;
  const margin = chart._fullLayout.margin;
  layout.legend = { ...layout.legend, ...data.filed.legend };
  layout.margin = {
    ...layout.margin,
    l: (margin.l ?? 0) + GAP,
    r: (margin.r ?? 0) + GAP,
    t: (margin.t ?? 0) + head + data.filed.rise,
    b: (margin.b ?? 0) + credit.length * 18 + GAP,
  };
  const [strong, muted] = Object.keys(data.themed);
  const place = { xref: "container", yref: "container", xanchor: "left", yanchor: "top", x: GAP / WIDTH };
  layout.title = {
    ...place,
    text: lines.map(escape).join("<br>"),
    y: 1 - GAP / height,
    font: { family: "Inter", size: 16, color: strong },
  };
  const uri = await window.Plotly.toImage(
    { data: filed(chart.data, data.filed), layout, config: { staticPlot: true } },
    { format: "svg", width: WIDTH, height },
  );
  let svg = decodeURIComponent(uri.slice(uri.indexOf(",") + 1));
  for (const [grey, [light, night]] of Object.entries(data.themed)) {
    svg = svg.replaceAll(rgb(grey), ink(light, night)).replaceAll(grey, ink(light, night));
  }
  const foot = credit
    .map((line, i) => {
      const y = height - GAP / 2 - (credit.length - 1 - i) * 18;
      const fill = ink(...data.themed[muted]);
      return `<text x="${GAP}" y="${y}" style="font-family:Inter;font-size:12px;fill:${fill}">${escape(line)}</text>`;
    })
    .join("");
  svg = svg.replace(/<svg[^>]*>/, (tag) => `${tag}<style>%FACES%${data.halo.replace("%s", paper)}</style>`);
  svg = svg.replace(/<\/svg>\s*$/, `${foot.replaceAll("$", "$$$$")}</svg>`);
  const faces = await fonts(data.fonts, svg);
  return { svg: svg.replace("%FACES%", () => faces), width: WIDTH, height };
}

// The traces that a file has: those that are only for the screen are not among them, nothing is chosen, and those are in
// the legend that the screen leaves to the sidebar.
function filed(all, { traces, without }) {
  return all
    .map((trace, i) => ({ ...trace, selectedpoints: undefined, showlegend: traces.includes(i) || trace.showlegend }))
    .filter((trace) => trace.meta !== without);
}

function wrap(text, width) {
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= width) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word.slice(0, width));
  }
  return lines;
}

function luma(colour) {
  const [red, green, blue] = colour.match(/\d+/g).map(Number);
  return 0.299 * red + 0.587 * green + 0.114 * blue;
}

function rgb(hex) {
  return `rgb(${[1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16)).join(", ")})`;
}

function escape(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
