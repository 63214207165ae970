// What a reader adds to the article: notes on its words, and a star on all of it. Stands after article.js in one script.
//
// data.notes = [[id, [[paragraph, start, end], ...], remark, by whom and when], ...] in UTF-16 units of each paragraph;
// data.starred says whether the article has a star.

class Notes {
  constructor(view) {
    this.view = view;
    this.spans = [];
    this.list = [];
  }

  can() {
    return !this.view.without.has("remark");
  }

  // Every time the data changes; the marks are drawn anew where the notes or the text have changed.
  show({ notes = [], starred = false }) {
    if (!this.can()) return;
    this.head(starred);
    const seen = JSON.stringify([this.view.id, notes]);
    if (this.seen === seen) return;
    this.seen = seen;
    this.list = notes;
    this.clear();
    notes.forEach((note, number) => this.mark(note, number));
  }

  clear() {
    for (const sign of this.view.root.querySelectorAll(".note-sign")) sign.remove();
    unwrap(this.spans);
    this.spans = [];
  }

  // A fine line under the words, and behind them a sign that is a button: the words may be a quote, which has a card of
  // its own. The sign holds no text, so that no place in the text moves.
  mark([, places, remark], number) {
    let last = null;
    for (const [paragraph, start, end] of places) {
      const row = this.view.rows[paragraph];
      const spans = row ? wrap(row.lastChild, start, end) : [];
      this.spans.push(...spans);
      for (const span of spans) {
        span.className = "noted";
        if (!span.closest("[data-time], [data-quote], [data-mention]")) span.dataset.note = number;
        last = span;
      }
    }
    const sign = make("button", "note-sign", "", { "aria-haspopup": "dialog", "aria-label": `Note ${number + 1} of ${this.list.length}: ${remark.slice(0, 120)}` });
    sign.dataset.note = number;
    last?.after(sign);
  }

  card(number) {
    const [id, , remark, by] = this.list[number];
    this.view.card.setAttribute("aria-label", "A note");
    return [
      make("p", "remark", remark),
      make("p", "signed", by),
      this.view.actions(["Edit", "edit-note", id], ["Delete", "delete-note", id]),
    ];
  }

  // Whether a press on a button of a card was one for here.
  act(what, id) {
    if (what !== "edit-note" && what !== "delete-note") return false;
    this.view.giveBack();
    this.view.tell("remark", { what, id });
    return true;
  }

  // ---- the star

  head(starred) {
    const head = this.view.root.querySelector(".head");
    if (!head) return;
    if (!this.starrer?.isConnected) {
      this.starrer = make("button", "star", "", { title: "A star finds this article again in the library (s)" });
      this.starrer.onclick = () => this.star();
      const line = make("p", "reader");
      line.append(this.starrer);
      head.append(line);
    }
    this.starrer.textContent = starred ? "★ Starred" : "☆ Star";
    this.starrer.disabled = this.view.without.has("star");
    this.starrer.setAttribute("aria-pressed", starred);
  }

  star() {
    this.view.tell("remark", { what: "star" });
  }

  // ---- words that a reader selects

  // The button stands before the one that marks what was missed, and comes and goes with it.
  offer() {
    const { mark } = this.view;
    if (!this.can() || !mark) return;
    if (!this.button?.isConnected) {
      this.button = make("button", "marker noting", "Note", { title: "Write a note on these words (n)" });
      this.button.onpointerdown = (event) => event.preventDefault();
      this.button.onclick = (event) => {
        event.stopPropagation();
        this.ask();
      };
      mark.before(this.button);
    }
    this.button.hidden = mark.hidden;
    if (mark.hidden) return;
    const left = mark.offsetLeft - this.button.offsetWidth - 6;
    this.button.style.top = mark.style.top;
    this.button.style.left = `${Math.max(0, left)}px`;
    if (left < 0) mark.style.left = `${this.button.offsetWidth + 6}px`;
  }

  ask() {
    const range = this.view.selected();
    const span = range && this.view.span(range);
    if (!span) return;
    this.view.mark.hidden = true;
    this.button.hidden = true;
    getSelection().removeAllRanges();
    this.view.tell("remark", { what: "note", ...span });
  }

  key(event) {
    if (!this.can()) return;
    if (event.key === "n" && this.button && !this.button.hidden) this.ask();
    if (event.key === "s" && this.starrer && !this.starrer.disabled) this.star();
  }
}
