"""What words a window paints, how large and where: asked of the painting itself, not of what paints."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF
from PySide6.QtGui import QFontMetricsF, QPaintDevice, QPaintEngine, QPainter, QRegion, QTransform
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True)
class Words:
    """Words that were painted at one place.

    Attributes:
        text: what they are.
        height: of a line of their type, in device-independent pixels.
        place: the rectangle they take in the window.
        room: what of the window could be painted at there; None for all of it.
    """

    text: str
    height: float
    place: QRectF
    room: QRegion | None

    @property
    def missing(self) -> float:
        """Pixels of their width that are painted nowhere."""
        if self.room is None:
            return 0.0
        room = QRectF(self.room.boundingRect())
        return max(room.left() - self.place.left(), self.place.right() - room.right(), 0.0)


class _Engine(QPaintEngine):
    """Notes words, and paints nothing."""

    def __init__(self):
        super().__init__(QPaintEngine.PaintEngineFeature.AllFeatures)
        self.words = []
        self._transform = QTransform()

    def begin(self, _device):
        self.setActive(True)
        return True

    def end(self):
        self.setActive(False)
        return True

    def type(self):
        return QPaintEngine.Type.User

    def updateState(self, state):
        if state.state() & QPaintEngine.DirtyFlag.DirtyTransform:
            self._transform = state.transform()

    def drawTextItem(self, at, item):
        if not item.text().strip():
            return
        box = QRectF(at.x(), at.y() - item.ascent(), item.width(), item.ascent() + item.descent())
        scale = self._transform.map(QPointF(0, 1)) - self._transform.map(QPointF(0, 0))
        size = (scale.x() ** 2 + scale.y() ** 2) ** 0.5
        clip = self.systemClip()
        height = QFontMetricsF(item.font()).height() * size
        self.words.append(Words(item.text(), height, self._transform.mapRect(box), None if clip.isEmpty() else clip))

    def drawPixmap(self, *_):
        pass

    drawImage = drawPath = drawPolygon = drawRects = drawPixmap  # noqa: N815  Qt's names
    drawLines = drawPoints = drawEllipse = drawTiledPixmap = drawPixmap  # noqa: N815


class _Paper(QPaintDevice):
    def __init__(self, widget):
        super().__init__()
        self.engine = _Engine()
        self._widget = widget

    def paintEngine(self):
        return self.engine

    def metric(self, what):
        metric = QPaintDevice.PaintDeviceMetric
        known = {
            metric.PdmWidth: self._widget.width(),
            metric.PdmHeight: self._widget.height(),
            metric.PdmDevicePixelRatio: 1,
            metric.PdmDevicePixelRatioScaled: 65536,
            metric.PdmDepth: 32,
            metric.PdmNumColors: 2**24,
        }
        dots = (metric.PdmDpiX, metric.PdmDpiY, metric.PdmPhysicalDpiX, metric.PdmPhysicalDpiY)
        return known.get(what, self._widget.logicalDpiX() if what in dots else 0)


def words_painted(widget: QWidget) -> list[Words]:
    """Return the words that ``widget`` and all in it paint, in the order in which they are painted."""
    paper = _Paper(widget)
    painter = QPainter(paper)
    try:
        widget.render(painter, QPoint())
    finally:
        painter.end()
    return paper.engine.words
