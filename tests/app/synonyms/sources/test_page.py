"""Filling the store as the page shows it, and whose material that is."""

import pytest
from PySide6.QtWidgets import QWidget

from app.synonyms.pages import PAGES
from app.synonyms.source_names import source_name
from app.synonyms.sources.page import SourcesPage
from app.widgets.pages import PageParts, Pages
from core.synonyms.progress import FaultyLine, FaultyLines
from core.synonyms.shipped import SHIPPED
from tests.widgets import take_turns


@pytest.fixture
def sources(qtbot, workspace):
    page = SourcesPage(workspace)
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    return page


def test_the_shipped_material_is_named_with_its_licences(sources):
    page = sources
    told = " ".join(f"{head.text()} {body.text()}" for head, body in page._data_labels)
    for source in SHIPPED:
        assert source.name in told
        assert source.licence in told
        assert source.package in told


def test_faulty_lines_of_own_vectors_stand_under_the_progress(sources):
    page, mining = sources, sources.mining
    assert page.faulty.isHidden()
    lines = tuple(FaultyLine(n, "wrong number of columns", f"<b>词{n}") for n in range(3, 12))
    mining.state.apply(FaultyLines("v.txt", 9, lines))
    mining.changed.emit()
    assert not page.faulty.isHidden()
    told = page.faulty.text().splitlines()
    assert (told[0], told[1], len(told)) == (
        "Malformed lines in v.txt: 9.",
        "\u2003line 3: wrong number of columns | <b>词3",
        6,
    )


@pytest.fixture
def room(qtbot, look, sources):
    """The page in its place; what owns it lives as long as the test."""
    made = Pages(look, {PAGES[3]: PageParts(sources, QWidget(), sources.status_bar)}, "syn_choices")
    qtbot.addWidget(made)
    return made


def test_the_button_that_gathers_is_in_sight_however_low_the_window(qtbot, sources, room):
    page = sources
    room.show_page(PAGES[3])
    room.resize(700, 360)
    room.show()
    start = page.form.start
    qtbot.waitUntil(lambda: start.isVisible() and not start.visibleRegion().isEmpty())
    assert start.visibleRegion().boundingRect() == start.rect()
    assert not page.form.isAncestorOf(start)


def test_a_source_has_one_name_everywhere(sources):
    page = sources
    assert [box.text() for box in page.form.sources.values()] == [source_name(name) for name in page.form.sources]


@pytest.mark.sweep(7)
@pytest.mark.parametrize("width", [420, 560, 680, 760, 900, 1100, 1500])
def test_how_to_get_wordnet_is_read_whole_in_a_window_of_any_width(sources, worn, width):
    sources.resize(width, 600)
    sources.show()
    take_turns()
    about = sources.form.about_english
    assert about.isVisible()
    assert about.height() >= about.heightForWidth(about.width())
    assert sources.form.width() <= worn.scale.em(34)
