import pytest
from PySide6.QtGui import QIcon, QStandardItem, QStandardItemModel

from app.synonyms.table.view import PairTable
from app.synonyms.verdict_style import VERDICT_LOOKS, sign_icon
from core.language import set_language
from core.synonyms.verdicts import Verdict
from tests.widgets import follow_language


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_no_column_cuts_what_its_cells_show(page, session, qtbot, language):
    set_language(language)
    try:
        follow_language(page)
        pair = page.model.pair_at(0)
        session.decisions.decide_all([pair], Verdict.SYNONYM)
        session.store.mark(pair, "anna", flagged=True)
        page.model.refresh()
        probe, view = QStandardItemModel(1, 1), PairTable(page.look)
        qtbot.addWidget(view)
        probe.setItem(0, QStandardItem())
        view.setModel(probe)
        view.setIconSize(page.view.iconSize())
        view.ensurePolished()
        sign = sign_icon(VERDICT_LOOKS[Verdict.NOT], page.look, view.iconSize(), 1.0)
        for section, column in enumerate(page.model.columns):
            wanted = page.view.sizeHintForIndex(page.model.index(0, section)).width()
            assert page.view.columnWidth(section) >= wanted, column
            for text in page.model.widest(column):
                probe.item(0).setText(text)
                probe.item(0).setIcon(sign if column in ("verdict", "known", "flagged") else QIcon())
                assert page.view._least[section] >= view.sizeHintForIndex(probe.index(0, 0)).width(), (column, text)
    finally:
        set_language("en")


def test_words_of_eight_characters_are_shown_where_the_table_has_room(page, look, qtbot):
    metrics = page.view.fontMetrics()
    sections = [page.model.columns.index(name) for name in ("word1", "word2")]
    full = metrics.horizontalAdvance("国" * 8)
    page.resize(look.scale.em(70), look.scale.em(40))
    assert not page.evidence.isVisible()
    assert all(page.view.columnWidth(section) >= full for section in sections)
    page.resize(look.scale.em(100), look.scale.em(40))
    assert page.evidence.isVisible()
    qtbot.waitUntil(lambda: page.view.horizontalScrollBar().maximum() == 0)
    assert page.evidence.width() >= look.scale.em(28)
    page.view.setColumnWidth(sections[0], full + 40)
    page.resize(look.scale.em(101), look.scale.em(40))
    assert page.view.columnWidth(sections[0]) == full + 40, "what was dragged stays"
