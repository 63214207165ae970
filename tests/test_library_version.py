"""The engine's version rises when its readings change, or kept readings would stay as they were."""

from __future__ import annotations

import re
from hashlib import sha256

from building import ARTICLE

from readout import read
from readout.library.codec import encode_reading
from readout.shelf import SHIPPED, open_article
from readout.version import ENGINE

READINGS = {5: "a7f3251859ebb64a"}
"""For the engine's version, the digest of what it finds in the shipped article and in the tests' own.

It is the same in every Python that the tests run in, tones to their last digit.
"""


def test_a_changed_reading_raises_the_version() -> None:
    """If this fails, the engine finds something else: raise ENGINE by one and put the new digest beside it."""
    articles = [ARTICLE, open_article(SHIPPED, "putin-on-trump-victory").article]
    # How sure it is may differ in the last place from one processor to another.
    readings = [
        re.sub(r'"confidence":[0-9.]+', "", encode_reading(read(one.text, published=one.published, title=one.title)))
        for one in articles
    ]

    assert {ENGINE: sha256("\n".join(readings).encode()).hexdigest()[:16]} == READINGS
