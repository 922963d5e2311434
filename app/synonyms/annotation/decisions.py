"""What the verbs of an annotator write, without Qt: each returns the ids of the pairs that are others then."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from core.synonyms.pairs import SynonymsError
from core.synonyms.verdicts import Verdict

if TYPE_CHECKING:
    from core.synonyms.queue.queue import Card, Queue
    from core.synonyms.store import Store

log = logging.getLogger(__name__)


class Decisions:
    """One annotator at one queue. A verb that raises has written nothing and may be repeated."""

    def __init__(self, store: Store, queue: Queue) -> None:
        self._store = store
        self._queue = queue

    def judge(self, card: Card, verdict: Verdict, note: str | None, seconds: float | None) -> list[int]:
        """Enter a verdict on ``card``: the queue's own, which then goes on, or one that was opened by hand.

        Args:
            card: as it was shown.
            verdict: what the annotator says.
            note: None leaves the note as it is.
            seconds: how long they looked; None where nobody measured.

        Raises:
            StoreError: nothing was entered, and why.
        """
        pair, current, config = card.row.id, self._queue.card, self._queue.config
        if current is not None and current.row.id == pair:
            self._queue.decide(verdict, note=note, seconds=seconds)
        else:
            entries = self._store.decide(
                pair, verdict, config.annotator, seconds=seconds, note=note, model_score=card.probability,
                adjudicates=config.adjudicate,
            )  # fmt: skip
            self._queue.judged_elsewhere(entries)
            self._refresh()
        return [pair]

    def judge_all(self, pairs: list[int], verdict: Verdict) -> list[int]:
        """Enter one verdict on many pairs.

        Raises:
            StoreError: nothing was entered, and why.
        """
        scores = self._queue.probabilities(pairs)
        entries = self._store.decide(pairs, verdict, self._queue.config.annotator, model_score=scores)
        self._queue.judged_elsewhere(entries)
        self._refresh()
        return pairs

    def mark(self, pair: int, flagged: bool | None, note: str | None) -> list[int]:
        """Set flag or note; None leaves it as it is.

        Raises:
            StoreError: nothing was entered, and why.
        """
        self._store.mark(pair, self._queue.config.annotator, flagged=flagged, note=note)
        return [pair]

    def take_back(self) -> list[int]:
        """Take back the last action that still stands.

        Raises:
            StoreError: nothing was taken back, and why.
        """
        return [entry.candidate for entry in self._queue.undo()]

    def _refresh(self) -> None:
        """Have the queue leave out what was judged. If it cannot be read now, the next plan does so."""
        try:
            self._queue.refresh()
        except SynonymsError as error:
            log.warning("The queue was not read anew: %s", error)
