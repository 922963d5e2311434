"""Two sentences beside each other: which of their tokens mean each other, by similarity or by attention."""

from __future__ import annotations

from typing import Final

import numpy as np
from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.attention.drawing.colour_bar import ScaleBar, draw_bar
from app.attention.drawing.heatmap import MapContent
from app.attention.drawing.labels import named
from app.attention.drawing.map_content import BarContent, bar_content
from app.attention.options import By
from app.attention.pictures.links import LinksPicture
from app.attention.pictures.matrix import Matrix
from app.attention.selection import Selection
from app.fonts import tabular
from app.panel import Look, Panel
from app.theme import Theme
from app.widgets.elided_label import ElidedLabel
from app.widgets.plain import PlainLabel
from core.attention.colormaps import intensity, levels
from core.attention.requests import Colormap, Scale
from core.attention.results import Alignment, Token
from core.language import N_, _

_BY_NAMES: Final[dict[By, str]] = {
    "similarity": N_("Similarity of vectors in context"),
    "attention": N_("Attention across the pair"),
}


def alignment_content(alignment: Alignment, by: By, colormap: Colormap, scale: Scale) -> tuple[MapContent, BarContent]:
    """Return the map of an alignment and its bar; a cosine below 0 has the colour of 0."""
    rows, columns = alignment.rows, alignment.columns
    if by == "attention" and alignment.attention.size:
        weights = alignment.attention
    else:
        weights = np.maximum(alignment.cosine, np.float32(0))
    shown = alignment.attention if weights is alignment.attention else alignment.cosine
    deep = levels(intensity(weights, scale))
    return MapContent(rows, columns, shown, deep, colormap, rings=alignment.links), bar_content(
        weights, colormap, scale
    )


class AlignmentPicture(Panel):
    """Links between two sentences, and the map they are read from.

    Signals:
        token_chosen: a token of either sentence was pinned.
        by_chosen: what the map is to show.
    """

    token_chosen = Signal(object)
    by_chosen = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._alignment: Alignment | None = None
        self._by: By = "similarity"
        self.selection = Selection(self)
        self.links = LinksPicture(look, self.selection)
        self.links.name_sides(N_("first sentence"), N_("second sentence"))
        self.matrix = Matrix(look, self.selection)
        self.bar = ScaleBar(look)
        self.by = QComboBox()
        self.by.activated.connect(self._on_by)
        self._summary = PlainLabel()
        self._summary.setWordWrap(True)
        self._numbers = ElidedLabel()
        self._summary.setTextFormat(Qt.TextFormat.PlainText)
        self._assemble()
        self.selection.changed.connect(self._on_picked)
        self.selection.hovered.connect(self._show_numbers)
        self._retranslate()
        self._restyle(look.theme.theme)

    def _assemble(self) -> None:
        head = QHBoxLayout()
        head.addWidget(self._summary, 1)
        head.addWidget(self.by)
        self._both = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._both.addWidget(self.links, 1)
        self._both.addWidget(self.matrix, 1)
        foot = QHBoxLayout()
        foot.addWidget(self._numbers, 3)
        foot.addWidget(self.bar, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(head)
        self._column.addLayout(self._both, 1)
        self._column.addLayout(foot)

    def show_alignment(
        self,
        alignment: Alignment | None,
        colormap: Colormap,
        by: By = "similarity",
        pinned: Token | None = None,
        scale: Scale = "relative",
    ) -> None:
        """Show ``alignment``, the map ``by`` similarity or attention; ``pinned`` is a token picked in another view."""
        self._alignment, self._by = alignment, by
        self.by.setCurrentIndex(max(0, self.by.findData(by)))
        if alignment is None:
            self.links.show_map(None)
            self.matrix.show_map(None)
            return
        self.selection.follow(alignment.rows, alignment.columns)
        content, bar = alignment_content(alignment, by, colormap, scale)
        linked = np.zeros_like(content.intensities)
        for row, column in alignment.links:
            linked[row, column] = max(96, int(content.intensities[row, column]))
        self.links.show_map(MapContent(alignment.rows, alignment.columns, content.weights, linked, colormap))
        self.matrix.show_map(content)
        self.bar.show_bar(bar)
        self.by.setVisible(bool(alignment.attention.size))
        self._show_summary()
        if pinned is not None:
            with QSignalBlocker(self.selection):
                self.selection.pin_place(pinned)
        self._show_numbers()

    def draw(self, painter: QPainter, ratio: float) -> None:
        """Draw links, map and scale onto another surface, where they lie on the screen."""
        painter.save()
        painter.translate(self.links.pos())
        self.links.draw(painter)
        painter.restore()
        painter.save()
        painter.translate(self.matrix.pos())
        self.matrix.draw(painter, ratio)
        painter.restore()
        if self.bar.content is not None:
            draw_bar(painter, self.look, self.bar.content, QRectF(self.bar.geometry()))

    def _restyle(self, _theme: Theme) -> None:
        self._column.setSpacing(self.look.scale.em(0.5))
        self._both.setSpacing(self.look.scale.em(1))
        self._numbers.setFont(tabular(self.look.scale.font()))

    def _retranslate(self) -> None:
        with QSignalBlocker(self.by):
            self.by.clear()
            for by, name in _BY_NAMES.items():
                self.by.addItem(_(name), by)
            self.by.setCurrentIndex(max(0, self.by.findData(self._by)))
        self.by.setAccessibleName(_("What the map shows"))
        self._show_summary()
        self._show_numbers()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put links above the map where the stage is high."""
        super().resizeEvent(event)
        wide = self.width() >= self.height() * 1.2
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._both.direction() != direction:
            self._both.setDirection(direction)

    def _show_summary(self) -> None:
        alignment = self._alignment
        if alignment is None:
            self._summary.clear()
            return
        words = (
            _("Vectors after layer {layer} of {layers}: 1 link between two that are each other's most similar.")
            if len(alignment.links) == 1
            else _("Vectors after layer {layer} of {layers}: {links} links, each the other's most similar.")
        )
        self._summary.setText(
            words.format(layer=alignment.layer, layers=alignment.card.layers, links=len(alignment.links))
        )

    @Slot()
    def _on_by(self) -> None:
        self.by_chosen.emit(self.by.currentData())

    @Slot()
    def _on_picked(self) -> None:
        self._show_numbers()
        token = self.selection.pinned_token()
        if token is not None:
            self.token_chosen.emit(token)

    @Slot()
    def _show_numbers(self) -> None:
        alignment = self._alignment
        row, column = self.selection.shown.row, self.selection.shown.column
        brief = _("Circles and lines mark pairs that choose each other.")
        text = _("Circles and lines mark pairs that choose each other. Hover a cell to read its numbers.")
        if alignment is not None and row is not None and row < len(alignment.rows):
            if column is None:
                column = int(alignment.cosine[row].argmax())
            if column < len(alignment.columns):
                brief, text = (
                    "",
                    _("{first} – {second}:  cosine {cosine:.3f}").format(
                        first=named(alignment.rows[row]),
                        second=named(alignment.columns[column]),
                        cosine=float(alignment.cosine[row, column]),
                    ),
                )
                if alignment.attention.size:
                    share = float(alignment.attention[row, column])
                    text += _(",  attention {share:.4f}").format(share=share)
        self._numbers.setText(text, brief)
