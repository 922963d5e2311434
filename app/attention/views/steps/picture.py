"""The survey's three steps for one query and one head: every number of the real model, to point at and to move."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Final

import numpy as np
from PySide6.QtCore import QEvent, QObject, QRectF, QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QSlider,
    QVBoxLayout,
    QWidget,
)

from app.attention.drawing.heatmap import MapContent
from app.attention.pictures.highlighted_text import HighlightedText
from app.attention.selection import Cell, Selection
from app.attention.views.steps.details import of_key, of_number
from app.attention.views.steps.footer import StepsFooter
from app.attention.views.steps.header import StepsHeader
from app.attention.views.steps.table import StepsTable
from app.explain.links import SymbolLinks
from app.explain.parts import aired
from app.fonts import tabular
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.elided_label import ElidedLabel
from app.widgets.plain import PlainLabel
from core.attention.colormaps import levels
from core.attention.results import AttentionMap, ThreeSteps, Token
from core.language import N_, _

_REACH: Final = 100
"""The slider goes from minus to plus so much; its ends are temperatures of 0.1 and 10."""


_LOW: Final = 24
_LOWEST: Final = 19
"""Lines of text below which the stage is low, and very low: what can be done without leaves room for the table."""

LEAST_WIDTH: Final = 33
"""Lines of text that formulas and columns need side by side; on a narrower stage they are scrolled."""


class StepsPicture(Panel):
    """Sentence, formulas, table and results; a temperature and a mask to move by hand.

    Nothing is squeezed into less than it needs: where the stage is too low or too narrow, all of it scrolls.

    Signals:
        query_chosen: the token whose three steps are wanted.
        temperature_chosen: what scores are divided by.
        mask_chosen: indices of the key tokens hidden by hand, as a tuple.
        pointed: another row, or none, is under the mouse.

    Attributes:
        pointed_row: the row under the mouse; None for none.
    """

    query_chosen = Signal(object)
    temperature_chosen = Signal(float)
    mask_chosen = Signal(object)
    pointed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._steps: ThreeSteps | None = None
        self._masked: tuple[int, ...] = ()
        self.pointed_row: int | None = None
        self._asking: tuple[Token, ...] = ()
        self._all: tuple[Token, ...] = ()
        self._selection = Selection(self)
        self.sentence = HighlightedText(look, self._selection)
        self.header, self.footer = StepsHeader(look), StepsFooter(look)
        self.table = StepsTable(look)
        self._temperature_label, self._temperature_value = PlainLabel(), PlainLabel()
        self.temperature = QSlider(Qt.Orientation.Horizontal)
        self.temperature.setRange(-_REACH, _REACH)
        self._reset = QPushButton()
        self._room = QScrollArea()
        self._detail = ElidedLabel()  # plain text: tokens such as <s> are no tags
        set_style(self._detail, kind="muted")
        self._assemble()
        self._selection.changed.connect(self._on_picked)
        self.table.hovered.connect(self._on_hovered)
        self.table.mask_toggled.connect(self._on_mask_toggled)
        self.temperature.valueChanged.connect(self._on_temperature)
        self._reset.clicked.connect(self._on_reset)
        self._retranslate()
        self._restyle(look.theme.theme)

    def _assemble(self) -> None:
        self.bind_text(self._temperature_label.setText, N_("Temperature"))
        self.bind_text(self.temperature.setAccessibleName, N_("Temperature"))
        self.bind_text(self._reset.setText, N_("Restore the model's values"))
        controls = QHBoxLayout()
        controls.addWidget(self._temperature_label)
        controls.addWidget(self.temperature, 2)
        controls.addWidget(self._temperature_value)
        controls.addWidget(self._reset)
        controls.addStretch(2)
        self._controls = controls
        self._text_area, self._scroll = QScrollArea(), QScrollArea()
        for area, widget in ((self._text_area, self.sentence), (self._scroll, self.table)):
            area.setWidgetResizable(True)
            area.setFrameShape(QFrame.Shape.NoFrame)
            area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            area.setWidget(widget)
        self._scroll.viewport().installEventFilter(self)
        self._content = QWidget()
        self._column = QVBoxLayout(self._content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._text_area)
        self._column.addLayout(controls)
        self._column.addWidget(self.header)
        self._column.addWidget(self._scroll, 1)
        self._column.addWidget(self.footer)
        self._room.setWidgetResizable(True)
        self._room.setFrameShape(QFrame.Shape.NoFrame)
        self._room.setWidget(self._content)
        for area in (self._text_area, self._scroll, self._room):
            area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the picture has it, and walks through all of them
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self._room, 1)
        self._whole.addWidget(self._detail)  # what it says of a number is seen beside the number, however scrolled

    def link_symbols(self, links: SymbolLinks) -> None:
        """Let every part stand for its symbol."""
        for part in (self.header, self.table, self.footer):
            part.link_symbols(links)
        hands = (self._temperature_label, self.temperature, self._temperature_value)
        links.add("temperature", self._content, self._temperature_rects, points=False)
        for hand in hands:
            links.watch(hand, "temperature")

    def _temperature_rects(self) -> tuple[QRectF, ...]:
        return (aired(QRectF(self._temperature_label.geometry() | self._temperature_value.geometry()), self.look),)

    def show_steps(
        self, steps: ThreeSteps | None, pieces: AttentionMap | None, temperature: float, masked: tuple[int, ...]
    ) -> None:
        """Show ``steps``.

        Args:
            steps: the numbers; None shows nothing.
            pieces: the map they are a row of, in pieces.
            temperature: what was asked for.
            masked: key tokens hidden by hand, counted in the whole text.
        """
        self._steps, self._masked = steps, masked
        self._asking = pieces.rows if pieces is not None else ()
        self._all = pieces.columns if pieces is not None else ()
        tempered = abs(temperature - 1) > 1e-6
        with QSignalBlocker(self.temperature):
            self.temperature.setValue(round(_REACH * math.log10(temperature)))
        self._reset.setEnabled(tempered or bool(masked))
        self._temperature_value.setText(f"T = {temperature:.2f}")
        self.header.show_steps(steps)
        self.table.show_steps(steps, frozenset(self._row_of(index) for index in masked))
        self.footer.show_steps(steps)
        self._show_sentence(steps, pieces)
        self._on_hovered(None, None)

    @property
    def scrolled(self) -> tuple[int, ...]:
        """Pixels that the sentence, the table and all of it, down and to the right, are scrolled by."""
        return tuple(bar.value() for bar in self._bars)

    @property
    def _bars(self) -> tuple[QScrollBar, ...]:
        areas = self._text_area, self._scroll, self._room
        return (*(area.verticalScrollBar() for area in areas), self._room.horizontalScrollBar())

    def scroll_to(self, pixels: Sequence[int]) -> None:
        """Scroll as ``scrolled`` said, as far as there is something to scroll."""
        for bar, value in zip(self._bars, pixels, strict=False):
            bar.setValue(min(value, bar.maximum()))

    def show_formulas(self, pictures: dict[str, str]) -> None:
        """Take the typeset formulas."""
        self.header.show_pictures(pictures)

    def draw(self, painter: QPainter) -> None:
        """Draw what is on screen onto any surface: sentence, formulas, the rows in sight, results."""
        painter.save()
        painter.setClipRect(self._room.viewport().geometry(), Qt.ClipOperation.IntersectClip)
        painter.translate(self._content.pos())
        areas = ((self._text_area, self.sentence), (self._scroll, self.table))
        for area, part in areas:
            painter.save()
            painter.translate(area.pos())
            painter.setClipRect(area.viewport().rect(), Qt.ClipOperation.IntersectClip)
            painter.translate(part.pos())
            part.draw(painter)
            painter.restore()
        for frame in (self.header, self.footer):
            painter.save()
            painter.translate(frame.pos())
            frame.draw(painter)
            painter.restore()
        for formula in self.header.formulas:
            formula.draw(painter, QRectF(formula.geometry().translated(self.header.pos())))
        painter.restore()

    def _restyle(self, _theme: Theme) -> None:
        self._controls.setSpacing(self.look.scale.em(0.5))
        self._temperature_value.setFont(tabular(self.look.scale.font()))
        self._temperature_value.setMinimumWidth(self.look.scale.em(4))
        self._scroll.setMinimumHeight(self.look.scale.em(2.75))
        self._content.setMinimumWidth(self.look.scale.em(LEAST_WIDTH))
        self._fit()

    def _retranslate(self) -> None:
        self._on_hovered(None, None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the columns of head and foot over those of the table."""
        super().resizeEvent(event)
        self._fit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the table's width, which changes when its scroll bar comes or goes."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return super().eventFilter(watched, event)

    def _fit(self) -> None:
        width, em = self._scroll.viewport().width(), self.look.scale.em
        low = self.height() < em(_LOW)
        for layout in (self._column, self._whole):
            layout.setSpacing(em(0.125 if low else 0.5))
        self.header.align_to(width, strips=2 if not low else int(self.height() >= em(_LOWEST)))
        self.footer.align_to(width, low=low)
        text = self.sentence.height_within(max(1, self._text_area.viewport().width()), em(3.25 if low else 6))
        self._text_area.setFixedHeight(text)
        self.table.fit_into(self._scroll.viewport().height())
        step = round(self.table.row_rect(0).height())
        for bar in self._bars[1:]:
            bar.setSingleStep(step)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move with the arrows to what has no room: down to the end of all, then through the rows; up the other way."""
        _text, rows, down, right = self._bars
        back, on = QScrollBar.SliderAction.SliderSingleStepSub, QScrollBar.SliderAction.SliderSingleStepAdd
        if event.key() == Qt.Key.Key_Down:
            (rows if down.value() == down.maximum() else down).triggerAction(on)
        elif event.key() == Qt.Key.Key_Up:
            (rows if rows.value() > 0 else down).triggerAction(back)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            right.triggerAction(back if event.key() == Qt.Key.Key_Left else on)
        else:
            super().keyPressEvent(event)

    def _show_sentence(self, steps: ThreeSteps | None, pieces: AttentionMap | None) -> None:
        """Colour the sentence by the weights of step 2; a token clicked in it becomes the query."""
        if steps is None or pieces is None:
            self.sentence.show_map(None, ())
            return
        query = next((index for index, row in enumerate(pieces.rows) if row == steps.query_token), None)
        weights = np.zeros((len(pieces.rows), len(pieces.columns)), np.float32)
        if query is not None:
            if len(steps.weights) == len(pieces.columns):
                weights[query] = steps.weights
            else:
                places = {token: index for index, token in enumerate(pieces.columns)}
                for token, weight in zip(steps.key_tokens, steps.weights, strict=True):
                    weights[query, places[token]] = weight
        with QSignalBlocker(self._selection):
            self._selection.follow(pieces.rows, pieces.columns)
            self._selection.pinned = Cell(row=query)
        deepest = float(weights.max(initial=0)) or 1.0
        content = MapContent(pieces.rows, pieces.columns, weights, levels(weights / deepest), "red")
        self.sentence.show_map(content, pieces.texts)
        self._fit()

    def _row_of(self, index: int) -> int:
        """Return the row of a key token counted in the whole text; −1 where this window doesn't reach it."""
        steps = self._steps
        if steps is None or len(steps.key_tokens) == len(self._all):
            return index
        token = self._all[index] if index < len(self._all) else None
        return next((row for row, key in enumerate(steps.key_tokens) if key == token), -1)

    @Slot()
    def _on_picked(self) -> None:
        index = self._selection.pinned.row
        if index is not None and index < len(self._asking):
            self.query_chosen.emit(self._asking[index])

    @Slot(int)
    def _on_mask_toggled(self, row: int) -> None:
        if self._steps is None:
            return
        index = row
        if len(self._steps.key_tokens) != len(self._all):
            index = next((i for i, token in enumerate(self._all) if token == self._steps.key_tokens[row]), row)
        kept = set(self._masked) ^ {index}
        if len(kept) < len(self._steps.key_tokens):  # a query that sees nothing has no softmax
            self.mask_chosen.emit(tuple(sorted(kept)))

    @Slot(int)
    def _on_temperature(self, place: int) -> None:
        self.temperature_chosen.emit(round(10 ** (place / _REACH), 3))

    @Slot()
    def _on_reset(self) -> None:
        self.temperature_chosen.emit(1.0)
        self.mask_chosen.emit(())

    @Slot(object, object)
    def _on_hovered(self, row: object, dimension: object) -> None:
        """Say which numbers lie under the mouse."""
        steps = self._steps
        self.header.show_row(row if isinstance(row, int) else None)
        if row != self.pointed_row:
            self.pointed_row = row if isinstance(row, int) else None
            self.pointed.emit()
        if steps is None or not isinstance(row, int) or row >= len(steps.key_tokens):
            self._detail.setText(_("Hover any number. Click a token to make it the query; click a dot to mask a key."))
            return
        self._detail.setText(of_number(steps, row, dimension) if isinstance(dimension, int) else of_key(steps, row))
