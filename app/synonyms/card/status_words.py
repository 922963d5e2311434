"""The line above the card: why this pair is here, and what proposed it."""

from __future__ import annotations

from app.synonyms.annotation.state import CardState
from app.synonyms.look_alike import alike_words
from core.language import _, ngettext
from core.synonyms.look_alike import look_alike
from core.synonyms.queue.config import Only, QueueConfig


def status_words(state: CardState, config: QueueConfig) -> str:
    """Return why the pair of ``state`` is on the card; empty while none is."""
    if state.card is None:
        return ""
    parts = [_reason(state, config)]
    if look_alike(state.card.row.word1, state.card.row.word2):
        parts.append(alike_words(state.card.row.word1, state.card.row.word2))
    if state.flagged:
        parts.append(_("flagged"))
    if state.card.row.sources:
        count = len(state.card.row.sources)
        parts.append(ngettext("proposed by {n} source", "proposed by {n} sources", count).format(n=count))
    return "  ·  ".join(parts)


def _reason(state: CardState, config: QueueConfig) -> str:
    if state.is_held:
        return _("Waiting for the store")
    if state.reopened:
        return _("Opened from a list: judge it or press Esc to return")
    return {
        Only.OPEN: _("Next pair"),
        Only.DISPUTED: _("To be settled"),
        Only.FLAGGED: _("Flagged pair"),
        Only.SKIPPED: _("Skipped pair"),
        Only.UNSURE: _("Unsure pair"),
    }[config.only]
