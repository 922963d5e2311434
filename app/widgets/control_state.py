"""What stands in a page's controls, as plain JSON values, and how it is brought back.

A page names its controls; what it saves is then what stands in them. Bringing back takes what can be used: a value
of another kind, or one that is not offered, leaves its control as it is.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from pathlib import Path
from typing import Any, TypeGuard

from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QDoubleSpinBox, QLineEdit, QSpinBox, QWidget

from app.widgets.file_picker import FilePicker
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
        if isinstance(value, list) and all(isinstance(path, str) for path in value):
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
