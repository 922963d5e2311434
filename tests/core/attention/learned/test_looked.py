"""Where a model looks in one example: words and weights that belong together, in every task."""

from __future__ import annotations

import numpy as np
import pytest

from core.attention.learned.cloze.lesson import ClozeLesson
from core.attention.learned.cloze.model import ClozeConfig
from core.attention.learned.cloze.questions import BLANK, own_stories, words_of
from core.attention.learned.memory.lesson import MemoryConfig, MemoryLesson
from core.attention.learned.reviews.corpus import Review, Reviews
from core.attention.learned.reviews.lesson import ReviewLesson
from core.attention.learned.reviews.model import ROWS, ReviewConfig
from core.attention.learned.training import Schedule
from core.attention.learned.vocabulary import Vocabulary

SCHEDULE = Schedule(1, 1e-3, batch=2)
REVIEW = Review((("好", "书"), ("很", "贵", "。")), is_good=True)


def review_lesson(kind):
    words = Vocabulary.of([("好", "书", "很", "贵", "。")])
    made = ReviewLesson(
        ReviewConfig(kind, embedding=8, hidden=8), Reviews((REVIEW,) * 4, (REVIEW,), (REVIEW,)), words, SCHEDULE, 0
    )
    made.model.eval()
    return made


def test_hierarchical_weights_are_those_of_words_times_those_of_sentences():
    looked = review_lesson("han").look_at(0)
    assert looked.columns == ("好", "书", "很", "贵", "。")
    assert looked.weights.shape == (2, 5)
    assert not looked.weights[0, 2:].any()
    assert not looked.weights[1, :2].any()
    assert looked.weights.sum() == pytest.approx(1, abs=1e-5)
    assert looked.wanted == "good"


def test_several_rows_each_look_at_the_whole_review():
    looked = review_lesson("multi").look_at(0)
    assert looked.weights.shape == (ROWS, 5)
    assert np.allclose(looked.weights.sum(axis=1), 1, atol=1e-5)


@pytest.mark.parametrize("kind", ["mean", "hn-ave"])
def test_plain_averages_look_nowhere(kind):
    assert review_lesson(kind).look_at(0).weights is None


def test_hops_look_at_the_sentences_of_a_story():
    lesson = MemoryLesson(MemoryConfig("two", 2, 4, (0, 1)), SCHEDULE, train=20)
    looked = lesson.look_at(3)
    story = lesson._validation.stories[3]
    assert looked.rows == ("1", "2")
    assert looked.columns == tuple("".join(fact) for fact in story.facts)
    assert np.allclose(looked.weights.sum(axis=1), 1, atol=1e-5)
    assert {place for _hop, place in looked.right} == set(story.supports)


@pytest.mark.parametrize("reader", ["aoa", "as"])
def test_readers_look_at_the_document_and_together_in_the_last_row(reader):
    questions = own_stories(train=8, held_out=2)
    lesson = ClozeLesson(ClozeConfig(reader, embedding=8, hidden=8), questions, words_of(questions), SCHEDULE, 0)
    lesson.model.eval()
    asked, looked = questions.validation[1], lesson.look_at(1)
    assert looked.columns == asked.document
    assert looked.rows == ((*asked.asked, "Σ") if reader == "aoa" else (BLANK,))
    assert np.allclose(looked.weights.sum(axis=1), 1, atol=1e-5)
    assert {asked.document[place] for _row, place in looked.right} == {asked.answer}
    assert looked.said in asked.candidates
