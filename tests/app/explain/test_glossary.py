"""Terms explain themselves, safely, and are found."""

import re
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from app.explain.glossary import glossary, glossary_tip, parse_glossary
from app.explain.glossary_dialog import GlossaryDialog
from app.explain.texts import TextError
from core.language import set_language

WANTED = {
    "s-token", "cls-token", "blank-mark", "token", "piece", "special-token", "greedy", "episode", "return",
    "reward-to-go", "normalised-advantage", "baseline", "policy", "rollout", "norm-weighted", "row-entropy", "softmax",
    "temperature", "head", "layer", "cross-attention", "residual", "mutual-argmax", "aer", "bleu", "kappa",
    "krippendorff-alpha", "precision", "recall", "ap", "cosine", "co-hyponym", "antonym", "cilin-code", "candidate",
    "uncertainty-order", "adjudication", "overlap", "open-closed",
}  # fmt: skip


def test_both_languages_have_the_same_terms_in_the_same_order():
    english, chinese = glossary("en"), glossary("zh_CN")
    assert list(english) == list(chinese)
    assert set(english) >= WANTED
    assert len({term.subject for term in english.values()}) == len({term.subject for term in chinese.values()}) == 3
    for term in chinese.values():
        assert re.search("[一-鿿]", term.meaning)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("# A\n\n## x X\n\nwords", "wanted is ## id: name"),
        ("## x: X\n\nwords", "below a subject"),
        ("# A\n\n## x: X\n\nwords\n\n## x: X\n\nwords", "each id once"),
        ("# A\n\n## x: X\n\n# B", "x has no explanation"),
        ("# A\n\n## x: X", "x has no explanation"),
        ("# A\n\nwords", "belong to no term"),
    ],
)
def test_a_mistake_is_told(text, said):
    with pytest.raises(TextError, match=re.escape(said)):
        parse_glossary(text, Path("glossary.md"))


def test_a_tip_shows_the_name_of_a_token_and_is_no_markup():
    tip = glossary_tip("s-token")
    assert "<b>&lt;s&gt;</b>" in tip
    assert "<s>" not in tip
    assert tip.startswith("<p>"), "it wraps"
    assert glossary_tip("nowhere") == ""
    set_language("zh_CN")
    assert "句首" in glossary_tip("s-token")


def found(dialog):
    return [entry.term.id for entry in dialog.entries if not entry.isHidden()]


def test_the_dialog_lists_all_and_finds_by_name_and_by_meaning(look, qtbot):
    dialog = GlossaryDialog(look)
    qtbot.addWidget(dialog)
    assert found(dialog) == list(glossary("en"))
    dialog.search.setText("KOBAYASHI")
    assert found(dialog) == ["norm-weighted"]
    dialog.search.setText("tokenizer blank")
    assert found(dialog) == ["blank-mark"]
    dialog.search.setText("no such word")
    assert found(dialog) == []
    assert "No matching term." in [label.text() for label in dialog.findChildren(QLabel) if not label.isHidden()]
    dialog.search.clear()
    assert len(found(dialog)) == len(dialog.entries)


def test_terms_that_look_like_markup_are_written_as_they_are(look, qtbot):
    set_language("zh_CN")
    dialog = GlossaryDialog(look)
    qtbot.addWidget(dialog)
    entry = next(each for each in dialog.entries if each.term.id == "s-token")
    name = entry.findChildren(QLabel)[0]
    assert name.text() == "<s>"
    assert name.textFormat() == Qt.TextFormat.PlainText
    assert dialog.windowTitle() == "术语表"
