"""The engine's version, which every kept reading carries, and what read an article, which every export says."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files

ENGINE = 5
"""Raise it by one whenever the same text may give another reading: kept readings are then made anew.

`tests/test_library_version.py` fails when readings change and this number does not.
"""

_WEIGHTS = {"encoder": ("encoder.onnx", "pairs.npz", "tokenizer.json"), "regard": ("model.onnx",)}
"""The files of each model that ships, by the package they lie in."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What read an article: the engine's version, and the models that it asked."""

    engine: int
    models: tuple[str, ...]
    """Each as "name digest", the digest eight hexadecimal digits of the SHA-256 of its weights."""

    @property
    def model(self) -> str:
        """The models in one cell: "encoder 0123abcd, regard 4567cdef"."""
        return ", ".join(self.models)

    @property
    def sentence(self) -> str:
        """The same as a sentence for people."""
        return (
            f"Read by Readout, engine {self.engine}, with the model{'s' * (len(self.models) > 1)} "
            f"{' and '.join(self.models)}."
        )

    def to_dict(self) -> dict[str, object]:
        """The same as plain JSON."""
        return {"software": "Readout", "engine": self.engine, "models": list(self.models)}


@cache
def provenance(*, toward: bool = False) -> Provenance:
    """What this Readout reads with.

    Args:
        toward: whether what is handed on says how somebody is spoken of, which takes a model of its own.
    """
    return Provenance(ENGINE, tuple(map(_model, _WEIGHTS if toward else ("encoder",))))


@cache
def _model(name: str) -> str:
    """A model by its name and the digest of its weights; one whose weights are missing is called so."""
    digest = sha256()
    for file in _WEIGHTS[name]:
        path = files(f"readout.{name}").joinpath(file)
        if not path.is_file():
            return f"{name} (missing)"
        digest.update(path.read_bytes())
    return f"{name} {digest.hexdigest()[:8]}"
