"""What the report calls a model: by what is different about it, not by its name on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from core.language import N_, _

MODEL_NAMES: Final[Mapping[str, str]] = {
    "none": N_("no attention"),
    "none-long": N_("no attention, three times the steps"),
    "dot": N_("dot product"),
    "general": N_("general"),
    "general-after": N_("general, asked afterwards"),
    "additive": N_("additive"),
    "location": N_("location"),
    "local-m": N_("local-m"),
    "local-p": N_("local-p"),
    "hard": N_("hard"),
    "mean": N_("mean of the embeddings"),
    "hn-ave": N_("plain averages"),
    "han": N_("hierarchical attention"),
    "multi": N_("multi-dimensional"),
    "multi-penalty": N_("multi-dimensional, with penalty"),
    "stories-aoa": N_("attention over attention (stories)"),
    "stories-as": N_("attention sum (stories)"),
    "newspaper-aoa": N_("attention over attention (newspaper)"),
    "newspaper-as": N_("attention sum (newspaper)"),
    "stories-most-frequent": N_("the most frequent candidate (stories)"),
    "stories-most-frequent-elsewhere": N_("the most frequent one not in the question (stories)"),
    "newspaper-most-frequent": N_("the most frequent candidate (newspaper)"),
    "newspaper-most-frequent-elsewhere": N_("the most frequent one not in the question (newspaper)"),
    "one": N_("one fact"),
    "two": N_("two facts"),
    "three": N_("three facts"),
    "count": N_("counting"),
    "yes-no": N_("yes or no"),
}


def model_name(variant: str) -> str:
    """Return the name of a variant in the language in use; one that is not known, a person's own, keeps its name."""
    return _(MODEL_NAMES[variant]) if variant in MODEL_NAMES else variant
