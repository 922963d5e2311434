"""The choices of the page: which episode, what its actions are credited with, whether that is normalised."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSlider,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.icons import icon
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.elided_label import ElidedLabel
from app.widgets.plain import PlainLabel
from core.language import N_, _
from core.policy_gradient import counted
from core.policy_gradient.anatomy.findings import Anatomy, Corrections, Credit

CREDITS: Final[dict[Credit, tuple[str, str]]] = {
    "reward": (
        N_("Its own reward"),
        N_("Each action is credited with the reward of its own step alone: where the article begins."),
    ),
    "to_go": (
        N_("What followed"),
        N_("Each action is credited with the rewards that followed it: the article's potential reward."),
    ),
    "episode": (
        N_("Whole episode"),
        N_("Each action is credited with its whole episode: REINFORCE in its plainest form."),
    ),
}
"""What an action is credited with, from the article's first idea on: words and meaning."""

_PARTS: Final = 1000
"""Steps of the bar."""


class Controls(Panel):
    """Two lines of choices.

    Signals:
        episode_chosen: a number.
        follow_switched: whether the newest episode is to be followed.
        corrections_chosen: other corrections.
        zoom_asked: by which factor the strips are to come nearer.
    """

    episode_chosen = Signal(int)
    follow_switched = Signal(bool)
    corrections_chosen = Signal()
    zoom_asked = Signal(float)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._anatomy: Anatomy | None = None
        self._words = ""
        self._label, self._credit_label = PlainLabel(), PlainLabel()
        self.spin, self.slider = QSpinBox(), QSlider(Qt.Orientation.Horizontal)
        self.follows, self.normalise = QCheckBox(), QCheckBox()
        self.batch, self.progress = ElidedLabel(), QProgressBar()
        self._credits = QButtonGroup(self)
        self.credit_buttons: dict[Credit, QPushButton] = {}
        self.nearer, self.farther = QToolButton(), QToolButton()
        self._lay_out()
        self._wire()
        self._restyle(look.theme.theme)

    def _lay_out(self) -> None:
        set_style(self.batch, kind="muted")
        self._first, self._second, segments = QHBoxLayout(), QHBoxLayout(), QHBoxLayout()
        for part, share in ((self._label, 0), (self.spin, 0), (self.slider, 2), (self.batch, 3), (self.follows, 0)):
            self._first.addWidget(part, share)
        segments.setSpacing(0)
        for credit, (words, meaning) in CREDITS.items():
            button = QPushButton()
            button.setCheckable(True)
            button.setObjectName(f"credit_{credit}")
            self.bind_text(button.setText, words)
            self.bind_text(button.setToolTip, meaning)
            self._credits.addButton(button)
            self.credit_buttons[credit] = button
            segments.addWidget(button)
        self._second.addWidget(self._credit_label)
        self._second.addLayout(segments)
        self._second.addWidget(self.normalise)
        self._second.addStretch(1)
        self.farther.setIcon(icon("zoom-out"))
        self.nearer.setIcon(icon("zoom-in"))
        self._second.addWidget(self.farther)
        self._second.addWidget(self.nearer)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._first)
        self._column.addLayout(self._second)
        self.progress.setRange(0, _PARTS)
        self.progress.setTextVisible(False)
        kept = self.progress.sizePolicy()
        kept.setRetainSizeWhenHidden(True)  # nothing moves when it comes
        self.progress.setSizePolicy(kept)
        self.progress.hide()
        self._column.addWidget(self.progress)

    def _wire(self) -> None:
        self.spin.setMinimum(1)
        self.slider.setMinimum(1)
        self.spin.setKeyboardTracking(False)
        self.spin.valueChanged.connect(self._on_spin)
        self.slider.valueChanged.connect(self._on_slider)
        self.slider.setTracking(False)
        self.follows.toggled.connect(self.follow_switched)
        self.credit_buttons["to_go"].setChecked(True)
        self.normalise.setChecked(True)
        self._credits.buttonClicked.connect(self._on_corrections)
        self.normalise.clicked.connect(self._on_corrections)
        self.nearer.clicked.connect(self._on_nearer)
        self.farther.clicked.connect(self._on_farther)
        self._label.setBuddy(self.spin)
        self.bind_text(self.progress.setAccessibleName, N_("How far the run is played again"))
        for setter in (self._label.setText, self.spin.setAccessibleName, self.slider.setAccessibleName):
            self.bind_text(setter, N_("Episode no."))
        self.bind_text(self._credit_label.setText, N_("An action counts for"))
        self.bind_text(self.follows.setText, N_("Follow the newest"))
        self.bind_text(self.follows.setToolTip, N_("Show the newest episode after each update of the run on screen"))
        self.bind_text(self.normalise.setText, N_("Normalised"))
        self.bind_text(
            self.normalise.setToolTip,
            N_(
                "What actions count for is brought to mean 0 and standard deviation 1 over the batch, "
                "as in the article."
            ),
        )
        for button, words in ((self.nearer, N_("Wider steps")), (self.farther, N_("Narrower steps"))):
            self.bind_text(button.setToolTip, words)
            self.bind_text(button.setAccessibleName, words)

    @property
    def corrections(self) -> Corrections:
        """What is chosen."""
        credit = next(credit for credit, button in self.credit_buttons.items() if button.isChecked())
        return Corrections(credit, self.normalise.isChecked())

    def show_corrections(self, corrections: Corrections) -> None:
        """Show another choice."""
        self.credit_buttons[corrections.credit].setChecked(True)
        self.normalise.setChecked(corrections.normalise)

    def show_episodes(self, episode: int, last: int) -> None:
        """Show that ``episode`` is chosen among those up to ``last``."""
        for field in (self.spin, self.slider):
            with QSignalBlocker(field):
                field.setMaximum(max(1, last, episode))
                field.setValue(max(1, episode))

    def show_anatomy(self, anatomy: Anatomy | None) -> None:
        """Say what the update learned from."""
        self._anatomy = anatomy
        self._retranslate()

    def show_progress(self, words: str, share: float | None) -> None:
        """Say what is being done, in the place of what the update learned from; nothing for no words.

        Args:
            words: what is done, or went wrong.
            share: how much of it is done, 0 to 1; None where nothing is.
        """
        self._words = words
        self.progress.setVisible(share is not None)
        self.progress.setValue(round((share or 0.0) * _PARTS))
        self._retranslate()

    def arrange(self, *, narrow: bool) -> None:
        """Leave out what can be spared where there is little room."""
        self._credit_label.setVisible(not narrow)

    def show_zoom(self, *, can_zoom_in: bool, can_zoom_out: bool) -> None:
        """Offer to come nearer, and to go back."""
        self.nearer.setEnabled(can_zoom_in)
        self.farther.setEnabled(can_zoom_out)

    def _retranslate(self) -> None:
        if self._words or self._anatomy is None:
            self.batch.setText(self._words if self._anatomy is not None else "")
            return
        first, last = self._anatomy.episodes
        steps = counted.steps(self._anatomy.batch_steps)
        message = (
            _("Update {update} learned from episode {first}: {steps}")
            if first == last
            else _("Update {update} learned from episodes {first}–{last}: {steps}")
        )
        self.batch.setText(message.format(update=self._anatomy.update, first=first, last=last, steps=steps))

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        for line in (self._first, self._second):
            line.setSpacing(em(0.5))
        self._column.setSpacing(em(0.375))
        self.slider.setMinimumWidth(em(4))
        self.spin.setMinimumWidth(em(4.5))

    @Slot(int)
    def _on_spin(self, episode: int) -> None:
        with QSignalBlocker(self.slider):
            self.slider.setValue(episode)
        self.episode_chosen.emit(episode)

    @Slot(int)
    def _on_slider(self, episode: int) -> None:
        with QSignalBlocker(self.spin):
            self.spin.setValue(episode)
        self.episode_chosen.emit(episode)

    @Slot()
    def _on_corrections(self) -> None:
        self.corrections_chosen.emit()

    @Slot()
    def _on_nearer(self) -> None:
        self.zoom_asked.emit(2.0)

    @Slot()
    def _on_farther(self) -> None:
        self.zoom_asked.emit(0.5)
