"""The row of buttons that chooses what stands on the stage."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QWidget

from app.actions import key_name
from app.attention.views import VIEWS
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.keys.button import KeyPushButton
from core.language import _


class ViewSwitch(Panel):
    """One button a view, with its key.

    Signals:
        chosen: the id of the view.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._group = QButtonGroup(self)
        self.buttons: dict[str, KeyPushButton] = {}
        self._reasons: dict[str, str] = {}
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        for spec in VIEWS:
            button = KeyPushButton(look)
            button.setObjectName(f"view_{spec.id}")
            button.setCheckable(True)
            set_style(button, quiet=True)
            button.clicked.connect(lambda _on, view=spec.id: self.chosen.emit(view))
            self._group.addButton(button)
            self.buttons[spec.id] = button
            self._row.addWidget(button)
        self._row.addStretch()
        self._retranslate()
        self._restyle(look.theme.theme)

    def show_view(self, view: str) -> None:
        """Mark the view on the stage; the one that is marked costs nothing, for every key typed comes by here."""
        if not self.buttons[view].isChecked():
            self.buttons[view].setChecked(True)
            self._write()

    def refuse(self, reasons: dict[str, str]) -> None:
        """Grey out the views that have a reason, by their id, and say it; offer all others."""
        if reasons != self._reasons:
            self._reasons = reasons
            self._write()

    def _restyle(self, _theme: Theme) -> None:
        self._row.setSpacing(self.look.scale.em(0.125))
        self._write()

    def _retranslate(self) -> None:
        for spec in VIEWS:
            self.buttons[spec.id].setAccessibleName(_(spec.title))
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as much as there is room for."""
        super().resizeEvent(event)
        self._write()

    def minimumSizeHint(self) -> QSize:
        """Room for the keys alone."""
        return QSize(self.look.scale.em(1.5) * len(self.buttons), super().minimumSizeHint().height())

    def _write(self) -> None:
        """Name every view with its key; where that is too much, without it, then only the one on the stage."""
        keys = {spec.id: spec.key for spec in VIEWS}
        names = {spec.id: _(spec.title) for spec in VIEWS}
        chosen = {view: name if self.buttons[view].isChecked() else "" for view, name in names.items()}
        alone = {view: "" if self.buttons[view].isChecked() else key for view, key in keys.items()}
        for words, caps in ((names, keys), (names, dict.fromkeys(keys, "")), (chosen, alone)):
            self._set_words(words, caps)
            if sum(button.sizeHint().width() for button in self.buttons.values()) <= self._room():
                break
        for view, button in self.buttons.items():
            is_full = bool(button.text() and button.key)
            name = "" if is_full else f"{names[view]} ({key_name(keys[view])})"
            button.setToolTip(self._reasons.get(view, name))
            button.setEnabled(view not in self._reasons)
            button.setMinimumWidth(button.sizeHint().width())

    def _set_words(self, words: dict[str, str], caps: dict[str, str]) -> None:
        for view, button in self.buttons.items():
            button.setMinimumWidth(0)
            button.setText(words[view])
            button.show_key(caps[view])

    def _room(self) -> int:
        return self.width() - self._row.spacing() * len(self.buttons)
