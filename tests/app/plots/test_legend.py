from PySide6.QtGui import QBrush, QPen

from app.plots.legend import Key, Kind

ENTRIES = ((Kind.POINT, "one episode", QBrush()), (Kind.LINE, "mean of 100", QPen()), (Kind.TICK, "update", QPen()))


def test_the_key_says_what_is_drawn(look, qtbot):
    key = Key(look)
    qtbot.addWidget(key)
    key.show_entries(*ENTRIES)
    assert key.accessibleName() == "one episode, mean of 100, update"
    assert key.entries_for(key.sizeHint().width()) == ENTRIES


def test_what_has_no_room_is_left_out_whole_from_the_end(look, qtbot):
    key = Key(look)
    qtbot.addWidget(key)
    key.show_entries(*ENTRIES)
    assert key.entries_for(key.sizeHint().width() - 1) == ENTRIES[:2]
    assert key.entries_for(look.scale.em(1)) == ()
    assert key.minimumSizeHint().width() == 0


def test_every_entry_is_painted(look, qtbot):
    key = Key(look)
    qtbot.addWidget(key)
    key.show_entries((Kind.POINT, "one episode", QBrush(look.theme.theme.colours.faint)))
    key.resize(key.sizeHint())
    picture = key.grab().toImage()
    drawn = {picture.pixelColor(x, picture.height() // 2).name() for x in range(picture.width())}
    assert look.theme.theme.colours.faint in drawn
