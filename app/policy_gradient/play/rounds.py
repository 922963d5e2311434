"""Rounds of a person beside the agent, or of the agent that is pushed: the one under way, and the scores so far."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Annotated, Final, Literal

import msgspec
from PySide6.QtCore import QObject, Signal

from app.current_run import CurrentRun, Failure
from app.policy_gradient.session import TrainingSession
from core.language import _
from core.policy_gradient.networks.layers import Layers
from core.policy_gradient.playing.events import GameResult, GameStep, Mode
from core.policy_gradient.runs.recording import Floats32, layers_of
from core.runtime.events import Payload
from core.runtime.pace import PAUSED, Pace

LANE: Final = "playing"
_NUMBERS: Final = 4
"""Numbers of a cart's state."""
CALM_STEPS: Final = 50
"""Steps that the pole must stay near upright before the agent counts as recovered: a second."""
CALM_SHARE: Final = 0.25
"""How near: within this share of the angle at which it counts as fallen."""
_TASK: Final = "core.policy_gradient.playing.game:Game"

Pacing = Literal["quarter", "half", "real"]
PACINGS: Final[dict[Pacing, float]] = {"quarter": 0.25, "half": 0.5, "real": 1.0}
"""Shares of real time."""


@dataclass(frozen=True, slots=True)
class Push:
    """The newest push.

    Attributes:
        impulse: newton seconds, to the right above 0.
        along: metres from the axle along the pole; 0 for the cart.
        step: the step before which it came.
    """

    impulse: float
    along: float
    step: int


@dataclass(frozen=True, slots=True)
class HeldRound:
    """A round in the midst of which it was left.

    Attributes:
        step: where both were.
        push: the newest push, if there was one.
        recovered_after: see ``Rounds``.
        calm: steps since when the pole has been calm.
        updates: how many updates the agent's policy had had.
    """

    step: GameStep
    push: Push | None = None
    recovered_after: Annotated[int, msgspec.Meta(ge=0)] | None = None
    calm: Annotated[int, msgspec.Meta(ge=0)] = 0
    updates: Annotated[int, msgspec.Meta(ge=0)] = 0

    def fits(self, mode: Mode) -> bool:
        """Return whether it is a round of this mode: one from a file may be anything."""
        sides = [(self.step.agent_obs, self.step.agent_state)]
        if mode == "against":
            sides.append((self.step.person_obs, self.step.person_state))
        elif self.step.person_obs or self.step.person_state:
            return False
        numbers = [number for side in sides for part in side for number in part]
        return all(len(part) == _NUMBERS for side in sides for part in side) and all(map(math.isfinite, numbers))


class Rounds(QObject):
    """The round under way, and what came before.

    Attributes:
        mode: whether a person plays beside the agent, or pushes it.
        pacing: how fast.
        seed: of the start of this round.
        step: where both are; None while the round is being opened.
        has_begun: whether a step of it has been taken.
        is_held: it was brought back in its midst, and waits for a key or a push.
        updates: how many updates the agent's policy has had.
        push: the newest push of this round.
        recovered_after: steps from the push until the pole had been calm; None while it has not.
        scores: steps of the person and of the agent in each round of this session.
        problem: why there is no round; empty where there is.

    Signals:
        changed: something of this has.
    """

    changed = Signal()

    def __init__(
        self, session: TrainingSession, parent: QObject, layers: Callable[[], list[tuple[Floats32, Floats32]] | None]
    ) -> None:
        """Play nothing yet.

        Args:
            session: whose environment is played.
            parent: the page.
            layers: returns the policy as it is now; None while it is not known.
        """
        super().__init__(parent)
        self._session = session
        self._layers = layers
        self._run = CurrentRun(
            session.background, LANE, GameResult, self,
            progressed=self._on_progressed, finished=self._on_finished, failed=self._on_failed,
        )  # fmt: skip
        self.mode: Mode = "against"
        self.pacing: Pacing = "half"
        self.seed = 0
        self.scores: list[tuple[int, int]] = []
        self._clear()

    def _clear(self) -> None:
        self.step: GameStep | None = None
        self.has_begun = self.is_held = False
        self.push: Push | None = None
        self.recovered_after: int | None = None
        self.problem = ""
        self._calm = 0
        self.updates = len(self._session.state.losses)

    @property
    def held(self) -> HeldRound | None:
        """The round as it is, to be gone on with; None while it is being opened."""
        if self.step is None or self.problem:
            return None
        return HeldRound(self.step, self.push, self.recovered_after, self._calm, self.updates)

    @property
    def is_open(self) -> bool:
        """Whether a round is being played, or opened."""
        return self._run.is_running

    @property
    def is_over(self) -> bool:
        """Whether the round has come to its end."""
        step = self.step
        return step is not None and step.agent_over and (step.person_over or not step.person_obs)

    def begin(self, seed: int, held: HeldRound | None = None) -> None:
        """Open a round at the start of ``seed``, or where it was held, and hold it; without a policy there is none."""
        self.seed = seed
        self._clear()
        now = self._layers()
        if now is not None:
            config = self._session.config
            layers = now if held is None else self._take_up(held, now)
            step = None if held is None else held.step
            self._run.start(_TASK, pace=PAUSED, config=config, layers=layers, seed=seed, mode=self.mode, held=step)
            assert self._run.run is not None  # it was started just now
            self._run.run.step(GameStep.__name__)
        self.changed.emit()

    def _take_up(self, held: HeldRound, now: Layers) -> Layers:
        """Take over what is known of a round; return the policy it was played with, or (where not kept) as it is."""
        self.push, self.recovered_after, self._calm = held.push, held.recovered_after, held.calm
        self.has_begun = self.is_held = held.step.number > 0
        weights = self._session.shelf.current.weights(held.updates)
        if weights is None or not self.has_begun:
            return now
        self.updates = held.updates
        n_obs, n_actions = len(held.step.agent_obs), 2  # of a cart with a pole
        return layers_of(weights, n_obs, n_actions, self._session.config.hidden)

    def leave(self) -> None:
        """Let the round go."""
        self._run.forget(stop=True)
        self._clear()

    def press(self, action: int | None) -> None:
        """Push the person's cart to one side from now on, or (None) to both by turns; the first press begins."""
        run = self._run.run
        if run is None:
            return
        if self.mode == "against":
            self._take_newest_policy()
            run.control("action", action)
        if action is not None and (self.mode == "against" or self.is_held):
            self._go_on()

    def give_push(self, impulse: float, along: float) -> None:
        """Push the agent's cart, or its pole ``along`` metres from the axle; the first push begins."""
        run = self._run.run
        if run is not None and self.step is not None and self.mode == "push":
            self._take_newest_policy()
            run.control("push", (impulse, along))
            self.push, self.recovered_after, self._calm = Push(impulse, along, self.step.number), None, 0
            self._go_on()
            self.changed.emit()

    def pace(self, pacing: Pacing) -> None:
        """Play so fast from now on."""
        self.pacing = pacing
        if self.has_begun and not self.is_held and self._run.run is not None:
            self._go_on()

    def _take_newest_policy(self) -> None:
        """Let the agent play this round with the policy as it is when the round begins."""
        layers = self._layers()
        if not self.has_begun and layers is not None and self._run.run is not None:
            self.updates = len(self._session.state.losses)
            self._run.run.control("layers", layers)

    def _go_on(self) -> None:
        cart = self._session.described.cart
        assert self._run.run is not None  # a round is open
        assert cart is not None  # of a cart with a pole
        self.has_begun, self.is_held = True, False
        self._run.run.set_pace(Pace(True, PACINGS[self.pacing] / cart.step_seconds))

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            if isinstance(payload, GameStep):
                self._note_calm(payload)
                self.step = payload
        self.changed.emit()

    def _note_calm(self, step: GameStep) -> None:
        """See whether the agent has recovered from the push."""
        known = self._session.described
        if self.push is None or known.cart is None or self.recovered_after is not None or step.number <= self.push.step:
            return
        limit = known.limit_of(known.cart.angle) or 1.0
        passed = step.number - (self.step.number if self.step is not None else step.number)
        is_calm = abs(step.agent_obs[known.cart.angle]) < CALM_SHARE * limit
        self._calm = self._calm + passed if is_calm else 0
        if self._calm >= CALM_STEPS:
            self.recovered_after = max(1, step.number - self.push.step - self._calm)

    def _on_finished(self, result: GameResult) -> None:
        if self.mode == "against":
            self.scores.append((result.person, result.agent))
        self.changed.emit()

    def _on_failed(self, failure: Failure) -> None:
        self.problem = (
            _("The process that plays rounds ended unexpectedly. N begins a new round.")
            if failure.has_died
            else failure.message
        )
        self.changed.emit()
