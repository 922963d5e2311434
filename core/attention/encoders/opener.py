"""From a model's name to the model."""

from __future__ import annotations

from pkgutil import resolve_name

from core.attention.arrays import is_arrays
from core.attention.encoders.base import Encoder
from core.attention.encoders.built_in import built_in


def open_encoder(name: str, *, download: bool = False) -> Encoder:
    """Return the model ``name``: a built-in one, a folder, a file of arrays, or an id on the Hugging Face hub.

    Args:
        name: as in ``requests.Source``.
        download: an id that isn't on this machine may be fetched.

    Raises:
        ModelError: it can't be opened, and why.
    """
    # Each import takes what only that model needs; transformers alone takes seconds.
    row = built_in(name)
    if row is not None:
        made: Encoder = resolve_name(row.encoder)()
        return made
    if is_arrays(name):
        from core.attention.arrays.encoder import ArraysEncoder

        return ArraysEncoder(name)
    from core.attention.encoders.huggingface import HuggingFaceEncoder

    return HuggingFaceEncoder(name, download=download)
