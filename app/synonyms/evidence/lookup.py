"""Looking up pairs in a worker, one after the other: the pair in view first, then those that come next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background
from app.current_run import CurrentRun, Failure
from core.language import _
from core.runtime.events import Payload
from core.synonyms.evidence.gather import EvidenceConfig, PairEvidence
from core.synonyms.progress import ReadProgress

EVIDENCE_LANE: Final = "evidence"
_KEPT_EVIDENCE: Final = 64

Pair = tuple[str, str]


def reading_words(name: str, share: float) -> str:
    """Say how far the reading of a file is; what was read is put in order before anything can be found in it."""
    if share >= 1:
        return _("Indexing {name}…").format(name=name)
    return _("Reading {name}… {share:.0%}").format(name=name, share=share)


class Found:
    """What was looked up lately, by pair; what was looked up long ago goes."""

    def __init__(self) -> None:
        self._by_pair: OrderedDict[Pair, PairEvidence] = OrderedDict()

    def __contains__(self, pair: Pair) -> bool:
        return pair in self._by_pair

    def __len__(self) -> int:
        return len(self._by_pair)

    def get(self, pair: Pair | None) -> PairEvidence | None:
        """Return what is known of ``pair``; None where nothing is, or there is no pair."""
        return None if pair is None else self._by_pair.get(pair)

    def keep(self, evidence: PairEvidence) -> None:
        """Keep what was looked up."""
        pair = (evidence.word1.word, evidence.word2.word)
        self._by_pair[pair] = evidence
        self._by_pair.move_to_end(pair)
        while len(self._by_pair) > _KEPT_EVIDENCE:
            self._by_pair.popitem(last=False)

    def clear(self) -> None:
        """Forget everything: it was looked up elsewhere."""
        self._by_pair.clear()


class LookUp(QObject):
    """Asks for the first pair in view of which nothing is known, and goes on to the next.

    Attributes:
        material: what is looked up in.
        known: what was found.

    Signals:
        found: something more is known.
        forgotten: what was known is so no longer: it is looked up in other material.
        reading: what is being read before anything can be looked up, or why nothing can; empty when it has been.
    """

    found = Signal()
    forgotten = Signal()
    reading = Signal(str)

    def __init__(
        self,
        background: Background,
        material: EvidenceConfig,
        in_view: Callable[[], Iterable[Pair]],
        parent: QObject | None = None,
    ) -> None:
        """Look up nothing yet.

        Args:
            background: runs the work.
            material: what to look up in.
            in_view: returns the pairs that are, or will soon be, in view; the most urgent first.
            parent: the QObject that owns it.
        """
        super().__init__(parent)
        self._in_view = in_view
        self._previewed: Pair | None = None
        self._pair: Pair | None = None
        self.material = material
        self.known = Found()
        self._run = CurrentRun(
            background, EVIDENCE_LANE, type(None), self,
            progressed=self._on_progressed, finished=self._on_finished, failed=self._on_failed,
            cancelled=self._go_on_to_the_next,
        )  # fmt: skip

    def use(self, material: EvidenceConfig) -> None:
        """Look up in ``material`` from now on; what is under way in another is not waited for."""
        if material == self.material:
            return
        self.material = material
        self.known.clear()
        self._run.forget()
        self._pair = None
        self.go_on()
        self.forgotten.emit()

    def preview(self, pair: Pair | None) -> None:
        """Look up a pair that is looked at outside the card, before all others; None ends that."""
        self._previewed = pair
        self.go_on()

    @property
    def previewed(self) -> PairEvidence | None:
        """What is known of the pair looked at outside the card."""
        return self.known.get(self._previewed)

    @Slot()
    def go_on(self) -> None:
        """Look up what is in view, unless that is under way."""
        wanted = self._unknown()
        if wanted is None or wanted == self._pair:
            return
        self._pair = wanted
        self._run.start("core.synonyms.evidence.gather:look_up", config=self.material, word1=wanted[0], word2=wanted[1])

    def _unknown(self) -> Pair | None:
        first = () if self._previewed is None else (self._previewed,)
        return next((pair for pair in (*first, *self._in_view()) if pair not in self.known), None)

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            if isinstance(payload, PairEvidence):
                self.reading.emit("")
                self.known.keep(payload)
                self.found.emit()
            elif isinstance(payload, ReadProgress):
                share = payload.done / payload.total if payload.total else 1.0
                self.reading.emit(reading_words(payload.name, share))

    def _on_finished(self, _nothing: None) -> None:
        self._go_on_to_the_next()

    def _on_failed(self, failure: Failure) -> None:
        self.reading.emit(_("Nothing can be looked up: {reason}").format(reason=failure.message))
        self._go_on_to_the_next()

    def _go_on_to_the_next(self) -> None:
        former, self._pair = self._pair, None
        # What could not be looked up is asked for again with the next card, not at once and for ever.
        if self._unknown() != former:
            self.go_on()
