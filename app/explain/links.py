"""The links between the symbols of a page and its parts: what is pointed at, and what is lit.

A page says once which part stands for which symbol. From then on a part that the mouse or the keyboard comes to
points at its symbol; and where the panel lights a symbol, its parts are framed, with the symbol's letter beside.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QEnterEvent, QFocusEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from app.explain.parts import Part, Rects
from app.overrides import called_by_qt
from app.panel import Look

if TYPE_CHECKING:
    from app.explain.spotlight import Spotlight

SymbolAt = Callable[[QPointF], str]
"""Says which symbol's part lies at a place of a widget; an empty text for none."""

_STEPPED: Final = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
"""How the keyboard comes to a part; where the mouse has clicked, it points already."""


@called_by_qt
class SymbolLinks(QObject):
    """The links of one page.

    Nothing is made, and nothing drawn, before a symbol is lit for the first time.

    Signals:
        pointed: the id of the symbol whose part the mouse or the keyboard is on; empty when there is none.
    """

    pointed = Signal(str)

    def __init__(self, look: Look, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._parts: list[Part] = []
        self._watched: dict[QObject, SymbolAt | str] = {}
        self._marks: dict[tuple[QObject, str], str] = {}
        self._pointed = ""
        self._spotlight: Spotlight | None = None

    @property
    def parts(self) -> Sequence[Part]:
        """What stands for which symbol."""
        return self._parts

    def add(self, symbol: str, widget: QWidget, rects: Rects | None = None, *, points: bool = True) -> None:
        """Let a part of the page stand for ``symbol``.

        Args:
            symbol: its id.
            widget: the part, or what it is drawn in; it lives as long as the page.
            rects: where in the widget it is drawn; None for all of it. The frame runs along the edges: words are
                :func:`aired`.
            points: whether the mouse and the keyboard on it point at the symbol: not where the part stands for
                another one in the first place, and not where :meth:`watch` says what is under the mouse.
        """
        self._parts.append(Part(symbol, widget, rects))
        if points:
            self.watch(widget, symbol if rects is None else partial(self._drawn_at, widget))

    def watch(self, widget: QWidget, symbol: SymbolAt | str) -> None:
        """Let the mouse in ``widget`` point at a symbol.

        Args:
            widget: where; one that lives as long as the page.
            symbol: the symbol, at which the keyboard points, too, when it comes to the widget or into it; or what
                says which one the place under the mouse stands for.
        """
        self._watched[widget] = symbol
        widget.installEventFilter(self)
        if not isinstance(symbol, str):
            widget.setMouseTracking(True)
            return
        for child in widget.findChildren(QWidget):
            if child.focusPolicy() != Qt.FocusPolicy.NoFocus:
                child.installEventFilter(self)

    def light(self, symbol: str) -> None:
        """Frame the parts of ``symbol``; of none for an empty text."""
        if self._spotlight is None:
            if not symbol:
                return
            from app.explain.spotlight import Spotlight  # nobody pays for it who never lights anything

            self._spotlight = Spotlight(self._look, self)
        self._spotlight.show_parts(symbol, [part for part in self._parts if part.symbol == symbol])

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice what the mouse and the keyboard come to and leave."""
        kind = event.type()
        if kind in (QEvent.Type.Enter, QEvent.Type.MouseMove):
            symbol = self._watched.get(watched)
            if symbol is not None and isinstance(event, QMouseEvent | QEnterEvent):
                self._mark(watched, "mouse", symbol if isinstance(symbol, str) else symbol(event.position()))
        elif kind in (QEvent.Type.Leave, QEvent.Type.Hide):
            self._mark(watched, "mouse", "")
        elif kind == QEvent.Type.FocusIn and isinstance(event, QFocusEvent):
            if event.reason() in _STEPPED:
                self._mark(watched, "keyboard", self._owner_of(watched))
        elif kind == QEvent.Type.FocusOut:
            self._mark(watched, "keyboard", "")
        return False

    def _drawn_at(self, widget: QWidget, place: QPointF) -> str:
        drawn = (part for part in self._parts if part.widget is widget and part.rects is not None)
        return next((part.symbol for part in drawn if any(rect.contains(place) for rect in part.places())), "")

    def _owner_of(self, heard: QObject | None) -> str:
        """Return the symbol of what the keyboard has come into; pictures have no keyboard of their own."""
        while heard is not None:
            symbol = self._watched.get(heard)
            if isinstance(symbol, str):
                return symbol
            heard = heard.parent()
        return ""

    def _mark(self, where: QObject, by: str, symbol: str) -> None:
        """Take up what the mouse or the keyboard is on; what was come to last counts."""
        if self._marks.get((where, by), "") == symbol:
            return
        self._marks.pop((where, by), None)
        if symbol:
            self._marks[where, by] = symbol
        pointed = next(reversed(self._marks.values()), "")
        if pointed != self._pointed:
            self._pointed = pointed
            self.pointed.emit(pointed)
