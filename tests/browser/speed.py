"""From a click in the sidebar to the settled page, beside a bare Streamlit page in the same run.

    python tests/browser/speed.py [--rounds N]

Prints the median of each and its ratio to the bare page: one widget and one line, served as Streamlit ships.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).parent))
from serving import ROOT, browse, serve, settle

BARE = "import streamlit as st\n\nst.write(st.pills('Speakers', ['one', 'two'], key='who'))\n"
SEED = ROOT / "data" / "articles" / "putin-on-trump-victory.txt"

CLICK = """
async ([button, effect]) => {
  const all = (root, selector) => [...root.querySelectorAll(selector),
    ...[...root.querySelectorAll('*')].filter(e => e.shadowRoot).flatMap(e => all(e.shadowRoot, selector))];
  const look = () => effect === 'text'
    ? document.querySelector('[data-testid=stMain]').innerText
    : String(all(document, '.piece.off').length);
  const app = document.querySelector('[data-testid=stApp]');
  const before = look();
  const begun = performance.now();
  document.querySelector(button).click();
  for (;;) {
    await new Promise(requestAnimationFrame);
    if (look() !== before && app.dataset.testScriptState === 'notRunning') return performance.now() - begun;
    if (performance.now() - begun > 20000) throw new Error('nothing happened');
  }
}
"""


def main() -> None:
    """Measure and print."""
    ask = argparse.ArgumentParser(description=__doc__)
    ask.add_argument("--rounds", type=int, default=15)
    rounds = ask.parse_args().rounds
    with tempfile.TemporaryDirectory() as made, browse() as browser:
        shelf = Path(made)
        (shelf / "bare.py").write_text(BARE, "utf-8")
        shutil.copy(SEED, shelf / "seed.txt")
        body = "\n\n".join(SEED.read_text("utf-8").split("\n\n")[2:18])
        (shelf / "long.txt").write_text("\n\n".join([body] * 20), "utf-8")
        for name in ("seed", "long"):
            (shelf / f"{name}.toml").write_text(f'title = "{name}"\npublished = 2016-11-09\n', "utf-8")
        with (
            serve(shelf / "bare.py", cwd=shelf) as bare,
            serve(READOUT_ARTICLES=made, READOUT_HOME=f"{made}/home") as app,
        ):
            visits = {
                "bare page": (bare, "text"),
                "seed article": (f"{app}/?article=seed", "pieces"),
                "10,000 words": (f"{app}/?article=long", "pieces"),
            }
            pages = {name: browser.new_page(viewport={"width": 1280, "height": 900}) for name in visits}
            times: dict[str, list[float]] = {name: [] for name in visits}
            for name, (address, _) in visits.items():
                pages[name].goto(address)
                pages[name].locator(".st-key-who button[data-variant=pills]").first.wait_for(timeout=60_000)
                settle(pages[name])
            for turn in range(rounds + 3):
                for name, (_, effect) in visits.items():
                    spent = pages[name].evaluate(CLICK, [".st-key-who button[data-variant=pills]", effect])
                    pages[name].wait_for_timeout(150)
                    if turn >= 3:
                        times[name].append(spent)
    base = median(times["bare page"])
    for name, spent_ in times.items():
        print(f"{name:14} {median(spent_):6.0f} ms  {median(spent_) / base:.2f} of the bare page")


if __name__ == "__main__":
    main()
