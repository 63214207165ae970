// What a component hands over as a file: the app's fonts for an SVG, a picture painted from it, and the download itself.
// Stands before the script of whoever calls it: figure.js, article/voices.js.

const SCALE = 2; // pixels of a picture for one of the drawing

// files = {file: the letters it holds}; the further letters come only where the text needs them.
async function fonts(files, text) {
  const extended = /[\u0100-\u02ba\u1e00-\u1eff]/.test(text);
  const faces = Object.entries(files).map(async ([file, letters], i) => {
    if (i > 0 && !extended) return "";
    const answer = await fetch(`app/static/${file}`);
    if (!answer.ok) throw new Error(`${file}: ${answer.status}`);
    const url = await new Promise((done, fail) => {
      const reader = new FileReader();
      reader.onload = () => done(reader.result);
      reader.onerror = () => fail(reader.error);
      answer.blob().then((blob) => reader.readAsDataURL(new Blob([blob], { type: "font/woff2" })), fail);
    });
    return `@font-face{font-family:Inter;font-weight:100 900;src:url(${url}) format("woff2");unicode-range:${letters}}`;
  });
  return (await Promise.all(faces)).join("");
}

async function pictureOf({ svg, width, height }) {
  const url = URL.createObjectURL(new Blob([svg], { type: "image/svg+xml" }));
  try {
    const image = new Image(width, height);
    image.src = url;
    await image.decode();
    const canvas = document.createElement("canvas");
    canvas.width = width * SCALE;
    canvas.height = height * SCALE;
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((done, fail) =>
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("the canvas is empty"))), "image/png"),
    );
  } finally {
    URL.revokeObjectURL(url);
  }
}

function hand(blob, file) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
