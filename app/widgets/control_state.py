"""What stands in a page's controls and where it is scrolled to, as plain JSON values, and how that is brought back.

A page names its controls; what it saves is then what stands in them. Bringing back takes what can be used: a value
of another kind, or one that is not offered, leaves its control as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, TypeGuard

from PySide6.QtCore import QObject, Slot
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QComboBox,
    QDoubleSpinBox,
    QLineEdit,
    QScrollBar,
    QSpinBox,
    QWidget,
)

from app.widgets.fields.file_picker import FilePicker
from app.widgets.sidebar import ChoiceBox

Controls = Mapping[str, QWidget]


def save_controls(controls: Controls) -> dict[str, Any]:
    """Return what stands in each of ``controls``, by name."""
    return {name: _value(control) for name, control in controls.items()}


def restore_controls(controls: Controls, state: object) -> None:
    """Put what :func:`save_controls` gave back into ``controls``."""
    if isinstance(state, Mapping):
        for name, control in controls.items():
            if name in state:
                _set(control, state[name])


def is_number(value: object) -> TypeGuard[int | float]:
    """Return whether a JSON value is a number that a field can show."""
    return isinstance(value, (int, float)) and not isinstance(value, bool) and abs(value) < 2**31


def plain(value: object) -> Any:
    """Return a value offered by a box as JSON has it."""
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    return value


def _value(control: QWidget) -> Any:
    if isinstance(control, ChoiceBox):
        return plain(control.value)
    if isinstance(control, FilePicker):
        return [str(path) for path in control.paths]
    if isinstance(control, QComboBox):
        return control.currentText()
    if isinstance(control, QLineEdit):
        return control.text()
    if isinstance(control, QAbstractButton):
        return control.isChecked()
    assert isinstance(control, (QSpinBox, QDoubleSpinBox, QAbstractSlider)), type(control)
    return control.value()


def _set(control: QWidget, value: object) -> None:
    if isinstance(control, ChoiceBox):
        control.choose_if(lambda offered: plain(offered) == value and type(plain(offered)) is type(value))
    elif isinstance(control, FilePicker):
        if isinstance(value, list) and all(isinstance(path, str) and "\0" not in path for path in value):
            control.show_paths(tuple(Path(path) for path in value))
    elif isinstance(control, QComboBox) and isinstance(value, str):
        control.setCurrentText(value)
    elif isinstance(control, QLineEdit) and isinstance(value, str):
        control.setText(value)
    elif isinstance(control, QAbstractButton) and isinstance(value, bool):
        control.setChecked(value)
    elif isinstance(control, QDoubleSpinBox) and is_number(value):
        control.setValue(float(value))
    elif isinstance(control, (QSpinBox, QAbstractSlider)) and is_number(value):
        control.setValue(int(value))


class ScrollPlace(QObject):
    """The place of one scroll bar; one brought back waits until there is as much to scroll through as there was."""

    def __init__(self, bar: QScrollBar, parent: QObject) -> None:
        super().__init__(parent)
        self._bar = bar
        self._wanted: int | None = None
        bar.rangeChanged.connect(self._on_range)
        bar.actionTriggered.connect(self._on_hand)

    def save(self) -> int:
        """Return the place, or the one that is still wanted."""
        return self._bar.value() if self._wanted is None else self._wanted

    def restore(self, value: object) -> None:
        """Go to a place that :meth:`save` gave; anything else is passed over."""
        if is_number(value):
            self._wanted = max(0, int(value))
            self._go()

    def _go(self) -> None:
        if self._wanted is not None and self._wanted <= self._bar.maximum():
            self._bar.setValue(self._wanted)
            self._wanted = None

    @Slot(int, int)
    def _on_range(self, _least: int, _most: int) -> None:
        self._go()

    @Slot(int)
    def _on_hand(self, _action: int) -> None:
        """Whoever scrolls by hand wants to be elsewhere."""
        self._wanted = None
