"""Pretrained models that show their attention, behind one interface (``base.Encoder``).

``e5`` and ``minilm`` come with the program and need no network; ``huggingface`` opens any other model.
"""

from __future__ import annotations

from core.attention.encoders.base import Encoder

BUILT_IN = ("e5", "minilm")
"""Names of the models that come with the program."""


def open_encoder(name: str, *, download: bool = False) -> Encoder:
    """Return the model ``name``: ``"e5"``, ``"minilm"``, a folder, or an id on the Hugging Face hub.

    Args:
        name: as in ``requests.Source``.
        download: an id that isn't on this machine may be fetched.

    Raises:
        ModelError: it can't be opened, and why.
    """
    # Each import takes what only that model needs; transformers alone takes seconds.
    if name == "e5":
        from core.attention.encoders.e5 import E5

        return E5()
    if name == "minilm":
        from core.attention.encoders.minilm import MiniLM

        return MiniLM()
    from core.attention.encoders.huggingface import HuggingFaceEncoder

    return HuggingFaceEncoder(name, download=download)
