"""A table as CSV that a spreadsheet opens as it is and takes no cell of for a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

import pandas as pd

from readout.version import provenance

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def to_csv(table: pd.DataFrame, *, toward: bool = False) -> bytes:
    """A table without its index as CSV after RFC 4180, in UTF-8 with a byte order mark, which Excel asks for.

    The last two columns say in each row what read the article: Engine, its version, and Model. Text that a
    spreadsheet would take for a formula is preceded by an apostrophe, as OWASP advises; numbers and dates are left as
    they are.

    Args:
        table: what the engine found.
        toward: whether the table says how somebody is spoken of.
    """
    read_by = provenance(toward=toward)
    safe = table.map(_neutral).rename(columns=_neutral).assign(Engine=read_by.engine, Model=read_by.model)
    return safe.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig", errors="replace")


def rows_to_csv(names: Iterable[str], rows: Iterable[Iterable[object]]) -> bytes:
    """Rows under their names, in the same form; for thousands of small tables, where making frames takes longest."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(map(_neutral, names))
    writer.writerows(map(_neutral, row) for row in rows)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _neutral(cell: object) -> object:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell
