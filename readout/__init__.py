"""Readout: who said what, about when, in what tone, on the text itself."""

from readout.load import load
from readout.reading import read
from readout.records import Article, Reading

__all__ = ["Article", "Reading", "load", "read"]
