"""The models that read dates: Seq2Seq over characters, with attention and without."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from core.attention.learned.dates.corpus import dates_corpus
from core.attention.learned.dates.generator import LONGEST
from core.attention.learned.store import Saved
from core.attention.learned.training import Schedule, Scores
from core.attention.learned.translation.evaluation import Judged, exact, judge
from core.attention.learned.translation.lesson import TranslationLesson
from core.attention.learned.translation.model import NO_ATTENTION, Seq2SeqConfig
from core.attention.learned.translation.translator import Translator

SCHEDULE: Final = Schedule(steps=2000, learning_rate=6e-3, batch=64)
CONFIGS: Final = {
    score: Seq2SeqConfig(score, embedding=32, hidden=96, dropout=0.0, longest=LONGEST)
    for score in (NO_ATTENTION, "general")
}


class DatesLesson(TranslationLesson):
    """Learning to read dates; right is what is right to the last digit."""

    unit = "character"

    def _worth(self, judged: list[Judged]) -> Scores:
        return {"exact": exact(judged)}

    def scores(self) -> dict[str, Any]:
        """Return the share of the test writings that is right, and of the validation ones, to choose by."""
        self.model.eval()
        source, target = self.corpus.source, self.corpus.target
        checked = judge(self.model, self.corpus.validation, source, target)
        return {
            "exact": exact(judge(self.model, self.corpus.test, source, target)),
            "validation_exact": exact(checked),
        }


def lesson(variant: str, seed: int, _pairs: Path | None = None) -> DatesLesson:
    """Return how a variant learns to read dates."""
    return DatesLesson(CONFIGS[variant], dates_corpus(), SCHEDULE, seed)


def measure(saved: Saved) -> dict[str, Any]:
    """Return what a trained model is worth on the test writings, recomputed from its weights.

    Raises:
        ModelError: it is damaged.
    """
    translator = Translator.load(saved)
    judged = judge(translator.model, dates_corpus().test, translator.source, translator.target)
    return {"exact": exact(judged)}
