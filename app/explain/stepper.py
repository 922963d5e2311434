"""What prose, formulas and the list of symbols have in common: places one can point at or step to."""

from __future__ import annotations

import html
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QToolTip, QWidget

from app.explain.glossary import glossary_tip
from app.explain.symbols import ARTICLES, SYMBOLS
from app.panel import Look, Panel
from core.language import _

_FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_OTHER = (Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Escape)


@dataclass(frozen=True, slots=True)
class Stop:
    """One place: a symbol, or a term of the glossary.

    Attributes:
        symbol: its id; empty for a term.
        term: its id; empty for a symbol.
    """

    symbol: str = ""
    term: str = ""


class Stepper(Panel):
    """A widget with stops, one of which the mouse or the arrow keys are on.

    Tab comes here and goes on to the next widget; the arrows, Home and End step through the stops, Escape leaves
    them. Subclasses say where the stops are, and draw the lit symbol.

    Signals:
        pointed: the id of the symbol pointed at; empty when none is.
        stepped: the place, in this widget, that the keyboard has come to and that should be in view.
    """

    pointed = Signal(str)
    stepped = Signal(QRect)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.stops: list[Stop] = []
        self.lit = ""
        """The symbol that is lit, wherever it was pointed at."""
        self._at = -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def stop_at(self, place: QPoint) -> int:
        """Return the number of the stop at ``place``, or −1."""
        raise NotImplementedError

    def place_of(self, stop: int) -> QRect:
        """Return where the stop of that number is."""
        raise NotImplementedError

    def light(self, symbol: str) -> None:
        """Light ``symbol`` wherever it stands here; none for an empty text."""
        if symbol != self.lit:
            self.lit = symbol
            self._show_lit()

    def set_stops(self, stops: list[Stop]) -> None:
        """Have other stops from now on; none of them is pointed at."""
        self.stops = stops
        self._at = -1
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if stops else Qt.FocusPolicy.NoFocus)

    def tip(self, stop: int) -> str:
        """Return what the stop of that number says when one rests on it, safe for a tool tip."""
        found = self.stops[stop]
        if found.term:
            return glossary_tip(found.term)
        symbol = SYMBOLS[found.symbol]
        words = f"{html.escape(symbol.written)}, {html.escape(_(symbol.name))}"
        source = html.escape(f"{_(ARTICLES[symbol.subject])} · {_(symbol.section)}")
        return f"<p><b>{words}</b></p><p>{html.escape(_(symbol.meaning))}</p><p><small>{source}</small></p>"

    def _show_lit(self) -> None:
        """Draw anew what the lit symbol changes."""
        self.update()

    def _go(self, stop: int) -> None:
        if stop == self._at:
            return
        self._at = stop
        symbol = self.stops[stop].symbol if stop >= 0 else ""
        self.setAccessibleDescription(self._spoken(stop))
        self.pointed.emit(symbol)
        self.update()

    def _spoken(self, stop: int) -> str:
        if stop < 0:
            return ""
        if self.stops[stop].term:
            return self.stops[stop].term
        symbol = SYMBOLS[self.stops[stop].symbol]
        return _("{name}: {value}").format(name=f"{symbol.written}, {_(symbol.name)}", value=_(symbol.meaning))

    def draw_focus(self, painter: QPainter) -> None:
        """Draw the ring around the stop that the keyboard is on."""
        if self.hasFocus() and self._at >= 0:
            hair = max(1, self.look.scale.em(0.125))
            painter.setPen(QPen(self.palette().color(self.foregroundRole()), hair / 2, Qt.PenStyle.DotLine))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(self.place_of(self._at).adjusted(-hair, 0, hair, 0))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Point at what is under the mouse."""
        stop = self.stop_at(event.position().toPoint())
        is_term = stop >= 0 and bool(self.stops[stop].term)
        self.setCursor(Qt.CursorShape.WhatsThisCursor if is_term else Qt.CursorShape.ArrowCursor)
        self._go(stop)

    def leaveEvent(self, event: QEvent) -> None:
        """Point at nothing."""
        self._go(-1)
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Step onto the first stop, or the last when one comes backwards."""
        super().focusInEvent(event)
        if event.reason() == Qt.FocusReason.BacktabFocusReason:
            self._step_to(len(self.stops) - 1)
        elif event.reason() == Qt.FocusReason.TabFocusReason:
            self._step_to(0)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Leave the stop."""
        super().focusOutEvent(event)
        self._go(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step."""
        key, last = event.key(), len(self.stops) - 1
        if key in _FORWARD:
            self._step_to(min(self._at + 1, last))
        elif key in _BACK:
            self._step_to(max(self._at - 1, 0))
        elif key == Qt.Key.Key_Home:
            self._step_to(0)
        elif key == Qt.Key.Key_End:
            self._step_to(last)
        elif key == Qt.Key.Key_Escape and self._at >= 0:
            self._go(-1)
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Claim the keys that step, and explain what one rests on."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            plain = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain and event.key() in (*_FORWARD, *_BACK, *_OTHER):
                event.accept()
                return True
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            stop = self.stop_at(event.pos())
            if stop >= 0:
                QToolTip.showText(event.globalPos(), self.tip(stop), self, self.place_of(stop))
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def _step_to(self, stop: int) -> None:
        if not 0 <= stop < len(self.stops):
            return
        self._go(stop)
        place = self.place_of(stop)
        self.stepped.emit(place)
        if self.stops[stop].term:
            QToolTip.showText(self.mapToGlobal(place.bottomLeft()), self.tip(stop), self, place)
        else:
            QToolTip.hideText()
