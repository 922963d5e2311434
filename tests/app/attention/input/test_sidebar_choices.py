"""What is chosen in the sidebar of the heads that are shown and of the sentences that look."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QSizeF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.attention.drawing.heatmap import MatrixDrawing
from app.attention.drawing.map_content import map_content
from app.attention.options import ViewOptions
from app.attention.selection import Cell
from app.attention.tab import AttentionTab
from app.attention.views import VIEWS
from core.attention.head_set import HeadSet
from core.attention.results import Guess
from core.attention.session_file import Session, load_session, save_session
from core.language import set_language
from tests.app.attention.conftest import CARD, ScriptedBackground, map_of, tokens_of


@pytest.fixture
def tab(look, qtbot):
    background = ScriptedBackground()
    made = AttentionTab(look, background)
    made.background = background
    qtbot.addWidget(made)
    made.session.want(text="abc", layer=1, head=2)
    made.resize(1400, 900)
    made.show()
    yield made
    made.session.close()


def test_a_set_is_typed_shown_and_left_by_moving_a_slider(tab):
    line = tab.sidebar.head_set

    def options():
        return tab.session.options

    QTest.keyClicks(line.field, "L0-1, H")
    assert "H1,4" in line._problem.text()
    QTest.keyClicks(line.field, "2")
    assert options().chosen == HeadSet((0, 1), (2,))
    assert options().attention().chosen == options().chosen
    assert (line.field.text(), line._problem.isHidden()) == ("L0-1, H2", True)
    assert tab.sidebar.layer._value.text() == "chosen set"
    assert tab.exporter._suggested_name() == "attention-abc-L0-1-H2"

    tab.session.want(aggregation="rollout")
    assert options().attention().chosen is None
    assert not line.isEnabled()
    tab.session.want(aggregation="weights")
    tab.sidebar.layer.step(+1)
    assert (options().chosen, options().layer, options().head) == (None, 2, 2)
    assert line.field.text() == ""
    assert tab.exporter._suggested_name() == "attention-abc-L2-H2"


def test_it_is_kept_with_settings_and_sessions_as_far_as_a_model_has_it(tmp_path):
    options = ViewOptions(text="abc", chosen=HeadSet((0, 5), (2,)))
    assert ViewOptions.from_dict(json.loads(json.dumps(options.to_dict()))) == options
    assert ViewOptions.from_dict({"chosen": {"layers": [-1]}}).chosen is None
    assert options.within(CARD, None).chosen == HeadSet((0,), (2,))
    path = tmp_path / "session.json"
    save_session(path, Session((options.attention(),)))
    assert load_session(path).requests == (options.attention(),)


def test_which_sentence_looks_is_asked_where_two_are_read(tab):
    def options():
        return tab.session.options

    across = tab.sidebar.across
    assert not across.isVisible()
    tab.session.want(second="xy", paired=True)
    assert across.isVisible()
    across.setCurrentIndex(2)
    across.activated.emit(2)
    assert options().attention().across == options().heads().across == "second-first"
    assert options().linking_heads(0, 1).across == "second-first"
    assert options().comparison({}).first.across is None
    tab.session.want(view="comparison")
    assert not across.isVisible()
    tab.session.want(view="map", paired=False)
    assert (options().across, options().attention().across) == ("second-first", None)
    tab.session.want(paired=True)
    assert (across.currentIndex(), options().attention().across) == (2, "second-first")
    assert options().within(replace(CARD, family="encoder-decoder"), None).across is None


WRITER = replace(CARD, name="e5", family="decoder", writes=True)


def test_a_decoder_that_can_is_asked_how_much_it_writes(tab):
    def options():
        return tab.session.options

    assert not tab.sidebar.writes.isVisible()
    tab.session.wake()
    tokens = (*tokens_of("abc"), *tokens_of("de", sentence=1))
    guesses = tuple((Guess(f"next{at}", 0.75), Guess("other", 0.125)) for at in range(5))
    continued = map_of("abc", card=WRITER, rows=tokens, guesses=guesses, is_continued=True)
    tab.background.last.answer(continued)
    assert tab.sidebar.writes.isVisible()
    tab.sidebar.writes.setValue(5)
    assert options().source.writes == options().heads().source.writes == 5
    tab.background.last.answer(continued)
    footer = tab.page.footer
    assert footer._next.text() == "Next after e: next4 75.0%   other 12.5%"
    tab.selection.pin(Cell(row=1))
    assert footer._next.text().startswith("Next after b: next1")

    tab.session.want(second="x", paired=True)  # it writes on after one sentence
    assert (options().source.writes, tab.sidebar.writes.isVisible()) == (0, False)
    tab.session.want(paired=False)
    assert options().within(replace(WRITER, writes=False), None).source.writes == 0
    assert options().comparison({}).second.source.writes == 5
    assert ViewOptions.from_dict(json.loads(json.dumps(options().to_dict()))).writes == 5


def test_what_was_written_is_marked(look, qtbot):
    tokens = (*tokens_of("ab"), *tokens_of("c", sentence=1))
    pictures = []
    for is_continued in (False, True):
        drawing = MatrixDrawing(look)
        drawing.set_content(map_content(map_of("ab", rows=tokens, is_continued=is_continued), "red", "relative"))
        drawing.lay_out(QSizeF(300, 300))
        image = QImage(300, 300, QImage.Format.Format_RGB32)
        image.fill(0)
        painter = QPainter(image)
        drawing.draw(painter, 1.0)
        painter.end()
        cells = drawing.cells_rect()
        y, _height = drawing.rows.span(2, 3)
        beside = (int(cells.left() - 2), int(y + 8))
        pictures.append([image.pixelColor(*beside).name(), image.pixelColor(beside[0], int(cells.top() + 8)).name()])
    focus = look.theme.theme.colours.focus.lower()
    assert (pictures[1][0], pictures[0][0] == focus, pictures[1][1] == focus) == (focus, False, False)


def test_a_translator_between_many_languages_is_told_which(tab):
    def options():
        return tab.session.options

    languages = tab.sidebar.languages
    assert not languages.isVisible()
    tab.session.wake()
    many = replace(CARD, name="e5", family="encoder-decoder", languages=("eng_Latn", "zho_Hans"))
    tab.background.last.answer(map_of("abc", card=many))
    assert languages.isVisible()
    source, target = languages.boxes.values()
    assert [target.itemText(at) for at in range(3)] == ["the model's own choice", "eng_Latn", "zho_Hans"]
    target.setCurrentIndex(2)
    target.activated.emit(2)
    assert (options().source.from_language, options().source.to_language) == (None, "zho_Hans")
    assert tab.background.last.request.source.to_language == "zho_Hans"
    assert options().comparison({"e5": many}).second.source.to_language == "zho_Hans"
    assert (source.currentIndex(), target.currentIndex()) == (0, 2)
    assert ViewOptions.from_dict(json.loads(json.dumps(options().to_dict()))).to_language == "zho_Hans"
    assert options().within(CARD, None).source.to_language is None
    target.setCurrentIndex(0)
    target.activated.emit(0)
    assert options().source.to_language is None


def test_whatever_language_it_comes_from_the_column_cuts_nothing_off_and_stays_as_wide(tab, qtbot):
    tab.resize(1400, 420)
    for language, view in (("zh_CN", "report"), ("en", "report")):
        tab.session.want(view=view)
        set_language(language)
        QApplication.sendEvent(tab, QEvent(QEvent.Type.LanguageChange))
    widths, sidebar = set(), tab.sidebar
    for spec in VIEWS:
        tab.session.want(view=spec.id)
        qtbot.waitUntil(lambda: sidebar._page.width() <= sidebar._scroll.viewport().width())
        widths.add(sidebar.width())
    assert len(widths) == 1
