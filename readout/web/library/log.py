"""What was done last, by whom: for administrators."""

from __future__ import annotations

from datetime import datetime

import pandas as pd
import streamlit as st

from readout.library.place import home
from readout.newsroom import audit
from readout.newsroom.rules import Right, rules
from readout.web import access

_MOST = 500


def offer() -> None:
    """The button that opens the log, where there are accounts."""
    if rules() is not None and st.button("Log", icon=":material/history:", type="tertiary", key="log"):
        _show()


@st.dialog("Who did what", width="large")
def _show() -> None:
    access.demand(Right.ADMINISTER, "read the log")
    acts = audit.last(home(), _MOST)
    if not acts:
        st.markdown("Nobody has changed anything yet.")
        return
    st.markdown(f"The last {len(acts):,} acts; `readout audit` prints more of them.")
    st.dataframe(
        pd.DataFrame(
            {
                "When (UTC)": datetime.fromisoformat(str(act["when"])).strftime("%Y-%m-%d %H:%M:%S"),
                "Who": str(act.get("who", "")),
                "Did": str(act.get("act", "")),
                "What": audit.told(act),
            }
            for act in acts
        ),
        hide_index=True,
        column_config={"What": st.column_config.TextColumn(width="large")},
    )
