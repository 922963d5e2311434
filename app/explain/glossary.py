"""The words of the field that the program uses, each explained in one or two sentences.

``resources/explain/<language>/glossary.md`` has one heading a subject (``# Attention``), and under it the terms::

    ## rollout: Attention rollout

    What it is, in one or two sentences.

The word before the colon is the term's id, the same in every language; what follows is its name.
"""

from __future__ import annotations

import html
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.explain.texts import FOLDER, TextError, blocks
from core.language import Language, current_language

FILE: Final = "glossary.md"


@dataclass(frozen=True, slots=True)
class Term:
    """One term in one language.

    Attributes:
        id: the same in every language.
        name: as the field writes it.
        meaning: one or two sentences.
        subject: the heading it stands under.
    """

    id: str
    name: str
    meaning: str
    subject: str


@lru_cache(maxsize=8)
def glossary(language: Language) -> dict[str, Term]:
    """Return every term by its id, in the order of the file.

    Raises:
        TextError: the file is not as it should be.
    """
    path = FOLDER / language / FILE
    return parse_glossary(path.read_text(encoding="utf-8"), path)


def parse_glossary(text: str, path: Path) -> dict[str, Term]:
    """Read a glossary.

    Raises:
        TextError: it is not as it should be.
    """
    terms: dict[str, Term] = {}
    subject = ""
    heading: tuple[str, str] | None = None
    for line, block in blocks(text):
        if block.startswith("## "):
            identity, colon, name = block[3:].partition(":")
            if heading or not subject or not colon or not name.strip() or identity in terms:
                raise TextError(f"{path}:{line}: wanted is ## id: name, each id once, below a subject (# …)")
            heading = identity, name.strip()
        elif block.startswith("# "):
            if heading:
                raise TextError(f"{path}:{line}: {heading[0]} has no explanation")
            subject = block[2:].strip()
        elif heading:
            terms[heading[0]] = Term(*heading, meaning=" ".join(block.splitlines()), subject=subject)
            heading = None
        else:
            raise TextError(f"{path}:{line}: these words belong to no term (## id: name)")
    if heading:
        raise TextError(f"{path}: {heading[0]} has no explanation")
    return terms


def glossary_tip(term: str) -> str:
    """Return a term's name and explanation for ``setToolTip``, in the language in use; empty for none of that id.

    Names such as ``<s>`` look like markup to Qt: here they are escaped, and the tip wraps.
    """
    found = glossary(current_language()).get(term)
    return f"<p><b>{html.escape(found.name)}</b></p><p>{html.escape(found.meaning)}</p>" if found else ""
