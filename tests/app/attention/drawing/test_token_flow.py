"""The typed text in lines: every character once, in its place."""

from __future__ import annotations

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFontMetricsF, QTextLayout

from app.attention.drawing.token_flow import Flow, runs
from app.fonts import ui_font
from core.attention.results import Token
from core.attention.words import characters, words


def units(text, sentence=0, cut=characters):
    return tuple(Token(text[a:b], a, b, special=False, piece=text[a:b], sentence=sentence) for a, b in cut(text))


def test_what_stands_between_tokens_is_kept():
    text = "The cat, sat."
    found = list(runs(units(text, cut=words), (text,)))
    assert "".join(run.text for run in found) == text
    assert [run.token for run in found] == [0, None, 1, 2, None, 3, 4]


def test_two_sentences_stand_on_their_own_lines():
    first, second = "你好", "hi"
    found = list(runs(units(first) + units(second, 1), (first, second)))
    assert [run.text for run in found if run.breaks] == ["h"]


def test_special_tokens_stand_where_the_model_put_them():
    tokens = (
        Token("<s>", 0, 0, special=True, piece="<s>"),
        *units("猫"),
        Token("</s>", 1, 1, special=True, piece="</s>"),
    )
    assert [run.text for run in runs(tokens, ("猫",))] == ["<s>", "猫", "</s>"]


@given(st.text(alphabet="ab 猫，\n\t𠮷é", max_size=40))
def test_no_character_is_lost_or_doubled(text):
    shown = "".join(("\n" if run.breaks else "") + run.text for run in runs(units(text), (text,)))
    assert shown.replace(" ", "").replace("\n", "") == "".join(text.split())


@pytest.fixture
def font(qapp):
    return ui_font(20)


def placed(text, font, width=10_000, cut=characters):
    return [line.placed for line in Flow(runs(units(text, cut=cut), (text,)), font, 1.5).lines(width)]


def test_lines_break_between_words_and_blanks_do_not_begin_one(font):
    width = math.ceil(QFontMetricsF(font).horizontalAdvance("aa bb c")) + 7
    lines = placed("aa bb cc", font, width, words)
    assert [[one.token for one in line] for line in lines] == [[0, 1], [2]]
    assert [line[0].room.left() for line in lines] == pytest.approx([0, 0], abs=0.1)
    flow = Flow(runs(units("aa bb cc", cut=words), ("aa bb cc",)), font, 1.5)
    assert flow.height(width) == pytest.approx(2 * 1.5 * QFontMetricsF(font).height())
    assert lines[1][0].room.top() == pytest.approx(flow.height(width) / 2, abs=0.1)


def test_a_word_longer_than_a_line_stands_on_several(font):
    [*lines] = placed("a" * 50, font, 100, words)
    assert len(lines) > 2
    assert {one.token for line in lines for one in line} == {0}


def test_tokens_stand_where_their_characters_do_also_beyond_sixteen_bits(font):
    [line] = placed("a𠮷bé", font)
    metrics = QFontMetricsF(font)
    assert [one.token for one in line] == [0, 1, 2, 3]
    assert line[2].room.left() - line[1].room.left() == pytest.approx(metrics.horizontalAdvance("𠮷"), abs=1)
    assert line[2].room.width() == pytest.approx(metrics.horizontalAdvance("b"), abs=1)


def test_tokens_have_some_air_in_the_blanks_beside_them_and_never_lie_on_each_other(font):
    [line] = placed("ab cd.", font, cut=words)
    width = QFontMetricsF(font).horizontalAdvance
    assert line[0].room.width() > width("ab") + 2
    assert line[0].room.right() <= line[1].room.left()
    assert line[1].room.right() == pytest.approx(line[2].room.left(), abs=0.1)


def test_right_to_left_words_run_from_the_right(font):
    [line] = placed("שלום", font, 400)
    assert [one.room.left() for one in line] == sorted((one.room.left() for one in line), reverse=True)
    assert line[0].room.right() == pytest.approx(400, abs=1)
    [line] = placed("ab שלום cd", font, 400)
    order = sorted(line, key=lambda one: one.room.left())
    assert [one.token for one in order] == [0, 1, 5, 4, 3, 2, 6, 7]
    gaps = [after.room.left() - before.room.right() for before, after in pairwise(order)]
    assert min(gaps) > -0.1  # no two lie on each other


def test_arabic_letters_join_across_tokens(font):
    [line] = placed("مرحبا", font, 400)
    alone = sum(QFontMetricsF(font).horizontalAdvance(letter) for letter in "مرحبا")
    joined = line[0].room.right() - line[-1].room.left()
    assert joined == pytest.approx(QFontMetricsF(font).horizontalAdvance("مرحبا"), abs=8)
    assert joined < alone * 0.9


def test_special_tokens_stay_whole_where_the_text_runs_from_the_right(font):
    tokens = (
        Token("<s>", 0, 0, special=True, piece="<s>"),
        *units("שלום"),
        Token("</s>", 4, 4, special=True, piece="</s>"),
    )
    [line] = [line.placed for line in Flow(runs(tokens, ("שלום",)), font, 1.5).lines(400)]
    assert [one.token for one in sorted(line, key=lambda one: one.room.left())] == [5, 4, 3, 2, 1, 0]
    assert line[0].room.width() == pytest.approx(QFontMetricsF(font).horizontalAdvance("<s>"), abs=8)


def test_a_text_is_shaped_once_for_all_widths(font, monkeypatch):
    shaped = []
    real = QTextLayout.setTextOption
    monkeypatch.setattr(QTextLayout, "setTextOption", lambda *args: shaped.append(args) or real(*args))
    flow = Flow(runs(units("猫坐在垫子上。" * 40), ("猫坐在垫子上。" * 40,)), font, 1.5)
    assert flow.height(300) > flow.height(600) == flow.height(600)
    assert len(shaped) == 1


def fragments(text):
    """Each character as the bytes a byte-level tokenizer makes of it."""
    return tuple(
        Token(letter, at, at + 1, special=False, piece=str(part), part=part, parts=len(letter.encode()))
        for at, letter in enumerate(text)
        for part in range(1, len(letter.encode()) + 1)
    )


@pytest.mark.parametrize("text", ["我昨天", "caf\u00e9!", "a😀b", "\u05d0\u05d9"])
def test_a_character_in_fragments_is_written_once_and_each_has_its_slice(text, font):
    tokens = fragments(text)
    assert "".join(run.text for run in runs(tokens, (text,))) == text
    [whole] = placed(text, font)
    [line] = [line.placed for line in Flow(runs(tokens, (text,)), font, 1.5).lines(10_000)]
    assert [one.token for one in line] == list(range(len(tokens)))
    for character, room in enumerate(one.room for one in whole):
        mine = [one.room for one in line if tokens[one.token].start == character]
        assert min(one.left() for one in mine) == pytest.approx(room.left(), abs=0.1)
        assert max(one.right() for one in mine) == pytest.approx(room.right(), abs=0.1)
        in_order = sorted(mine, key=lambda one: one.left())
        assert mine == (in_order[::-1] if text >= "\u0590" and text < "\u0600" else in_order)
        assert all(before.right() <= after.left() + 0.1 for before, after in pairwise(in_order))
