"""What is under the mouse, in numbers: weight, rank, the row's entropy, and what a sweep adds up to."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import partial
from typing import Final

import numpy as np
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from app.attention.drawing.labels import named
from app.attention.selection import Selection
from app.explain.links import SymbolLinks
from app.explain.parts import aired
from app.fonts import tabular
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.elided_label import ElidedLabel
from core.attention.results import AttentionMap
from core.language import N_, _


@dataclass(frozen=True, slots=True)
class Reading:
    """The numbers of a place, as written.

    Attributes:
        place: which query looks at which key.
        weight: the weight there; for a whole row its largest, for a sweep its share.
        rank: which place the weight has in its row.
        entropy: of the row, in bits.
        hidden: share of the row on hidden tokens, which stand for nothing typed.
    """

    place: str = "–"
    weight: str = "–"
    rank: str = "–"
    entropy: str = "–"
    hidden: str = "–"


def read_place(shown: AttentionMap | None, selection: Selection) -> Reading:
    """Return the numbers of what is under the mouse, else of what was swept, else of what is pinned."""
    if shown is None or not shown.weights.size:
        return Reading()
    if selection.sweep and not selection.hover:
        return _read_sweep(shown, selection)
    row, column = selection.shown.row, selection.shown.column
    query = named(shown.rows[row]) if row is not None and row < len(shown.rows) else None
    key = named(shown.columns[column]) if column is not None and column < len(shown.columns) else None
    if query is None and key is None:
        return Reading()
    if query is None or row is None:
        assert column is not None
        share = float(shown.weights[:, column].mean())
        return Reading(place=_("all → {key}").format(key=key), weight=_("mean {value:.3f}").format(value=share))
    if key is None or column is None:
        column = int(shown.weights[row].argmax())
        key = named(shown.columns[column])
    weights = shown.weights[row]
    value = float(weights[column])
    return Reading(
        place=_("{query} → {key}").format(query=query, key=key),
        weight=f"{value:.4f}",
        rank=_("{rank} of {all}").format(
            rank=1 + int(np.count_nonzero(weights > value)), all=int(np.diff(shown.reach[row])[0])
        ),
        entropy=_("{bits:.2f} bits").format(bits=float(shown.entropy[row])),
        hidden=f"{float(shown.hidden[row]):.0%}",
    )


def _read_sweep(shown: AttentionMap, selection: Selection) -> Reading:
    rows = slice(*selection.sweep.rows) if selection.sweep.rows else slice(None)
    columns = slice(*selection.sweep.columns) if selection.sweep.columns else slice(None)
    part = shown.weights[rows, columns]
    if not part.size:
        return Reading()
    return Reading(
        place=_("{rows} × {columns} selected").format(rows=part.shape[0], columns=part.shape[1]),
        weight=_("{share:.1%} per row").format(share=float(part.sum(axis=1).mean())),
        entropy=_("{bits:.2f} bits").format(bits=float(shown.entropy[rows].mean())),
        hidden=f"{float(shown.hidden[rows].mean()):.0%}",
    )


_SYMBOLS: Final = {1: "alpha", 3: "entropy"}
"""What numbers of the readout stand for, by their places."""


class Readout(Panel):
    """A row of named numbers at fixed places."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._titles: list[ElidedLabel] = []
        self._values: list[ElidedLabel] = []
        names = (
            (N_("Query → key"), "query-key-value"), (N_("Weight"), "attention"), (N_("Rank"), ""),
            (N_("Row entropy"), "row-entropy"), (N_("Hidden"), "special-token"),
        )  # fmt: skip
        for column, (name, term) in enumerate(names):
            title, value = ElidedLabel(term), ElidedLabel()
            value.setText("–")
            set_style(title, kind="caption")
            self.bind_text(title.setText, name)
            self.bind_text(value.setAccessibleName, name)
            self._grid.addWidget(title, 0, column)
            self._grid.addWidget(value, 1, column)
            self._titles.append(title)
            self._values.append(value)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._restyle(look.theme.theme)

    def show_reading(self, reading: Reading) -> None:
        """Show ``reading``."""
        texts = (reading.place, reading.weight, reading.rank, reading.entropy, reading.hidden)
        for label, text in zip(self._values, texts, strict=True):
            if label.text() != text:
                label.setText(text)

    def link_symbols(self, links: SymbolLinks) -> None:
        """Let the weight and the row's entropy stand for their symbols."""
        for column, symbol in _SYMBOLS.items():
            links.add(symbol, self, partial(self._rects_of, column), points=False)
            for label in (self._titles[column], self._values[column]):
                links.watch(label, symbol)

    def _rects_of(self, column: int) -> tuple[QRectF, ...]:
        title, value = self._titles[column], self._values[column]
        return () if title.isHidden() else (aired(QRectF(title.geometry() | value.geometry()), self.look),)

    def texts(self) -> list[str]:
        """Return what is shown, in the order of the names."""
        return [label.text() for label in self._values]

    def _restyle(self, _theme: Theme) -> None:
        self._grid.setHorizontalSpacing(self.look.scale.em(0.75))
        self._grid.setVerticalSpacing(0)
        for value in self._values:
            value.setFont(tabular(self.look.scale.font()))
        self._fit()

    def _retranslate(self) -> None:
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many numbers as there is room for."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Give each number the width of its name and of what it mostly is; the last ones go where all are too wide."""
        samples = ("", "0.0000", _("{rank} of {all}").format(rank=10, all=99), _("{bits:.2f} bits").format(bits=0), "")
        small = QFontMetricsF(self.look.scale.font("caption"))
        large = QFontMetricsF(tabular(self.look.scale.font()))
        gap, left = self._grid.horizontalSpacing(), float(self.width())
        for column, (title, value, sample) in enumerate(zip(self._titles, self._values, samples, strict=True)):
            wide = math.ceil(max(small.horizontalAdvance(title.text()), large.horizontalAdvance(sample))) + 1
            left -= wide
            shown = column == 0 or left >= 0
            left -= gap
            for label in (title, value):
                label.setVisible(shown)
            self._grid.setColumnMinimumWidth(column, wide if shown else 0)
            self._grid.setColumnStretch(column, (3 if column == 0 else 2) if shown else 0)
