"""The word that a run is solved, with its two scores apart."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.motion.flash import Flash
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import _
from core.policy_gradient.events import Solved


class SolvedNotice(Panel):
    """Says when the environment counted as solved, and by which scores; hidden until then.

    It takes the height that its words need at its width, and does so itself: one part whose height depends on its
    width makes Qt give everything else in a scrolled room the height it would like best, not the one that fits.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._solved: Solved | None = None
        self._label = PlainLabel()
        self._label.setWordWrap(True)
        frame = QFrame()
        set_style(frame, notice="success")
        self._row = QHBoxLayout(frame)
        self._row.addWidget(self._label)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(frame)
        self.flash = Flash(look, self, sweeps=True)
        self._restyle(look.theme.theme)
        self.hide()

    def hasHeightForWidth(self) -> bool:
        """No layout has to ask."""
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the width."""
        super().resizeEvent(event)
        self._fit()

    @property
    def text(self) -> str:
        """What is said."""
        return self._label.text()

    def show_solved(self, solved: Solved | None) -> None:
        """Say where the run was solved; None says nothing."""
        if solved is not self._solved:
            self._solved = solved
            self._retranslate()
            self.setVisible(solved is not None)
            if solved is not None:
                self.flash.begin(self.look.theme.theme.colours.yes)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.5), em(0.375), em(0.5), em(0.375))
        self._fit()

    def _retranslate(self) -> None:
        if self._solved is None:
            self._label.clear()
            return
        self._label.setText(
            _(
                "Solved after {episode} episodes: the last 100 training episodes average {training:.1f}, "
                "100 greedy episodes {greedy:.1f}."
            ).format(
                episode=self._solved.episode,
                training=self._solved.training_mean,
                greedy=self._solved.greedy_mean,
            )
        )
        self._fit()

    def _fit(self) -> None:
        layout = self.layout()
        if layout is not None and self._solved is not None:
            self.setFixedHeight(layout.totalHeightForWidth(self.width()))
