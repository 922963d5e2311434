from PySide6.QtCore import Qt
from PySide6.QtGui import QTextDocument

from app.widgets.plain import PlainLabel, plain_tip, without_keys
from app.widgets.tables.text_table import TextTable
from core.visible import visible

OUTSIDE = '<img src="x.png"> A & B <s>x</s>\nline <b>two</b>'


def as_shown(tip):
    """What Qt shows of a tip: it draws as HTML what looks like it."""
    if "<" not in tip:
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def test_a_label_shows_its_text_as_it_stands(qtbot):
    label = PlainLabel(OUTSIDE)
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.text() == OUTSIDE


def test_a_tip_shows_its_text_as_it_stands():
    for text in (OUTSIDE, "[CLS], <s>, e5's blank", "a & b", "&lt;", "plain\ntext"):
        assert as_shown(plain_tip(text)) == text


def test_an_ampersand_is_no_key():
    assert without_keys("A & B") == "A && B"


def test_cells_of_a_table_tell_themselves_as_they_stand(qtbot, look):
    table = TextTable(look, "Pairs", ("Word",), frozenset())
    qtbot.addWidget(table)
    table.show_rows([(OUTSIDE,)])
    index = table.view.model().index(0, 0)
    assert index.data() == visible(OUTSIDE)  # a cell is one line
    assert as_shown(index.data(Qt.ItemDataRole.ToolTipRole)) == visible(OUTSIDE)
