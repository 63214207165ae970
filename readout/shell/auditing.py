"""`readout audit`: who changed what in a library whose readers log in."""

from __future__ import annotations

import json
from pathlib import Path

from readout.library import place
from readout.newsroom import audit
from readout.shell.saying import on_one_line


def show(limit: int, home: Path | None, *, as_json: bool) -> int:
    """Print the last acts, the last one first; gives the exit code.

    Args:
        limit: how many.
        home: where the library lies, if it is said.
        as_json: whether as lines of JSON, otherwise for people to read.
    """
    acts = audit.last(home or place.home(), limit)
    for act in acts:
        if as_json:
            print(json.dumps(act))
        else:
            print(
                on_one_line("  ".join([*(str(act.get(name, "")) for name in ("when", "who", "act")), audit.told(act)]))
            )
    if not acts:
        print("Nothing is written there yet: acts are, where readers log in (`readout serve --auth`).")
    return 0
