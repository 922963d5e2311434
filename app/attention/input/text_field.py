"""Where sentences are typed: it grows with the text, waits for nothing, and lets input methods finish."""

from __future__ import annotations

from PySide6.QtCore import QMimeData, QSize, Qt, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QInputMethodEvent, QKeyEvent, QResizeEvent, QTextCursor
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy, QWidget

from app.attention.layout_rules import MOST_LINES
from app.panel import Look, Themed
from app.theme import Theme


class TextField(Themed, QPlainTextEdit):
    """A sentence. While it has the focus, letters are letters and not keys of the tab.

    Signals:
        typed: the whole text, after each change of it; never for a composition that isn't finished.
        done: Enter was pressed: the keys of the tab are wanted again.
    """

    typed = Signal(str)
    done = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.follow(look)
        self._most_lines = MOST_LINES
        self._known = ""
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.textChanged.connect(self._on_changed)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self._restyle(look.theme.theme)

    @property
    def text(self) -> str:
        """What was typed. Half a character pair, which no keyboard makes, is replaced by a mark."""
        return self.toPlainText().encode("utf-16", "surrogatepass").decode("utf-16", "replace")

    def show_text(self, text: str) -> None:
        """Put ``text`` into the field without announcing it; undo brings back what was typed before.

        The same text keeps its cursor.
        """
        text = text.replace("\r\n", "\n").replace("\r", "\n")
        if text == self.text:
            return
        self._known = text
        if self.text or self.document().isUndoAvailable():
            cursor = self.textCursor()
            cursor.select(QTextCursor.SelectionType.Document)
            cursor.insertText(text)
            self.moveCursor(QTextCursor.MoveOperation.Start)
        else:
            self.setPlainText(text)
        self._known = self.text

    def sizeHint(self) -> QSize:
        """One line, or as many as the text has, up to a limit."""
        return QSize(self.look.scale.em(20), self._wished_height())

    def minimumSizeHint(self) -> QSize:
        """One line."""
        return QSize(self.look.scale.em(10), self._wished_height())

    def canInsertFromMimeData(self, content: QMimeData) -> bool:
        """Leave files to the window, which opens them: their names are no sentence."""
        return not content.hasUrls() and super().canInsertFromMimeData(content)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter ends typing, Shift+Enter begins a line."""
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if enter and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.done.emit()
            return
        super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Let an input method compose; only what it commits is typed."""
        super().inputMethodEvent(event)
        self._on_changed()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break lines anew."""
        super().resizeEvent(event)
        self._fit()

    def show_lines(self, most: int) -> None:
        """Be at most so many lines high; longer texts scroll."""
        if most != self._most_lines:
            self._most_lines = most
            self._fit()

    @Slot()
    def _on_changed(self) -> None:
        if self.text != self._known:
            self._known = self.text
            self.typed.emit(self._known)

    @Slot()
    def _fit(self) -> None:
        height = self._wished_height()
        if height != self.height():
            self.setFixedHeight(height)
        full = self._lines() <= self._most_lines
        policy = Qt.ScrollBarPolicy.ScrollBarAlwaysOff if full else Qt.ScrollBarPolicy.ScrollBarAsNeeded
        if policy != self.verticalScrollBarPolicy():
            self.setVerticalScrollBarPolicy(policy)
        # Where it scrolls, the next line would begin in the margin below.
        self.setViewportMargins(0, 0, 0, 0 if full else round(self.document().documentMargin()))

    def _lines(self) -> int:
        # A plain text's layout counts its height in lines.
        return max(1, round(self.document().size().height()))

    def _wished_height(self) -> int:
        lines = min(self._most_lines, self._lines())
        metrics = QFontMetricsF(self.font())
        margins = self.contentsMargins().top() + self.contentsMargins().bottom()
        return round(lines * metrics.lineSpacing() + 2 * self.document().documentMargin() + margins) + 2

    def _restyle(self, _theme: Theme) -> None:
        self.setFont(self.look.scale.font("title"))
        self._fit()
