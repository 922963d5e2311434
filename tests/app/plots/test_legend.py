from PySide6.QtGui import QBrush, QColor, QPen

from app.plots.legend import Kind, Legend

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
