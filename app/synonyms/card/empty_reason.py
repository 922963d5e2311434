"""Why no pair stands on the card, and what to do."""

from __future__ import annotations

from typing import NamedTuple

from app.actions import key_name
from app.synonyms.annotation.session import LabelSession
from core.language import _, ngettext
from core.passwords import speakable
from core.synonyms.queue.config import Only, QueueConfig
from core.synonyms.store.errors import StoreLockedError


class NoPair(NamedTuple):
    """Why no pair is on the card.

    Attributes:
        reason: one sentence.
        detail: what to do.
        button: what it offers; empty for no button.
        is_growing: the store is being filled.
    """

    reason: str
    detail: str = ""
    button: str = ""
    is_growing: bool = False


def why_no_pair(session: LabelSession, growing: str) -> NoPair:
    """Return why no pair is on the card.

    Args:
        session: without a card.
        growing: how far the filling of the store is; empty when it is not being filled.
    """
    queue, progress = session.queue, session.state.progress
    if session.awaited:
        return _why_not_open(session)
    if queue is None:
        return NoPair(_("No store is open. Open one under Sources ({key}).").format(key=key_name("F5")))
    if queue.session_over and progress is not None:
        over = ngettext("Session complete: {n} pair judged.", "Session complete: {n} pairs judged.", progress.session)
        over = over.format(n=progress.session)
        return NoPair(over, _("To change the length or the pairs, use the panel on the left."), _more(session.config))
    if growing:
        how_long = _("With the included data this takes about a minute; the first pair appears sooner.")
        return NoPair(_("Mining the first pairs."), f"{growing}\n{how_long}", is_growing=True)
    if session.is_planning:
        return NoPair(_("Sorting the queue…"))
    return NoPair(*_why_empty(session, is_planned=queue.is_planned))


def _why_not_open(session: LabelSession) -> NoPair:
    """Return which store is wanted, why it is not open, and how to go on."""
    error, keys = session.why_not_open, {"key": key_name("F2"), "sources": key_name("F5")}
    if error is None:
        return NoPair(_("Connecting to {where}…").format(where=speakable(session.awaited)))
    if isinstance(error, StoreLockedError):
        waits = _("Another program is using the store.")
        return NoPair(waits, _("It opens as soon as it is free; {key} tries again now.").format(**keys), _try_again())
    detail = _("No other store is opened instead. {key} tries again; Sources ({sources}) opens another.")
    return NoPair(str(error), detail.format(**keys), _try_again())


def _try_again() -> str:
    return _("Try again   Enter")


def _why_empty(session: LabelSession, *, is_planned: bool) -> tuple[str, str]:
    """Return why the queue has no pair; before it was put in order that is not known."""
    if not is_planned:
        return _("The queue could not be sorted."), _("Press {key} to try again.").format(key=key_name("F2"))
    config, sources = session.config, key_name("F5")
    lacking = {
        Only.FLAGGED: _("You have not flagged any pair."),
        Only.SKIPPED: _("You have not skipped any pair."),
        Only.UNSURE: _("You have not marked any pair as unsure."),
    }
    if config.only in lacking:
        return lacking[config.only], _("Choose a different set of pairs.")
    if config.only is Only.DISPUTED:
        return _("All disputes are settled."), _("Choose a different set of pairs.")
    progress = session.state.progress
    if progress is not None and progress.shared_out:
        told = ngettext(
            "{n:,} unjudged pair is in the share of others.", "{n:,} unjudged pairs are in the share of others.",
            progress.shared_out,
        )  # fmt: skip
        who = _("Agreement ({key}) shows who takes a share.").format(key=key_name("F4"))
        return _("Your share of the pairs is judged."), f"{told.format(n=progress.shared_out)} {who}"
    if session.state.is_store_empty:
        return _("This store holds no pairs yet."), _("Mine candidates under Sources ({key}).").format(key=sources)
    return _("All pairs in this queue are judged."), _("Mine more candidates under Sources ({key}).").format(
        key=sources
    )


def _more(config: QueueConfig) -> str:
    """Offer another session of the same length."""
    if config.pairs is not None:
        return _("Continue with {n} more   Enter").format(n=config.pairs)
    return _("Continue for {n:.0f} min   Enter").format(n=config.minutes)
