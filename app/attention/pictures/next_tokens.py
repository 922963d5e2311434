"""What the model expects next, after the row that is picked."""

from __future__ import annotations

from app.attention.drawing.labels import named
from app.attention.selection import Selection
from core.attention.results import AttentionMap, Guess
from core.language import _


def next_words(shown: AttentionMap | None, selection: Selection) -> str:
    """Return the likeliest tokens after the row under the mouse or pinned, else after the last; empty without any."""
    if shown is None or not shown.guesses:
        return ""
    row = selection.shown.row
    row = len(shown.rows) - 1 if row is None or row >= len(shown.rows) else row
    return _("Next after {token}: {guesses}").format(token=named(shown.rows[row]), guesses=listed(shown.guesses[row]))


def listed(guesses: tuple[Guess, ...]) -> str:
    """Return tokens with their probabilities."""
    return "   ".join(f"{one.text} {one.probability:.1%}" for one in guesses)
