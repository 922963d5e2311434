"""A question asks a story: each number follows from the one before by the formulas of the mechanism."""

from __future__ import annotations

from pkgutil import resolve_name

import numpy as np
import pytest

from core.attention.errors import ModelError
from core.attention.export.tables import export
from core.attention.learned.memory.drawn import drawn_story, told
from core.attention.learned.memory.lesson import MemoryConfig, MemoryLesson, as_numbers
from core.attention.learned.memory.stories import stories
from core.attention.learned.store import save_model
from core.attention.learned.training import Schedule, Training
from core.attention.tasks import task_for
from core.attention.tasks.learned.requests import MemoryRequest

NUMBER = 2


@pytest.fixture
def folder(monkeypatch, tmp_path):
    """A folder in which two seeds lie that have learned for three steps; the second is the chosen one."""
    monkeypatch.setattr("core.attention.learned.memory.lesson.questions", few)
    monkeypatch.setattr("core.attention.learned.folders.SHIPPED", tmp_path)
    monkeypatch.setattr("core.attention.learned.folders.own_folder", lambda: tmp_path)
    lesson = MemoryLesson(MemoryConfig("two", 2, 6, (4, 5)), Schedule(3, 1e-1, 16, warm_up=0), train=40)
    training = Training(lesson)
    for _step in training.run():
        pass
    save_model(tmp_path, "memory-two-2", training, {"chosen": 1, "chosen_by_validation": 0.5})
    return tmp_path


def few(task, train):
    drawn = [story for story, _number in zip(stories(task, 1), range(train), strict=False)]
    return tuple(as_numbers(tuple(part)) for part in (drawn, drawn[:8], drawn[8:16]))


def ask(request):
    *_steps, found = resolve_name(task_for(request).task)(request=request)
    return found


def test_every_number_follows_from_the_one_before(folder):
    story = drawn_story("two", NUMBER)
    found = ask(MemoryRequest(*told(story, "en"), 2, NUMBER))
    for hop in range(2):
        scores = found.keys[hop] @ found.inner[hop]
        weights = np.exp(scores - scores.max())
        np.testing.assert_allclose(found.weights[hop], weights / weights.sum(), rtol=1e-4)
        np.testing.assert_allclose(found.read[hop], found.weights[hop] @ found.values[hop], atol=1e-5)
        np.testing.assert_allclose(found.inner[hop + 1], found.inner[hop] + found.read[hop], atol=1e-5)
    np.testing.assert_array_equal(found.keys[1], found.values[0])  # adjacent tying
    assert [one.text for one in found.sentences] == told(story, "en")[0].replace(". ", ".\n").split("\n")
    assert found.truth.supports == story.supports
    assert found.truth.answer in [word.text for word in found.answers]
    assert (found.seed, found.error, found.seeds) == (5, 0.5, 2)
    assert 1 <= found.votes <= 2


def test_chinese_and_english_are_read_alike_and_an_edited_story_has_no_known_answer(folder):
    zh, en = (ask(MemoryRequest(*told(drawn_story("two", NUMBER), language), 2, NUMBER)) for language in ("zh", "en"))
    np.testing.assert_array_equal(zh.weights, en.weights)
    assert (zh.answers[0].text, en.answers[0].text) == ("厨房", "kitchen")
    story, question = told(drawn_story("two", NUMBER), "zh")
    assert ask(MemoryRequest(f"{story}玛丽去了公园。", question, 2, NUMBER)).truth is None


def test_a_kind_of_question_that_nobody_has_trained_says_what_to_run(folder):
    with pytest.raises(ModelError, match="attention-train --model memory-count-3"):
        ask(MemoryRequest(*told(drawn_story("count", 0), "zh"), 3))


def test_it_is_exported_as_a_table_and_as_arrays(folder, tmp_path):
    story = drawn_story("two", NUMBER)
    request = MemoryRequest(*told(story, "zh"), 2)
    list(export(request, tmp_path / "shown.csv"))
    lines = (tmp_path / "shown.csv").read_text("utf-8-sig").splitlines()
    assert lines[0] == "number,sentence,hop_1,hop_2"
    assert len(lines) == 1 + len(story.facts)
    list(export(request, tmp_path / "shown.npz"))
    with np.load(tmp_path / "shown.npz") as arrays:
        assert arrays["weights"].shape == (2, len(story.facts))
