"""The panel beside a page: what it says, what it links, what it follows."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from app.background import Background
from app.explain import LANE
from app.explain.panel import ExplainPanel
from app.explain.symbols import SYMBOLS
from app.explain.texts import page_text
from core.language import set_language
from tests.app.explain.conftest import PAGES, FakePage
from tests.widgets import follow_language


@pytest.fixture
def panel(look, background, qtbot):
    panel = ExplainPanel(look, background)
    qtbot.addWidget(panel)
    panel.resize(look.scale.em(20), look.scale.em(60))
    panel.show()
    return panel


def drawn(panel, background):
    for run in background.runs:
        run.succeed()
    background.runs.clear()
    assert all(view.has_picture for view in panel.formulas)


def parts(panel):
    return [panel.prose, *panel.formulas, panel.symbols]


def point_at(part, symbol):
    stop = next(at for at, each in enumerate(part.stops) if each.symbol == symbol)
    QTest.mouseMove(part, part.place_of(stop).center())


def words_of(widget):
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisibleTo(widget)]


def values_of(panel):
    return {row.symbol.id: row.value.text for row in panel.symbols.rows if row.value.text}


@pytest.mark.parametrize("page", PAGES)
def test_it_says_all_there_is_to_say_at_once_and_draws_the_formulas_when_they_come(panel, background, page):
    panel.show_page(FakePage(page))
    text = page_text(page, "en")
    assert text.title in words_of(panel)
    shown = panel.prose.text.replace("\n", " ")
    assert all(piece.text.strip() in shown for piece in text.prose[0] if hasattr(piece, "text"))
    assert [view.formula for view in panel.formulas] == list(text.formulas)
    assert [row.symbol.id for row in panel.symbols.rows] == list(text.symbols)
    assert not any(view.has_picture for view in panel.formulas)
    drawn(panel, background)


def test_a_symbol_pointed_at_anywhere_is_lit_everywhere_and_on_the_page(panel, background):
    page = FakePage("attention.map")
    panel.show_page(page)
    drawn(panel, background)
    for part in (panel.prose, panel.formulas[0], panel.symbols):
        point_at(part, "alpha")
        assert {each.lit for each in parts(panel)} == {"alpha"}
        assert page.lit[-1] == "alpha"
        QApplication.sendEvent(part, QEvent(QEvent.Type.Leave))
        assert {each.lit for each in parts(panel)} == {""}
        assert page.lit[-1] == ""


def test_what_is_pointed_at_on_the_page_is_lit_here_and_not_told_back(panel):
    page = FakePage("attention.map")
    panel.show_page(page)
    page.symbol_pointed.emit("q")
    assert {each.lit for each in parts(panel)} == {"q"}
    page.symbol_pointed.emit("")
    assert {each.lit for each in parts(panel)} == {""}
    assert page.lit == []


def test_the_keyboard_reaches_everything_that_the_mouse_does(panel, background, qtbot):
    page = FakePage("attention.map")
    panel.show_page(page)
    drawn(panel, background)
    panel.activateWindow()
    panel.close_button.setFocus()
    reached = []
    for _step in range(2 + len(panel.formulas) + 1):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
    assert reached == [panel.prose, *panel.formulas, panel.symbols, panel.article.button]
    panel.prose.setFocus()
    QTest.keyClick(panel.prose, Qt.Key.Key_Home)
    seen = []
    for _step in panel.prose.stops:
        seen.append(page.lit[-1])
        QTest.keyClick(panel.prose, Qt.Key.Key_Right)
    assert {"alpha", "entropy"} <= set(seen)
    panel.symbols.setFocus()
    QTest.keyClick(panel.symbols, Qt.Key.Key_End)
    last = panel.symbols.rows[-1].symbol
    assert page.lit[-1] == last.id
    assert last.meaning in panel.symbols.accessibleDescription()
    panel.close_button.setFocus()
    assert page.lit[-1] == "", "who goes away points at nothing"


def test_values_follow_the_page_and_what_has_none_shows_none(panel):
    page = FakePage("attention.map", alpha="0.28")
    panel.show_page(page)
    assert values_of(panel) == {"alpha": "0.28"}
    page.change(alpha="0.31", entropy="2.91 bits")
    assert values_of(panel) == {"alpha": "0.31", "entropy": "2.91 bits"}
    page.change(n_head="12")
    assert values_of(panel) == {"n_head": "12"}, "a symbol that the text does not name gets a row"
    page.change(unheard_of="1")
    assert values_of(panel) == {}


def test_values_are_words_and_never_markup(panel):
    page = FakePage("attention.steps", k="<b>bold</b>", q="<s>")
    panel.show_page(page)
    row = next(row for row in panel.symbols.rows if row.symbol.id == "k")
    assert row.value.text == "<b>bold</b>", "it is painted as it is"
    number = [row.symbol.id for row in panel.symbols.rows].index("k")
    assert "&lt;b&gt;bold" in panel.symbols.tip(number)
    assert all(label.textFormat() == Qt.TextFormat.PlainText for label in panel.symbols.findChildren(QLabel))


def test_terms_explain_themselves(panel):
    panel.show_page(FakePage("attention.map"))
    tips = {stop.term: panel.prose.tip(at) for at, stop in enumerate(panel.prose.stops) if stop.term}
    assert "log" in tips["row-entropy"]
    at = next(at for at, stop in enumerate(panel.prose.stops) if stop.symbol == "alpha")
    assert SYMBOLS["alpha"].meaning in panel.prose.tip(at)
    assert "Survey" in panel.prose.tip(at), "and the article it comes from"


def test_the_language_can_change_while_one_reads(panel, background):
    panel.show_page(FakePage("attention.map", alpha="0.28"))
    drawn(panel, background)
    set_language("zh_CN")
    for widget in [panel, *panel.findChildren(QWidget)]:
        follow_language(widget)
    assert "谁在看谁" in words_of(panel)
    assert "权重" in words_of(panel.symbols)
    assert "词元" in panel.prose.text
    assert values_of(panel) == {"alpha": "0.28"}
    assert all(view.has_picture for view in panel.formulas), "formulas have no language"
    assert not background.runs


def test_theme_and_zoom_are_followed(panel, background, look):
    panel.show_page(FakePage("attention.map"))
    drawn(panel, background)
    narrow = panel.minimumSizeHint().width()
    room = panel.formulas[0].sizeHint().height()
    look.theme.choose("projector")
    assert panel.minimumSizeHint().width() > narrow
    assert panel.formulas[0].sizeHint().height() > room
    assert panel.minimumSizeHint().width() == look.scale.em(17)
    look.theme.choose("dark")
    alpha = next(at for at, stop in enumerate(panel.formulas[0].stops) if stop.symbol == "alpha")
    assert panel.formulas[0].fill_of(alpha) == look.theme.theme.colours.attention_ink


def test_at_its_least_width_nothing_is_cut_off(panel, background, look):
    for page in PAGES:
        panel.show_page(FakePage(page))
        panel.resize(panel.minimumSizeHint().width(), look.scale.em(60))
        QApplication.processEvents()
        for part in parts(panel):
            assert part.mapTo(panel, QPoint(part.width(), 0)).x() <= panel.width()
        for row in panel.symbols.rows:
            assert row.chip.width() >= row.chip.sizeHint().width()


def test_the_article_is_folded_until_it_is_wanted(panel, qtbot):
    panel.show_page(FakePage("attention.steps"))
    assert not panel.article.is_unfolded
    QTest.mouseClick(panel.article.button, Qt.MouseButton.LeftButton)
    assert panel.article.is_unfolded
    assert "三个步骤" in panel.article.words.text()
    assert "three steps" in panel.article.words.text()


def test_its_button_closes_it(panel, qtbot):
    with qtbot.waitSignal(panel.closed):
        QTest.mouseClick(panel.close_button, Qt.MouseButton.LeftButton)


def test_another_page_takes_over_and_the_former_is_left_in_peace(panel, background):
    first, second = FakePage("attention.map"), FakePage("synonyms.card", cos="0.86")
    panel.show_page(first)
    panel.show_page(second)
    first.symbol_pointed.emit("alpha")
    first.change(alpha="1")
    assert {each.lit for each in parts(panel)} == {""}
    assert values_of(panel) == {"cos": "0.86"}
    assert first.lit[-1] == ""
    drawn_pictures = len(background.runs)
    for run in list(background.runs):
        run.succeed()
    assert drawn_pictures == 1, "one request at a time"
    background.runs[-1].succeed()
    assert all(view.has_picture for view in panel.formulas)
    panel.show_page(None)
    assert panel.page is None
    assert "This page has no explanation yet." in words_of(panel)
    assert not panel.formulas


def test_a_page_nobody_wrote_about_says_so(panel):
    panel.show_page(FakePage("attention.nowhere"))
    assert "This page has no explanation yet." in words_of(panel)


def test_formulas_that_do_not_come_are_told_and_asked_for_again(panel, background):
    panel.show_page(FakePage("attention.map"))
    background.runs.pop().fail("the pond is frozen")
    assert "the pond is frozen" in words_of(panel)
    panel.show_page(FakePage("attention.steps"))
    assert "the pond is frozen" not in words_of(panel)
    drawn(panel, background)


def test_a_page_of_which_the_explanation_becomes_another(panel):
    page = FakePage("attention.map")
    panel.show_page(page)
    page.page_id = "attention.heads"
    page.change()
    assert page_text("attention.heads", "en").title in words_of(panel)


def test_with_a_real_worker(look, qtbot):
    background = Background()
    background.add_lane(LANE)
    panel = ExplainPanel(look, background)
    qtbot.addWidget(panel)
    panel.show_page(FakePage("attention.links"))
    qtbot.waitUntil(lambda: all(view.has_picture for view in panel.formulas), timeout=30_000)
    background.close()
