"""What is said while the window is recorded: how long already, and how to end it or give it up."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import N_, _


class RecordBar(Panel):
    """A line of words, a bar once the end is known, and two buttons; hidden while nothing is recorded.

    Signals:
        stopped: the recording is to end here.
        cancelled: it is to be given up.
    """

    stopped = Signal()
    cancelled = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._said: tuple[float, float, float | None] = (0.0, 0.0, None)
        self._label, self._bar = PlainLabel(), QProgressBar()
        self.stop, self.cancel = QPushButton(), QPushButton()
        self._bar.setRange(0, 1000)
        self._bar.setTextVisible(False)
        self.bind_text(self._bar.setAccessibleName, N_("Progress of the video"))
        self.bind_text(self.stop.setText, N_("Stop and save"))
        self.bind_text(self.cancel.setText, N_("Cancel"))
        self.bind_text(self.cancel.setToolTip, N_("Give the video up"))
        self.stop.clicked.connect(self.stopped)
        self.cancel.clicked.connect(self.cancelled)
        frame = QFrame()
        set_style(frame, notice="info")
        self._row = QHBoxLayout(frame)
        self._row.addWidget(self._label)
        self._row.addWidget(self._bar, 1)
        self._row.addStretch()
        self._row.addWidget(self.stop)
        self._row.addWidget(self.cancel)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self._restyle(look.theme.theme)
        self.hide()

    @property
    def words(self) -> str:
        """What is said."""
        return self._label.text()

    def show_progress(self, seconds: float, most: float, share: float | None) -> None:
        """Say how far it is.

        Args:
            seconds: how long the recording is.
            most: how long it may become.
            share: how much of it is encoded, once it has ended; None while it goes on.
        """
        self._said = seconds, most, share
        self._bar.setVisible(share is not None)
        self._bar.setValue(round(1000 * (share or 0.0)))
        self.stop.setVisible(share is None)
        self._retranslate()
        self.show()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.5), em(0.375), em(0.5), em(0.375))
        self._row.setSpacing(em(0.5))
        self._bar.setFixedHeight(em(0.5))

    def _retranslate(self) -> None:
        seconds, most, share = self._said
        words = _("Recording the page: {seconds} of at most {most} s") if share is None else _("Writing the video…")
        self._label.setText(words.format(seconds=int(seconds), most=int(most)))
