import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QBrush, QColor, QPen

from app.plots.legend import Kind, Legend
from tests.pictures import across, extent, inked, seen, strokes, where, within

ENTRIES = ((Kind.POINT, "one episode", QBrush()), (Kind.LINE, "mean of 100", QPen()), (Kind.TICK, "update", QPen()))


def test_the_key_says_what_is_drawn(look, qtbot):
    legend = Legend(look)
    qtbot.addWidget(legend)
    legend.show_entries(*ENTRIES)
    assert legend.accessibleName() == "one episode, mean of 100, update"
    assert legend.lines_for(legend.sizeHint().width()) == [ENTRIES]


def test_what_has_no_room_stands_on_the_next_line(look, qtbot):
    legend = Legend(look)
    qtbot.addWidget(legend)
    legend.show_entries(*ENTRIES)
    width, line = legend.sizeHint().width(), legend.sizeHint().height()
    assert legend.lines_for(width - 1) == [ENTRIES[:2], ENTRIES[2:]]
    assert legend.lines_for(look.scale.em(1)) == [(entry,) for entry in ENTRIES]
    assert [legend.heightForWidth(wide) for wide in (width, width - 1, look.scale.em(1))] == [line, 2 * line, 3 * line]
    assert legend.minimumSizeHint().width() == 0


def test_every_entry_is_painted(look, qtbot):
    legend = Legend(look)
    qtbot.addWidget(legend)
    legend.show_entries((Kind.POINT, "one episode", QBrush(look.theme.theme.colours.faint)))
    legend.resize(legend.sizeHint())
    picture = legend.grab().toImage()
    drawn = {picture.pixelColor(x, picture.height() // 2).name() for x in range(picture.width())}
    assert look.theme.theme.colours.faint in drawn


def test_the_second_line_is_painted_below_the_first(look, qtbot):
    legend = Legend(look)
    qtbot.addWidget(legend)
    ink = QBrush(QColor("#ff0000"))
    legend.show_entries((Kind.POINT, "one episode", QBrush()), (Kind.POINT, "another", ink))
    line = legend.sizeHint().height()
    legend.resize(legend.sizeHint().width() - 1, 2 * line)
    picture = legend.grab().toImage()
    rows = {
        y for y in range(picture.height()) for x in range(picture.width()) if picture.pixelColor(x, y) == ink.color()
    }
    assert rows
    assert min(rows) >= line


def test_each_mark_has_its_shape_and_stands_before_its_words(worn, qtbot):
    legend = Legend(worn)
    qtbot.addWidget(legend)
    inks = {Kind.POINT: "#ff0000", Kind.LINE: "#00c000", Kind.DIAMOND: "#0000ff", Kind.TICK: "#ff00ff"}
    entries = [
        (kind, "w", QBrush(QColor(ink)) if kind in (Kind.POINT, Kind.DIAMOND) else QPen(QColor(ink), 2))
        for kind, ink in inks.items()
    ]
    legend.show_entries(*entries)
    legend.resize(legend.sizeHint())
    pixels, colours = seen(legend), worn.theme.theme.colours
    marks = {kind: extent(where(pixels, ink, near=60)) for kind, ink in inks.items()}
    point, line, diamond, tick = (marks[kind] for kind in inks)
    assert point.right < line.left < line.right < diamond.left < diamond.right < tick.left  # in their order
    assert abs(point.width - point.height) <= 1
    assert line.width > 4 * line.height
    assert diamond.height >= diamond.width
    assert tick.height > 2 * tick.width
    words = strokes(pixels, colours.muted, colours.window, 0.5)
    rooms = [point, line, diamond, tick]
    for room, after in zip(rooms, [*rooms[1:], None], strict=True):
        word = extent(within(words, left=room.right, right=None if after is None else after.left))
        assert 0 <= word.left - room.right <= worn.scale.em(0.75)
    corners = where(pixels, inks[Kind.DIAMOND], near=60)[diamond.top : diamond.bottom, diamond.left : diamond.right]
    assert not corners[0, 0]
    assert not corners[-1, -1]
    assert corners[diamond.height // 2, diamond.width // 2]


def test_the_legend_ends_where_the_plot_does(worn, qtbot):
    legend = Legend(worn)
    qtbot.addWidget(legend)
    legend.show_entries((Kind.POINT, "w", QBrush(QColor("#ff0000"))))
    legend.resize(legend.sizeHint().width() + 200, legend.sizeHint().height())
    assert extent(inked(seen(legend), worn.theme.theme.colours.window)).right > legend.width() - 3


@pytest.mark.parametrize("width", [1, 3, 6])
@pytest.mark.parametrize(("style", "strokes_seen"), [("SolidLine", 1), ("DashLine", 2), ("DotLine", 3)])
def test_a_thick_dashed_line_does_not_look_whole(look, qtbot, width, style, strokes_seen):
    legend, ink = Legend(look), look.theme.theme.colours.left
    qtbot.addWidget(legend)
    legend.show_entries((Kind.LINE, "", QPen(QColor(ink), width, Qt.PenStyle[style])))
    legend.resize(legend.sizeHint())
    pixels = where(seen(legend), ink, near=8).any(axis=0)
    assert len(across(pixels[None, :])) == strokes_seen
