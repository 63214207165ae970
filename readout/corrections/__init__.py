"""What readers put right, and what they note: records that stand apart from the text and outlive a new reading."""

from readout.corrections.apply import apply
from readout.corrections.records import Anchor, Corrected, Correction, Days, Pair, Said

__all__ = ["Anchor", "Corrected", "Correction", "Days", "Pair", "Said", "apply"]
