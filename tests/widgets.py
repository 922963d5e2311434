"""What tests of widgets need more than once."""

from PySide6.QtCore import QCoreApplication, QEvent


def follow_language(widget):
    """Let ``widget`` follow the language in use, as it does when the program's changes."""
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
