"""What is said while the window is recorded: how long already, and how to end it or give it up."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.panel import Look
from app.widgets.progress_notice import ProgressNotice
from core.language import N_, _


class RecordBar(ProgressNotice):
    """A line of words, a bar once the end is known, and two buttons; hidden while nothing is recorded.

    Signals:
        stopped: the recording is to end here.
        cancelled: it is to be given up.
    """

    stopped = Signal()
    cancelled = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        self._said: tuple[float, float, float | None] = (0.0, 0.0, None)
        self.stop, self.cancel = QPushButton(), QPushButton()
        super().__init__(look, (self.stop, self.cancel), parent)
        self._row.insertStretch(2)  # the buttons stay where they are while there is no bar
        self.bind_text(self._bar.setAccessibleName, N_("Progress of the video"))
        self.bind_text(self.stop.setText, N_("Stop and save"))
        self.bind_text(self.cancel.setText, N_("Cancel"))
        self.bind_text(self.cancel.setToolTip, N_("Give the video up"))
        self.stop.clicked.connect(self.stopped)
        self.cancel.clicked.connect(self.cancelled)

    def show_progress(self, seconds: float, most: float, share: float | None) -> None:
        """Say how far it is.

        Args:
            seconds: how long the recording is.
            most: how long it may become.
            share: how much of it is encoded, once it has ended; None while it goes on.
        """
        self._said = seconds, most, share
        self._bar.setVisible(share is not None)
        self.show_share(share or 0.0)
        self.stop.setVisible(share is None)
        self._retranslate()
        self.show()

    def _retranslate(self) -> None:
        seconds, most, share = self._said
        words = _("Recording the page: {seconds} of at most {most} s") if share is None else _("Writing the video…")
        self._label.setText(words.format(seconds=int(seconds), most=int(most)))
