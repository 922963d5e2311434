"""The translation models that are compared: one wiring, and one thing changed in each."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, Final

from core.attention.learned.store import Saved
from core.attention.learned.training import Schedule
from core.attention.learned.translation.corpus import Corpus, grammar_corpus
from core.attention.learned.translation.evaluation import judge
from core.attention.learned.translation.lesson import TranslationLesson, measures
from core.attention.learned.translation.model import NO_ATTENTION, Seq2SeqConfig
from core.attention.learned.translation.pairs_file import read_pairs
from core.attention.learned.translation.translator import Translator

SCHEDULE: Final = Schedule(steps=2000, learning_rate=6e-3, batch=128)
LONGER: Final = 3
"""How much longer the model without attention may learn to catch up."""

CONFIGS: Final = {
    "none": Seq2SeqConfig(NO_ATTENTION),
    "none-long": Seq2SeqConfig(NO_ATTENTION),
    "dot": Seq2SeqConfig("dot"),
    "general": Seq2SeqConfig("general"),
    "additive": Seq2SeqConfig("additive"),
    "location": Seq2SeqConfig("location"),
    "local-m": Seq2SeqConfig("general", "local-m"),
    "local-p": Seq2SeqConfig("general", "local-p"),
    "hard": Seq2SeqConfig("general", is_hard=True),
    "general-after": Seq2SeqConfig("general", asks="after"),
}


def lesson(variant: str, seed: int, pairs: Path | None = None) -> TranslationLesson:
    """Return how a variant learns the grammar's sentences, or those of a person's own file.

    Raises:
        TextError: the file can't be used.
    """
    corpus = _grammar() if pairs is None else read_pairs(pairs)
    config = replace(CONFIGS[variant], longest=max(corpus.longest, CONFIGS[variant].longest))
    schedule = replace(SCHEDULE, steps=SCHEDULE.steps * LONGER) if variant == "none-long" else SCHEDULE
    return TranslationLesson(config, corpus, schedule, seed)


@cache
def _grammar() -> Corpus:
    return grammar_corpus()


def measure(saved: Saved) -> dict[str, Any]:
    """Return what a trained model is worth on the grammar's test sentences, recomputed from its weights.

    Raises:
        ModelError: it is damaged.
    """
    translator = Translator.load(saved)
    return measures(judge(translator.model, _grammar().test, translator.source, translator.target))
