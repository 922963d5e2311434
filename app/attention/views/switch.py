"""The row of buttons that chooses what stands on the stage: one a view, and one for all mechanisms."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QMenu, QPushButton, QWidget

from app.actions import key_name
from app.attention.views import VIEWS
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.keys.button import KeyPushButton
from core.language import _


class ViewSwitch(Panel):
    """One button a view, with its key; the survey's mechanisms lie in the menu of one more button, which names its own.

    Attributes:
        buttons: of the views that have one, by the view's id.
        mechanisms: the button of all others.

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
            if spec.has_button:
                button = KeyPushButton(look)
                button.setObjectName(f"view_{spec.id}")
                button.clicked.connect(lambda _on, view=spec.id: self.chosen.emit(view))
                self.buttons[spec.id] = button
                self._add(button)
        self._menu = QMenu(self)
        self._entries = {spec.id: self._entry(spec.id, spec.key) for spec in VIEWS if not spec.has_button}
        self.mechanisms = QPushButton()
        self.mechanisms.setObjectName("view_mechanisms")
        self.mechanisms.setMenu(self._menu)
        self._add(self.mechanisms)
        self._view = VIEWS[0].id
        self._row.addStretch()
        self._retranslate()
        self._restyle(look.theme.theme)

    def _add(self, button: QPushButton) -> None:
        button.setCheckable(True)
        set_style(button, quiet=True)
        self._group.addButton(button)
        self._row.addWidget(button)

    def _entry(self, view: str, key: str) -> QAction:
        """Return a row of the menu. Its key is only written there: the table of actions has it."""
        entry = self._menu.addAction("")
        entry.setCheckable(True)
        entry.setData(key)
        entry.triggered.connect(lambda _on: self.chosen.emit(view))
        return entry

    def show_view(self, view: str) -> None:
        """Mark the view on the stage; the one that is marked costs nothing, for every key typed comes by here."""
        button = self.buttons.get(view, self.mechanisms)
        if view != self._view or not button.isChecked():
            self._view = view
            button.setChecked(True)
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
            if not spec.has_button:
                entry = self._entries[spec.id]
                entry.setText(f"{_(spec.title)}\t{key_name(spec.key)}")
            else:
                self.buttons[spec.id].setAccessibleName(_(spec.title))
        self.mechanisms.setAccessibleName(_("Mechanisms"))
        self._write()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as much as there is room for."""
        super().resizeEvent(event)
        self._write()

    def minimumSizeHint(self) -> QSize:
        """Room for the keys alone."""
        return QSize(self.look.scale.em(1.5) * (len(self.buttons) + 1), super().minimumSizeHint().height())

    def _write(self) -> None:
        """Name every view with its key; where that is too much, without it, then only the one on the stage.

        Before names give way to keys, the button of the mechanisms gives up the name of the one that is shown: the
        others' names say more than their keys, and what is shown is before one's eyes.
        """
        keys = {spec.id: spec.key for spec in VIEWS if spec.id in self.buttons}
        names = {spec.id: _(spec.title) for spec in VIEWS}
        chosen = {view: name if self.buttons[view].isChecked() else "" for view, name in names.items() if view in keys}
        alone = {view: "" if self.buttons[view].isChecked() else key for view, key in keys.items()}
        one = names[self._view] if self._view in self._entries else _("Mechanisms")
        is_mechanism = any(spec.id == self._view and spec.is_mechanism for spec in VIEWS)
        whole = _("Mechanism: {name}").format(name=one) if is_mechanism else one
        bare = dict.fromkeys(keys, "")
        short = _("Mechanisms") if is_mechanism else one
        for words, caps, last in (
            (names, keys, whole), (names, bare, one), (names, bare, short), (chosen, alone, one)
        ):  # fmt: skip
            self._set_words(words, caps, last)
            if sum(button.sizeHint().width() for button in self._all()) <= self._room():
                break
        for view, button in self.buttons.items():
            is_full = bool(button.text() and button.key)
            name = "" if is_full else f"{names[view]} ({key_name(keys[view])})"
            button.setToolTip(self._reasons.get(view, name))
            button.setEnabled(view not in self._reasons)
        for view, entry in self._entries.items():
            entry.setChecked(view == self._view)
            entry.setEnabled(view not in self._reasons)
        self.mechanisms.setToolTip("" if one in self.mechanisms.text() else one)
        for each in self._all():
            each.setMinimumWidth(each.sizeHint().width())

    def _all(self) -> tuple[QPushButton, ...]:
        return (*self.buttons.values(), self.mechanisms)

    def _set_words(self, words: dict[str, str], caps: dict[str, str], mechanisms: str) -> None:
        for view, button in self.buttons.items():
            button.setMinimumWidth(0)
            button.setText(words[view])
            button.show_key(caps[view])
        self.mechanisms.setMinimumWidth(0)
        self.mechanisms.setText(mechanisms)

    def _room(self) -> int:
        return self.width() - self._row.spacing() * len(self._all())
