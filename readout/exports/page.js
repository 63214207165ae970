// Starts the annotated article in a page that stands alone: the filter lives here, as the address bar holds it in the app.

const host = document.getElementById("article");
const scene = document.getElementById("scene").textContent;
let who = [];

function draw() {
  readoutArticle({
    parentElement: host.shadowRoot,
    data: {
      id: "article", scene, who, kind: "all", at: null, alone: true,
      without: ["quotes", "timeline", "method", "correct", "remark"],
    },
    setTriggerValue: (what, name) => {
      if (what !== "solo") return;
      who = who.length === 1 && who[0] === name ? [] : [name];
      draw();
    },
  });
}

draw();
