r"""What is said about a page, read from a file that a person can read, too: one a page and language.

``resources/explain/<language>/<page>.md`` has these parts, in this order, parted by empty lines::

    # The title

    One or more paragraphs. {q} names a symbol; [[rollout]] and [[rollout|rolled out]] name terms of the glossary.

    $$ \sym{alpha}_j=\sym{softmax}(\sym{score})_j $$

    > The article's own words. In another language, an empty quoted line, and a translation.
    >
    > — the article, the section

Whatever else stands there is a mistake, which is told with the file, the line and the remedy.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from app.explain.symbols import SYMBOLS
from core.formulas import symbols_of
from core.language import Language
from core.paths import RESOURCES

FOLDER: Final = RESOURCES / "explain"

_REFERENCE: Final = re.compile(r"\{(?P<symbol>\w+)\}|\[\[(?P<term>[^\[\]|]+)(?:\|(?P<words>[^\[\]|]+))?\]\]")
_LEFT_OVER: Final = re.compile(r"[{}]|\[\[|\]\]|\$\$|\*\*|`")
_SENTENCE_END: Final = re.compile(r"[.!?]+(?=[\s”\"’)]|$)|[。！？]+")


class TextError(ValueError):
    """A file of texts is not as it should be; the message names the file, the line and the remedy."""


@dataclass(frozen=True, slots=True)
class Words:
    """Plain words."""

    text: str


@dataclass(frozen=True, slots=True)
class SymbolRef:
    """A symbol in prose."""

    symbol: str


@dataclass(frozen=True, slots=True)
class TermRef:
    """A term of the glossary in prose.

    Attributes:
        term: its id.
        text: the words that stand in the prose for it.
    """

    term: str
    text: str


Piece = Words | SymbolRef | TermRef
Paragraph = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class PageText:
    """What is said about one page in one language.

    Attributes:
        page: the page's id.
        title: in a few words.
        prose: paragraphs.
        formulas: LaTeX, with symbols as ``core.formulas`` takes them.
        quotes: paragraphs of the article, and their translation where the language is another.
        source: the article and its section.
    """

    page: str
    title: str
    prose: tuple[Paragraph, ...]
    formulas: tuple[str, ...]
    quotes: tuple[str, ...]
    source: str

    @property
    def symbols(self) -> tuple[str, ...]:
        """Every symbol of formulas and prose once, formulas first."""
        named = [symbol for formula in self.formulas for symbol in symbols_of(formula)]
        named += [piece.symbol for paragraph in self.prose for piece in paragraph if isinstance(piece, SymbolRef)]
        return tuple(dict.fromkeys(named))

    @property
    def terms(self) -> tuple[str, ...]:
        """Every term of the glossary that the prose names, once."""
        named = [piece.term for paragraph in self.prose for piece in paragraph if isinstance(piece, TermRef)]
        return tuple(dict.fromkeys(named))

    @property
    def sentences(self) -> int:
        """How many sentences the prose has."""
        words = "\n".join("".join(map(_plain, paragraph)) for paragraph in self.prose)
        return len(_SENTENCE_END.findall(words))


def page_ids(language: Language) -> list[str]:
    """Return the pages that have a text in ``language``, in alphabetical order."""
    return sorted(path.stem for path in (FOLDER / language).glob("*.md") if path.stem != "glossary")


@lru_cache(maxsize=64)
def page_text(page: str, language: Language) -> PageText | None:
    """Return what is said about ``page``, or None where nothing is said.

    Raises:
        TextError: the file is not as it should be.
    """
    path = FOLDER / language / f"{page}.md"
    return parse_page(path.read_text(encoding="utf-8"), path) if path.is_file() else None


def parse_page(text: str, path: Path) -> PageText:
    """Read one page's text.

    Raises:
        TextError: it is not as it should be.
    """
    title = ""
    prose: list[Paragraph] = []
    formulas: list[str] = []
    quotes: list[str] = []
    source = ""
    stage = 0
    for line, block in blocks(text):
        kind = ("#", "", "$$", ">").index(_opening(block))
        if kind < stage or (kind == 0 and title):
            raise TextError(f"{path}:{line}: the order is one title, prose, formulas, one quotation")
        stage = kind
        if kind == 0:
            title = block.removeprefix("# ").strip()
        elif kind == 1:
            prose.append(parse_paragraph(block, path, line))
        elif kind == 2:
            formulas.append(_formula(block, path, line))
        elif source:
            raise TextError(f"{path}:{line}: one quotation is enough; join it to the first with a line of >")
        else:
            quotes, source = _quotation(block, path, line)
    for what, found in (
        ("title (# …)", title),
        ("prose", prose),
        ("formula ($$ … $$)", formulas),
        ("quotation (> …)", source),
    ):
        if not found:
            raise TextError(f"{path}:1: there is no {what}")
    return PageText(path.stem, title, tuple(prose), tuple(formulas), tuple(quotes), source)


def parse_paragraph(block: str, path: Path, line: int) -> Paragraph:
    """Read one paragraph with its references; the break of a line counts as a blank.

    Raises:
        TextError: a symbol is not declared, or there are signs that mean nothing here.
    """
    text = block.replace("\n", " ")
    pieces: list[Piece] = []
    end = 0
    for found in _REFERENCE.finditer(text):
        _add_words(pieces, text[end : found.start()], path, line)
        end = found.end()
        if found["symbol"]:
            if found["symbol"] not in SYMBOLS:
                raise TextError(f"{path}:{line}: no symbol {found['symbol']!r} is declared in app/explain/symbols.py")
            pieces.append(SymbolRef(found["symbol"]))
        else:
            pieces.append(TermRef(found["term"], found["words"] or found["term"]))
    _add_words(pieces, text[end:], path, line)
    return tuple(pieces)


def blocks(text: str) -> list[tuple[int, str]]:
    """Return what empty lines part, each with the number of its first line, from 1."""
    found: list[tuple[int, str]] = []
    lines: list[str] = []
    for number, line in enumerate([*text.splitlines(), ""], 1):
        if line.strip():
            lines.append(line.rstrip())
        elif lines:
            found.append((number - len(lines), "\n".join(lines)))
            lines = []
    return found


def _plain(piece: Piece) -> str:
    return SYMBOLS[piece.symbol].written if isinstance(piece, SymbolRef) else piece.text


def _opening(block: str) -> str:
    return next((sign for sign, start in (("#", "# "), ("$$", "$$"), (">", ">")) if block.startswith(start)), "")


def _add_words(pieces: list[Piece], words: str, path: Path, line: int) -> None:
    if found := _LEFT_OVER.search(words):
        raise TextError(f"{path}:{line}: {found[0]!r} means nothing here; only {{symbol}} and [[term]] are marked")
    if words:
        pieces.append(Words(words))


def _formula(block: str, path: Path, line: int) -> str:
    latex = block[2:].removesuffix("$$").strip()
    if not block.endswith("$$") or not latex or "$$" in latex:
        raise TextError(f"{path}:{line}: a formula stands between two $$, each formula by itself")
    for symbol in symbols_of(latex):
        if symbol not in SYMBOLS:
            raise TextError(f"{path}:{line}: no symbol {symbol!r} is declared in app/explain/symbols.py")
    return latex


def _quotation(block: str, path: Path, line: int) -> tuple[list[str], str]:
    lines = block.splitlines()
    if not all(each.startswith(">") for each in lines):
        raise TextError(f"{path}:{line}: each line of a quotation begins with >")
    parts = [part for _line, part in blocks("\n".join(each[1:].strip() for each in lines))]
    if len(parts) < 2 or not parts[-1].startswith("— "):
        raise TextError(f"{path}:{line}: a quotation ends with an empty line of > and one of > — article, section")
    return [part.replace("\n", " ") for part in parts[:-1]], parts[-1].removeprefix("— ")
