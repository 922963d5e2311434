"""What a person reads off a stage of a mining: its name, how far it is, what it brought."""

import pytest
from PySide6.QtWidgets import QGridLayout, QWidget

from app.synonyms.sources.mining import Stage
from app.synonyms.sources.progress_row import ProgressRow
from tests.pictures import across, down, extent, inked, seen, strokes, within
from tests.widgets import take_turns


@pytest.fixture
def rows(worn, qtbot):
    page = QWidget()
    qtbot.addWidget(page)
    grid = QGridLayout(page)
    grid.setColumnStretch(2, 1)
    made = [ProgressRow(worn, grid, row, page) for row in range(2)]
    page.resize(900, 120)
    page.show()
    qtbot.waitExposed(page)
    made[0].page = page
    return made


def test_the_bar_of_a_stage_is_as_full_as_its_work_is_done(rows, worn):
    lengths = []
    for share in (0.25, 0.5, 1.0):
        rows[0].show_stage(Stage("characters", "working", share, 10, 5))
        rows[1].show_stage(Stage("gloss", "waiting"))
        take_turns()
        bar = rows[0].bar
        pixels = seen(bar)
        middle = pixels[bar.height() // 2]
        empty = seen(rows[1].bar)[bar.height() // 2]
        differs = (middle != empty).any(axis=-1)
        assert differs[: max(1, differs.sum() // 2)].mean() > 0.8  # it fills from the left
        lengths.append(differs.sum() / bar.width())
    assert lengths == pytest.approx([0.25, 0.5, 1.0], abs=0.03)


def test_a_stage_is_one_row_with_its_sign_its_name_its_bar_and_its_count(rows, worn):
    rows[0].show_stage(Stage("characters", "done", 1.0, 10, 5))
    rows[1].show_stage(Stage("gloss", "waiting"))
    take_turns()
    page, colours = rows[0].page, worn.theme.theme.colours
    pixels = seen(page)
    ticked = extent(strokes(pixels, colours.yes, colours.window, 0.8))
    places = [widget.geometry() for widget in (rows[0].picture, rows[0].name, rows[0].bar, rows[0].counts)]
    assert [place.left() for place in places] == sorted(place.left() for place in places)
    assert places[0].left() <= ticked.left < ticked.right <= places[0].right() + 1
    assert ticked.bottom < rows[1].name.geometry().top()
    beside = within(inked(pixels, colours.window), left=places[3].left())
    assert len(down(beside)) >= 1
    assert extent(beside).bottom < rows[1].name.geometry().top() + 2  # what waits has brought nothing
    assert len(across(beside)) > 3
