"""The typed text in lines: every character once, in its place."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from app.attention.flow import lay_out, runs
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


def test_lines_break_between_runs_and_blanks_do_not_begin_one():
    text = "aa bb cc"
    placed, height = lay_out(list(runs(units(text, cut=words), (text,))), 50, lambda run: 10.0 * len(run), 20, 0)
    assert [(one.run.text, one.room.x(), one.room.y()) for one in placed] == [
        ("aa", 0, 0), (" ", 20, 0), ("bb", 30, 0), ("cc", 0, 20),
    ]  # fmt: skip
    assert height == 40
