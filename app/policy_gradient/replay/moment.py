"""One moment of a recorded episode, as what paints and explains a step wants it."""

from __future__ import annotations

from app.policy_gradient.drawing.cart_pole import CartPoleScene, ending_of
from app.policy_gradient.drawing.trail import TRAIL_SECONDS
from app.policy_gradient.live.symbols import values_of
from app.policy_gradient.state import TrainingState
from core.language import ngettext
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.description import EnvironmentDescription
from core.policy_gradient.events import Frame, Transition
from core.policy_gradient.runs.recording import EpisodeRecord


def step_of(record: EpisodeRecord, step: int) -> Transition | None:
    """Return the step that led to the moment after ``step`` steps; None for the first state."""
    if step == 0:
        return None
    index, is_last = step - 1, step == record.duration
    action, taken = int(record.actions[index]), float(record.probabilities[index])
    return Transition(
        tuple(record.obs[index].tolist()),
        action,
        taken if action == 1 else 1.0 - taken,
        (),
        float(record.rewards[index]),
        tuple(record.obs[step].tolist()),
        is_last and record.terminated,
        is_last and record.truncated,
        record.episode,
        step,
        float(record.rewards[:step].sum()),
        0,
    )


def values_at(config: TrainConfig, record: EpisodeRecord | None, step: int) -> dict[str, str]:
    """Return, by the symbol's id, what each stands for at a moment of an episode, as a person reads it."""
    if record is None:
        return values_of(config, TrainingState())
    taken = step_of(record, step)
    frame = Frame(None, tuple(record.obs[step].tolist()), 0.0, taken)
    values = values_of(config, TrainingState(config.learning_rate, frame=frame, transition=taken))
    values["theta"] = ngettext("after {n} update", "after {n} updates", record.update).format(n=record.update)
    del values["pi"]  # of the state in the picture nothing was drawn yet
    if taken is not None:
        values["pi"] = f"{float(record.probabilities[step - 1]):.1%}"
    return values


def scene_of(record: EpisodeRecord, step: int, known: EnvironmentDescription) -> CartPoleScene:
    """Return how a cart's moment is painted, with the way it came as its trail."""
    assert known.cart is not None  # nothing else is painted
    before = max(0, step - round(TRAIL_SECONDS / known.cart.step_seconds))
    taken = step_of(record, step)
    return CartPoleScene(
        tuple(record.obs[step].tolist()),
        None if taken is None else taken.action,
        None if taken is None else taken.reward,
        tuple(map(tuple, record.obs[before:step].tolist())),
        ending_of(known, taken),
    )
