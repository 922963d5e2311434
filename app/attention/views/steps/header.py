"""What stands above the table of the three steps: titles, formulas and the query's vector."""

from __future__ import annotations

from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.attention.drawing.labels import written
from app.attention.drawing.vector_strip import draw_hue, draw_strip
from app.attention.views.steps.fitting import fitting
from app.attention.views.steps.formula_label import Formula
from app.attention.views.steps.formulas import score_formula
from app.attention.views.steps.layout import Column, columns_of
from app.attention.views.steps.table import SYMBOLS_OF_COLUMNS, largest_part
from app.explain.links import SymbolLinks
from app.explain.parts import aired
from app.explain.symbols import SYMBOLS
from app.fonts import tabular
from app.panel import Look, Panel
from app.theme import Theme
from core.attention.results import Floats, ThreeSteps
from core.language import N_, _

_TITLES: Final = (N_("1  Score"), N_("2  Normalise"), N_("3  Weighted sum"))
_CAPTIONS: Final = (
    ("", N_("Key token")),
    ("k", N_("Key vector")),
    ("", N_("q · k")),
    ("score", N_("Score")),
    ("alpha", N_("Weight")),
    ("v", N_("Value v")),
)
"""What stands over the columns, each with the symbol whose numbers they are, if they are one's."""


class StepsHeader(Panel):
    """Titles and formulas over their columns, and the query's vector over the keys'."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._steps: ThreeSteps | None = None
        self._row: int | None = None
        self._width = 0
        self._strips = 2
        self._pictures: dict[str, str] = {}
        self.formulas = (
            Formula(look, 2.5, "e = q·k / √d", self),
            Formula(look, 2.5, "α = exp(e) / Σ exp(e)", self),
            Formula(look, 2.5, "c = Σ α v", self),
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def link_symbols(self, links: SymbolLinks) -> None:
        """Let formulas, the query's vector and the columns' names stand for their symbols."""
        score, softmax, context = self.formulas
        for formula, symbols in ((score, ("score", "d_k")), (softmax, ("softmax",)), (context, ("c",))):
            links.watch(formula, symbols[0])
            for symbol in symbols:
                links.add(symbol, formula, partial(_drawn, formula), points=False)
        links.add("q", self, self._query_rects, points=False)
        links.watch(self, self._symbol_at)

    def _query_rects(self) -> tuple[QRectF, ...]:
        if self._steps is None or not self._strips:
            return ()
        em, columns = self.look.scale.em, columns_of(self._width or self.width(), self.look.scale.em)
        left = columns.label.left
        return (aired(QRectF(left, self._strip_top(0), columns.key.right - left, em(0.875)), self.look),)

    def _symbol_at(self, place: QPointF) -> str:
        if any(rect.contains(place) for rect in self._query_rects()):
            return "q"
        columns = columns_of(self._width or self.width(), self.look.scale.em)
        if not self._strip_top(0) - self.look.scale.em(1.25) <= place.y() < self._strip_top(0):
            return ""
        named = ((symbol, getattr(columns, name)) for symbol, name in SYMBOLS_OF_COLUMNS.items())
        return next((symbol for symbol, column in named if column.left <= place.x() < column.right), "")

    def show_steps(self, steps: ThreeSteps | None) -> None:
        """Show the query of ``steps``, and the formulas it was computed by."""
        self._steps = steps
        self._show_formulas()
        self.update()

    def show_pictures(self, pictures: dict[str, str]) -> None:
        """Take the typeset formulas."""
        self._pictures = pictures
        self._show_formulas()

    def show_row(self, row: int | None) -> None:
        """Show, under the query, its product with key ``row``, number by number."""
        if row != self._row:
            self._row = row
            self.update()

    def align_to(self, width: int, *, strips: int) -> None:
        """Lay columns out as the table of ``width`` pixels does, with the query's strip, the product's too or none."""
        self._width, self._strips = width, strips
        self.setFixedHeight(self.sizeHint().height())
        self._place()
        self.update()

    def sizeHint(self) -> QSize:
        """Titles, formulas, captions and strips."""
        return QSize(self.look.scale.em(40), self._strip_top(self._strips) + self.look.scale.em(0.25))

    def _restyle(self, _theme: Theme) -> None:
        self.setFixedHeight(self.sizeHint().height())
        self._place()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Move the formulas with their columns."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        em, columns = self.look.scale.em, columns_of(self._width or self.width(), self.look.scale.em)
        rooms = (
            (columns.key.left, columns.weight.left),
            (columns.weight.left, columns.value.left),
            (columns.value.left, columns.value.right),
        )
        for formula, (left, right) in zip(self.formulas, rooms, strict=True):
            formula.setGeometry(round(left), em(self._title), max(1, round(right - left) - em(0.5)), em(self._formula))

    @property
    def _title(self) -> float:
        """Height of the titles in lines of text, with the air below; less where not even strips have room."""
        return 1.625 if self._strips else 1.375

    @property
    def _formula(self) -> float:
        """Height of the formulas in lines of text; where not even strips have room, their type is smaller."""
        return 2.5 if self._strips else 2.0

    def _strip_top(self, number: int) -> int:
        em = self.look.scale.em
        return em(self._title) + em(self._formula) + em(1.25) + number * em(1.125)

    def _show_formulas(self) -> None:
        if self._steps is None:
            return
        names = (score_formula(self._steps), "softmax" if self._steps.temperature == 1 else "softmax_t", "sum")
        for formula, name in zip(self.formulas, names, strict=True):
            formula.show_picture(self._pictures.get(name, ""))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw titles, captions and strips."""
        painter = QPainter(self)
        self.draw(painter)
        painter.end()

    def draw(self, painter: QPainter) -> None:
        """Draw everything but the formulas onto any surface."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        em, colours = self.look.scale.em, self.look.theme.theme.colours
        columns = columns_of(self._width or self.width(), em)
        painter.setFont(self.look.scale.font("body", bold=True))
        painter.setPen(QColor(colours.text))
        for title, column in zip(_TITLES, (columns.key, columns.weight, columns.value), strict=True):
            room = QRectF(column.left, 0, self.width() - column.left, em(self._title - 0.125))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, fitting(painter, room.width(), (_(title),)))
        painter.setFont(self.look.scale.font("caption"))
        painter.setPen(QColor(colours.muted))
        top = em(self._title) + em(self._formula)
        across = (columns.label, columns.key, columns.product, columns.score, columns.weight, columns.value)
        captions = [[_(caption)] for _symbol, caption in _CAPTIONS]  # the longest first
        if self._steps is not None:
            captions[1].insert(0, f"{captions[1][0]}  ±{_most_vector(self._steps):.2f}")
            captions[5].insert(0, f"{captions[5][0]}  ±{float(np.abs(self._steps.values).max(initial=0)):.2f}")
            parts = _(", below it α · v  ±{most:.2f}").format(most=largest_part(self._steps))
            captions[5].insert(0, captions[5][0] + parts)
        for words, column, (symbol, _caption) in zip(captions, across, _CAPTIONS, strict=True):
            right = column is columns.product
            flag = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
            room = QRectF(column.left, top, column.width, em(1.25))
            if symbol:
                self._draw_mark(painter, symbol, room)
                room.setLeft(room.left() + em(1))
            painter.drawText(room, flag | Qt.AlignmentFlag.AlignVCenter, fitting(painter, room.width(), words))
        if self._steps is not None:
            self._draw_vectors(painter, self._steps, columns.label, columns.key, columns.product)

    def _draw_mark(self, painter: QPainter, symbol: str, room: QRectF) -> None:
        """Draw a symbol's mark in its hue at the left of ``room``; the pen is left as it was."""
        ink = painter.pen()
        painter.setPen(QColor(SYMBOLS[symbol].colour(self.look.theme.theme.colours)))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, SYMBOLS[symbol].mark)
        painter.setPen(ink)

    def _draw_vectors(self, painter: QPainter, steps: ThreeSteps, label: Column, key: Column, product: Column) -> None:
        em, colours = self.look.scale.em, self.look.theme.theme.colours
        most = _most_vector(steps)
        rows: list[tuple[tuple[str, ...], Floats, float, str | None]] = [
            ((f"q  {written(steps.query_token)}",), steps.query, most, None)
        ]
        chosen = self._row if self._row is not None else int(steps.weights.argmax())
        if chosen < len(steps.key_tokens):
            both = steps.query * steps.keys[chosen]
            key_word, total = written(steps.key_tokens[chosen]), f"Σ = {float(both.sum()):.2f}"
            words = (f"q × k  {key_word}", f"× {key_word}")
            rows.append((words, both, float(np.abs(both).max(initial=0)), total))
        for number, (told, vector, largest, sum_of) in enumerate(rows[: self._strips]):
            top = self._strip_top(number)
            painter.setPen(QColor(colours.text))
            painter.setFont(self.look.scale.font(bold=number == 0))
            room = QRectF(label.left, top, label.width, em(1))
            painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, fitting(painter, room.width(), told))
            strip = QRectF(key.left, top, key.width, em(0.875))
            draw_strip(painter, strip, vector, largest, rim=colours.border)
            if number == 0:
                draw_hue(painter, strip, SYMBOLS["q"].colour(colours), em)
            if sum_of is not None:
                painter.setPen(QColor(colours.text))
                painter.setFont(tabular(self.look.scale.font("caption")))
                where = QRectF(product.left - em(0.5), top, product.width + em(0.5), em(0.875))
                painter.drawText(where, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
                                 sum_of.replace("-", "−"))  # fmt: skip


def _drawn(formula: Formula) -> tuple[QRectF, ...]:
    """Return where in its widget a formula is drawn."""
    drawn = QRectF(0, 0, min(formula.width(), formula.sizeHint().width()), formula.height())
    return (aired(drawn, formula.look),)


def _most_vector(steps: ThreeSteps) -> float:
    """Return the size at which the colours of q and k end."""
    return max(float(np.abs(steps.query).max(initial=0)), float(np.abs(steps.keys).max(initial=0)))
