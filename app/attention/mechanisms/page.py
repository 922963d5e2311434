"""What a mechanism's view consists of: formulas, drawing, and a line of numbers about what is under the mouse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QPoint, QRectF, Signal
from PySide6.QtGui import QPainter, QRegion, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.attention.mechanisms.picture import MechanismPicture
from app.explain.formula_view import FormulaView
from app.explain.links import SymbolLinks
from app.fonts import tabular
from app.panel import Look, Panel
from app.theme import Theme
from app.widgets.live_label import LiveLabel
from core.language import N_


class MechanismPage(Panel):
    """Formulas, drawing, numbers; and beside and below the drawing what a page brings of its own.

    Signals:
        pointed: id of the symbol of a formula under the mouse or the keyboard's mark; empty when there is none.
    """

    pointed = Signal(str)

    def __init__(
        self,
        look: Look,
        formulas: Sequence[str],
        below: QWidget | None = None,
        beside: MechanismPicture | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Make a page.

        Args:
            look: colours and sizes.
            formulas: LaTeX of all that may stand over the drawing.
            below: what stands below it.
            beside: another drawing, left of it and as large.
            parent: the widget it lies in.
        """
        super().__init__(look, parent)
        self.picture = MechanismPicture(look)
        self.below, self.beside = below, beside
        self.formulas = {formula: FormulaView(look, formula) for formula in formulas}
        self.numbers = LiveLabel()
        self.bind_text(self.numbers.call, N_("Numbers under the mouse"))
        self._row = QHBoxLayout()
        self._row.setContentsMargins(0, 0, 0, 0)
        for view in self.formulas.values():
            self._row.addWidget(view, 1)
            view.pointed.connect(self.pointed)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._row)
        self._drawings = QHBoxLayout()
        self._drawings.setContentsMargins(0, 0, 0, 0)
        for picture in self.pictures:
            self._drawings.addWidget(picture, 1)
        self._column.addLayout(self._drawings, 1)
        if below is not None:
            self._column.addWidget(below)
        self._column.addWidget(self.numbers)
        self._restyle(look.theme.theme)

    @property
    def pictures(self) -> tuple[MechanismPicture, ...]:
        """Its drawings, from the left."""
        return (self.picture,) if self.beside is None else (self.beside, self.picture)

    def link_symbols(self, links: SymbolLinks, symbols: Sequence[str]) -> None:
        """Let the terms of the formulas stand for ``symbols``, beside their lanes."""
        for formula, view in self.formulas.items():
            for symbol in symbols:
                if rf"\sym{{{symbol}}}" in formula:
                    links.add(symbol, view, partial(places, view, symbol), points=False)
        for picture in self.pictures:
            picture.link_symbols(links, symbols)

    def show_formulas(self, shown: Sequence[str]) -> None:
        """Let only these stand over the drawing."""
        for formula, view in self.formulas.items():
            view.setVisible(formula in shown)
        self._share_row()

    def show_pictures(self, picture: Callable[[str], str]) -> None:
        """Take what is typeset: ``picture`` returns the SVG of a formula, empty while there is none."""
        for formula, view in self.formulas.items():
            if svg := picture(formula):
                view.show_picture(svg)
        self._share_row()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new room among the formulas."""
        super().resizeEvent(event)
        self._share_row()

    def _share_row(self) -> None:
        """Give each formula as much as any other or, where one is longer than that, as much as it is long."""
        seen = [view for view in self.formulas.values() if not view.isHidden()]
        share = (self.width() - self._row.spacing() * (len(seen) - 1)) / max(1, len(seen))
        is_narrow = any(view.natural_width > share for view in seen)
        for view in seen:
            self._row.setStretchFactor(view, max(1, round(view.natural_width)) if is_narrow else 1)

    def light(self, symbol: str) -> None:
        """Light a symbol in all formulas; none for an empty text."""
        for view in self.formulas.values():
            view.light(symbol)

    def draw(self, painter: QPainter) -> None:
        """Draw formulas, drawing and what is below onto another surface, where they lie on the screen."""
        flags = QWidget.RenderFlag.DrawChildren
        for view in self.formulas.values():
            if view.isVisibleTo(self):
                view.render(painter, view.pos(), QRegion(), flags)
        for picture in self.pictures:
            painter.save()
            painter.translate(picture.pos())
            picture.draw(painter)
            painter.restore()
        if self.below is not None and self.below.isVisibleTo(self):
            self.below.render(painter, self.below.pos() or QPoint(), QRegion(), flags)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setSpacing(em(1))
        self._drawings.setSpacing(em(1))
        self._column.setSpacing(em(0.375))
        self.numbers.use_font(tabular(self.look.scale.font()))


def places(view: FormulaView, symbol: str) -> list[QRectF]:
    """Return where a symbol stands in a formula."""
    if not view.has_picture:
        return []
    return [QRectF(view.place_of(at)) for at, stop in enumerate(view.stops) if stop.symbol == symbol]
