"""Weights and tokens that somebody else computed, opened from a file."""

from __future__ import annotations

from pathlib import PurePath
from typing import Final

ENDINGS: Final = (".npz", ".json")


def is_arrays(name: str) -> bool:
    """Return whether ``name`` is that of a file of arrays rather than of a model."""
    return PurePath(name).suffix.lower() in ENDINGS
