from PySide6.QtGui import QStandardItemModel

from app.synonyms.table.view import PairTable


def test_columns_give_way_before_the_table_scrolls_sideways(look, qtbot):
    table = PairTable(look)
    qtbot.addWidget(table)
    table.setModel(QStandardItemModel(1, 3))
    table.verticalHeader().hide()
    table.resize(260 + 2 * table.frameWidth(), 200)
    table.show()
    table.size_columns([100, 80, 50], {1: 140})
    assert [table.columnWidth(column) for column in range(2)] == [100, 110]
    table.resize(400 + 2 * table.frameWidth(), 200)
    assert table.columnWidth(1) == 140
    table.resize(200 + 2 * table.frameWidth(), 200)
    assert table.columnWidth(1) == 140, "it scrolls anyway"
