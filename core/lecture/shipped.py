"""The lectures that come with the program: one for each article, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Final

from core.language import N_, Language
from core.paths import RESOURCES


@dataclass(frozen=True, slots=True)
class ShippedLecture:
    """One of them.

    Attributes:
        name: of its folder.
        title: what menus call it, marked with ``N_``.
    """

    name: str
    title: str

    def path(self, language: Language) -> Path:
        """Return its file."""
        return RESOURCES / "lectures" / f"{self.name}.{language}.json"


SHIPPED: Final = (
    ShippedLecture("policy-gradient", N_("Lecture: policy gradient")),
    ShippedLecture("attention", N_("Lecture: attention")),
    ShippedLecture("synonyms", N_("Lecture: synonyms")),
)
