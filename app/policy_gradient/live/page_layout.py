"""The room between the choices and the transport bar: the stage, its gauges, and the evidence beside or below."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractSlider, QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from app.panel import Look, Themed
from app.theme import Theme

_TWO_COLUMNS: Final = 24
"""Width in lines of text from which stage and evidence have room side by side."""
_WIDE: Final = 1.15
"""Width of a tab over its height from which they stand side by side."""
_NO_LIMIT: Final = (1 << 24) - 1
"""Qt's own largest size of a widget, which means no limit (QWIDGETSIZE_MAX)."""


class PageLayout(Themed, QScrollArea):
    """Keeps stage and evidence in two columns, or in one on a narrow window.

    At large zooms in small windows there is not room for everything at once, but never one thing on another: what
    is too much can be scrolled.

    Signals:
        range_changed: how much there is to scroll has changed.
    """

    range_changed = Signal()

    def __init__(self, look: Look, stage: QWidget, gauges: tuple[QWidget, ...], evidence: tuple[QWidget, ...]) -> None:
        """Lay everything out.

        Args:
            look: colours and sizes.
            stage: takes what height the gauges leave.
            gauges: below the stage.
            evidence: beside or below both; the last of it takes what height the others leave.
        """
        super().__init__()
        self.follow(look)
        self._stage = stage
        self._gauges = gauges
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._left, self._right = QVBoxLayout(), QVBoxLayout()
        self._left.addWidget(stage, 1)
        for part in gauges:
            self._left.addWidget(part)
        self._left.addStretch()
        for part in evidence:
            self._right.addWidget(part, int(part is evidence[-1]))
        page = QWidget()
        self._columns = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        self._columns.addLayout(self._left)
        self._columns.addLayout(self._right)
        self.present(False)
        self.setWidget(page)
        self._restyle(look.theme.theme)
        self.verticalScrollBar().rangeChanged.connect(self.range_changed)

    @property
    def can_scroll(self) -> bool:
        """Whether there is more than is seen."""
        return self.verticalScrollBar().maximum() > 0

    def scroll_on(self) -> None:
        """Show what comes further down."""
        self.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderSingleStepAdd)

    def scroll_back(self) -> None:
        """Show what comes further up."""
        self.verticalScrollBar().triggerAction(QAbstractSlider.SliderAction.SliderSingleStepSub)

    def present(self, on: bool) -> None:
        """Let the stage grow at the evidence's cost, or no longer."""
        self._columns.setStretch(0, 14 if on else 11)
        self._columns.setStretch(1, 6 if on else 9)

    def arrange(self, tab: QSize, width: int) -> None:
        """Put the evidence beside the stage on a wide tab, below it on a narrow one.

        Args:
            tab: the whole tab's size.
            width: what the choices leave of it.
        """
        wide = tab.width() >= tab.height() * _WIDE and width >= self.look.scale.em(_TWO_COLUMNS)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._columns.direction() != direction:
            self._columns.setDirection(direction)
        self._cap_stage()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        for part in (self._left, self._right):
            part.setSpacing(em(0.5))
        self._columns.setSpacing(em(1))
        self._columns.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self.verticalScrollBar().setSingleStep(em(2))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the height."""
        super().resizeEvent(event)
        self._cap_stage()

    def _cap_stage(self) -> None:
        """Keep the gauges in sight: beside evidence that must be scrolled, the stage is no higher than the room."""
        limit = _NO_LIMIT
        if self._columns.direction() is QBoxLayout.Direction.LeftToRight:
            below = sum(_height_of(part) for part in self._gauges)
            margins = self._columns.contentsMargins()
            room = self.viewport().height() - margins.top() - margins.bottom()
            least = max(self._stage.minimumHeight(), self._stage.minimumSizeHint().height())
            limit = max(least, room - below - len(self._gauges) * self._left.spacing())
        self._stage.setMaximumHeight(limit)


def _height_of(part: QWidget) -> int:
    return part.heightForWidth(part.width()) if part.hasHeightForWidth() else part.sizeHint().height()
