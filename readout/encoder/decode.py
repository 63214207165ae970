"""From the encoder's scores to proposals: a content, its cue and its source, and how sure each is."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from readout.encoder.pairs import Floats, PairHead, Scores
from readout.encoder.windows import Window
from readout.records import Span

_LIKELY = 0.2
"""From here on a piece is looked at as the first of a content."""
_MOST = 32
"""Beginnings that are looked at in a window, the likeliest ones, so that time stays linear whatever the text."""
_CONTENT, _CUE, _SOURCE = 1, 2, 3
_SWITCH = 1.6
"""What it costs to pass from one role to another, in log probability: it keeps spans whole."""
_LEAST_HELD = 0.1
"""A beginning less likely than this makes no role likelier."""
_NEAR = 5
"""Characters between two parts of one source (", and ")."""
_DOUBTFUL = 0.12
"""A source or a cue less likely than this in every piece is none."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """An attribution as the encoder sees it."""

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    begins: float
    """How likely a content begins where this one does."""
    holds: float
    """The same, as the pair head has it."""
    whole: float
    """How likely the pieces of the content belong to it, on average."""
    sourced: float
    """How likely the pieces of the source are it, on average."""
    cued: float
    rule: int | None
    """The number of the rules' attribution that begins here, if any."""
    ruled: float = 0.0
    """How likely the pieces of that attribution's content are content to this one, on average."""


def proposals(clean: str, window: Window, scores: Scores, pair: PairHead) -> list[Proposal]:
    """Every attribution that may begin in a window, past its context.

    They may overlap: what to keep is decided where the rules are known, in `attribution.join`.
    """
    begins: Floats = (1 / (1 + np.exp(-scores.begins))).astype(np.float32)
    likely = [int(at) for at in np.flatnonzero(begins > _LIKELY) if window.spans[at][0] < window.spans[at][1]]
    likely = sorted(likely, key=lambda at: -begins[at])[:_MOST]
    rules = {at: row for row, at in reversed(list(enumerate(window.heads)))}
    heads = [at for at in sorted({*likely, *rules}) if at >= window.own]
    if not heads:
        return []
    roles = pair.roles(window, scores, heads)
    rows = np.arange(len(heads))
    holds = roles[rows, heads, _CONTENT]
    _suppose(roles, holds)
    roles[rows, heads] = (0.0, 1.0, 0.0, 0.0)
    paths = _best_paths(roles)
    return [
        _proposal(clean, window, begins, float(holds[row]), roles[row], paths[row], at, rules.get(at))
        for row, at in enumerate(heads)
    ]


def _suppose(roles: Floats, holds: Floats) -> None:
    """Make the probabilities what they are if a content does begin at the head.

    The pair head learnt on wrong beginnings, too, to which every piece is nothing: what it gives for the head
    itself is how likely the beginning is right, and a factor of all it gives for the roles of the others.
    """
    roles[..., 1:] /= np.maximum(holds, _LEAST_HELD)[:, np.newaxis, np.newaxis]
    total = roles[..., 1:].sum(axis=-1, keepdims=True)
    roles[..., 1:] /= np.maximum(total, 1)
    roles[..., 0] = 1 - roles[..., 1:].sum(axis=-1)
    np.maximum(roles, 0, out=roles)


def _proposal(
    clean: str,
    window: Window,
    begins: Floats,
    holds: float,
    roles: Floats,
    path: npt.NDArray[np.int64],
    at: int,
    row: int | None,
) -> Proposal:
    content, whole = _spans(clean, window, path == _CONTENT, roles[:, _CONTENT])
    cue, cued = _role(clean, window, path, roles, _CUE)
    source, sourced = _role(clean, window, _one_source(window, path, roles[:, _SOURCE]), roles, _SOURCE)
    ruled = 0.0
    if row is not None:
        ruled = float(roles[window.roles[row] == _CONTENT, _CONTENT].mean())
    near = float(begins[max(0, at - 1) : at + 2].max()) if row is not None else float(begins[at])
    number = None if row is None else window.rules[row]
    return Proposal(
        content, cue, source, round(near, 4), round(holds, 4), whole, sourced, cued, number, round(ruled, 4)
    )


def _best_paths(roles: Floats) -> npt.NDArray[np.int64]:
    """For each head, the likeliest role of each piece, where a change of role costs something (Viterbi)."""
    logs = np.log(roles + np.float32(1e-6))
    heads, count, kinds = logs.shape
    rows, stay = np.arange(heads), np.arange(kinds)
    back = np.zeros((count, heads, kinds), np.int64)
    best = logs[:, 0]
    for at in range(1, count):
        top = best.argmax(axis=1)
        change = best[rows, top][:, np.newaxis] - _SWITCH
        moved = best < change
        back[at] = np.where(moved, top[:, np.newaxis], stay)
        best = np.where(moved, change, best) + logs[:, at]
    path = np.zeros((heads, count), np.int64)
    path[:, -1] = best.argmax(axis=1)
    for at in range(count - 1, 0, -1):
        path[:, at - 1] = back[at, rows, path[:, at]]
    return path


def _one_source(window: Window, path: npt.NDArray[np.int64], likely: Floats) -> npt.NDArray[np.int64]:
    """The path with one run of source pieces, the likeliest; runs with hardly anything between them are one."""
    runs: list[list[int]] = []
    for at in np.flatnonzero(path == _SOURCE):
        if runs and window.spans[at][0] <= window.spans[runs[-1][-1]][1] + _NEAR:
            runs[-1].append(int(at))
        else:
            runs.append([int(at)])
    if len(runs) < 2:
        return path
    best = max(runs, key=lambda run: float(likely[run].mean()))
    single = np.where(path == _SOURCE, 0, path)
    single[best] = _SOURCE
    return single


def _role(
    clean: str, window: Window, path: npt.NDArray[np.int64], roles: Floats, role: int
) -> tuple[tuple[Span, ...], float]:
    """The spans of a role; where the path has none, the likeliest piece and its like neighbours, if likely enough."""
    chosen = path == role
    if not chosen.any():
        top = int(roles[:, role].argmax())
        if roles[top, role] < _DOUBTFUL:
            return (), 0.0
        first = last = top
        while first > 0 and roles[first - 1, role] > roles[top, role] / 2:
            first -= 1
        while last + 1 < len(path) and roles[last + 1, role] > roles[top, role] / 2:
            last += 1
        chosen = np.zeros(len(path), bool)
        chosen[first : last + 1] = True
    return _spans(clean, window, chosen, roles[:, role])


def _spans(clean: str, window: Window, chosen: npt.NDArray[np.bool_], likely: Floats) -> tuple[tuple[Span, ...], float]:
    """The spans of the chosen pieces, those in a row as one, and how likely they are on average."""
    spans: list[Span] = []
    last = -2
    total, count = 0.0, 0
    for at in np.flatnonzero(chosen):
        start, end = window.spans[at]
        if start == end:
            continue
        total += float(likely[at])
        count += 1
        joined = at == last + 1 or (at == last + 2 and window.spans[at - 1] == (0, 0))
        if spans and joined:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((start, end))
        last = int(at)
    return tuple(_whole(clean, span) for span in spans), round(total / count, 4) if count else 0.0


def _whole(clean: str, span: Span) -> Span:
    """The span with whole words at either end, and no comma after the last."""
    start, end = span
    while end - 1 > start and clean[end - 1] in " ,;:":
        end -= 1
    while start and clean[start - 1].isalnum() and clean[start].isalnum():
        start -= 1
    while end < len(clean) and clean[end - 1].isalnum() and clean[end].isalnum():
        end += 1
    return start, end
