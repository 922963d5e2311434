"""The two words among their neighbours, moving from where the vectors were to where a method has put them."""

from __future__ import annotations

from functools import partial
from typing import Final

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from app.explain.links import SymbolLinks
from app.explain.symbols import SYMBOLS
from app.panel import Look, Panel
from app.synonyms.ask.painter import two_places
from app.synonyms.relation_style import RELATION_LOOKS
from app.synonyms.verdict_style import draw_sign, text_colour_of
from app.synonyms.why.map_places import MapPlaces, name_places
from app.theme import Theme
from app.widgets.plain import plain_tip
from core.language import _
from core.synonyms.asking.relations import Relation
from core.synonyms.why.reasons import NeighbourMap
from core.visible import visible

STEP: Final = 150
"""Milliseconds of one step from before to after."""
_STEPS: Final = 10
_PAIR: Final = ("u", "v_word")
"""The symbols of the pair's two words, in their order."""
_FIRST: Final = (Relation.SYNONYM, Relation.ANTONYM, Relation.SIBLING, Relation.NOT, Relation.UNKNOWN)
"""Whose names are written first where there is not room for all."""


class NeighbourMapView(Panel):
    """The map; how far it has moved can be set, or played.

    Signals:
        moved: how far it has moved, 0 to 1.
        asked: a word is to be asked.
    """

    moved = Signal(float)
    asked = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._map: NeighbourMap | None = None
        self._goal = 1.0
        self.position = 0.0
        self._timer = QTimer(self, interval=STEP)
        self._timer.timeout.connect(self._on_step)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def is_playing(self) -> bool:
        """Whether it moves by itself."""
        return self._timer.isActive()

    def show_map(self, found: NeighbourMap | None) -> None:
        """Show ``found``, as far moved as it was; None for nothing."""
        self._map = found
        if found is None:
            self.stop()
        self._describe()

    def move_to(self, position: float) -> None:
        """Show the words so far moved, 0 before to 1 after."""
        self.position = max(0.0, min(1.0, position))
        self.moved.emit(self.position)
        self.update()

    def play(self, goal: float | None = None) -> None:
        """Move to ``goal``, or to the end that is farther away; stop where it moves already.

        Where nothing is to move, it is there at once.
        """
        if self.is_playing and goal is None:
            self.stop()
            return
        self._goal = goal if goal is not None else (0.0 if self.position > 0.5 else 1.0)
        if self.look.motion.moves:
            self._timer.start()
        else:
            self.move_to(self._goal)

    def stop(self) -> None:
        """Stay where it is."""
        self._timer.stop()

    @Slot()
    def _on_step(self) -> None:
        way = self._goal - self.position
        step = 1 / _STEPS
        if abs(way) <= step:
            self._timer.stop()
            self.move_to(self._goal)
        else:
            self.move_to(round(self.position + (step if way > 0 else -step), 6))

    def link_symbols(self, links: SymbolLinks) -> None:
        """Let the two words stand for u and v."""
        for number, symbol in enumerate(_PAIR):
            links.add(symbol, self, partial(self._dot_rects, number))

    def _dot_rects(self, number: int) -> tuple[QRectF, ...]:
        if self._map is None:
            return ()
        side = 2 * self._radius + self.look.scale.em(0.5)
        place = self.places.place(number)
        return (QRectF(place.x() - side / 2, place.y() - side / 2, side, side),)

    def sizeHint(self) -> QSize:
        """Room for a dozen words."""
        return QSize(self.look.scale.em(26), self.look.scale.em(20))

    def minimumSizeHint(self) -> QSize:
        """Room for the nearest."""
        return QSize(self.look.scale.em(16), self.look.scale.em(11))

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def _retranslate(self) -> None:
        self._describe()

    def _describe(self) -> None:
        self.setAccessibleName(_("Neighbours before and after"))
        told = [] if self._map is None else [self._spoken(number) for number in range(len(self._map.words))]
        self.setAccessibleDescription("; ".join(told))
        self.update()

    def _spoken(self, number: int) -> str:
        """Say of a word what it is, and its cosine to the nearer of the pair's words, before and after."""
        assert self._map is not None
        word = self._map.words[number]
        if number < len(_PAIR):
            said = _("cosine {before} → {after}").format(
                before=two_places(self._map.before), after=two_places(self._map.after)
            )
            return f"{visible(word.word)}: {said}"
        before, after = max(word.cosines_before), max(word.cosines_after)
        said = _("cosine {before} → {after}").format(before=two_places(before), after=two_places(after))
        return f"{visible(word.word)}, {_(RELATION_LOOKS[word.relation].word)}: {said}"

    @property
    def _radius(self) -> float:
        return self.look.scale.em(0.5)

    @property
    def places(self) -> MapPlaces:
        """Where everything stands now."""
        assert self._map is not None, "there is a map"
        em = self.look.scale.em
        room = QRectF(self.rect()).adjusted(em(3.5), em(1.75), -em(3.5), -em(1.75))
        return MapPlaces(self._map.words, room, self.position)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ways, dots and names; the pair last, over all others."""
        if self._map is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        places, colours = self.places, self.look.theme.theme.colours
        order = self._order()
        for number in order:
            if self._map.words[number].is_moved:
                painter.setPen(QPen(QColor(colours.outline), max(1.0, self.look.scale.em(0.0625))))
                painter.drawLine(places.start(number), places.place(number))
        pair = QPen(QColor(colours.muted), max(1.0, self.look.scale.em(0.0625)), Qt.PenStyle.DashLine)
        painter.setPen(pair)
        painter.drawLine(places.place(0), places.place(1))
        for number in reversed(order):
            self._paint_dot(painter, number, places.place(number))
        self._paint_names(painter, order, places)
        painter.end()

    def _order(self) -> list[int]:
        """Return the numbers of the words, the most important first."""
        assert self._map is not None
        words = self._map.words
        rest = sorted(
            range(len(_PAIR), len(words)), key=lambda n: (_FIRST.index(words[n].relation), not words[n].is_moved)
        )
        return [0, 1, *rest]

    def _paint_dot(self, painter: QPainter, number: int, place: QPointF) -> None:
        assert self._map is not None
        colours, radius = self.look.theme.theme.colours, self._radius
        if number < len(_PAIR):
            painter.setPen(QPen(QColor(colours.stage), max(1.0, radius / 4)))
            painter.setBrush(QColor(SYMBOLS[_PAIR[number]].colour(colours)))
            box = QRectF(place.x() - radius * 1.2, place.y() - radius * 1.2, radius * 2.4, radius * 2.4)
            if number:
                painter.drawRect(box.adjusted(radius / 6, radius / 6, -radius / 6, -radius / 6))
            else:
                painter.drawEllipse(box)
            return
        relation = self._map.words[number].relation
        if relation is Relation.UNKNOWN:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.muted))
            painter.drawEllipse(place, radius / 2.5, radius / 2.5)
            return
        square = QRectF(place.x() - radius, place.y() - radius, 2 * radius, 2 * radius)
        draw_sign(painter, square, RELATION_LOOKS[relation], colours, self.look.scale.font())

    def _paint_names(self, painter: QPainter, order: list[int], places: MapPlaces) -> None:
        assert self._map is not None
        fonts = [self._font(number) for number in order]
        names = [visible(self._map.words[number].word) for number in order]
        sizes = [_size(font, name) for font, name in zip(fonts, names, strict=True)]
        dots = [places.place(number) for number in order]
        rooms = name_places(dots, sizes, self._radius, QRectF(self.rect()))
        for number, name, font, room in zip(order, names, fonts, rooms, strict=True):
            if room is None:
                continue
            # Lines run behind the names, not through them.
            painter.fillRect(room, QColor(self.look.theme.theme.colours.stage))
            painter.setFont(font)
            painter.setPen(QColor(self._ink(number)))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter, name)

    def _font(self, number: int) -> QFont:
        return self.look.scale.font("title") if number < len(_PAIR) else self.look.scale.font()

    def _ink(self, number: int) -> str:
        assert self._map is not None
        colours = self.look.theme.theme.colours
        if number < len(_PAIR):
            return SYMBOLS[_PAIR[number]].colour(colours)
        relation = self._map.words[number].relation
        return colours.muted if relation is Relation.UNKNOWN else text_colour_of(RELATION_LOOKS[relation], colours)

    # The mouse

    def _number_at(self, place: QPointF) -> int | None:
        if self._map is None:
            return None
        places, reach = self.places, self.look.scale.em(1)
        near = [(_distance(places.place(number), place), number) for number in range(len(self._map.words))]
        distance, number = min(near)
        return number if distance <= reach else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show that a word can be clicked."""
        shape = Qt.CursorShape
        self.setCursor(shape.ArrowCursor if self._number_at(event.position()) is None else shape.PointingHandCursor)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Ask the word that is clicked."""
        number = self._number_at(event.position())
        if number is not None and self._map is not None and event.button() == Qt.MouseButton.LeftButton:
            self.asked.emit(self._map.words[number].word)

    def event(self, event: QEvent) -> bool:
        """Say what a word is, where the mouse rests."""
        if event.type() == QEvent.Type.ToolTip:
            number = self._number_at(QPointF(self.mapFromGlobal(self.cursor().pos())))
            text = "" if number is None else plain_tip(f"{self._spoken(number)}\n{_('Click to ask this word.')}")
            QToolTip.showText(self.cursor().pos(), text, self)
            return True
        return super().event(event)


def _size(font: QFont, name: str) -> QSizeF:
    metrics = QFontMetricsF(font)
    return QSizeF(metrics.horizontalAdvance(name) + 4, metrics.height())


def _distance(one: QPointF, other: QPointF) -> float:
    way = one - other
    return float((way.x() ** 2 + way.y() ** 2) ** 0.5)
