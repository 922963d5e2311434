"""A text that changes many times a second and disturbs nobody.

A ``QLabel`` asks its layout for room at every change of text, and the layout asks the whole window: measured, that
was a third of the work of a displayed frame. A reading keeps the room it was given.
"""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.overrides import called_by_qt
from core.language import _


@called_by_qt
class LiveLabel(QWidget):
    """One line of text in a place of constant size; what does not fit is elided.

    Args:
        widest: a text as wide as any that will be shown; empty to take whatever width the layout has to give.
        parent: the widget it lies in.
        alignment: where in its place the text stands.
    """

    def __init__(
        self,
        widest: str = "",
        parent: QWidget | None = None,
        *,
        alignment: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
    ) -> None:
        super().__init__(parent)
        self._widest = widest
        self._alignment = alignment
        self._text = ""
        self._name = ""
        across = QSizePolicy.Policy.Minimum if widest else QSizePolicy.Policy.Ignored
        self.setSizePolicy(across, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """What is shown."""
        return self._text

    def show_text(self, text: str) -> None:
        """Show ``text``; showing the same again is free."""
        if text != self._text:
            self._text = text
            self.setAccessibleDescription(text)
            self._announce()
            self.update()

    def call(self, name: str) -> None:
        """Say to those who do not see it what the text is of: they hear the name and the text."""
        self._name = name
        self._announce()

    def use_font(self, font: QFont) -> None:
        """Write in ``font`` from now on."""
        self.setFont(font)
        self.updateGeometry()

    def room_for(self, text: str) -> bool:
        """Return whether ``text`` fits without being elided."""
        return QFontMetrics(self.font()).horizontalAdvance(text) <= self.width()

    def sizeHint(self) -> QSize:
        """Room for the widest text."""
        metrics = QFontMetrics(self.font())
        return QSize(metrics.horizontalAdvance(self._widest), metrics.height())

    def minimumSizeHint(self) -> QSize:
        """The same: the place never shrinks below it."""
        return self.sizeHint()

    def _announce(self) -> None:
        if self._name:
            self.setAccessibleName(_("{name}: {value}").format(name=self._name, value=self._text or "–"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write the text."""
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        text = QFontMetrics(self.font()).elidedText(self._text, Qt.TextElideMode.ElideRight, self.width())
        painter.drawText(self.rect(), self._alignment | Qt.AlignmentFlag.AlignVCenter, text)
        painter.end()
