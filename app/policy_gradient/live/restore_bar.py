"""Says that the run is on its way back to where it was, how far it has come, and how to call it off."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.panel import Look
from app.widgets.progress_notice import ProgressNotice
from core.language import N_, _


class RestoreBar(ProgressNotice):
    """A line of words, a bar and a button; hidden while the run is on no way back.

    Signals:
        cancelled: the person does not want to wait.
    """

    cancelled = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        self._episode = -1
        self.cancel = QPushButton()
        super().__init__(look, (self.cancel,), parent)
        self.cancel.setObjectName("cancel_restoring")
        self.cancel.clicked.connect(self.cancelled)
        self.bind_text(self.cancel.setText, N_("Cancel"))
        self.bind_text(self.cancel.setToolTip, N_("Go to the start instead"))
        self.bind_text(self._bar.setAccessibleName, N_("Replay progress"))

    def show_progress(self, episode: int, share: float) -> None:
        """Say that the run goes back to the place after ``episode`` episodes, and has made ``share`` of the way."""
        self.show_share(share)
        if episode != self._episode:
            self._episode = episode
            self._retranslate()
        self.show()

    def _retranslate(self) -> None:
        self._label.setText(_("Replaying the run up to episode {episode}.").format(episode=self._episode + 1))
