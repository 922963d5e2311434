"""What covers a table without rows."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from app.actions import key_name
from app.style import set_style
from app.widgets.plain import PlainLabel
from core.language import _


class EmptyCover(QVBoxLayout):
    """Says why no pair is shown, and offers all of them if it is the filter that hides them.

    Attributes:
        reason: why no pair is shown; the mouse passes through it.
        show_all: the button that shows everything.
    """

    def __init__(self, viewport: QWidget) -> None:
        super().__init__(viewport)
        self.reason = PlainLabel("", viewport)
        self.reason.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.reason.setWordWrap(True)
        self.reason.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_style(self.reason, kind="muted")
        self.show_all = QPushButton()
        self.show_all.setObjectName("show_all")
        set_style(self.show_all, primary=True)
        self.addStretch(1)
        self.addWidget(self.reason)
        self.addWidget(self.show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        self.addStretch(1)

    def show_unknown(self, *, has_store: bool, has_failed: bool) -> None:
        """Cover the table while nothing is known of its pairs: that is not the same as none."""
        self.reason.show()
        self.show_all.hide()
        if not has_store:
            told = _("No store is open. Open one under Sources ({key}).").format(key=key_name("F5"))
        elif has_failed:
            told = _("The pairs could not be read. Press {key} to try again.").format(key=key_name("F3"))
        else:
            told = _("Reading the pairs…")
        self.reason.setText(told)

    def show_counts(self, shown: int, total: int) -> None:
        """Cover the table if none of ``total`` pairs is shown."""
        self.reason.setVisible(shown == 0)
        self.show_all.setVisible(shown == 0 and total > 0)
        if shown == 0:
            self.reason.setText(
                _("No pair matches your choices.")
                if total
                else _("There are no pairs yet. Mine candidates under Sources ({key}).").format(key=key_name("F5"))
            )
