"""What is said, by which words it is said to be said (the cue), and by whom in the text's own words (the source)."""

from readout.attribution.reader import attribute

__all__ = ["attribute"]
