"""What the page of a training consists of: verbs and progress above, the map at the left, its curves at the right."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from app.attention.drawing.heatmap import MapContent
from app.attention.learning.learner import UNDER_WAY, Learner, Phase
from app.attention.learning.plots import CoursePlot
from app.attention.pictures.matrix import Matrix
from app.attention.selection import Selection
from app.explain.formula_view import FormulaView
from app.fonts import tabular
from app.icons import icon
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.live_label import LiveLabel
from app.widgets.plain import plain_tip
from core.attention.learned.looked import Looked
from core.language import N_, _

LOSS: Final = r"\sym{cross_entropy}=-\sum_t\log\sym{p_right}_t"
_PARTS: Final = 1000


class LearningPage(Panel):
    """Shows a learner.

    Signals:
        play_wanted: begin, pause or go on: whatever the first button says.
        step_wanted: one step.
        stop_wanted: leave it.
        anew_wanted: begin at the beginning, though a stopped training could go on.
    """

    play_wanted = Signal()
    step_wanted = Signal()
    stop_wanted = Signal()
    anew_wanted = Signal()

    def __init__(self, look: Look, selection: Selection, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.play, self.step, self.stop, self.anew = (QPushButton() for _number in range(4))
        wanted = (self.play_wanted, self.step_wanted, self.stop_wanted, self.anew_wanted)
        for button, name, signal in zip(self.buttons, ("play", "step", "stop", "anew"), wanted, strict=True):
            button.setObjectName(f"learning_{name}")
            button.clicked.connect(signal)
        self.bar, self.words = QProgressBar(), LiveLabel()
        self.bar.setRange(0, _PARTS)
        self.bar.setTextVisible(False)
        self.bind_text(self.words.call, N_("Progress of the training"))
        self.bind_text(self.bar.setAccessibleName, N_("Progress of the training"))
        self.formula = FormulaView(look, LOSS)
        self.matrix = Matrix(look, selection)
        self.empty = EmptyState(look, illustrated=True)
        self.wanted, self.said = LiveLabel(), LiveLabel()
        self.bind_text(self.wanted.call, N_("Right"))
        self.bind_text(self.said.call, N_("The model says"))
        self.loss = CoursePlot(look, N_("Loss of each step"))
        self.worth = CoursePlot(look, N_("On validation examples"))
        self._phase = Phase.IDLE
        self.bar.hide()
        self._lay_out()
        self._restyle(look.theme.theme)
        self._shown: tuple[Looked | None, MapContent | None] = (None, None)
        self._retranslate()

    @property
    def buttons(self) -> tuple[QPushButton, ...]:
        """All of them, in their order."""
        return self.play, self.step, self.stop, self.anew

    def _lay_out(self) -> None:
        self._verbs = QHBoxLayout()
        for button in self.buttons:
            self._verbs.addWidget(button)
        self._verbs.addWidget(self.bar, 1)
        self._verbs.addStretch()
        self._map = QWidget()
        self._stack = QStackedLayout(self._map)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.matrix)
        self._left, self._right, self._middle = QVBoxLayout(), QVBoxLayout(), QHBoxLayout()
        self._left.addWidget(self._map, 1)
        self._left.addWidget(self.wanted)
        self._left.addWidget(self.said)
        self._right.addWidget(self.formula)
        self._right.addWidget(self.loss, 1)
        self._right.addWidget(self.worth, 1)
        self._middle.addLayout(self._left, 6)
        self._middle.addLayout(self._right, 5)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._verbs)
        self._column.addWidget(self.words)
        self._column.addLayout(self._middle, 1)

    def show_looked(self, looked: Looked | None, content: MapContent | None) -> None:
        """Show an example with its map, or why there is none."""
        self._shown = looked, content
        self.matrix.show_map(content)
        self._stack.setCurrentWidget(self.empty if content is None else self.matrix)
        if looked is None:
            self.empty.show_reason(
                _("Press Train: the map is blurred at first, and sharpens while the model learns."),
                picture="attention",
            )
        elif content is None:
            self.empty.show_reason(
                _("This model has no attention, so there is no map: compare what it says with what is right."),
                picture="attention",
            )
        for label, name, words in (
            (self.wanted, _("right: {text}"), looked.wanted if looked is not None else ""),
            (self.said, _("says: {text}"), looked.said if looked is not None else ""),
        ):
            label.show_text(name.format(text=words) if words else "")
            label.setToolTip(plain_tip(words))

    def show_progress(self, learner: Learner) -> None:
        """Show what the buttons do now and how far it is."""
        if learner.phase is not self._phase:
            self._phase = learner.phase
            self._show_phase()
        self.bar.setVisible(learner.is_under_way)
        self.bar.setValue(round(_PARTS * learner.share))
        self.words.show_text(_words_of(learner))

    def _show_phase(self) -> None:
        """Show what the buttons do now."""
        phase, is_running = self._phase, self._phase is Phase.RUNNING
        role = QPalette.ColorRole.ButtonText if is_running else QPalette.ColorRole.HighlightedText
        self.play.setText(
            {Phase.RUNNING: _("Pause"), Phase.PAUSED: _("Go on"), Phase.STOPPED: _("Resume")}.get(phase, _("Train"))
        )
        self.play.setIcon(icon("pause" if is_running else "play", role))
        set_style(self.play, primary=not is_running)
        can_be_moved = not waiting_words(phase)
        self.play.setEnabled(can_be_moved)
        self.step.setEnabled(can_be_moved)
        self.stop.setEnabled(phase in UNDER_WAY)
        self.anew.setVisible(phase is Phase.STOPPED)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._verbs.setSpacing(em(0.5))
        self._middle.setSpacing(em(1))
        for column in (self._column, self._left, self._right):
            column.setSpacing(em(0.375))
        self.bar.setFixedHeight(em(0.5))
        self.words.use_font(tabular(self.look.scale.font()))

    def _retranslate(self) -> None:
        self.step.setText(_("One step"))
        self.step.setIcon(icon("step"))
        self.stop.setText(_("Stop"))
        self.stop.setIcon(icon("stop"))
        self.anew.setText(_("Begin anew"))
        self.show_looked(*self._shown)
        self._show_phase()


def waiting_words(phase: Phase) -> str:
    """Return what is waited for while nothing can be held or gone on with; empty in other phases."""
    return {
        Phase.PREPARING: _("Making the examples …"),
        Phase.EXAMINING: _("going through the test examples …"),
    }.get(phase, "")


def _words_of(learner: Learner) -> str:
    """Return where the training is, in a line."""
    if learner.phase is Phase.IDLE:
        return ""
    if learner.phase is Phase.PREPARING:
        return waiting_words(learner.phase)
    steps = _("step {step} of {steps}").format(step=learner.step, steps=learner.steps)
    loss = _("loss {loss:.3f}").format(loss=learner.losses[-1][1]) if learner.losses else ""
    state = {
        Phase.RUNNING: learner.time_left,
        Phase.PAUSED: _("paused"),
        Phase.EXAMINING: waiting_words(learner.phase),
        Phase.STOPPED: _("stopped; what was learned is kept"),
        Phase.DONE: _("trained and kept"),
    }[learner.phase]
    return " · ".join(filter(None, (steps, loss, state)))
