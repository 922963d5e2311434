"""A first-use hint: one sentence beside the one thing to do, with a tip that points at it."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, QRect, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QWidget

from app.icons import icon
from app.panel import Look, Panel
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import N_

_MOVED: Final = frozenset(
    {QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.EnabledChange}
)
_WIDEST: Final = 20
_TIP: Final = 0.5
"""Width of a hint, and height of its tip, in lines of text."""
_WIDE: Final = 30
"""Width in lines of text from which something is pointed at near its end."""


class HintBubble(Panel):
    """Lies over the window above what it points at, or below it where there is no room, and takes no keyboard.

    Signals:
        dismissed: the person has closed it.
    """

    dismissed = Signal()

    def __init__(self, look: Look, text: str, target: QWidget, over: QWidget) -> None:
        """Point at something.

        Args:
            look: colours and sizes.
            text: one sentence, marked with ``N_``.
            target: what it points at; while that is out of sight, or can't be used yet, so is the hint.
            over: the widget it lies over.
        """
        super().__init__(look, over)
        self.target, self._over = target, over
        self._text = PlainLabel()
        self._text.setWordWrap(True)
        self._close = QToolButton()
        self._close.setIcon(icon("close"))
        self._close.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.clicked.connect(self.dismissed)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.bind_text(self._text.setText, text)
        self.bind_text(self.setAccessibleName, text)
        self.bind_text(self._close.setToolTip, N_("Got it"))
        self.bind_text(self._close.setAccessibleName, N_("Got it"))
        self._watched = [target, over]
        for part in self._watched:
            part.installEventFilter(self)
        self._is_above = True
        self._restyle(look.theme.theme)
        self.place()

    @property
    def text(self) -> str:
        """What it says."""
        return self._text.text()

    def place(self) -> None:
        """Lie beside the target, in sight where it is."""
        if not (self.target.isVisible() and self.target.isEnabled()) or self.target.visibleRegion().isEmpty():
            self.hide()
            return
        em, over = self.look.scale.em, self._over
        aim = QRect(self.target.mapTo(over, QPoint(0, 0)), self.target.size())
        self._text.setFixedWidth(min(em(_WIDEST), self._text.fontMetrics().horizontalAdvance(self.text) + em(0.25)))
        self._is_above = aim.top() > self.sizeHint().height() + em(_TIP)
        self._pad()
        size = self.sizeHint()
        at = self._aim_x(aim)
        left = min(max(em(0.5), at - em(3)), over.width() - size.width() - em(0.5))
        top = aim.top() - size.height() - em(0.125) if self._is_above else aim.bottom() + em(0.125)
        self.setGeometry(QRect(QPoint(max(0, left), top), size))
        self.show()
        self.raise_()
        self.update()

    def _aim_x(self, aim: QRect) -> int:
        """Return where in ``aim`` it points at: the middle, or, of what is wide, the end that is mostly empty."""
        return aim.center().x() if aim.width() < self.look.scale.em(_WIDE) else aim.left() + aim.width() * 4 // 5

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow what is pointed at."""
        if event.type() in _MOVED:
            self.place()
        return False

    def _pad(self) -> None:
        em = self.look.scale.em
        tip = em(_TIP)
        above, below = (0, tip) if self._is_above else (tip, 0)
        self._row.setContentsMargins(em(0.75), em(0.375) + above, em(0.375), em(0.375) + below)

    def _restyle(self, _theme: Theme) -> None:
        self._row.setSpacing(self.look.scale.em(0.5))
        self._close.setIconSize(self.look.scale.icon_size(0.875))
        self._pad()
        self.place()

    def _retranslate(self) -> None:
        self.place()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the bubble and its tip."""
        em, colours = self.look.scale.em, self.look.theme.theme.colours
        tip = float(em(_TIP))
        body = self.rect().toRectF().adjusted(1, 1, -1, -1)
        aim = QRect(self.target.mapTo(self._over, QPoint(0, 0)), self.target.size())
        aim_x = self._aim_x(aim) - self.x()
        x = min(max(float(aim_x), body.left() + 2 * tip), body.right() - 2 * tip)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(colours.marker), max(1.0, em(0.0625))))
        painter.setBrush(QColor(colours.selection))
        if self._is_above:
            body.setBottom(body.bottom() - tip)
            edge, point = body.bottom(), body.bottom() + tip
        else:
            body.setTop(body.top() + tip)
            edge, point = body.top(), body.top() - tip
        painter.drawRoundedRect(body, em(0.375), em(0.375))
        corner = [QPointF(x - tip, edge), QPointF(x, point), QPointF(x + tip, edge)]
        inner = 1.5 if self._is_above else -1.5
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawPolygon(QPolygonF([corner[0] - QPointF(0, inner), corner[1], corner[2] - QPointF(0, inner)]))
        painter.setPen(QPen(QColor(colours.marker), max(1.0, em(0.0625))))
        painter.drawPolyline(QPolygonF(corner))
        painter.end()
