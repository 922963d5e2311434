import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from app.widgets.page_scroll import page_scroll


@pytest.mark.parametrize("is_column", [False, True])
def test_a_page_that_has_no_room_is_scrolled_and_a_column_never_sideways(qtbot, is_column):
    page = QWidget()
    page.setMinimumSize(300, 300)
    area = page_scroll(page, is_column=is_column)
    qtbot.addWidget(area)
    area.resize(100, 100)
    area.show()
    QApplication.processEvents()
    assert area.verticalScrollBar().isVisible()
    assert area.horizontalScrollBar().isVisible() is not is_column
    assert area.focusPolicy() == Qt.FocusPolicy.NoFocus
    area.resize(500, 400)
    QApplication.processEvents()
    assert page.height() >= 390, "it takes the room there is"
