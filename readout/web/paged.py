"""A long table, a page of it at a time."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from readout.wording import counted

SIZE = 25
"""Rows on a page."""


def paged(table: pd.DataFrame, key: str, noun: str) -> pd.DataFrame:
    """The rows of a table on the page that the reader chose; where there are several pages, with the way to choose.

    Args:
        table: all rows.
        key: unique on the page.
        noun: what a row is, in the singular.
    """
    pages = -(-len(table) // SIZE)
    if pages < 2:
        return table
    # Another number of pages is another widget, so that no page is left over that there is no longer.
    page = st.pagination(pages, key=f"{key}-{pages}")
    first = (page - 1) * SIZE
    last = min(first + SIZE, len(table))
    st.caption(f"Page {page} of {pages}: {noun}s {first + 1} to {last} of {counted(len(table), noun)}.")
    return table.iloc[first:last]
