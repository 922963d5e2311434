"""Models so small that they are trained while a test waits."""

from __future__ import annotations

import pytest

from core.attention.learned.compact import round_as_written
from core.attention.learned.store import open_model, save_model
from core.attention.learned.training import Schedule, Training
from core.attention.learned.translation.corpus import grammar_corpus
from core.attention.learned.translation.lesson import TranslationLesson
from core.attention.learned.translation.model import Seq2SeqConfig


@pytest.fixture(scope="session")
def small_corpus():
    return grammar_corpus(train=150, validation=12, test=16)


@pytest.fixture
def small_lesson(small_corpus):
    """Make a lesson that takes a moment; what is changed in the config is named."""

    def made(steps=3, seed=0, **config):
        wanted = Seq2SeqConfig(embedding=8, hidden=8, **config)
        return TranslationLesson(wanted, small_corpus, Schedule(steps, 1e-2, batch=16, warm_up=1), seed)

    return made


@pytest.fixture
def trained(small_lesson, tmp_path):
    """Train a small model to the end, and open it where it was saved."""

    def made(name="seq2seq-additive", folder=tmp_path, **config):
        training = Training(small_lesson(**config))
        for _step in training.run():
            pass
        round_as_written(training.lesson.model)
        return open_model(save_model(folder, name, training, training.lesson.scores()))

    return made
