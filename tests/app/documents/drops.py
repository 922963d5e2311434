"""Dropping files onto a window, as a file manager does."""

from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication

_HOW = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


def drop(window, *paths):
    """Drop ``paths`` onto ``window``; return whether they were let in."""
    content = QMimeData()
    content.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    copy = Qt.DropAction.CopyAction
    entering = QDragEnterEvent(QPoint(5, 5), copy, content, *_HOW)
    entering.ignore()
    QApplication.sendEvent(window, entering)
    if entering.isAccepted():
        QApplication.sendEvent(window, QDropEvent(QPointF(5, 5), copy, content, *_HOW))
    return entering.isAccepted()
