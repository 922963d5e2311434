from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QHBoxLayout

from app.panel import Panel


class Spaced(Panel):
    def __init__(self, look):
        super().__init__(look)
        self.row = QHBoxLayout(self)
        self.seen = []

    def _restyle(self, theme):
        self.row.setSpacing(3)
        self.seen.append(theme.name)


def test_a_panel_wears_each_theme_until_qt_has_deleted_it(look, qtbot):
    panel = Spaced(look)
    look.theme.choose("dark")
    assert panel.seen == ["dark"]
    panel.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    look.theme.choose("light")
    assert panel.seen == ["dark"]
