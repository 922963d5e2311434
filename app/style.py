"""The thin sheet over Fusion that makes the window calm: flat controls, no frame within a frame, one accent.

Widgets ask for a variant through dynamic properties, set with ``set_style``:

    kind        QLabel: "caption", "title", "display" (type size); "muted", "error" (colour only)
    primary     QPushButton: the one thing to press next
    quiet       QPushButton: no ground until the mouse is over it
    keyed       QPushButton: the cap of its key stands at its right
    leading     QPushButton: its words begin at its left edge
    handle      QToolButton: brings back a folded column
    invalid     fields: what was typed cannot be used
    notice      QFrame: "info", "warning", "error", "success": a bar that says something
    row         QFrame: one of a list that can be chosen; with "current", the one that Enter would choose
    rule        QFrame: a hairline between two parts
    card        QFrame: something that can be chosen, with a picture to its rim
    cover       QWidget: lies over the window
    stage       QWidget: the ground of pictures
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import cast

from PySide6.QtWidgets import QWidget

from app.icons import IconName
from app.scale import TypeSize, UiScale

# In the sheet, $name is a colour of the theme; em(n) is n lines of body text, hair and ring are strokes;
# size(name) is a type size, image(icon, colour) a drawing in a colour.
_SHEET = """
QPushButton, QToolButton, QTabBar, QToolBar, QMenu, QMenuBar, QComboBox, QLineEdit, QAbstractItemView,
QMessageBox { icon-size: em(1); }

QToolTip {
    background: $surface; color: $text; border: hair solid $border; padding: em(0.25) em(0.375);
}

QLabel[kind="caption"] { font-size: size(caption); color: $muted; }
QLabel[kind="title"] { font-size: size(title); font-weight: 700; }
QLabel[kind="display"] { font-size: size(display); font-weight: 700; }
QLabel[kind="muted"] { color: $muted; }
QLabel[kind="error"] { color: $no; }
QLabel:disabled { color: $disabled; }

QPushButton {
    background: $button; color: $text; border: hair solid $edge; border-radius: em(0.375);
    padding: em(0.25) em(0.75); min-height: em(1.125);
}
QPushButton:hover { background: $hover; }
QPushButton:pressed { background: $pressed; }
QPushButton:checked { background: $selection; border-color: $focus; }
QPushButton:focus, QPushButton[primary="true"]:focus {
    border: ring solid $focus; padding: less(0.25) less(0.75);
}
QPushButton:disabled { background: transparent; color: $disabled; border-color: $border; }
QPushButton::menu-indicator { image: image(chevron-down, $muted); width: em(0.75); height: em(0.75);
    subcontrol-origin: padding; subcontrol-position: center right; right: em(0.375); }
QPushButton[primary="true"] {
    background: $accent; color: $on_accent; border-color: $accent_pressed; font-weight: 700;
}
QPushButton[primary="true"]:hover { background: $accent_hover; }
QPushButton[primary="true"]:pressed { background: $accent_pressed; }
QPushButton[primary="true"]:disabled { background: $pressed; color: $disabled; border-color: $pressed; }
QPushButton[keyed="true"], QPushButton[leading="true"] { text-align: left; }
QPushButton:focus, QToolButton:focus { outline: none; }
QDialogButtonBox { dialogbuttonbox-buttons-have-icons: 0; }
QToolButton[handle="true"] { border: none; border-right: hair solid $border; border-radius: 0; }
QToolButton[handle="true"]:focus { border: ring solid $focus; }
QPushButton[quiet="true"] { background: transparent; border-color: transparent; }
QPushButton[quiet="true"]:hover { background: $hover; }
QPushButton[quiet="true"]:pressed { background: $pressed; }
QPushButton[quiet="true"]:checked { background: $selection; }
QPushButton[quiet="true"]:focus { border: ring solid $focus; }

QToolButton {
    background: transparent; color: $text; border: hair solid transparent; border-radius: em(0.375);
    padding: em(0.25);
}
QToolButton:hover { background: $hover; }
QToolButton:pressed, QToolButton:open { background: $pressed; }
QToolButton:checked { background: $selection; border-color: $focus; }
QToolButton:focus { border: ring solid $focus; padding: less(0.25); }
QToolButton:disabled { color: $disabled; }
QToolButton[popupMode="1"] { padding-right: em(1); }
QToolButton::menu-button { border: none; width: em(0.875); }
QToolButton::menu-arrow, QToolButton::menu-indicator { image: image(chevron-down, $muted);
    width: em(0.625); height: em(0.625); }

QLineEdit, QAbstractSpinBox, QComboBox, QPlainTextEdit, QTextEdit {
    background: $surface; color: $text; border: hair solid $outline; border-radius: em(0.375);
    selection-background-color: $accent; selection-color: $on_accent; placeholder-text-color: $muted;
}
QLineEdit, QAbstractSpinBox, QComboBox {
    padding: em(0.25) em(0.375); min-height: em(1.125); max-height: em(1.125);
}
QPlainTextEdit, QTextEdit { padding: em(0.25); }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus, QComboBox:on {
    border: ring solid $focus; padding: less(0.25) less(0.375);
}
QPlainTextEdit:focus, QTextEdit:focus { border: ring solid $focus; padding: less(0.25); }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"], QComboBox[invalid="true"],
QPlainTextEdit[invalid="true"], QTextEdit[invalid="true"] { border: ring solid $no; }
QLineEdit[invalid="true"], QAbstractSpinBox[invalid="true"], QComboBox[invalid="true"] {
    padding: less(0.25) less(0.375);
}
QLineEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled, QPlainTextEdit:disabled,
QTextEdit:disabled {
    background: transparent; color: $disabled; border-color: $border; placeholder-text-color: $disabled;
}
QComboBox QLineEdit { border: none; min-height: 0; background: transparent; padding: 0; }
QAbstractSpinBox { qproperty-alignment: "AlignRight | AlignVCenter"; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button {
    subcontrol-origin: padding; width: em(1.125); border: none; border-radius: em(0.25);
    background: transparent;
}
QAbstractSpinBox::up-button { subcontrol-position: top right; }
QAbstractSpinBox::down-button { subcontrol-position: bottom right; }
QAbstractSpinBox::up-button:hover, QAbstractSpinBox::down-button:hover { background: $hover; }
QAbstractSpinBox::up-button:pressed, QAbstractSpinBox::down-button:pressed { background: $pressed; }
QAbstractSpinBox::up-arrow { image: image(chevron-up, $muted); width: em(0.625); height: em(0.625); }
QAbstractSpinBox::down-arrow { image: image(chevron-down, $muted); width: em(0.625); height: em(0.625); }
QAbstractSpinBox::up-arrow:off { image: image(chevron-up, $border); }
QAbstractSpinBox::down-arrow:off { image: image(chevron-down, $border); }
QAbstractSpinBox::up-arrow:disabled { image: image(chevron-up, $border); }
QAbstractSpinBox::down-arrow:disabled { image: image(chevron-down, $border); }
QComboBox { padding-right: em(1.5); combobox-popup: 0; }
QComboBox:focus, QComboBox:on { padding-right: less(1.5); }
QComboBox:hover:!editable { background: $hover; }
QComboBox::drop-down { subcontrol-origin: padding; subcontrol-position: center right; width: em(1.375);
border: none; } QComboBox::down-arrow {
    image: image(chevron-down, $muted); width: em(0.75); height: em(0.75);
}
QComboBox::down-arrow:disabled { image: image(chevron-down, $border); }
QComboBox QAbstractItemView, QComboBox QAbstractItemView:focus {
    border: hair solid $outline; padding: em(0.125); outline: none; }
QComboBox QAbstractItemView::item { padding: em(0.25) em(0.375); min-height: em(1); border-radius: em(0.25); }
QComboBox QAbstractItemView::item:selected { background: $selection; color: $text; }

QCheckBox, QRadioButton { spacing: em(0.375); padding: em(0.125) 0; }
QCheckBox:disabled, QRadioButton:disabled { color: $disabled; }
QCheckBox::indicator, QRadioButton::indicator, QMenu::indicator, QAbstractItemView::indicator {
    width: em(0.75); height: em(0.75); border: hair solid $outline; background: $surface;
}
QCheckBox::indicator, QAbstractItemView::indicator { border-radius: em(0.25); }
QRadioButton::indicator { border-radius: disc(0.75); }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { background: $hover; }
QCheckBox::indicator:checked, QAbstractItemView::indicator:checked {
    background: $text; border-color: $text; image: image(check, $surface); }
QCheckBox::indicator:indeterminate, QAbstractItemView::indicator:indeterminate {
    background: $text; border-color: $text; image: image(dash, $surface); }
QRadioButton::indicator:checked { background: $text; border-color: $text; image: image(dot, $surface); }
QCheckBox:focus, QRadioButton:focus { color: $text; outline: none; }
QCheckBox::indicator:focus, QRadioButton::indicator:focus {
    border: ring solid $focus; width: tight(0.75); height: tight(0.75);
}
QCheckBox::indicator:disabled, QRadioButton::indicator:disabled {
    background: transparent; border-color: $border;
}
QCheckBox::indicator:checked:disabled { background: $border; image: image(check, $disabled); }
QCheckBox::indicator:indeterminate:disabled { background: $border; image: image(dash, $disabled); }
QRadioButton::indicator:checked:disabled { background: $border; image: image(dot, $disabled); }

QSlider { min-height: em(1); }
QSlider:vertical { min-height: em(4); min-width: em(1); }
QSlider::groove { background: $groove; border-radius: half(0.25); }
QSlider::groove:horizontal { height: em(0.25); }
QSlider::groove:vertical { width: em(0.25); }
QSlider::sub-page:horizontal, QSlider::add-page:vertical { background: $muted; border-radius: half(0.25); }
QSlider::sub-page:disabled, QSlider::add-page:vertical:disabled { background: $border; }
QSlider::handle { background: $surface; border: ring solid $text; width: em(0.625); height: em(0.625);
    border-radius: knob(0.625); }
QSlider::handle:horizontal { margin: outdent(0.25,0.625) 0; }
QSlider::handle:vertical { margin: 0 outdent(0.25,0.625); }
QSlider::handle:hover { background: $selection; }
QSlider::handle:pressed { background: $accent; }
QSlider::handle:focus { border-color: $focus; background: $accent; }
QSlider::handle:disabled { border-color: $border; background: $window; }

QProgressBar { background: $groove; color: transparent; border: none; border-radius: half(0.375);
    min-height: em(0.375); max-height: em(0.375); }
QProgressBar::chunk { background: $muted; border-radius: half(0.375); }

QTabWidget::pane { border: none; border-top: hair solid $border; }
QTabBar { qproperty-drawBase: 0; }
QTabBar::tab { background: transparent; color: $muted; border: none; border-bottom: bar solid transparent;
    padding: em(0.375) em(0.875) em(0.25) em(0.875); }
QTabBar::tab:hover { color: $text; background: $hover; }
QTabBar::tab:selected { color: $text; border-bottom-color: $marker; }
QTabBar::tab:focus { border-bottom-color: $focus; background: $hover; }
QTabBar::tab:disabled { color: $disabled; }

QMenuBar { background: $window; color: $text; padding: em(0.125); }
QMenuBar::item { background: transparent; padding: em(0.25) em(0.5); border-radius: em(0.25); }
QMenuBar::item:selected { background: $hover; }
QMenuBar::item:pressed { background: $pressed; }
QMenu { background: $surface; color: $text; border: hair solid $border; padding: em(0.25); }
QMenu::item { padding: em(0.25) em(1.5) em(0.25) em(0.5); border-radius: em(0.25); }
QMenu::item:selected { background: $hover; }
QMenu::item:disabled { color: $disabled; }
QMenu::icon { padding-left: em(0.375); }
QMenu::separator { height: hair; background: $border; margin: em(0.25) em(0.375); }
QMenu::indicator { border: none; background: transparent; left: em(0.25); }
QMenu::indicator:checked { image: image(check, $text); }
QMenu::indicator:exclusive:checked { image: image(dot, $text); }
QMenu::right-arrow { image: image(chevron-right, $muted); width: em(0.75); height: em(0.75); }

QAbstractItemView { background: $surface; alternate-background-color: $window; border: hair solid $border;
    selection-background-color: $selection; selection-color: $text; }
QAbstractItemView:focus { border-color: $focus; }
QListView::item, QTreeView::item { padding: em(0.125) em(0.375); min-height: em(1); }
QListView::item:selected, QTreeView::item:selected, QTableView::item:selected {
    background: $selection; color: $text; }
QTableView::item { padding: 0 em(0.375); }
QTableView { gridline-color: $border; }
QHeaderView { background: $window; border: none; qproperty-highlightSections: false;
    qproperty-defaultAlignment: "AlignLeft | AlignVCenter"; }
QHeaderView:focus { border: none; }
QHeaderView::section { background: $window; color: $muted; border: none;
    padding: em(0.25) em(0.5); }
QHeaderView::section:horizontal { border-bottom: hair solid $border; }
QHeaderView::section:checked { color: $text; }
QTableCornerButton::section { background: $window; border: none; border-bottom: hair solid $border; }

QScrollBar { background: transparent; border: none; margin: 0; }
QScrollBar:vertical { width: em(0.625); }
QScrollBar:horizontal { height: em(0.625); }
QScrollBar::handle { background: $thumb; border-radius: half(0.375); margin: hair; }
QScrollBar::handle:vertical { min-height: em(1.5); margin: hair em(0.125); }
QScrollBar::handle:horizontal { min-width: em(1.5); margin: em(0.125) hair; }
QScrollBar::handle:hover, QScrollBar::handle:pressed { background: $outline; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
QAbstractScrollArea::corner { background: transparent; border: none; }

QSplitter::handle { background: transparent; }
QSplitter::handle:horizontal { width: em(0.375); border-left: hair solid $border; }
QSplitter::handle:vertical { height: em(0.375); }
QSplitter::handle:hover { background: $border; }
QSplitter::handle:pressed { background: $outline; }

QGroupBox { border: none; margin-top: em(1.75); padding: 0; font-weight: 700; }
QGroupBox::title { subcontrol-origin: margin; subcontrol-position: top left; padding: 0; left: -hair; color: $muted; }
QGroupBox::indicator { width: em(0.75); height: em(0.75); }

QStatusBar { background: $window; color: $muted; }
QStatusBar::item { border: none; }
QToolBar { background: $window; border: none; spacing: em(0.125); padding: em(0.125); }
QDockWidget::title { background: $window; padding: em(0.25) em(0.375); }

QFrame[notice="info"], QFrame[notice="warning"], QFrame[notice="error"], QFrame[notice="success"] {
    background: $surface; border: hair solid $border; border-left: em(0.25) solid $muted;
    border-top-right-radius: em(0.375); border-bottom-right-radius: em(0.375); }
QFrame[notice="warning"] { border-left-color: $warning; }
QFrame[notice="error"] { border-left-color: $no; }
QFrame[notice="success"] { border-left-color: $yes; }
QFrame[row="true"] { border-radius: em(0.25); }
QFrame[row="true"][current="true"] { background: $selection; }
QFrame[rule="true"] { background: $border; border: none; max-height: hair; min-height: hair; }
QFrame[card="true"] { background: $surface; border: hair solid $border; border-radius: em(0.375); }
QWidget[cover="true"] { background: $window; }
QWidget[stage="true"] { background: $stage; }
"""

_LENGTH = re.compile(
    r"\b(?P<name>hair|ring|bar|em|less|tight|half|disc|knob|outdent)\b(?:\((?P<a>[\d.]+)(?:,(?P<b>[\d.]+))?\))?"
)


def style_sheet(colours: Mapping[str, str], scale: UiScale, image: Callable[[IconName, str], str]) -> str:
    """Return Qt's style sheet for one theme at one scale.

    Args:
        colours: ``#rrggbb`` by the names of ``Colours``.
        scale: all lengths.
        image: the path of a file that holds the drawing in the colour.
    """
    hair = max(1, round(scale.line / 18))

    def length(found: re.Match[str]) -> str:
        """Replace one length: a stroke, or a function of one or two numbers of lines."""
        first, second = (scale.em(float(part or 0)) for part in found.group("a", "b"))
        pixels = {
            "hair": hair,
            "ring": 2 * hair,
            "bar": 3 * hair,
            "em": first,
            "less": max(0, first - hair),  # the padding that is left when the rim grows from hair to ring
            "tight": max(0, first - 2 * hair),
            "half": first // 2,
            "disc": first // 2 + hair,  # half the outer width: a circle under a rim of one hair
            "knob": first // 2 + 2 * hair,
            "outdent": (first - second) // 2 - 2 * hair,
        }[found["name"]]
        return f"{pixels}px"

    def points(found: re.Match[str]) -> str:
        return f"{scale.point_size(cast('TypeSize', found[1]))}pt"

    def picture(found: re.Match[str]) -> str:
        return f'url("{image(cast("IconName", found[1]), found[2])}")'

    sheet = re.sub(r"\$(\w+)", lambda found: colours[found[1]], _SHEET)
    sheet = _LENGTH.sub(length, sheet)
    sheet = re.sub(r"\bsize\((\w+)\)", points, sheet)
    return re.sub(r"\bimage\(([\w-]+), (#\w+)\)", picture, sheet)


def set_style(widget: QWidget, **properties: object) -> None:
    """Set dynamic properties of ``widget`` and let the sheet see them; setting the same again is free."""
    changed = {name: value for name, value in properties.items() if widget.property(name) != value}
    for name, value in changed.items():
        widget.setProperty(name, value)
    if changed:
        style = widget.style()
        style.unpolish(widget)
        style.polish(widget)
        widget.update()
