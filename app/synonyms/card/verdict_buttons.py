"""Six verdicts, each with its sign and its keys: press one and the next pair stands there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QLayout, QPushButton, QSizePolicy, QWidget

from app.actions import key_name
from app.motion.flash import Flash
from app.panel import Look, Panel, Themed
from app.synonyms.verdict_style import VERDICT_LOOKS, draw_sign
from app.theme import Theme
from app.widgets.keys.cap import caps_width, draw_caps
from core.language import _
from core.synonyms.verdicts import VERDICTS, Verdict

_ROWS: Final = (6, 3, 2, 1)
"""How many buttons may stand side by side; as many as have room."""

_TALL: Final = 3.25
_FLAT: Final = 2.25
"""Height of a button in lines of text: a word with its keys below it, or beside it."""

_FAINT: Final = 0.3
"""How much is left of the sign on a button that cannot be pressed."""

_SPECS: Final = {spec.verdict: spec for spec in VERDICTS}


class VerdictButton(Themed, QPushButton):
    """One verdict: sign and word, and key caps below them, or beside them where it is flat."""

    def __init__(self, look: Look, verdict: Verdict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.follow(look)
        self._verdict = VERDICT_LOOKS[verdict]
        self.caps = tuple(key for key in (_SPECS[verdict].key, _SPECS[verdict].arrow) if key)
        self._flat = False
        self.setObjectName(f"syn_{verdict}")
        self.setCheckable(True)  # checked: the verdict that stands
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        self.flash = Flash(look, self)

    def lie_flat(self, flat: bool) -> None:
        """Write the keys beside the word instead of below it."""
        if flat != self._flat:
            self._flat = flat
            self.updateGeometry()
            self.update()

    def width_needed(self, *, flat: bool) -> int:
        """Return the least width at which nothing on the button touches anything."""
        em = self.look.scale.em
        head, caps = self._head_width(), caps_width(self.look, self.caps)
        return round(head + em(0.75) + caps if flat else max(head, caps)) + em(1)

    def sizeHint(self) -> QSize:
        """One line or two, and what stands on them."""
        return QSize(self.width_needed(flat=self._flat), self.look.scale.em(_FLAT if self._flat else _TALL))

    def minimumSizeHint(self) -> QSize:
        """As the hint."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button as the style does, then what stands on it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self._flat:
            left = (self.width() - self.width_needed(flat=True)) / 2 + self.look.scale.em(0.5)
            self._draw_head(painter, left, self.height() / 2)
            right = left + self._head_width() + self.look.scale.em(0.75)
            draw_caps(painter, self.look, self.caps, right, self.height() / 2, enabled=self.isEnabled())
        else:
            self._draw_head(painter, (self.width() - self._head_width()) / 2, self.height() * 0.32)
            left = (self.width() - caps_width(self.look, self.caps)) / 2
            draw_caps(painter, self.look, self.caps, left, self.height() * 0.73, enabled=self.isEnabled())
        painter.end()

    def _head_width(self) -> float:
        em = self.look.scale.em
        word = QFontMetricsF(self.look.scale.font(bold=True)).horizontalAdvance(_(self._verdict.word))
        return em(1) + em(0.375) + word

    def _draw_head(self, painter: QPainter, left: float, middle: float) -> None:
        em, colours = self.look.scale.em, self.look.theme.theme.colours
        font = self.look.scale.font(bold=True)
        side = em(1)
        painter.setOpacity(1.0 if self.isEnabled() else _FAINT)
        draw_sign(painter, QRectF(left, middle - side / 2, side, side), self._verdict, colours, font)
        painter.setOpacity(1.0)
        painter.setFont(font)
        painter.setPen(QColor(colours.text if self.isEnabled() else colours.disabled))
        tall = QFontMetricsF(font).height()
        line = QRectF(left + side + em(0.375), middle - tall / 2, self.width(), tall)
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, _(self._verdict.word))


class VerdictButtons(Panel):
    """All six, in as few rows as have room; the keys stand below the words where all are in one row.

    Signals:
        chosen: a ``Verdict``.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)  # the rows follow from the width
        self.buttons: dict[Verdict, VerdictButton] = {}
        self._columns = 0
        for verdict in VERDICT_LOOKS:
            button = VerdictButton(look, verdict)
            button.clicked.connect(self._on_clicked)
            self.buttons[verdict] = button
        self._arrange()
        self._retranslate()
        self._restyle(look.theme.theme)

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Mark the button of the verdict that stands for this annotator."""
        for each, button in self.buttons.items():
            button.setChecked(each is verdict)

    def flash(self, verdict: Verdict) -> None:
        """Let the button of a verdict that was just given light up."""
        self.buttons[verdict].flash.begin(self.look.theme.theme.colours.accent)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Part the row where it has no room."""
        super().resizeEvent(event)
        self._arrange()

    def minimumSizeHint(self) -> QSize:
        """As narrow as the narrowest arrangement: the rows follow from the width that is given."""
        widest = max(button.width_needed(flat=False) for button in self.buttons.values())
        return QSize(widest, self.heightForWidth(self.width()))

    def heightForWidth(self, width: int) -> int:
        """Return the height of as many rows as ``width`` asks for."""
        columns, flat = self._fitting(width)
        rows = len(self.buttons) // columns
        return rows * self.look.scale.em(_FLAT if flat else _TALL) + (rows - 1) * self._grid.spacing()

    def _restyle(self, _theme: Theme) -> None:
        self._grid.setSpacing(self.look.scale.em(0.375))
        self._renew()

    def _retranslate(self) -> None:
        for verdict, button in self.buttons.items():
            keys = ", ".join(key_name(key) for key in button.caps)
            button.setAccessibleName(_(VERDICT_LOOKS[verdict].word))
            button.setToolTip(f"{_(_SPECS[verdict].meaning)} ({keys})")
        self._renew()

    def _renew(self) -> None:
        for button in self.buttons.values():
            button.updateGeometry()
            button.update()
        self._arrange()

    def _arrange(self) -> None:
        columns, flat = self._fitting(self.width())
        if columns != self._columns:
            self._columns = columns
            for index, button in enumerate(self.buttons.values()):
                self._grid.addWidget(button, index // columns, index % columns)
            for column in range(len(self.buttons)):
                self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for button in self.buttons.values():
            button.lie_flat(flat)
        # The style sheet's least height of a button is that of one line: the room of all rows is kept here.
        self.setFixedHeight(self.heightForWidth(self.width()))

    def _fitting(self, width: int) -> tuple[int, bool]:
        """Return how many buttons stand side by side in ``width``, and whether they are flat."""
        for columns in _ROWS:
            room = (width - (columns - 1) * self._grid.spacing()) / columns
            flat = columns < len(self.buttons)
            if all(button.width_needed(flat=flat) <= room for button in self.buttons.values()):
                return columns, flat
        return _ROWS[-1], False

    @Slot()
    def _on_clicked(self) -> None:
        for verdict, button in self.buttons.items():
            if button is self.sender():
                button.setChecked(not button.isChecked())  # only what is in the store is shown as standing
                self.chosen.emit(verdict)
