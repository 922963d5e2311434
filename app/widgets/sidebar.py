"""What the left columns of the tab's pages are made of: a title, labelled controls, room below."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QStyle,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

from app.overrides import called_by_qt
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.page_scroll import page_scroll
from app.widgets.plain import PlainLabel, plain_tip


class Sidebar(Panel):
    """A narrow column of choices that scrolls where it has no room."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.layout_ = QVBoxLayout()
        page = QWidget()
        page.setLayout(self.layout_)
        self._scroll = scroll = page_scroll(page, is_column=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self.scroll_bar = scroll.verticalScrollBar()
        self.scroll_bar.rangeChanged.connect(self._on_range)

    def add_titled(self, title: str, control: QWidget) -> QLabel:
        """Add ``control`` under its title (marked with ``N_``), which is also its accessible name."""
        label = PlainLabel()
        label.setBuddy(control)
        self.bind_text(label.setText, title)
        self.bind_text(control.setAccessibleName, title)
        self.layout_.addWidget(label)
        self.layout_.addWidget(control)
        return label

    def add_heading(self, title: str) -> QLabel:
        """Add the title (marked with ``N_``) of a group of controls, which looks like that of a single one."""
        label = PlainLabel()
        self.bind_text(label.setText, title)
        self.layout_.addWidget(label)
        return label

    def add_caption(self) -> QLabel:
        """Add a line of lesser words that wraps."""
        label = PlainLabel()
        label.setWordWrap(True)
        set_style(label, kind="caption")
        self.layout_.addWidget(label)
        return label

    def _restyle(self, _theme: Theme) -> None:
        self.layout_.setSpacing(self.look.scale.em(0.25))
        self._on_range()

    def showEvent(self, event: QShowEvent) -> None:
        """Lay out anew what was resized while another column was in front: Qt would leave it as it was."""
        super().showEvent(event)
        self.layout_.invalidate()
        self.layout_.activate()

    @Slot()
    def _on_range(self) -> None:
        """Let a scroll bar stand in the margin: the controls neither move nor lose their right edge."""
        em, bar = self.look.scale.em, self.scroll_bar
        right = em(0.75) - (bar.sizeHint().width() if bar.maximum() else 0)
        self.layout_.setContentsMargins(em(0.75), em(0.5), max(0, right), em(0.5))


def keep_narrow(box: QComboBox) -> None:
    """Let ``box`` be as narrow as its column: its longest entry shall not push the others out of sight."""
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(4)


@called_by_qt
class PickBox(QComboBox):
    """A combo box that tells a choice after which the keyboard is free from one on the way to another.

    Signals:
        picked: an entry was taken from the open list or by the mouse; not by a key pressed in the closed box, whose
            next key is meant for it, too.
    """

    picked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_typed_in = False
        self.activated.connect(self._on_activated)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Remember, while Qt chooses by a key, that it does."""
        self._is_typed_in = True
        try:
            super().keyPressEvent(event)
        finally:
            self._is_typed_in = False

    @Slot()
    def _on_activated(self) -> None:
        if not self._is_typed_in:
            self.picked.emit()


@called_by_qt
class ChoiceBox(PickBox):
    """A combo box of Python values. Qt would turn enums into text and tuples into lists."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._values: list[object] = []
        keep_narrow(self)

    @property
    def value(self) -> object:
        """The value chosen."""
        return self._values[max(0, self.currentIndex())]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the box with an ellipsis where the entry has no room; Qt would cut it off."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        style = self.style()
        room = style.subControlRect(
            QStyle.ComplexControl.CC_ComboBox, option, QStyle.SubControl.SC_ComboBoxEditField, self
        ).width()
        option.currentText = self.fontMetrics().elidedText(option.currentText, Qt.TextElideMode.ElideRight, room)
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        self.setToolTip(plain_tip(self.currentText()) if option.currentText != self.currentText() else "")

    def offer(self, entries: Iterable[tuple[str, object]]) -> None:
        """Offer ``entries`` (words in the language in use, and values), keeping what was chosen."""
        chosen = self.value if self._values else None
        self.clear()
        self._values.clear()
        for words, value in entries:
            self._values.append(value)
            self.addItem(words)
        self.choose(chosen)

    def choose_if(self, is_wanted: Callable[[object], bool]) -> None:
        """Choose the first entry whose value ``is_wanted``; without one, what was chosen stays."""
        for index, value in enumerate(self._values):
            if is_wanted(value):
                self.setCurrentIndex(index)
                return

    def choose(self, value: object) -> None:
        """Choose the entry of ``value``, or the first where there is none."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else 0)
