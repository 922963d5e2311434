"""A line of words that never asks for more room than there is: what doesn't fit is elided, and told on pointing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.explain.glossary import glossary_tip
from app.overrides import called_by_qt
from app.widgets.plain import plain_tip


@called_by_qt
class ElidedLabel(QLabel):
    """Plain text on one line."""

    def __init__(self, term: str = "") -> None:
        """Write nothing yet.

        Args:
            term: id of the glossary's term that the words name; pointed at, they explain themselves.
        """
        super().__init__()
        self._term = term
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._brief = ""

    def setText(self, text: str, brief: str = "") -> None:
        """Show ``text``, or ``brief``, which says the most needful of it, where there is no room for all."""
        self._brief = brief
        super().setText(text)
        self._tell()

    @property
    def written(self) -> str:
        """What is seen of the text."""
        room, metrics = self.contentsRect().width(), self.fontMetrics()
        text = self._brief if self._brief and metrics.horizontalAdvance(self.text()) > room else self.text()
        return metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(self.fontMetrics().horizontalAdvance("…"), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Write what there is room for."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        painter.drawText(self.contentsRect(), self.alignment() | Qt.TextFlag.TextSingleLine, self.written)
        painter.end()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell the rest on pointing, where there is one."""
        super().resizeEvent(event)
        self._tell()

    def changeEvent(self, event: QEvent) -> None:
        """Measure again with other type."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._tell()

    def _tell(self) -> None:
        explained = glossary_tip(self._term) if self._term else ""
        self.setToolTip(plain_tip(self.text()) if self.written != self.text() else explained)
