"""Typed stories become words of the simulated world, or are refused with what works."""

from __future__ import annotations

import pytest

from core.attention.errors import TextError
from core.attention.learned.memory import words as w
from core.attention.learned.memory.drawn import drawn_story, told
from core.attention.learned.memory.reading import answers_to, read_facts, read_question, task_of
from core.attention.learned.memory.stories import TASKS


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("task", TASKS)
def test_what_the_simulator_tells_is_read_again(task, language):
    story = drawn_story(task, 3)
    text, question = told(story, language)
    assert read_facts(text) == story.facts
    assert read_question(question) == story.question
    assert task_of(story.question) == task
    assert story.answer in answers_to(story.question)
    assert len(story.facts) <= 12


def test_marks_blanks_capitals_and_articles_may_be_left_out():
    assert read_facts("john went to kitchen\n小明 拿起了 书！") == (
        ("约翰", w.WENT, "厨房"), ("小明", w.TOOK, "书")
    )  # fmt: skip
    assert read_question("where is apple") == ("苹果", w.WHERE)


@pytest.mark.parametrize(
    ("story", "told"),
    [
        (" 。\n", "There is no story"), ("x" * 10_000, "This works: Xiaoming went to the kitchen."),
        ("小明去了厨房。😀", 'This model knows 26 words; "😀" is not one. That is in sentence 2.'),
        ("小明去了北京。", '26 words; "北京" is not one'), ("厨房去了小明。", "is built like none that this model"),
        ("Bob went to the cellar.", '"Bob", "cellar" are not among them'),
        ("小明去厨房。", "This works: 小明去了厨房。"),
        ("小明去了厨房。" * 1_400, "has 1400 sentences; this model reads up to 20"),
        ("John goes to the kitchen.", "This works: John went to the kitchen."),
    ],
)  # fmt: skip
def test_a_sentence_of_another_world_is_named_with_what_works(story, told):
    with pytest.raises(TextError) as refused:
        read_facts(story)
    assert told in str(refused.value)
    assert len(str(refused.value)) < 200


def test_a_question_that_nobody_has_learned_is_refused_with_the_nearest():
    with pytest.raises(TextError, match=r'26 words; "呢" is not one\. That is in the question\. This works: 苹果'):
        read_question("苹果呢？")
    with pytest.raises(TextError, match="is none that these models have learned"):
        read_question("小明苹果在哪里？")
