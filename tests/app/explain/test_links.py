"""Parts point at their symbols and are framed when these are lit."""

import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from app.explain.links import SymbolLinks


@pytest.fixture
def page(look, qtbot):
    """A page with a field and a label under each other, in a window of its own."""
    window = QWidget()
    window.resize(300, 200)
    column = QVBoxLayout(window)
    window.other, window.holder, window.label = QLineEdit(), QWidget(), QLabel("0.5")
    QVBoxLayout(window.holder).addWidget(QLineEdit())
    for widget in (window.other, window.holder, window.label):
        column.addWidget(widget)
    window.links = SymbolLinks(look, window)
    window.links.add("gamma", window.holder)
    window.links.add("alpha", window.label)
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    assert QTest.qWaitForWindowActive(window)
    return window


def frames(window):
    """Return what lies over the window, frame by frame."""
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    return [
        child
        for child in window.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if child.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents) and child.isVisible()
    ]


def test_nothing_is_made_before_a_symbol_is_lit(page):
    before = len(page.findChildren(QWidget))
    QTest.mouseMove(page.windowHandle(), page.label.geometry().center())
    page.links.light("")
    assert len(page.findChildren(QWidget)) == before
    page.links.light("alpha")
    assert len(frames(page)) == 1
    page.links.light("")
    assert frames(page) == []


def test_the_keyboard_points_at_the_part_it_comes_into(page):
    heard = []
    page.links.pointed.connect(heard.append)
    page.other.setFocus()
    QTest.keyClick(page.other, Qt.Key.Key_Tab)
    assert heard == ["gamma"]
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
    assert heard == ["gamma", ""]


def test_a_part_in_a_part_gives_back_what_it_lies_in(page):
    heard = []
    page.links.pointed.connect(heard.append)
    field = page.holder.findChild(QLineEdit)
    page.links.watch(field, "pi")
    handle, edge = page.windowHandle(), page.holder.geometry().topLeft() + QPoint(2, 2)
    for place in (page.other.geometry().center(), edge, field.mapTo(page, field.rect().center()), edge):
        QTest.mouseMove(handle, place)
    assert heard == ["gamma", "pi", "gamma"]


def test_a_frame_follows_its_part(page):
    page.links.light("alpha")
    (frame,) = frames(page)
    page.resize(500, 400)
    (moved,) = frames(page)
    assert moved is frame
    assert frame.geometry().contains(page.label.geometry())
    page.label.hide()
    assert frames(page) == []
    page.label.show()
    assert len(frames(page)) == 1


def test_what_is_scrolled_away_is_not_framed(look, qtbot):
    area, content = QScrollArea(), QWidget()
    content.setFixedSize(100, 1000)
    area.setWidget(content)
    area.resize(150, 200)
    qtbot.addWidget(area)
    area.show()
    links = SymbolLinks(look, area)
    links.add("alpha", content, lambda: [QRectF(10, 500, 50, 20)])
    links.light("alpha")
    assert frames(area) == []
    area.verticalScrollBar().setValue(450)
    (frame,) = frames(area)
    assert frame.geometry().intersects(QRect(10, 50, 50, 20))


def test_a_drawn_part_is_pointed_at_where_it_is_drawn(page):
    heard = []
    page.links.pointed.connect(heard.append)
    canvas = QWidget(page)
    canvas.setGeometry(0, 0, 300, 200)
    page.links.add("k", canvas, lambda: [QRectF(10, 10, 20, 20)])
    canvas.show()
    handle = page.windowHandle()
    for place in (QPoint(15, 15), QPoint(100, 100)):
        QTest.mouseMove(handle, place)
    assert heard == ["k", ""]
