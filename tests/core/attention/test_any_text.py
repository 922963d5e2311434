"""Whatever is typed: a right picture or one clear sentence, and never a wrong label."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.attention.errors import TextError
from core.attention.requests import AttentionRequest, Source
from core.attention.results import AttentionMap
from core.attention.tasks.attention_map import attend
from core.attention.words import characters

ODD = (
    "𠮷鴨龍龙繁體简体１２３ａＡ①㍀ﬁß İıſ"
    "👨‍👩‍👧👍🏽🇨🇳e\u0301\u200b\u200d\u200c\u2060\ufe0f\u202e\u00ad"
    "مرحباשלום\x00\x01\x1b\x7f\u0085\n\t\r\u3000\ufeff▁#<>/sĠ[]MASK"
)
MODELS = ("e5", "minilm")
texts = st.text(st.one_of(st.sampled_from(ODD), st.characters(exclude_categories=["Cs"])), max_size=24)
slowly = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


def shown_of(text, **options):
    return next(step for step in attend(AttentionRequest(**options)) if isinstance(step, AttentionMap))


@pytest.mark.parametrize("model", MODELS)
@slowly
@given(text=texts)
def test_tokens_say_where_they_came_from(e5, minilm, model, text):
    encoder = {"e5": e5, "minilm": minilm}[model]
    tokens = encoder.tokenize(text).tokens
    for token in tokens:
        assert 0 <= token.start <= token.end <= len(text)
        if not token.special:
            assert token.text == text[token.start : token.end]
            assert token.text == token.text.strip()
            assert token.label.isprintable() or token.label.strip()
    typed = [token for token in tokens if not token.special]
    assert all(a.start <= b.start for a, b in pairwise(typed))


@pytest.mark.sweep(1)
@pytest.mark.parametrize("model", MODELS)
@slowly
@given(text=texts)
def test_a_right_map_or_one_sentence(cache, model, text):
    for unit in ("piece", "character", "word"):  # the text is read once for all three
        assert_a_right_map_or_one_sentence(text, model, unit)


def assert_a_right_map_or_one_sentence(text, model, unit):
    try:
        shown = shown_of(text, source=Source(text, model=model), unit=unit)
    except TextError as error:
        shown, said = None, str(error)
    if shown is None:
        assert "\n" not in said
        letters = [text[a:b] for a, b in characters(text)]
        assert not any(letter.isalnum() for letter in letters if len(letter) == 1 and letter.isascii())
        return
    assert shown.weights.shape == (len(shown.rows), len(shown.columns))
    assert np.isfinite(shown.weights).all()
    sums = shown.weights.sum(axis=1)
    assert (np.isclose(sums, 1, atol=1e-4) | ((sums == 0) & (shown.hidden > 0.99))).all()
    for which in shown.rows:
        assert which.text == text[which.start : which.end]
        assert which.label.strip()
    starts = [which.start for which in shown.rows]
    assert starts == sorted(starts)
    if unit == "character":
        assert {(u.start, u.end) for u in shown.rows} <= set(characters(text))


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("𠮷野家", ["𠮷", "野", "家"]),
        ("人口１２３万", ["人", "口", "１", "２", "３", "万"]),
        ("👨‍👩‍👧爱你", ["👨‍👩‍👧", "爱", "你"]),
        ("龍与龙", ["龍", "与", "龙"]),
        ("a\u200db", ["a\u200d", "b"]),
        ("שלום", ["ש", "ל", "ו", "ם"]),
        ("你\x07好", ["你", "好"]),
        ("㍀", ["㍀"]),
        ("  两  端  ", ["两", "端"]),
    ],
)
def test_labels_are_characters_as_typed(cache, text, labels):
    shown = shown_of(text, source=Source(text))
    assert [unit.label for unit in shown.rows] == labels


@pytest.mark.parametrize("model", MODELS)
def test_half_a_character_is_shown_as_lost(cache, model):
    shown = shown_of("", source=Source("ab\ud83dc", model=model))
    assert [unit.label for unit in shown.rows][-1] == "c"
    assert shown.texts == ("ab\ufffdc",)


def test_ten_thousand_characters_in_one_line(cache):
    with pytest.raises(TextError, match="at most 1200"):
        shown_of("", source=Source("自然语言处理很有意思。" * 910))
