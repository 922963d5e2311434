"""Help > Messages: what was said since the program was started, the newest first."""

from __future__ import annotations

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QGridLayout,
    QVBoxLayout,
    QWidget,
)

from app.panel import Look
from app.style import set_style
from app.widgets.messages.bar import draw_kind
from app.widgets.messages.history import MessageHistory, Said
from app.widgets.page_scroll import page_scroll
from app.widgets.plain import PlainLabel
from core.language import _


class HistoryDialog(QDialog):
    """Lists messages with their time; all of them can be copied.

    Attributes:
        texts: what was said, as it is listed.
    """

    def __init__(self, look: Look, history: MessageHistory, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Messages"))
        self._look, self._history = look, history
        self.texts: list[str] = []
        em = look.scale.em
        page = QWidget()
        self._grid = QGridLayout(page)
        self._grid.setContentsMargins(0, em(0.5), em(0.75), em(0.5))
        self._grid.setHorizontalSpacing(em(0.75))
        self._grid.setVerticalSpacing(em(0.75))
        self._grid.setColumnStretch(2, 1)
        for row, said in enumerate(reversed(history.said)):
            self._add(row, said)
        if not history.said:
            nothing = PlainLabel(_("Nothing has been said since the program was started."))
            set_style(nothing, kind="muted")
            self._grid.addWidget(nothing, 0, 0, 1, 3)
        self._grid.setRowStretch(self._grid.rowCount(), 1)
        scroll = page_scroll(page, is_column=True, focus=Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(_("Messages"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        self.copy_button = buttons.addButton(_("Copy all"), QDialogButtonBox.ButtonRole.ActionRole)
        self.copy_button.setEnabled(bool(history.said))
        self.copy_button.clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(em(0.75), em(0.75), em(0.75), em(0.75))
        layout.addWidget(scroll, 1)
        layout.addWidget(buttons)
        self.resize(em(36), em(22))

    def _add(self, row: int, said: Said) -> None:
        mark, at = PlainLabel(), PlainLabel(f"{said.last:%H:%M:%S}")
        mark.setPixmap(draw_kind(said.kind, self._look, self.devicePixelRatioF()))
        set_style(at, kind="muted")
        words = said.words if said.times == 1 else _("{message} ({count} times)").format(
            message=said.words, count=said.times
        )  # fmt: skip
        text = PlainLabel(words)
        text.setWordWrap(True)
        text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.texts.append(words)
        for column, part in enumerate((mark, at, text)):
            self._grid.addWidget(part, row, column, Qt.AlignmentFlag.AlignTop)

    @Slot()
    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self._history.text())
