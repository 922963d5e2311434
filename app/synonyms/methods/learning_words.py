"""What the worker that answers words is doing, in words: it reads, draws pairs, or lets a method learn."""

from __future__ import annotations

from app.synonyms.evidence.lookup import reading_words
from app.time_left import TimeLeft
from core.language import _
from core.runtime.events import Payload
from core.synonyms.asking.config import Learning
from core.synonyms.progress import ReadProgress


class LearningWords:
    """Hears what a run yields before it answers; says how far that is, and how long it still takes."""

    def __init__(self) -> None:
        self.forget()

    def forget(self) -> None:
        """Nothing has been heard yet."""
        self._told: Learning | ReadProgress | None = None
        self._left = TimeLeft()

    def take(self, payload: Payload) -> bool:
        """Hear ``payload``; return whether it was of this kind."""
        if not isinstance(payload, Learning | ReadProgress):
            return False
        learns = payload.method if isinstance(payload, Learning) else None
        if learns != (self._told.method if isinstance(self._told, Learning) else None):
            self._left = TimeLeft()
        self._told = payload
        return True

    @property
    def share(self) -> float | None:
        """How far the method has learnt, 0 to 1; None while nobody can tell."""
        return self._told.done / max(self._told.total, 1) if isinstance(self._told, Learning) else None

    @property
    def words(self) -> str:
        """What is being done, and how long it still takes."""
        match self._told:
            case ReadProgress(name, done, total):
                return reading_words(name, done / total if total else 1.0)
            case Learning(method):
                share = self.share or 0.0
                told = _("learning… {share:.0%}") if method else _("drawing pairs… {share:.0%}")
                return "  ".join(filter(None, (told.format(share=share), self._left.words(share))))
        return _("Reading dictionaries and vectors…")
