// The bar of voices as files, which the reader's browser makes. In the app it stands before article.js in one script.

const FILE = { wide: 1000, edge: 20, bar: 30, line: 22, entry: 24, credit: 18 };
const FACES = {
  "inter-latin-wght-normal.woff2": "U+0000-00FF, U+0131, U+0152-0153, U+02C6, U+02DA, U+02DC, U+2000-206F, U+20AC, U+2122",
  "inter-latin-ext-wght-normal.woff2": "U+0100-02BA, U+1E00-1E9F, U+2020, U+20A0-20AB, U+20AD-20C0",
};
const TYPES = { svg: "image/svg+xml", html: "text/html", csv: "text/csv" };
const STROKES = {
  "/": "M-1,7 7,-1 M-1,1 1,-1 M5,7 7,5", "\\": "M-1,-1 7,7 M5,-1 7,1 M-1,5 1,7",
  "-": "M0,3H6", "|": "M3,0V6", "+": "M0,3H6 M3,0V6", x: "M0,0 6,6 M6,0 0,6",
};

// files = {name, title, credit, csv}; gives the file's name once the browser has taken it.
async function saveVoices(ending, scene, files, dark) {
  const file = `${files.name}.${ending}`;
  const type = TYPES[ending];
  if (ending === "csv") hand(new Blob(["\ufeff", files.csv], { type }), file);
  else if (ending === "html") hand(new Blob([await voicesPage(scene, files)], { type }), file);
  else {
    const drawing = await voicesDrawing(scene, { dark, says: scene.shares, credit: files.credit });
    hand(ending === "svg" ? new Blob([drawing.svg], { type }) : await pictureOf(drawing), file);
  }
  return file;
}

async function voicesDrawing(scene, { dark, says, credit }) {
  const ink = (light, night) => (dark ? night : light);
  const { total, parts } = foldVoices(scene.voices);
  const canvas = document.createElement("canvas").getContext("2d");
  const width = (words, font) => {
    canvas.font = `${font} Inter, sans-serif`;
    return canvas.measureText(words).width;
  };
  const text = (x, y, words, style) => `<text x="${x}" y="${y}" style="font-family:Inter,sans-serif;${style}">${safe(words)}</text>`;
  const room = FILE.wide - 2 * FILE.edge;
  const [strong, quiet] = [ink("#1d1c1a", "#ece9e2"), ink("#5c5a55", "#aeb1b6")];
  const defs = [];
  const fill = (part, at) => {
    const plain = part.others || !part.name ? ink("#dcd6cb", "#4a5057") : ink(part.light, part.dark);
    const pattern = part.others ? "/" : part.pattern;
    if (!pattern) return plain;
    const thread = part.others ? ink("#a89f90", "#7d838b") : "#000";
    const drawn = pattern === "." ? `<circle cx="3" cy="3" r="1.5" fill="${thread}" fill-opacity="${ink(0.4, 0.3)}"/>`
      : `<path d="${STROKES[pattern]}" stroke="${thread}" stroke-opacity="${part.others ? 1 : ink(0.4, 0.3)}" stroke-width="1.75"/>`;
    defs.push(`<pattern id="p${at}" width="6" height="6" patternUnits="userSpaceOnUse"><rect width="6" height="6" fill="${plain}"/>${drawn}</pattern>`);
    return `url(#p${at})`;
  };
  const drawn = [];
  let y = FILE.edge;
  for (const line of broken(says, room, (words) => width(words, "600 16px"))) {
    y += FILE.line;
    drawn.push(text(FILE.edge, y - 6, line, `font-size:16px;font-weight:600;fill:${strong}`));
  }
  y += 8;
  let x = FILE.edge;
  let [across, down] = [FILE.edge, y + FILE.bar + FILE.entry];
  parts.forEach((part, at) => {
    const wide = (room * part.words) / total;
    const colour = fill(part, at);
    drawn.push(`<rect x="${x}" y="${y}" width="${Math.max(1, wide - 2)}" height="${FILE.bar}" fill="${colour}"/>`);
    if (part.initials && wide > 34) drawn.push(text(x + wide / 2 - 1, y + 19, part.initials, `font-size:12px;font-weight:650;text-anchor:middle;fill:${ink("#fff", "#121416")}`));
    x += wide;
    const label = `${part.others ? `${part.others.length} others` : part.name || "Reporter"}  ${part.share}`;
    const long = 18 + width(label, "13px") + 24;
    if (across > FILE.edge && across + long > FILE.wide) [across, down] = [FILE.edge, down + FILE.entry];
    drawn.push(`<rect x="${across}" y="${down - 10}" width="11" height="11" rx="2" fill="${colour}"/>`, text(across + 18, down, label, `font-size:13px;white-space:pre;fill:${strong}`));
    across += long;
  });
  y = down + FILE.edge;
  for (const line of broken(credit, room, (words) => width(words, "12px"))) {
    drawn.push(text(FILE.edge, y + 6, line, `font-size:12px;fill:${quiet}`));
    y += FILE.credit;
  }
  const high = Math.ceil(y + 6);
  const faces = await fonts(FACES, drawn.join(""));
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${FILE.wide}" height="${high}" viewBox="0 0 ${FILE.wide} ${high}">`
    + `<style>${faces}</style><defs>${defs.join("")}</defs>`
    + `<rect width="100%" height="100%" fill="${ink("#fdfbf7", "#16181b")}"/>${drawn.join("")}</svg>`;
  return { svg, width: FILE.wide, height: high };
}

async function voicesPage(scene, files) {
  const { svg } = await voicesDrawing(scene, { dark: false, says: "", credit: "" });
  const rows = scene.voices.filter((voice) => voice.words).map((voice) =>
    `<tr><th scope="row">${safe(voice.name || "The reporter")}</th><td>${voice.words}</td><td>${safe(voice.share)}</td></tr>`);
  const heading = safe(files.title || scene.shares);
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; font-src data:">
<title>${heading}</title>
<style>body{margin:0 auto;max-width:62.5rem;padding:2rem 1rem;background:#fdfbf7;color:#1d1c1a;font:1rem/1.5 Inter,system-ui,sans-serif}
h1{margin:0 0 .5rem;font-size:1.375rem;line-height:1.3}figure{margin:0 0 1.5rem}svg{max-width:100%;height:auto}
table{border-collapse:collapse;font-size:.875rem}th,td{padding:.25rem 1.5rem .25rem 0;text-align:left;font-weight:400}
td{text-align:right;font-variant-numeric:tabular-nums}thead th,footer{color:#5c5a55}footer{margin-top:1.5rem;font-size:.8125rem}</style></head>
<body><h1>${heading}</h1><p>${safe(scene.shares)}</p>
<figure role="figure" aria-label="The voices of the article, by share of its words. The table below has the same.">${svg}</figure>
<table><thead><tr><th>Voice</th><th>Words</th><th>Share</th></tr></thead><tbody>${rows.join("")}</tbody></table>
<footer>${safe(files.credit)}</footer></body></html>
`;
}

function broken(words, room, width) {
  const lines = [];
  for (const word of words.split(/\s+/).filter(Boolean)) {
    const last = lines.at(-1);
    if (last !== undefined && width(`${last} ${word}`) <= room) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}

// Words for SVG and HTML, in which they mean only themselves; what neither can hold is replaced.
function safe(words) {
  const held = String(words).toWellFormed().replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, "\ufffd");
  return held.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

