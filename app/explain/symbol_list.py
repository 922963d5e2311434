"""The symbols of a page, a row each: mark and letter, name, value now, and what it means."""

from __future__ import annotations

import html
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.explain.chip import SymbolChip
from app.explain.stepper import Stepper, Stop
from app.explain.symbols import SYMBOLS, Symbol
from app.fonts import tabular
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.live_label import LiveLabel
from app.widgets.plain import PlainLabel
from core.language import N_, _


class SymbolRow(Panel):
    """One symbol of the list."""

    def __init__(self, look: Look, symbol: Symbol, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.symbol = symbol
        self.chip = SymbolChip(look, symbol)
        self.value = LiveLabel(alignment=Qt.AlignmentFlag.AlignRight)
        self._name, self._meaning = PlainLabel(), PlainLabel()
        for label, message in ((self._name, symbol.name), (self._meaning, symbol.meaning)):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(label is self._meaning)
            self.bind_text(label.setText, message)
        set_style(self._meaning, kind="caption")
        self._line = QHBoxLayout()
        self._line.addWidget(self.chip)
        self._line.addWidget(self._name)
        self._line.addWidget(self.value, 1)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addLayout(self._line)
        self._layout.addWidget(self._meaning)
        # The list itself is what one points at.
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._restyle(look.theme.theme)
        self._retranslate()

    def align(self, width: int) -> None:
        """Begin the names ``width`` from the left, as all rows of the list do."""
        self.chip.setMinimumWidth(max(width, self.chip.sizeHint().width()))
        self._meaning.setContentsMargins(width + self._line.spacing(), 0, 0, 0)

    def _retranslate(self) -> None:
        self.value.call(f"{self.symbol.written}, {_(self.symbol.name)}")

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._line.setSpacing(em(0.375))
        self._layout.setSpacing(0)
        self.value.use_font(tabular(self.look.scale.font(bold=True)))


class SymbolHeading(Panel):
    """What stands over the two sides of the list."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        sides = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        for message, side in zip((N_("Symbols"), N_("Current value")), sides, strict=True):
            label = PlainLabel()
            self.bind_text(label.setText, message)
            set_style(label, kind="caption")
            layout.addWidget(label, 0, side)


class SymbolList(Stepper):
    """All symbols of a page."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._rows: list[SymbolRow] = []
        self._made: dict[str, SymbolRow] = {}
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._restyle(look.theme.theme)

    @property
    def rows(self) -> Sequence[SymbolRow]:
        """The rows, from top to bottom."""
        return self._rows

    def show_symbols(self, symbols: Sequence[str]) -> None:
        """Have a row for each of ``symbols``."""
        if [row.symbol.id for row in self._rows] == list(symbols):
            return
        for row in self._rows:
            self._layout.removeWidget(row)
            row.hide()
        self._rows = [self._row_of(symbol) for symbol in symbols]
        for row in self._rows:
            self._layout.addWidget(row)
            row.show()
        self.set_stops([Stop(symbol=symbol) for symbol in symbols])
        self._align()
        self._show_lit()

    def show_values(self, values: Mapping[str, str]) -> None:
        """Show what each symbol stands for now; what has no value shows none."""
        for row in self._rows:
            row.value.show_text(values.get(row.symbol.id, ""))

    def stop_at(self, place: QPoint) -> int:
        """Return the number of the row at ``place``, or −1."""
        return next((at for at, row in enumerate(self._rows) if row.geometry().contains(place)), -1)

    def place_of(self, stop: int) -> QRect:
        """Return where the row of that number is."""
        return self._rows[stop].geometry()

    def tip(self, stop: int) -> str:
        """The symbol's own, and the whole value, which the row may have no room for."""
        value = self._rows[stop].value.text
        return super().tip(stop) + (f"<p>{html.escape(value)}</p>" if value else "")

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ring of the keyboard."""
        painter = QPainter(self)
        self.draw_focus(painter)
        painter.end()

    def _row_of(self, symbol: str) -> SymbolRow:
        """Return the row of ``symbol``, which is kept for the next page that has it: to make one takes a while."""
        if symbol not in self._made:
            self._made[symbol] = SymbolRow(self.look, SYMBOLS[symbol], self)
        return self._made[symbol]

    def _show_lit(self) -> None:
        for row in self._rows:
            row.chip.set_lit(row.symbol.id == self.lit)

    def _restyle(self, _theme: Theme) -> None:
        self._layout.setSpacing(self.look.scale.em(0.375))
        self._align()

    def _align(self) -> None:
        widest = max((row.chip.sizeHint().width() for row in self._rows), default=0)
        widest = min(widest, self.look.scale.em(2.25))  # a word such as softmax reaches over its column
        for row in self._rows:
            row.align(widest)
