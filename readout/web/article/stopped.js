// Where a reader stopped, kept in their own browser and nowhere else: no server hears of it, so no two readers of one
// library are mixed up, and nothing is drawn anew for it. Stands after article.js in one script.

const PLACES = "readout stopped"; // in localStorage: {article: [character of its text, when]}
const MOST_PLACES = 200; // articles whose place is kept, those read last
const PAUSE = 1000; // ms without scrolling before the place is kept
const WORTH = 3; // the first paragraph worth going on at

class Stopped {
  constructor(view) {
    this.view = view;
    this.keep = () => this.write();
    this.leaving = () => document.visibilityState === "hidden" && this.write();
    this.stirred = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(this.keep, PAUSE);
    };
    view.main?.addEventListener("scroll", this.stirred, { passive: true });
    document.addEventListener("visibilitychange", this.leaving);
    addEventListener("pagehide", this.keep);
  }

  leave() {
    if (this.timer) this.write();
    clearTimeout(this.timer);
    this.view.main?.removeEventListener("scroll", this.stirred);
    document.removeEventListener("visibilitychange", this.leaving);
    removeEventListener("pagehide", this.keep);
  }

  places() {
    try {
      const kept = JSON.parse(localStorage.getItem(PLACES));
      return kept && typeof kept === "object" && !Array.isArray(kept) ? kept : {};
    } catch {
      return {};
    }
  }

  // What was read to its end has no place to go on at. At the head nothing is kept and nothing forgotten.
  write() {
    clearTimeout(this.timer);
    this.timer = 0;
    const { article, last, rows } = this.view;
    if (!article || !rows?.length || !this.view.root.isConnected || this.view.without.has("remark")) return;
    const done = rows.at(-1).getBoundingClientRect().bottom < innerHeight; // no paragraph is at the top then
    if (!done && !last) return;
    const places = this.places();
    delete places[article];
    if (!done) places[article] = [Number(last), Date.now()];
    const kept = Object.entries(places).sort(([, a], [, b]) => b[1] - a[1]).slice(0, MOST_PLACES);
    try {
      localStorage.setItem(PLACES, JSON.stringify(Object.fromEntries(kept)));
    } catch {
      // A browser that keeps nothing is asked again at the next pause.
    }
  }

  // For an article that was opened at its head: the way to the paragraph, to be taken or not.
  show(data, other) {
    if (!other) return;
    this.offered?.remove();
    const at = Number(this.places()[data.article]?.[0]);
    const returning = sessionStorage.getItem(`readout ${data.article}`);
    if (data.at !== null || returning || !at || this.view.without.has("remark")) return;
    const number = this.view.scene.paragraphs.findLastIndex((paragraph) => paragraph.at <= at);
    if (number + 1 < WORTH) return;
    this.offered = make("button", "go-on", `Go on at paragraph ${number + 1} ↓`, { title: "Where you stopped reading" });
    this.offered.onclick = () => {
      const row = this.view.rows[number];
      this.view.ring([row.lastChild]);
      this.view.scroll(row);
      this.offered.remove();
    };
    this.view.root.querySelector(".head .reader")?.append(this.offered);
  }
}
