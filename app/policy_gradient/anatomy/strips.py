"""The strips, to be moved through: mouse and arrow keys move the cursor, the wheel comes nearer."""

from __future__ import annotations

import math
from typing import Final

from PySide6.QtCore import QEvent, QPointF, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QWidget

from app.panel import Look
from app.policy_gradient.anatomy.rows import ROWS, RowId, rows_of
from app.policy_gradient.anatomy.strips_picture import FINE, StripsPicture
from app.theme import Theme
from core.policy_gradient.anatomy.findings import Anatomy, Lesson

LARGEST_STEP: Final = 32.0
"""Pixels at a scale of one, more of which no step is given."""
_KEYS: Final = frozenset(
    {Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}
)


class Strips(StripsPicture):
    """The strips of one episode.

    Signals:
        cursor_moved: to another step or row.
        stepped: it was the keyboard that moved it.
        zoomed: steps are wider or narrower now.
    """

    cursor_moved = Signal()
    stepped = Signal()
    zoomed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._bar.valueChanged.connect(self._on_scrolled)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._restyle(self.look.theme.theme)

    def show_anatomy(self, anatomy: Anatomy | None, lesson: Lesson | None, n_actions: int = 2) -> None:
        """Show an episode under the corrections of ``lesson``; the cursor stays where it can."""
        is_another = anatomy is not self._anatomy
        self._anatomy, self._n_actions = anatomy, n_actions
        self._rows = () if anatomy is None or lesson is None else rows_of(anatomy, lesson)
        if is_another:
            self.step = max(0, min(self.step, self._count - 1))
            self._set_zoom(min(self.zoom, self._most_zoom), around=self.step)
        self._draw_anew()

    @property
    def scrolled(self) -> int:
        """Where the scroll bar is."""
        return self._bar.value()

    def restore(self, step: int, row: RowId, zoom: float, scroll: int) -> None:
        """Put the cursor, and what is seen, where they were."""
        self.step, self.row = max(0, step if self._anatomy is None else min(step, self._count - 1)), row
        self._set_zoom(max(1.0, zoom), around=self.step)
        self._bar.setValue(scroll)
        self.cursor_moved.emit()

    def move_to(self, step: int, row: RowId | None = None) -> None:
        """Put the cursor on ``step``, as near to it as there is one, and have it in view."""
        step, row = max(0, min(step, self._count - 1)), self.row if row is None else row
        if (step, row) == (self.step, self.row):
            return
        self.step, self.row = step, row
        span = self.span
        if step < span.first:
            self._bar.setValue(step * FINE)
        elif step + 1 > span.first + span.count:
            self._bar.setValue(math.ceil((step + 1 - span.count) * FINE))
        self._tell()

    def zoom_by(self, factor: float) -> None:
        """Come nearer to the cursor, or go back."""
        self._set_zoom(max(1.0, min(self._most_zoom, self.zoom * factor)), around=self.step)

    @property
    def can_zoom_in(self) -> bool:
        """Whether steps can be wider."""
        return bool(self._rows) and self.zoom < self._most_zoom

    @property
    def _most_zoom(self) -> float:
        whole = self.plot_rect.width() / max(1, self._count)
        return max(1.0, LARGEST_STEP * self.look.scale.factor / whole)

    def _set_zoom(self, zoom: float, around: float) -> None:
        before = self.span
        share = (around + 0.5 - before.first) / before.count
        self.zoom = zoom
        count = max(1, self._count) / zoom
        self._bar.setVisible(zoom > 1)
        self._bar.setRange(0, round((max(1, self._count) - count) * FINE))
        self._bar.setPageStep(max(1, round(count * FINE)))
        self._bar.setSingleStep(FINE)
        self._bar.setValue(round((around + 0.5 - share * count) * FINE))
        self._place_bar()
        self.zoomed.emit()
        self._draw_anew()

    def _place_bar(self) -> None:
        plot, height = self.plot_rect, self._bar.sizeHint().height()
        self._bar.setGeometry(round(plot.left()), self.height() - height, round(plot.width()), height)

    def _tell(self) -> None:
        self.cursor_moved.emit()
        self.update()

    @Slot(int)
    def _on_scrolled(self, _value: int) -> None:
        self._draw_anew()

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self._place_bar()
        self._draw_anew()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the scroll bar stand below the rows."""
        super().resizeEvent(event)
        if self.zoom > self._most_zoom:
            self._set_zoom(self._most_zoom, around=self.step)
        self._place_bar()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Put the cursor where the mouse is."""
        self._follow(event.position())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the keyboard, and put the cursor there."""
        self.setFocus(Qt.FocusReason.MouseFocusReason)
        self._follow(event.position())

    def _follow(self, place: QPointF) -> None:
        row = self.row_at(place)
        if self._rows and row is not None and self.plot_rect.left() <= place.x() < self.plot_rect.right():
            self.move_to(self.span.at(place.x()), row)
        elif self._rows and row is not None:
            self.move_to(self.step, row)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Come nearer to what is under the mouse, or go back; where there is nothing to come nearer to, pass it on."""
        turned = event.angleDelta().y()
        factor = 1.25 ** (turned / 120)
        zoom = max(1.0, min(self._most_zoom, self.zoom * factor))
        if not turned or zoom == self.zoom:
            event.ignore()
            return
        place = event.position().x()
        around = self.span.first + (place - self.span.left) / self.span.step - 0.5
        self._set_zoom(zoom, around=around)
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Claim the arrow keys."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._rows:
            plain_key = event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            if plain_key and event.key() in _KEYS:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Step: left and right through the episode, up and down through the rows."""
        key, ids = event.key(), [spec.id for spec in ROWS]
        at = ids.index(self.row)
        if not self._rows or key not in _KEYS:
            super().keyPressEvent(event)
            return
        if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.move_to(self.step + (1 if key == Qt.Key.Key_Right else -1))
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.move_to(self.step, ids[max(0, min(len(ids) - 1, at + (1 if key == Qt.Key.Key_Down else -1)))])
        else:
            self.move_to(0 if key == Qt.Key.Key_Home else self._count - 1)
        self.stepped.emit()
