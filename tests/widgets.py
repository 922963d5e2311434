"""What tests of widgets need more than once."""

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QColor


def take_turns():
    """Let layouts, paintings and what was put off to the next turn of the event loop happen, also what they put off."""
    for _turn in range(4):
        QCoreApplication.processEvents()


def follow_language(widget):
    """Let ``widget`` follow the language in use, as it does when the program's changes."""
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))


def pixels_of(widget, colour):
    """The columns in which ``colour`` stands, in each row of the widget's picture."""
    image = widget.grab().toImage()
    wanted = QColor(colour).rgb()
    return [[x for x in range(image.width()) if image.pixel(x, y) == wanted] for y in range(image.height())]
