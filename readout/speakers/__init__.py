"""Who it is: one speaker through full name, last name, role and pronoun.

Each attribution is taken in reading order. Its source is a name, a role, a pronoun, a description, or nothing; each
has a rule of its own in one of the modules here, and each rule says in words why it chose as it did, and on what
ground, which `confidence` turns into how often such answers are right. A rule looks back over a bounded number of
mentions, so the time is linear in the text.
"""

from readout.records import UNKNOWN
from readout.speakers.resolver import resolve

__all__ = ["UNKNOWN", "resolve"]
