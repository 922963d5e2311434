"""Labels beside a map: nothing invisible, level where they fit, slanted or fewer where they don't."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QFontMetricsF

from app.attention.drawing.labels import Labels, _stands, sparse, written
from app.attention.drawing.shaped_text import ShapedText
from core.attention.results import Token
from tests.app.attention.conftest import tokens_of


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("猫", "猫"),
        ("don't", "don't"),
        (" ", "U+0020"),
        ("a\nb", "a⏎b"),
        ("a\t", "a⇥"),
        ("\x07", "U+0007"),
        ("\u200d", "U+200D"),
        ("猫\u200d犬", "猫\u200d犬"),
        ("a\x00", "aU+0000"),
    ],
)
def test_nothing_invisible_is_left_in_a_label(text, shown):
    assert written(Token(text, 0, len(text), special=False, piece=text)) == shown


def test_a_piece_without_typed_text_shows_its_own_spelling():
    assert written(Token("", 3, 3, special=False, piece="▁")) == "▁"


@pytest.mark.parametrize(("needed", "every"), [(0.3, 1), (1.0, 1), (1.01, 5), (2.4, 5), (2.6, 10), (9, 20), (400, 100)])
def test_labels_that_cannot_all_stand_are_so_few_that_nobody_reads_them_as_text(needed, every):
    assert sparse(needed) == every


def fonts(look):
    def font_of(size):
        font = look.scale.font()
        font.setPointSizeF(look.scale.point_size() * size)
        return font

    return font_of


def planned(look, text_tokens, cell):
    labels = Labels(text_tokens, ShapedText())
    return labels.plan_columns(cell, fonts(look), 200)


def test_chinese_stands_level_over_its_column(look):
    line = QFontMetricsF(look.scale.font()).height()
    plan = planned(look, tokens_of("他在银行门口"), line * 1.5)
    assert not plan.slanted
    assert plan.every == 1


def test_single_characters_stay_level_even_where_only_some_fit(look):
    plan = planned(look, tokens_of("他在银行门口" * 20), 4)
    assert not plan.slanted
    assert plan.every >= 5


def test_long_words_are_slanted_over_narrow_columns_and_level_over_wide_ones(look):
    words = tuple(Token(w, i * 9, i * 9 + len(w), special=False, piece=w) for i, w in enumerate(["attention", "looks"]))
    line = QFontMetricsF(look.scale.font()).height()
    assert planned(look, words, line * 1.2).slanted
    assert planned(look, words, line * 8).slanted is False


def test_words_are_slanted_and_large_rather_than_level_and_smaller_than_any_caption(look):
    words = tuple(Token("money", i * 9, i * 9 + 5, special=False, piece="money") for i in range(9))
    wide = {size: QFontMetricsF(look.scale.font(size)).horizontalAdvance("money") for size in ("body", "caption")}
    # Widths do not shrink evenly with the size where letters are fitted to whole pixels.
    level, slanted = planned(look, words, wide["caption"] * 1.08 + 0.1), planned(look, words, wide["caption"] * 0.9)
    assert wide["caption"] * 1.08 + 0.1 < wide["body"] * 1.08
    assert not level.slanted
    assert level.font.pointSizeF() >= look.scale.point_size("caption") - 0.01
    assert slanted.slanted
    assert slanted.font.pointSizeF() == pytest.approx(look.scale.point_size())


@pytest.mark.parametrize("cell", [0.5, 5.3, 12, 40])
def test_chinese_words_stand_level_however_narrow_their_columns(look, cell):
    said = ["注意力", "机制", "，", "让", "模型", "“", "句子", "”", "。"] * 9
    words = tuple(Token(w, i * 9, i * 9 + len(w), special=False, piece=w) for i, w in enumerate(said))
    plan = planned(look, words, cell)
    assert not plan.slanted
    widest = QFontMetricsF(plan.font).horizontalAdvance("注意力")
    assert widest <= cell * plan.every or plan.every == 100


def test_rows_shrink_their_type_before_they_drop_labels(look):
    labels = Labels(tokens_of("abcdef"), ShapedText())
    line = QFontMetricsF(look.scale.font()).height()
    roomy, tight, dense = (labels.plan_rows(line * part, fonts(look), 100) for part in (1.0, 0.7, 0.2))
    assert roomy.every == tight.every == 1
    assert tight.font.pointSizeF() < roomy.font.pointSizeF()
    assert dense.every > 1


@pytest.mark.parametrize(("text", "upright"), [
    ("猫", True), ("银行", True), ("ש", True), ("e\u0301", True), ("a", True),
    (".", True), ("is", False), ("</s>", False),
])  # fmt: skip
def test_between_slanted_words_chinese_and_single_letters_stand_upright(text, upright):
    assert _stands(text) == upright
