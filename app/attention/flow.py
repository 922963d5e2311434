"""A typed text laid out in lines, token by token, with everything between the tokens kept as it was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from app.attention.labels import written
from core.attention.results import Token


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text on one line.

    Attributes:
        text: what is written.
        token: index of the token, or None between tokens.
        breaks: a new line begins before it.
    """

    text: str
    token: int | None
    breaks: bool = False


@dataclass(frozen=True, slots=True)
class Placed:
    """A run and where it lies."""

    run: Run
    room: QRectF


def runs(tokens: Sequence[Token], texts: Sequence[str]) -> Iterator[Run]:
    """Yield the sentences of ``tokens`` in reading order, tokens and what stands between them.

    Args:
        tokens: units of one or two sentences.
        texts: the sentences as typed.
    """
    at = 0
    sentence = tokens[0].sentence if tokens else 0
    begin = False
    for index, token in enumerate(tokens):
        if token.sentence != sentence:
            yield from _between(texts[sentence][at:] if sentence < len(texts) else "")
            at, sentence, begin = 0, token.sentence, True
        if token.special:
            yield Run(token.label, index, breaks=begin)
            begin = False
            continue
        text = texts[sentence] if sentence < len(texts) else ""
        for between in _between(text[at : token.start]):
            yield Run(between.text, None, between.breaks or begin)
            begin = False
        typed = text[max(at, token.start) : token.end]
        yield Run(typed if typed.isprintable() and typed.strip() else written(token), index, breaks=begin)
        begin = False
        at = max(at, token.end)
    if sentence < len(texts):
        yield from _between(texts[sentence][at:])


def _between(text: str) -> Iterator[Run]:
    for number, line in enumerate(text.replace("\r", "\n").split("\n")):
        shown = "".join(char if char.isprintable() else " " for char in line)
        if shown or number:
            yield Run(shown, None, breaks=number > 0)


def lay_out(
    given: Sequence[Run], width: float, measure: Callable[[str], float], line: float, pad: float
) -> tuple[list[Placed], float]:
    """Place runs on lines.

    Args:
        given: what is written.
        width: room for a line.
        measure: width of a text.
        line: height of a line.
        pad: room on both sides of a token.

    Returns:
        The runs with their places, and the height of all lines.
    """
    placed: list[Placed] = []
    x = y = 0.0
    for run in given:
        room = measure(run.text) + (2 * pad if run.token is not None else 0)
        if run.breaks and (x > 0 or placed):
            x, y = 0.0, y + line
        elif x > 0 and x + room > width:
            x, y = 0.0, y + line
            if run.token is None and not run.text.strip():
                continue  # blanks at a line's end take no room on the next
        placed.append(Placed(run, QRectF(x, y, room, line)))
        x += room
    return placed, y + line
