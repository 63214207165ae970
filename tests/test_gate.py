"""The accuracy gate: what makes it fail, and what does not."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

_PATH = Path(__file__).resolve().parents[1] / "training" / "gate.py"
_SPEC = importlib.util.spec_from_file_location("gate", _PATH)
assert _SPEC is not None
assert _SPEC.loader is not None
gate = importlib.util.module_from_spec(_SPEC)
sys.modules["gate"] = gate
_SPEC.loader.exec_module(gate)

RECORD = gate.Record({"news": "abc"}, {"times": {"value_f1": 0.8}})


def test_the_same_figures_pass() -> None:
    """Nothing is wrong with what was measured before, nor with better figures."""
    assert gate.judge(RECORD, {"news": "abc"}, {"times": {"value_f1": 0.8}}) == []
    assert gate.judge(RECORD, {"news": "abc"}, {"times": {"value_f1": 0.9, "type_f1": 0.1}, "new": {}}) == []


def test_a_figure_that_fell_is_named_with_both_values() -> None:
    """A thousandth less is a complaint, in words that say what fell and how far."""
    assert gate.judge(RECORD, {"news": "abc"}, {"times": {"value_f1": 0.799}}) == [
        "times: value_f1 fell from 0.800 to 0.799."
    ]


def test_a_figure_that_is_no_longer_measured_is_missed() -> None:
    """Leaving a measure out is no way past the gate."""
    assert gate.judge(RECORD, {"news": "abc"}, {}) == ["times: value_f1 is no longer measured."]


def test_other_gold_data_does_not_pass_unannounced() -> None:
    """A figure means nothing on other data."""
    (complaint,) = gate.judge(RECORD, {"news": "abd"}, {"times": {"value_f1": 0.9}})

    assert "“news” is not what the floors were measured on" in complaint


def test_the_fingerprint_sees_names_and_contents(tmp_path: Path) -> None:
    """The same files give the same fingerprint; another name or another letter gives another."""
    (tmp_path / "a.txt").write_text("one", "utf-8")
    first = gate.fingerprint(tmp_path)

    assert gate.fingerprint(tmp_path) == first
    (tmp_path / "a.txt").rename(tmp_path / "b.txt")
    assert gate.fingerprint(tmp_path) != first
    (tmp_path / "b.txt").rename(tmp_path / "a.txt")
    (tmp_path / "a.txt").write_text("two", "utf-8")
    assert gate.fingerprint(tmp_path) != first


def test_without_gold_data_the_gate_says_so_and_passes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Whoever has the repository alone can still run everything."""
    monkeypatch.setattr(gate, "SHARED", tmp_path / "nowhere")
    monkeypatch.setattr(sys, "argv", ["gate.py"])

    assert gate.main() == 0
    assert "nothing was scored" in capsys.readouterr().out


def test_the_committed_record_names_every_figure_that_the_gate_measures() -> None:
    """The floors that ship are complete."""
    record = gate.load(gate.RECORD)

    assert set(record.gold) == set(gate.GOLD)
    assert set(record.figures) == {"direct", "all", "speakers", "times"}
