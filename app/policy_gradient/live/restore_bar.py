"""Says that the run is on its way back to where it was, how far it has come, and how to call it off."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import N_, _

_PARTS = 1000
"""Steps of the bar."""


class RestoreBar(Panel):
    """A line of words, a bar and a button; hidden while the run is on no way back.

    Signals:
        cancelled: the person does not want to wait.
    """

    cancelled = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._episode = -1
        self._label, self._bar, self.cancel = PlainLabel(), QProgressBar(), QPushButton()
        self._bar.setRange(0, _PARTS)
        self._bar.setTextVisible(False)
        self.cancel.setObjectName("cancel_restoring")
        self.cancel.clicked.connect(self.cancelled)
        self.bind_text(self.cancel.setText, N_("Cancel"))
        self.bind_text(self.cancel.setToolTip, N_("Go to the start instead"))
        self.bind_text(self._bar.setAccessibleName, N_("Replay progress"))
        frame = QFrame()
        set_style(frame, notice="info")
        self._row = QHBoxLayout(frame)
        self._row.addWidget(self._label)
        self._row.addWidget(self._bar, 1)
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

    @property
    def share(self) -> float:
        """What the bar shows, from 0 to 1."""
        return self._bar.value() / _PARTS

    def show_progress(self, episode: int, share: float) -> None:
        """Say that the run goes back to the place after ``episode`` episodes, and has made ``share`` of the way."""
        self._bar.setValue(round(share * _PARTS))
        if episode != self._episode:
            self._episode = episode
            self._retranslate()
        self.show()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.5), em(0.375), em(0.5), em(0.375))
        self._row.setSpacing(em(0.5))
        self._bar.setFixedHeight(em(0.5))

    def _retranslate(self) -> None:
        self._label.setText(_("Replaying the run up to episode {episode}.").format(episode=self._episode + 1))
