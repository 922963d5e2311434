"""Two maps side by side and their difference: two models, two heads, or two sentences."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSignalBlocker, Qt, Slot
from PySide6.QtGui import QColor, QPainter, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from app.attention.drawing.colour_bar import ScaleBar, draw_bar
from app.attention.drawing.labels import named
from app.attention.drawing.map_content import difference_content, pair_contents
from app.attention.pictures.matrix import Matrix
from app.attention.pictures.next_tokens import listed
from app.attention.selection import Selection
from app.fonts import tabular
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.elided_label import ElidedLabel
from app.widgets.plain import PlainLabel
from core.attention.export.caption import change_names
from core.attention.requests import Colormap, Scale
from core.attention.results import AttentionMap, Comparison
from core.language import N_, _


def title_of(shown: AttentionMap) -> str:
    """Return model, layer and head in one line."""
    taken = "".join(f" · {words}" for words in change_names(shown.changes, shown.texts))
    if shown.chosen is not None:
        return f"{shown.card.title} · {shown.chosen}{taken}"
    layer = _("all layers") if shown.layer is None else _("layer {layer}").format(layer=shown.layer)
    head = _("mean of heads") if shown.head is None else _("head {head}").format(head=shown.head)
    return f"{shown.card.title} · {layer} · {head}{taken}"


_WORDS: Final = 5.0
"""Lines of text that a map's title and its scale take, with the air around them."""


class ComparisonPicture(Panel):
    """Three maps, each with its scale; the third shows the first minus the second."""

    def __init__(self, look: Look, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._comparison: Comparison | None = None
        self._selection = selection
        self._other_selection = Selection(self)
        self._same = False
        self.first, self.second = Matrix(look, selection), Matrix(look, self._other_selection)
        self.difference = Matrix(look, selection)
        self.bars = (ScaleBar(look), ScaleBar(look), ScaleBar(look))
        self._titles = (PlainLabel(), PlainLabel(), PlainLabel())
        self._numbers, self._apart = ElidedLabel(), PlainLabel()
        for label in self._titles:  # a folder's name is no tag
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.bind_text(self._titles[2].setText, N_("First minus second"))
        self._apart.setWordWrap(True)
        self._apart.setAlignment(Qt.AlignmentFlag.AlignCenter)
        set_style(self._apart, kind="muted")
        self.bind_text(
            self._apart.setText,
            N_("The two maps have different tokens, so no difference can be drawn. Compare one sentence."),
        )
        self._maps = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for matrix, title, bar in zip((self.first, self.second, self.difference), self._titles, self.bars, strict=True):
            column = QVBoxLayout()
            title.setWordWrap(True)
            title.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom)
            column.addWidget(title)
            column.addWidget(matrix, 1)
            if matrix is self.difference:
                column.addWidget(self._apart, 1)
            foot = QHBoxLayout()
            foot.addStretch(1)
            foot.addWidget(bar, 3)
            foot.addStretch(1)
            column.addLayout(foot)
            self._maps.addLayout(column, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._maps, 1)
        self._column.addWidget(self._numbers)
        self._next = ElidedLabel()
        self._next.hide()
        self._column.addWidget(self._next)
        selection.changed.connect(self._on_first_picked)
        selection.hovered.connect(self._on_first_picked)
        self._other_selection.changed.connect(self._on_second_picked)
        self._other_selection.hovered.connect(self._on_second_picked)
        self._restyle(look.theme.theme)

    def show_comparison(self, comparison: Comparison | None, colormap: Colormap, scale: Scale) -> None:
        """Show ``comparison``; None shows nothing."""
        self._comparison = comparison
        if comparison is None:
            for matrix in (self.first, self.second, self.difference):
                matrix.show_map(None)
            return
        first, second = comparison.first, comparison.second
        self._same = (first.rows, first.columns) == (second.rows, second.columns)
        self._selection.follow(first.rows, first.columns)
        with QSignalBlocker(self._other_selection):  # what was picked is carried over below, not let go
            self._other_selection.follow(second.rows, second.columns)
        contents = pair_contents(comparison, colormap, scale)
        self.first.show_map(contents[0])
        self.second.show_map(contents[1])
        for bar in self.bars[:2]:
            bar.show_bar(contents[2])
        apart = difference_content(comparison)
        self.difference.setVisible(apart is not None)
        self.bars[2].setVisible(apart is not None)
        self._apart.setVisible(apart is None)
        if apart is not None:
            self.difference.show_map(apart[0])
            self.bars[2].show_bar(apart[1])
        self._write_titles()
        self._on_first_picked()

    def draw(self, painter: QPainter, ratio: float) -> None:
        """Draw the maps with titles and scales onto another surface, where they lie on the screen."""
        matrices = [self.first, self.second] + ([self.difference] if not self.difference.isHidden() else [])
        for matrix, title, bar in zip(matrices, self._titles, self.bars, strict=False):
            painter.save()
            painter.translate(matrix.pos())
            matrix.draw(painter, ratio)
            painter.restore()
            painter.setPen(QColor(self.look.theme.theme.colours.text))
            painter.setFont(title.font())
            painter.drawText(title.geometry(), title.alignment() | Qt.TextFlag.TextWordWrap, title.text())
            if bar.content is not None:
                draw_bar(painter, self.look, bar.content, QRectF(bar.geometry()))

    def _restyle(self, _theme: Theme) -> None:
        self._column.setSpacing(self.look.scale.em(0.5))
        self._maps.setSpacing(self.look.scale.em(1))
        self._numbers.setFont(tabular(self.look.scale.font()))
        for title in self._titles:
            title.setFixedHeight(self.look.scale.em(2.25))
        self._write_titles()

    def _retranslate(self) -> None:
        self._write_titles()
        self._show_numbers()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the maps side by side or one below the other, whichever leaves each of them the larger square."""
        super().resizeEvent(event)
        words = 3 * self.look.scale.em(_WORDS)  # above and below each map, where they stand below each other
        wide = self.width() >= self.height() - words
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._maps.direction() != direction:
            self._maps.setDirection(direction)
        self._write_titles()

    def _write_titles(self) -> None:
        """Write what each map shows; where that takes two lines, the model has the first for itself."""
        if self._comparison is None:
            return
        level = self._maps.direction() == QBoxLayout.Direction.LeftToRight
        room = (self.width() - 2 * self._maps.spacing()) // 3 if level else self.width()
        shown = (self._comparison.first, self._comparison.second)
        lines = 3.25 if any(one.changes for one in shown) else 2.25
        for title in self._titles:
            title.setFixedHeight(self.look.scale.em(lines))
        for title, text in zip(self._titles, map(title_of, shown), strict=False):
            fits = title.fontMetrics().horizontalAdvance(text) <= room
            title.setText(text if fits else text.replace(" · ", "\n", 1))

    def _mirror(self, source: Selection, target: Selection) -> None:
        """Pick in ``target`` what is picked in ``source``, where both mean the same tokens."""
        if not source.means_the_same_as(target):
            return
        if source.hover != target.hover:
            target.hover_over(source.hover)
        if (source.pinned, source.sweep) != (target.pinned, target.sweep):
            target.pinned, target.sweep = source.pinned, source.sweep
            target.changed.emit()

    @Slot()
    def _on_first_picked(self) -> None:
        if self._comparison is not None:
            self._mirror(self._selection, self._other_selection)
            self._show_numbers()

    @Slot()
    def _on_second_picked(self) -> None:
        if self._comparison is not None:
            self._mirror(self._other_selection, self._selection)
            self._show_numbers()

    def _show_numbers(self) -> None:
        """Write the two weights at the place picked, and their difference."""
        comparison = self._comparison
        row, column = self._selection.shown.row, self._selection.shown.column
        text = _("Hover a cell to read both weights.")
        if comparison is not None and comparison.difference.size and not comparison.difference.any():
            text = _("Both maps are the same: compare with another layer, head or model.")
        if comparison is not None and self._same and row is not None and column is not None:
            first, second = comparison.first, comparison.second
            if row < len(first.rows) and column < len(first.columns):
                a, b = float(first.weights[row, column]), float(second.weights[row, column])
                text = _("{query} → {key}:  first {a:.4f},  second {b:.4f},  difference {difference:+.4f}").format(
                    query=named(first.rows[row]), key=named(first.columns[column]), a=a, b=b, difference=a - b
                )
        self._numbers.setText(text.replace("-0.", "−0."))
        self._show_next(row)

    def _show_next(self, row: int | None) -> None:
        """Write what each side expects after the picked row, else after the last, where both expect anything."""
        comparison = self._comparison
        self._next.hide()
        if comparison is not None and self._same and comparison.first.guesses and comparison.second.guesses:
            first, second = comparison.first, comparison.second
            self._next.show()
            row = len(first.rows) - 1 if row is None or row >= len(first.rows) else row
            self._next.setText(
                _("Next after {token}: first {a};  second {b}").format(
                    token=named(first.rows[row]), a=listed(first.guesses[row]), b=listed(second.guesses[row])
                )
            )
