"""One hyperparameter on the screen: its name, what is typed, what is wrong with that, and when it counts."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import _
from core.policy_gradient.config import HYPERPARAMETERS, PRESETS
from core.policy_gradient.errors import ConfigError


def text_of(value: Any) -> str:
    """Return a field's value as a person types it: the shortest text that stands for this very value."""
    if value is None:
        return ""
    if isinstance(value, tuple):
        return ", ".join(str(part) for part in value)
    return repr(value).removesuffix(".0") if isinstance(value, float) else str(value)


class NextRunMark(Panel):
    """The mark beside a control whose value counts from the next run on; empty while it counts already."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.is_on = False
        self._label = PlainLabel()
        set_style(self._label, kind="caption")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._label)

    @property
    def text(self) -> str:
        """What is written."""
        return self._label.text()

    def show_later(self, later: bool) -> None:
        """Say that the value counts from the next run on, or no longer."""
        self.is_on = later
        self._retranslate()

    def _retranslate(self) -> None:
        self._label.setText(_("next run") if self.is_on else "")


class HyperparameterField(Panel):
    """One hyperparameter: its name, a box to type in, what is wrong with what was typed, and when it counts.

    Signals:
        edited: something was typed.
        committed: typing ended, by Enter or by leaving the box.
    """

    edited = Signal()
    committed = Signal()

    def __init__(self, look: Look, name: str, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.spec = HYPERPARAMETERS[name]
        self._label = PlainLabel()
        self.later = NextRunMark(look)
        self.box = QLineEdit()
        self.box.setObjectName(name)
        self._label.setBuddy(self.box)
        self._problem = PlainLabel()
        self._problem.setWordWrap(True)
        set_style(self._problem, kind="error")
        self._problem.hide()
        head = QHBoxLayout()
        head.addWidget(self._label)
        head.addStretch()
        head.addWidget(self.later)
        self._row = QHBoxLayout()
        self._row.addWidget(self.box)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(head)
        self._column.addLayout(self._row)
        self._column.addWidget(self._problem)
        self.box.textEdited.connect(self._on_edited)
        self.box.editingFinished.connect(self.committed)
        self._kept: Any = getattr(PRESETS["article"], name)
        self._retranslate()
        self._restyle(look.theme.theme)

    @property
    def value(self) -> Any:
        """What was typed if it is allowed, else what was there before the typing began."""
        try:
            return self.spec.parse(self.box.text())
        except ConfigError:
            return self._kept

    def keep(self) -> None:
        """Let what was typed, if it is allowed, be what later wrong typing falls back to."""
        self._kept = self.value

    def add_button(self, button: QToolButton) -> None:
        """Put ``button`` beside the box."""
        self._row.addWidget(button)

    def show_value(self, value: Any) -> None:
        """Put ``value`` into the box, unless the same stands there in other words."""
        self._kept = value
        try:
            same = self.spec.parse(self.box.text()) == value
        except ConfigError:
            same = False
        if not same:
            self.box.setText(text_of(value))
        self._check()

    def _restyle(self, _theme: Theme) -> None:
        self._column.setSpacing(self.look.scale.em(0.125))
        self._row.setSpacing(self.look.scale.em(0.25))

    def _retranslate(self) -> None:
        self._label.setText(self.spec.label)
        self.box.setAccessibleName(self.spec.label)
        self.setToolTip(self.spec.meaning)
        self._check()

    @Slot()
    def _on_edited(self) -> None:
        self._check()
        self.edited.emit()

    def _check(self) -> None:
        """Say beside the box what is wrong with what stands in it, if anything is."""
        try:
            self.spec.parse(self.box.text())
        except ConfigError as error:
            self._problem.setText(str(error))
            self._problem.show()
            set_style(self.box, invalid=True)
        else:
            self._problem.clear()
            self._problem.hide()
            set_style(self.box, invalid=False)
