"""Where an episode was a moment ago, gathered from steps as they are seen; some may be missing."""

from __future__ import annotations

from collections import deque
from typing import Final

from core.policy_gradient.environments.description import CartAndPole
from core.policy_gradient.events import Transition

TRAIL_SECONDS: Final = 0.5
"""How long the trail stays behind the pole."""

State = tuple[float, ...]


class Trail:
    """The states before the newest, as far back as the trail reaches."""

    def __init__(self) -> None:
        self._episode = 0
        self._states: deque[tuple[int, State]] = deque()

    def take(self, step: Transition | None, cart: CartAndPole) -> None:
        """Follow to where ``step`` has led; None, another episode and an earlier step begin anew.

        Args:
            step: the newest.
            cart: what takes the steps, for their time.
        """
        number = self._states[-1][0] if self._states else 0
        if step is None or step.episode != self._episode or step.step < number:
            self._states.clear()
        if step is None:
            return
        self._episode = step.episode
        if not self._states or number < step.step - 1:
            self._states.append((step.step - 1, step.obs))
        if self._states[-1][0] < step.step:
            self._states.append((step.step, step.next_obs))
        while self._states[0][0] < step.step - round(TRAIL_SECONDS / cart.step_seconds):
            self._states.popleft()

    @property
    def states(self) -> tuple[State, ...]:
        """Return them, oldest first, without the newest."""
        return tuple(state for _number, state in self._states)[:-1]
