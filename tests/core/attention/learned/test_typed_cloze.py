"""Typed stories, texts and questions with a blank, as the readers of cloze questions take them."""

from __future__ import annotations

import pytest

from core.attention.errors import TextError
from core.attention.learned.cloze.excerpts import EXCERPTS
from core.attention.learned.cloze.glosses import in_english
from core.attention.learned.cloze.questions import BLANK
from core.attention.learned.cloze.typed import (
    LONGEST_STORY,
    LONGEST_TEXT,
    drawn_excerpt,
    drawn_story,
    is_story,
    read_story,
    read_text,
)

STORY = "早上小明在公园买了苹果。小红在公园卖了苹果。"


def test_a_story_is_read_word_by_word_and_its_answer_is_known():
    read = read_story(STORY, "报纸上说，是____在公园卖了苹果")
    assert read.document == (
        "早上",
        *["小明", "在", "公园", "买了", "苹果", "。", "小红", "在", "公园", "卖了", "苹果", "。"],
    )
    assert read.asked == ("报纸", "上", "说", "是", BLANK, "在", "公园", "卖了", "苹果", "。")
    assert (read.answer, read.candidates) == ("小红", ("小明", "小红"))


def test_a_blank_may_be_written_as_chinese_writes_it_and_nobody_may_be_right():
    assert read_story(STORY, "是（ ）在银行卖了苹果。").answer == ""
    assert read_story(STORY + STORY.replace("小红", "约翰"), "是＿＿在公园卖了苹果。").answer == ""


def test_what_is_none_of_the_world_is_named_and_the_nearest_sentence_works():
    for text, question, nearest in (
        ("晚上小红在厨房洗了帽子。", "是____在公园洗了帽子。", "晚上小红在公园洗了帽子。"),
        (STORY, "苹果在哪里？", "是____在公园买了苹果。"),
        ("", "是____在公园洗了帽子。", "早上小明在公园买了苹果。"),
    ):
        assert not is_story(text, question)
        with pytest.raises(TextError) as refused:
            read_story(text, question)
        assert str(refused.value).endswith(nearest)
    assert is_story("晚上小红在公园洗了帽子。", "是____在公园买了苹果。")
    with pytest.raises(TextError, match=f"up to {LONGEST_STORY}"):
        read_story("小明在公园买了苹果。" * (LONGEST_STORY + 1), "是____在公园买了苹果。")


@pytest.mark.parametrize(
    ("text", "question", "told"),
    [
        (STORY + "北京人卖了苹果。", "", 'This model knows 47 words; "北京人" is not one. That is in sentence 3.'),
        ("The cat sat.", "", 'words; "The", "cat", "sat" are not among them. That is in sentence 1. It reads Chinese.'),
        ("在公园小明买了苹果。", "", 'Sentence 1, "在公园小明买了苹果", is built like none'),
        (STORY, "我们去____。", '47 words; "我们去" is not one. That is in the question.'),
        (STORY, "公园在____。", 'The question "公园在____。" is none that these models have learned.'),
    ],
)
def test_the_words_that_a_reader_does_not_know_are_named(text, question, told):
    with pytest.raises(TextError) as refused:
        read_story(text, question)
    assert told in str(refused.value)


def test_every_text_that_is_drawn_is_said_in_english_and_no_other():
    for number in range(40):
        story, excerpt = in_english(*drawn_story(number)), in_english(*drawn_excerpt(number))
        assert story.isascii()
        assert story.count(BLANK) == 1
        assert excerpt.isascii()
        assert excerpt.count(BLANK) == 1
    said = in_english("小明在公园买了苹果。", "大家都知道，是____在公园买了苹果")
    assert (
        said
        == "Xiaoming bought an apple in the park. Everybody knows that it was ____ who bought an apple in the park."
    )
    assert in_english("天气很好。", "____很好。") == ""


def test_drawn_stories_are_always_the_same_and_can_be_read():
    assert drawn_story(7) == drawn_story(7) != drawn_story(8)
    for number in range(5):
        assert read_story(*drawn_story(number)).answer


def test_an_excerpt_is_read_with_its_nouns_as_candidates_and_its_answer():
    for number, excerpt in enumerate(EXCERPTS):
        read = read_text(*drawn_excerpt(number))
        assert "".join(read.document) == excerpt.text
        assert "".join(read.asked) == excerpt.question
        assert read.answer == excerpt.answer
        assert read.answer in read.candidates
    assert drawn_excerpt(len(EXCERPTS)) == drawn_excerpt(0)


def test_a_text_that_leaves_nothing_to_answer_is_refused():
    with pytest.raises(TextError, match=f"put {BLANK} where"):
        read_text("北京是首都。", "北京在哪里？")
    with pytest.raises(TextError, match="nouns of two characters"):
        read_text("He left.", "____ left.")
    with pytest.raises(TextError, match=f"up to {LONGEST_TEXT}"):
        read_text("北京。" * LONGEST_TEXT, "____是首都。")
