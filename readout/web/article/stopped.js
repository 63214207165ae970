// Where a reader stopped: kept in their own browser at each pause and, where the page knows who reads, sent to the
// library when they leave. Nothing is drawn anew for it. Stands after article.js in one script.

const PLACES = "readout stopped"; // in localStorage: {article: [character of its text, when]}
const MOST_PLACES = 200; // articles whose place is kept, those read last
const PAUSE = 1000; // ms without scrolling before the place is kept
const WORTH = 3; // the first paragraph worth going on at

class Stopped {
  constructor(view) {
    this.view = view;
    this.keep = () => this.write();
    this.hand = () => {
      this.write();
      this.send();
    };
    this.leaving = () => document.visibilityState === "hidden" && this.hand();
    this.stirred = () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(this.keep, PAUSE);
    };
    view.main?.addEventListener("scroll", this.stirred, { passive: true });
    document.addEventListener("visibilitychange", this.leaving);
    addEventListener("pagehide", this.hand);
  }

  leave() {
    if (this.timer) this.write();
    this.send();
    this.view.main?.removeEventListener("scroll", this.stirred);
    document.removeEventListener("visibilitychange", this.leaving);
    removeEventListener("pagehide", this.hand);
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
    this.place = done ? null : Number(last);
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

  // The library hears of a place once; that of an article left behind goes before the next one's ticket comes.
  send() {
    if (this.place === undefined || this.place === this.sent || !this.data?.stopped) return;
    const { to, ticket } = this.data.stopped;
    navigator.sendBeacon(to, JSON.stringify({ ticket, at: this.place }));
    this.sent = this.place;
  }

  newest(data) {
    const [here, there] = [this.places()[data.article], data.stopped?.place];
    return here && there ? (here[1] >= there[1] ? here : there) : (here ?? there);
  }

  // For an article that was opened at its head: the way to the paragraph, to be taken or not.
  show(data, other) {
    if (other) {
      this.send();
      this.place = this.sent = undefined;
    }
    this.data = data;
    if (!other) return;
    this.offered?.remove();
    const at = Number(this.newest(data)?.[0]);
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
