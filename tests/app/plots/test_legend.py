from PySide6.QtGui import QBrush, QPen

from app.plots.legend import Kind, Legend

ENTRIES = ((Kind.POINT, "one episode", QBrush()), (Kind.LINE, "mean of 100", QPen()), (Kind.TICK, "update", QPen()))


def test_the_key_says_what_is_drawn(look, qtbot):
    legend = Legend(look)
    qtbot.addWidget(legend)
    legend.show_entries(*ENTRIES)
    assert legend.accessibleName() == "one episode, mean of 100, update"
    assert legend.entries_for(legend.sizeHint().width()) == ENTRIES


def test_what_has_no_room_is_left_out_whole_from_the_end(look, qtbot):
    legend = Legend(look)
    qtbot.addWidget(legend)
    legend.show_entries(*ENTRIES)
    assert legend.entries_for(legend.sizeHint().width() - 1) == ENTRIES[:2]
    assert legend.entries_for(look.scale.em(1)) == ()
    assert legend.minimumSizeHint().width() == 0


def test_every_entry_is_painted(look, qtbot):
    legend = Legend(look)
    qtbot.addWidget(legend)
    legend.show_entries((Kind.POINT, "one episode", QBrush(look.theme.theme.colours.faint)))
    legend.resize(legend.sizeHint())
    picture = legend.grab().toImage()
    drawn = {picture.pixelColor(x, picture.height() // 2).name() for x in range(picture.width())}
    assert look.theme.theme.colours.faint in drawn
