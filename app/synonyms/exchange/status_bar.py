"""The status bar of the exchange."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QWidget

from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import N_, ngettext


class ExchangeStatusBar(Panel):
    """The status bar: how far it is, stop, and the button that does it."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.bar, self.counts, self.stop, self.go = QProgressBar(), PlainLabel(), QPushButton(), QPushButton()
        self.bar.setTextVisible(False)
        self.go.setObjectName("exchange_go")
        set_style(self.go, primary=True)
        self.bind_text(self.stop.setText, N_("Stop"))
        self.bind_text(self.bar.setAccessibleName, N_("Progress"))
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.go)
        self._row.addWidget(self.stop)
        self._row.addStretch(1)
        self._row.addWidget(self.counts)
        self._row.addWidget(self.bar)
        self._restyle(look.theme.theme)

    def show_doing(self, busy: bool, done: tuple[int, int | None], time_left: str = "", *, can_stop: bool) -> None:
        """Show how far it is and how long it still takes, or nothing."""
        self.stop.setVisible(can_stop)
        self.bar.setVisible(busy)
        at, total = done
        self.bar.setRange(0, total or 0)
        self.bar.setValue(at)
        counted = ngettext("{n:,} record", "{n:,} records", at).format(n=at) if at else ""
        self.counts.setText("  ·  ".join(filter(None, (counted, time_left))) if busy else "")

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._row.setSpacing(em(0.5))
        self.bar.setFixedWidth(em(10))
