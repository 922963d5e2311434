"""Looking up pairs in a worker, one after the other: the pair in view first, then those that come next."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot

from app.background import Background, Run
from core.language import _
from core.runtime.events import Failed
from core.runtime.task import Job
from core.synonyms.evidence.gather import EvidenceConfig, PairEvidence
from core.synonyms.progress import ReadProgress

EVIDENCE_LANE: Final = "evidence"


class LookUp(QObject):
    """Asks for the first pair in view of which nothing is known, and goes on to the next.

    Attributes:
        material: what is looked up in.
        known: what was found.

    Signals:
        found: something more is known.
        reading: what is being read before anything can be looked up, or why nothing can; empty when it has been.
    """

    found = Signal()
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
        self._background = background
        self._in_view = in_view
        self._previewed: Pair | None = None
        self._run: Run | None = None
        self._pair: Pair | None = None
        self.material = material
        self.known = Found()

    def use(self, material: EvidenceConfig) -> None:
        """Look up in ``material`` from now on; what is under way in another is not waited for."""
        self.material = material
        self.known.clear()
        self._run = self._pair = None
        self.go_on()

    def preview(self, pair: Pair | None) -> None:
        """Look up a pair that is looked at outside the card, before all others; None ends that."""
        self._previewed = pair
        self.go_on()

    @property
    def previewed(self) -> PairEvidence | None:
        """What is known of the pair looked at outside the card."""
        return self.known.get(self._previewed)

    def go_on(self) -> None:
        """Look up what is in view, unless that is under way."""
        wanted = self._unknown()
        if wanted is None or wanted == self._pair:
            return
        self._pair = wanted
        arguments = {"config": self.material, "word1": wanted[0], "word2": wanted[1]}
        run = self._background.start(EVIDENCE_LANE, Job("core.synonyms.evidence.gather:look_up", arguments))
        run.progressed.connect(self._on_progressed)
        run.failed.connect(self._on_failed)
        run.ended.connect(self._on_ended)
        self._run = run

    def _unknown(self) -> Pair | None:
        first = () if self._previewed is None else (self._previewed,)
        return next((pair for pair in (*first, *self._in_view()) if pair not in self.known), None)

    @Slot(object)
    def _on_progressed(self, payloads: object) -> None:
        assert isinstance(payloads, tuple)
        if self.sender() is not self._run:
            return
        for payload in payloads:
            if isinstance(payload, PairEvidence):
                self.reading.emit("")
                self.known.keep(payload)
                self.found.emit()
            elif isinstance(payload, ReadProgress):
                share = payload.done / payload.total if payload.total else 1.0
                self.reading.emit(reading_words(payload.name, share))

    @Slot(object)
    def _on_failed(self, event: object) -> None:
        assert isinstance(event, Failed)
        if self.sender() is self._run:
            self.reading.emit(_("Nothing can be looked up: {reason}").format(reason=event.message))

    @Slot()
    def _on_ended(self) -> None:
        if self.sender() is not self._run:
            return
        former, self._run, self._pair = self._pair, None, None
        # What could not be looked up is asked for again with the next card, not at once and for ever.
        if self._unknown() != former:
            self.go_on()


Pair = tuple[str, str]
_KEPT_EVIDENCE: Final = 64


def reading_words(name: str, share: float) -> str:
    """Say how far the reading of a file is; what was read is put in order before anything can be found in it."""
    if share >= 1:
        return _("Putting {name} in order…").format(name=name)
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
