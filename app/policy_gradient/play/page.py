"""Hands on: play with the arrow keys beside the agent, or push it and see whether it recovers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QHideEvent, QKeyEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from app.actions import Actions
from app.page import Explanation
from app.panel import Look
from app.policy_gradient.live.environment_view import EnvironmentView
from app.policy_gradient.live.gauges import RunNumbers
from app.policy_gradient.live.symbols import values_of
from app.policy_gradient.page import PolicyPage
from app.policy_gradient.play.page_state import PlayState, decode_play_state
from app.policy_gradient.play.push_view import PushView
from app.policy_gradient.play.rounds import PACINGS, HeldRound, Pacing, Rounds
from app.policy_gradient.play.words import status_of
from app.policy_gradient.run_state import restore_run_state, save_run_state
from app.policy_gradient.session import TrainingSession
from app.style import set_style
from app.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.plain import PlainLabel
from app.widgets.sidebar import ChoiceBox
from core.language import N_, _, ngettext
from core.policy_gradient.events import Frame, Transition
from core.policy_gradient.playing.events import Mode
from core.policy_gradient.runs.recording import Floats32

_MODES: Final[dict[Mode, str]] = {"against": N_("Play beside the agent"), "push": N_("Push the agent")}
_PACING_NAMES: Final[dict[Pacing, str]] = {
    "quarter": N_("Quarter speed"), "half": N_("Half speed"), "real": N_("Real time"),
}  # fmt: skip
_SCORES: Final = (
    (N_("You"), N_("Your steps in this round")),
    (N_("Agent"), N_("The agent's steps in this round")),
    (N_("Rounds"), N_("Rounds played since the program was started")),
    (N_("Your best"), N_("Your longest round")),
    (N_("Your mean"), N_("Mean of your rounds")),
    (N_("Agent's mean"), N_("Mean of the agent's rounds, from the same starts")),
)
_KEYS: Final = {Qt.Key.Key_Left: 0, Qt.Key.Key_Right: 1}


class PlayPage(PolicyPage):
    """A person, the agent, and the same start for both."""

    page_id: ClassVar[str] = "policy_gradient.play"

    def __init__(self, look: Look, session: TrainingSession, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._session = session
        self._drawn: tuple[int, Mode] | None = None
        self.rounds = Rounds(session, self, self._layers)
        self._held: HeldRound | None = None
        self.person = EnvironmentView(look)
        self.agent = PushView(look)
        self.agent.pushed.connect(self.rounds.give_push)
        self.status = PlainLabel()
        self.status.setWordWrap(True)
        set_style(self.status, kind="title")
        self.scores = RunNumbers(look, _SCORES)
        self.pacing = ChoiceBox()
        self.pacing.activated.connect(self._on_pacing)
        self.modes = QButtonGroup(self)
        self.mode_buttons: dict[Mode, QPushButton] = {}
        self.empty = EmptyState(look)
        self.empty.button.hide()
        self._lay_out()
        self.rounds.changed.connect(self._show)
        session.progressed.connect(self._on_progressed)
        session.restarted.connect(self._on_restarted)
        self.symbol_links.add("pi", self.agent)
        self.symbol_links.add("s", self.person)
        self._restyle(look.theme.theme)
        self._retranslate()

    def _lay_out(self) -> None:
        self._head, self._panes, self._column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        for mode in _MODES:
            button = QPushButton()
            button.setCheckable(True)
            button.setObjectName(f"mode_{mode}")
            set_style(button, quiet=True)
            button.clicked.connect(self._on_mode)
            self.modes.addButton(button)
            self.mode_buttons[mode] = button
            self._head.addWidget(button)
        self.mode_buttons["against"].setChecked(True)
        self._head.addStretch()
        self._head.addWidget(self.pacing)
        self._titles = {"person": PlainLabel(), "agent": PlainLabel()}
        self._person_pane = QWidget()
        for name, view, pane in (("person", self.person, self._person_pane), ("agent", self.agent, QWidget())):
            column = QVBoxLayout(pane)
            column.setContentsMargins(0, 0, 0, 0)
            column.addWidget(self._titles[name])
            column.addWidget(view, 1)
            self._panes.addWidget(pane, 1)
        shown = QWidget()
        self._column = QVBoxLayout(shown)
        self._column.addLayout(self._head)
        self._column.addLayout(self._panes, 1)
        self._column.addWidget(self.status)
        self._column.addWidget(self.scores)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(shown)
        self._stack.addWidget(self.empty)

    def connect_actions(self, actions: Actions) -> None:
        """Say what the actions of this page do."""
        actions.on("pg_push_left", lambda: self.rounds.press(0))
        actions.on("pg_push_right", lambda: self.rounds.press(1))
        actions.on("pg_new_round", lambda: self._begin(self.rounds.seed + 1))
        actions.on("pg_same_start", lambda: self._begin(self.rounds.seed))

    def opened(self) -> None:
        """Open a round, if none is open."""
        self._on_progressed()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Whoever lets go of an arrow pushes to neither side."""
        if event.key() in _KEYS and not event.isAutoRepeat():
            self.rounds.press(None)
        else:
            super().keyReleaseEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Hold the round until the page is seen again: nobody plays what nobody sees."""
        self._held = self.rounds.held or self._held
        self.rounds.leave()
        super().hideEvent(event)

    def explain(self) -> Explanation:
        """Return what the symbols of the article stand for now."""
        return Explanation(self.page_id, values_of(self._session.config, self._session.state))

    @property
    def is_busy(self) -> bool:
        """Whether the first round is still being opened."""
        return self.rounds.step is None and not self.rounds.problem

    def save_state(self) -> dict[str, Any]:
        """Return the run, what is played, how fast, from which start, and the scores."""
        rounds = self.rounds
        held = rounds.held or self._held
        play = PlayState(rounds.mode, rounds.pacing, rounds.seed, tuple(rounds.scores), held)
        return save_run_state(self._session) | {"play": play.to_dict()}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Bring back what was saved; the round is held where it was, once the run has played its way back."""
        restore_run_state(self._session, state)
        saved = decode_play_state(state.get("play"))
        if saved.mode is not None:
            self.rounds.mode = saved.mode
            self.mode_buttons[saved.mode].setChecked(True)
        if saved.pacing is not None:
            self.rounds.pace(saved.pacing)
        if saved.scores is not None:
            self.rounds.scores = list(saved.scores)
        self.rounds.leave()
        self.rounds.seed = self.rounds.seed if saved.seed is None else saved.seed
        self._held = saved.round if saved.round is not None and saved.round.fits(self.rounds.mode) else None
        self._on_progressed()
        self._retranslate()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._column.setSpacing(em(0.5))
        self._panes.setSpacing(em(0.75))
        self._head.setSpacing(em(0.25))
        self.pacing.setMinimumWidth(em(9))

    def _retranslate(self) -> None:
        for mode, words in _MODES.items():
            self.mode_buttons[mode].setText(_(words))
        self.pacing.offer([(_(words), pacing) for pacing, words in _PACING_NAMES.items()])
        self.pacing.choose(self.rounds.pacing)
        self.pacing.setAccessibleName(_("Speed"))
        self._titles["person"].setText(_("You"))
        self._show()

    @property
    def can_play(self) -> bool:
        """Whether the run's environment has a cart that can be played."""
        return self._session.described.cart is not None

    def _layers(self) -> list[tuple[Floats32, Floats32]] | None:
        """Return the policy of the run as it is now; None while it is not known."""
        frame, config = self._session.state.frame, self._session.config
        return None if frame is None else self._session.state.layers(len(frame.obs), config.hidden)

    def _begin(self, seed: int) -> None:
        """Begin a round anew."""
        self._held = None
        if self.can_play and self.isVisible():
            self.rounds.begin(seed)

    def _go_on(self) -> None:
        """Open a round, where one was held there."""
        held, self._held = self._held, None
        self.rounds.begin(self.rounds.seed, held)

    @Slot()
    def _on_mode(self) -> None:
        mode: Mode = "push" if self.mode_buttons["push"].isChecked() else "against"
        if mode != self.rounds.mode:
            self.rounds.mode = mode
            self._begin(self.rounds.seed)

    @Slot()
    def _on_pacing(self) -> None:
        for pacing in PACINGS:
            if pacing == self.pacing.value:
                self.rounds.pace(pacing)

    @Slot()
    def _on_restarted(self) -> None:
        self._held = None
        self.rounds.leave()
        self._show()

    @Slot()
    def _on_progressed(self) -> None:
        """Open a round as soon as there is a policy to play it; one that is open keeps the policy it began with."""
        rounds = self.rounds
        is_free = rounds.step is None and not rounds.is_open and not rounds.problem
        is_there = self._held is None or self._session.restored_share == 1.0
        if self.isVisible() and self.can_play and is_free and is_there and self._layers() is not None:
            self._go_on()

    @Slot()
    def _show(self) -> None:
        self._stack.setCurrentIndex(0 if self.can_play else 1)
        if not self.can_play:
            self.empty.reason.setText(
                _("{env_id} has no cart that could be played by hand.").format(env_id=self._session.config.env_id)
            )
            return
        rounds = self.rounds
        title = ngettext("The agent, after {n} update", "The agent, after {n} updates", rounds.updates)
        self._titles["agent"].setText(title.format(n=rounds.updates))
        self._person_pane.setVisible(rounds.mode == "against")
        self.scores.setVisible(rounds.mode == "against")
        if self.agent.can_be_pushed != (rounds.mode == "push"):
            self.agent.offer_pushes(rounds.mode == "push")
        known, step = self._session.described, rounds.step
        for view, obs, transition in (
            (self.agent, () if step is None else step.agent_obs, None if step is None else step.agent),
            (self.person, () if step is None else step.person_obs, None if step is None else step.person),
        ):
            view.show_environment(known)
            view.show_frame(_frame(obs, transition, 0.5 if step is None else step.probability_right))
        self.status.setText(status_of(rounds))
        self._show_scores()

    def _show_scores(self) -> None:
        scores, step = self.rounds.scores, self.rounds.step
        mine, its = ([pair[side] for pair in scores] for side in (0, 1))
        self.scores.show_numbers(
            str(step.person.step) if step is not None and step.person is not None else "–",
            str(step.agent.step) if step is not None and step.agent is not None else "–",
            str(len(scores)),
            str(max(mine)) if mine else "–",
            f"{sum(mine) / len(mine):.1f}" if mine else "–",
            f"{sum(its) / len(its):.1f}" if its else "–",
        )


def _frame(obs: tuple[float, ...], step: Transition | None, probability: float) -> Frame | None:
    """Return a state as a stage shows it; None where there is none."""
    return Frame(None, obs, probability, step) if obs else None
