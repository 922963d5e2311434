"""What tests of widgets need more than once."""

from PySide6.QtCore import QCoreApplication, QEvent


def take_turns():
    """Let layouts, paintings and what was put off to the next turn of the event loop happen, also what they put off."""
    for _turn in range(4):
        QCoreApplication.processEvents()


def follow_language(widget):
    """Let ``widget`` follow the language in use, as it does when the program's changes."""
    QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))


def open_synonyms(laboratory, qtbot, patience):
    """Bring the tab to the front and wait until it has been built, which takes as long as it takes."""
    window = laboratory.window
    window.resize(1280, 800)
    window.activateWindow()
    window.open("synonyms")
    tab = window.tab("synonyms")
    qtbot.waitUntil(lambda: tab.workspace is not None, timeout=patience)
    return tab
