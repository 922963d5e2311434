"""The article's formulas over the strips, with the numbers of the step under the cursor, and the sum at the end."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QRectF, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from app.explain.formula_view import FormulaView
from app.explain.links import SymbolLinks
from app.fonts import tabular
from app.panel import Look, Panel
from app.policy_gradient.anatomy.formulas import ALL, LOSS, formulas_of
from app.policy_gradient.anatomy.numbers import advantage_line, curve_line, product_line, returns_line, sum_line
from app.theme import Theme
from app.widgets.live_label import LiveLabel
from core.language import N_
from core.policy_gradient.anatomy.findings import Anatomy, Lesson

_WIDTHS = (4, 6, 6)
"""Of the three formulas, as parts of the whole."""


class Equations(Panel):
    """Three formulas side by side, each over its numbers, and below them the sum.

    Signals:
        pointed: id of the symbol under the mouse or the keyboard's mark; empty when there is none.
    """

    pointed = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._anatomy: Anatomy | None = None
        self._lesson: Lesson | None = None
        self._step = 0
        self.views = {formula: FormulaView(look, formula) for formula in ALL}
        self.numbers = tuple(LiveLabel() for _formula in _WIDTHS)
        self.sum, self.curve = LiveLabel(), LiveLabel()
        names = (N_("G of this step"), N_("R of this step"), N_("This step's share of the loss"))
        for label, name in zip(
            (*self.numbers, self.sum, self.curve), (*names, N_("The sum"), N_("The curve")), strict=True
        ):
            self.bind_text(label.call, name)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        for column, width in enumerate(_WIDTHS):
            self._grid.setColumnStretch(column, width)
            self._grid.addWidget(self.numbers[column], 1, column)
        for formula, view in self.views.items():
            view.pointed.connect(self.pointed)
            view.hide()
            self._grid.addWidget(view, 0, self._column_of(formula))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._grid)
        self._column.addWidget(self.sum)
        self._column.addWidget(self.curve)
        self._restyle(look.theme.theme)

    def link_symbols(self, links: SymbolLinks, symbols: tuple[str, ...]) -> None:
        """Let the terms of the formulas stand for ``symbols``, beside what stands for them elsewhere on the page."""
        for formula, view in self.views.items():
            for symbol in symbols:
                if rf"\sym{{{symbol}}}" in formula:
                    links.add(symbol, view, partial(_places, view, symbol), points=False)

    def show_pictures(self, picture: Callable[[str], str]) -> None:
        """Take what is typeset: ``picture`` returns the SVG of a formula, empty while there is none."""
        for formula, view in self.views.items():
            if svg := picture(formula):
                view.show_picture(svg)

    def light(self, symbol: str) -> None:
        """Light a symbol in all formulas; none for an empty text."""
        for view in self.views.values():
            view.light(symbol)

    def show_lesson(self, anatomy: Anatomy, lesson: Lesson) -> None:
        """Show the formulas of these corrections."""
        self._anatomy, self._lesson = anatomy, lesson
        shown = formulas_of(lesson.corrections, has_baseline=anatomy.baseline != "none")
        for formula, view in self.views.items():
            view.setVisible(formula in shown)
        self._retranslate()

    def show_step(self, step: int) -> None:
        """Show the numbers of ``step``."""
        self._step = step
        self._show_numbers()

    def _column_of(self, formula: str) -> int:
        return 2 if formula == LOSS else 1 if formula.startswith(r"\sym{R}") else 0

    def _show_numbers(self) -> None:
        if self._anatomy is None or self._lesson is None:
            return
        anatomy, lesson, t = self._anatomy, self._lesson, min(self._step, self._anatomy.duration - 1)
        lines = (returns_line(anatomy, lesson, t), advantage_line(lesson, t), product_line(anatomy, lesson, t))
        for label, line in zip(self.numbers, lines, strict=True):
            label.show_text(line)

    def _retranslate(self) -> None:
        self._show_numbers()
        if self._anatomy is not None and self._lesson is not None:
            self.sum.show_text(sum_line(self._anatomy, self._lesson))
            self.curve.show_text(curve_line(self._anatomy, self._lesson))

    def _restyle(self, _theme: Theme) -> None:
        em, font = self.look.scale.em, tabular(self.look.scale.font())
        self._grid.setHorizontalSpacing(em(1))
        self._grid.setVerticalSpacing(0)
        self._column.setSpacing(em(0.125))
        for label in (*self.numbers, self.curve):
            label.use_font(font)
        self.sum.use_font(tabular(self.look.scale.font(bold=True)))


def _places(view: FormulaView, symbol: str) -> list[QRectF]:
    """Return where a symbol stands in a formula."""
    if not view.has_picture:
        return []
    return [QRectF(view.place_of(at)) for at, stop in enumerate(view.stops) if stop.symbol == symbol]
