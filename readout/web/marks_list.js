// The marks of a timeline as a list for narrow screens. data = {rows: [[what, when, who]], chosen}

export default function ({ parentElement: root, data, setTriggerValue }) {
  const list = root.querySelector(".marks");
  const rows = JSON.stringify(data.rows);
  if (list.dataset.rows !== rows) {
    list.dataset.rows = rows;
    list.replaceChildren(...data.rows.map((lines, row) => item(lines, () => setTriggerValue("pressed", row))));
  }
  list.querySelectorAll("button").forEach((button, row) => button.setAttribute("aria-pressed", row === data.chosen));
}

function item(lines, press) {
  const button = document.createElement("button");
  button.type = "button";
  button.onclick = press;
  for (const [i, line] of lines.entries()) {
    const element = document.createElement(i ? "span" : "strong");
    element.textContent = line;
    // A space, for those to whom the lines are read.
    button.append(element, " ");
  }
  const made = document.createElement("li");
  made.append(button);
  return made;
}
