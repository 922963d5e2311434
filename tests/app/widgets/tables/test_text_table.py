"""A small table cuts nothing it has room for."""

from app.widgets.tables.text_table import TextTable


def test_a_table_is_no_taller_than_its_rows(qtbot, look):
    table = TextTable(look, "Preview of the pairs", ("Word",), frozenset())
    qtbot.addWidget(table)
    table.resize(400, 600)
    table.show()
    table.show_rows([("美丽",), ("漂亮",)])
    qtbot.waitUntil(lambda: table.view.height() < 5 * table.view.rowHeight(0))


def test_a_table_cuts_no_cell_it_has_room_for(qtbot, look):
    table = TextTable(look, "Rejected rows", ("Line", "Why", "Content"), frozenset({0}))
    qtbot.addWidget(table)
    why = "'perhaps' is not a verdict; available: synonym, related, antonym, not, unsure, skip"
    table.resize(look.scale.em(70), 300)
    table.show()
    table.show_rows([("6", why, "医生,大夫,perhaps")])
    wanted = table.view.fontMetrics().horizontalAdvance(why) + look.scale.em(0.75)
    qtbot.waitUntil(lambda: table.view.columnWidth(1) >= wanted)
    table.resize(look.scale.em(40), 300)
    qtbot.waitUntil(lambda: table.view.columnWidth(1) <= look.scale.em(24))


def test_a_row_has_as_many_lines_as_its_last_cell_needs(qtbot, look):
    table = TextTable(look, "Sets enlarged by merging", ("Words", "Word set"), frozenset({0}))
    qtbot.addWidget(table)
    table.resize(look.scale.em(70), 300)
    table.show()
    table.show_rows([("16", " ".join(["精\u2060巧"] * 16)), ("2", "精\u2060巧 精\u2060致")])
    one = look.scale.em(1.5)
    assert [table.view.rowHeight(row) for row in range(2)] == [one, one]
    table.resize(look.scale.em(24), 300)
    qtbot.waitUntil(lambda: table.view.rowHeight(0) >= look.scale.em(2.5))
    assert table.view.rowHeight(1) == one
    table.resize(look.scale.em(70), 300)
    qtbot.waitUntil(lambda: table.view.rowHeight(0) == one)


def test_titles_stay_whole_when_everything_grows(qtbot, look):
    table = TextTable(look, "Translation", ("Model", "longest quarter", "each seed"), frozenset({1}))
    qtbot.addWidget(table)
    table.resize(look.scale.em(90), 300)
    table.show()
    table.show_rows([("dot", "85.6", "88.7")])
    look.scale.set_zoom(2.0)
    wanted = table.view.horizontalHeader().fontMetrics().horizontalAdvance("longest quarter")
    qtbot.waitUntil(lambda: table.view.columnWidth(1) > wanted)


def test_a_table_that_is_too_wide_scrolls_sideways_and_its_rows_stay_low(qtbot, look):
    table = TextTable(look, "Figures", ("Model", "First of many", "Second of many", "Seeds"), frozenset({1, 2}))
    qtbot.addWidget(table)
    table.show_rows([("general-after", "94.9", "93.2", "93.2  97.3  94.3")] * 3)
    table.resize(look.scale.em(20), look.scale.em(12))
    table.show()
    view = table.view
    assert view.rowHeight(0) <= look.scale.em(2.5)
    assert view.columnWidth(3) >= look.scale.em(6)
    assert view.horizontalScrollBar().maximum() > 0
    table.resize(look.scale.em(60), look.scale.em(12))
    assert view.horizontalHeader().stretchLastSection()
    assert view.horizontalScrollBar().maximum() == 0
