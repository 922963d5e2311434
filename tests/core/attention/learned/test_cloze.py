"""Cloze questions, counting by hand, and two readers that differ in one thing."""

from __future__ import annotations

import pytest
import torch

from core.attention.learned.cloze.lesson import ClozeLesson, accuracy, answer, batch_of, counted
from core.attention.learned.cloze.model import ClozeConfig, ClozeReader
from core.attention.learned.cloze.questions import (
    BLANK,
    Question,
    Questions,
    _from_newspaper,
    most_frequent,
    most_frequent_elsewhere,
    own_stories,
    words_of,
)
from core.attention.learned.training import Schedule, Training

ASKED = Question(
    document=("玛丽", "去", "公园", "，", "约翰", "看见", "玛丽", "在", "公园", "。", "公园", "很", "大"),
    asked=("约翰", "在", "公园", "看见", BLANK, "。"),
    answer="玛丽",
    candidates=("玛丽", "公园", "约翰"),
)


@pytest.fixture(scope="module")
def few():
    return own_stories(train=60, held_out=20)


def test_counting_by_hand():
    assert most_frequent(ASKED) == "公园"
    assert most_frequent_elsewhere(ASKED) == "玛丽"
    assert counted([ASKED]) == {
        "most-frequent": {"accuracy": 0.0},
        "most-frequent-elsewhere": {"accuracy": 1.0},
    }


def test_a_word_collects_its_weight_wherever_it_stands():
    weights = torch.zeros(13)
    weights[[0, 6]] = 0.3  # 玛丽 twice
    weights[4] = 0.4  # 约翰 once
    assert answer(ASKED, weights) == "玛丽"


def test_our_stories_have_one_answer_that_counting_can_not_find(few):
    for question in (*few.train, *few.test):
        assert question.asked.count(BLANK) == 1
        assert question.answer in question.candidates
        assert question.answer not in question.asked
        assert question.document.count(question.answer) == 1
    parts = [set(part) for part in (few.train, few.validation, few.test)]
    assert not parts[0] & parts[2]
    assert counted(few.test)["most-frequent"]["accuracy"] < 0.6
    assert own_stories.__wrapped__(60, 20) == few


def test_a_noun_of_the_newspaper_is_blanked_that_stands_before_it():
    filler = " ".join(f"词{n}/v" for n in range(80))
    lines = [f"北京/ns {filler} 。/w", "人们/n 很/d 喜欢/v 北京/ns 。/w"]
    (question,) = _from_newspaper(lines)
    assert question.answer == "北京"
    assert question.asked == ("人们", "很", "喜欢", BLANK, "。")
    assert question.candidates == ("北京",)


@pytest.mark.parametrize("reader", ["aoa", "as"])
def test_weights_sum_to_one_over_the_document_and_not_over_gaps(few, reader):
    torch.manual_seed(0)
    vocabulary = words_of(few)
    model = ClozeReader(ClozeConfig(reader, 8, 8), len(vocabulary)).eval()
    batch = batch_of(few.test[:6], vocabulary)
    weights = model(batch.document, batch.question, batch.blank).detach()
    torch.testing.assert_close(weights.sum(dim=1), torch.ones(6))
    assert not weights[batch.document == 0].any()
    assert 0 <= accuracy(model, few.test, vocabulary) <= 1


@pytest.mark.long
def test_a_reader_learns(few):
    tiny = Questions(few.train[:8], few.validation[:4], few.train[:8])
    lesson = ClozeLesson(ClozeConfig("aoa", 16, 16, 0.0), tiny, words_of(tiny), Schedule(40, 2e-2, 8, warm_up=1), 0)
    steps = list(Training(lesson).run())
    assert steps[-1].loss < steps[0].loss / 2
    assert lesson.scores()["accuracy"] > 0.7
