"""Markup and ampersands from outside are drawn as they stand, wherever the window shows them."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtGui import QAction, QTextDocument
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLabel, QWidget

from app.synonyms.pages import PAGES
from app.synonyms.workspace import STORE_NAME
from core.paths import data_folder, settings_folder
from core.synonyms.evidence.gather import EvidenceConfig
from core.synonyms.pairs import Candidate, word_pair
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.widgets import take_turns

MARK = '<img src="x.png"><s>A & B</s>'
PLANTED = re.compile(r"<img|A & B|A && B")
LOADING = 90_000
ROLES = (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.StatusTipRole, Qt.ItemDataRole.WhatsThisRole)


def drawn(tip: str) -> str:
    """Return what Qt shows of a tip, which it draws as HTML where a tag stands in it."""
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def wrong_tip(tip: object) -> bool:
    return isinstance(tip, str) and "<img" in tip + drawn(tip) and "<img" not in drawn(tip)


def faults_of(widget: QWidget) -> list[str]:
    """Return what of a widget is drawn other than it stands."""
    name = f"{type(widget).__name__} {widget.objectName()}"
    faults = [f"{name}: tip {widget.toolTip()!r}"] if wrong_tip(widget.toolTip()) else []
    if isinstance(widget, QLabel) and widget.textFormat() != Qt.TextFormat.PlainText and widget.pixmap().isNull():
        faults.append(f"{name}: a label that guesses")
    if isinstance(widget, QAbstractButton) and re.search(r"A & B", widget.text()):
        faults.append(f"{name}: a key in {widget.text()!r}")
    if isinstance(widget, QComboBox):
        faults += tips_of(widget.model(), name)
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        faults += tips_of(widget.model(), name)
    return faults


def tips_of(model: QAbstractItemModel, name: str) -> list[str]:
    places = [(row, column) for row in range(min(20, model.rowCount())) for column in range(model.columnCount())]
    return [
        f"{name}: cell {row}, {column}"
        for row, column in places
        for role in ROLES
        if wrong_tip(model.index(row, column).data(role))
    ]


def shown_texts(window: QWidget) -> str:
    labels = [label.text() for label in window.findChildren(QLabel)]
    buttons = [button.text() for button in window.findChildren(QAbstractButton)]
    return "\n".join([*labels, *buttons])


@pytest.fixture
def marked(tmp_path, monkeypatch):
    """Plant markup in words, names, notes, sources, corpora, vectors and models."""
    corpus, vectors = tmp_path / "A & B <s>.txt", tmp_path / "<img>.txt"
    word, other = MARK.replace(" ", "_"), "漂亮"
    corpus.write_text(f"{other}/v {word}/v ，/w 好/a\n", "utf-8")
    vectors.write_text(f"2 2\n{word} 1 0\n{other} 0.9 0.1\n", "utf-8")
    monkeypatch.setattr(
        "app.synonyms.annotation.session.EvidenceConfig", lambda: EvidenceConfig(vectors=vectors, corpora=())
    )
    data_folder().mkdir(parents=True, exist_ok=True)
    with Store(str(data_folder() / STORE_NAME)) as store:
        one, two = word_pair(MARK, other)
        store.add([Candidate(one, two, {MARK: 0.5}, codes=((MARK.replace(" ", ""),), ()), sources=(MARK,))])
        store.add([Candidate("a", "b"), Candidate("c", "d")])
        judged = store.table_query().ids().tolist()
        # Shared out among the two: some are this annotator's, and come on the card.
        store.add([Candidate(*word_pair(MARK, f"美丽{n}"), {"cosine": 0.9}, sources=(MARK,)) for n in range(20)])
        for pair in judged:
            store.decide(pair, Verdict.SYNONYM, MARK)
            store.decide(pair, Verdict.NOT, "ben & <b>co</b>")
    folder = settings_folder()
    folder.mkdir(parents=True)
    recent = [str(tmp_path / "<img src=y> A & B")]
    tabs = {
        "synonyms": {"mined": "finished", "queue": {"annotator": MARK}},
        "attention": {"recent": recent, "recent_models": recent},
    }
    (folder / "settings.json").write_text(json.dumps({"version": 1, "tabs": tabs}), "utf-8")


def faults_in(window: QWidget) -> set[str]:
    return {fault for each in window.findChildren(QWidget) for fault in faults_of(each)}


@pytest.mark.timeout(300)
def test_nothing_from_outside_is_drawn_as_markup(start, qtbot, marked):
    window = start().window
    window.resize(1280, 800)
    window.open("attention")
    take_turns()
    faults = faults_in(window)
    window.open("synonyms")
    tab = window.tab("synonyms")
    qtbot.waitUntil(lambda: tab.workspace is not None, timeout=LOADING)
    for spec in PAGES:
        tab.open_page(spec.id)
        qtbot.waitUntil(lambda: PLANTED.search(shown_texts(window)) is not None, timeout=20_000)
        take_turns()
        faults |= faults_in(window)
    faults |= {f"action {each.objectName()}" for each in window.findChildren(QAction) if wrong_tip(each.toolTip())}
    assert faults == set()


def test_labels_are_plain_by_their_class():
    """A ``QLabel`` of its own would guess whether its text is markup."""
    root = Path(__file__).parents[2] / "app"
    allowed = {root / "widgets" / "plain.py"}
    found = [path for path in root.rglob("*.py") if re.search(r"(?<![\w.])QLabel\(", path.read_text("utf-8"))]
    classes = {path for path in found if re.search(r"class \w+\(QLabel\)", path.read_text("utf-8"))}
    assert set(found) - allowed - classes == set()
