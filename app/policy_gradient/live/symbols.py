"""What the symbols of the article stand for at this moment of a run."""

from __future__ import annotations

from typing import Final

from app.policy_gradient.state import TrainingState
from core.language import _, ngettext
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.description import EnvironmentDescription, ObservationDescription, describe
from core.policy_gradient.events import Frame

_MOST_NUMBERS: Final = 8
"""Numbers of an observation that stand in a sentence."""


def values_of(config: TrainConfig, state: TrainingState) -> dict[str, str]:
    """Return, by the symbol's id, what each stands for now, as a person reads it; what is not known yet is left out.

    ``s`` and ``pi`` belong to the picture; ``a`` and ``r`` to the step that led there; ``loss`` and ``entropy`` to the
    newest update. What an action still earns, ``G``, is known when its episode is over: until then it is said how
    much the episode has earned so far. ``R`` is known for whole batches only, and left out.
    """
    described = describe(config.env_id).completed(state.facts)
    values = {"gamma": f"{config.gamma:g}", "alpha_lr": f"{config.learning_rate:g}"}
    values["theta"] = ngettext("after {n} update", "after {n} updates", len(state.losses)).format(n=len(state.losses))
    if state.frame is not None:
        values["s"] = _observation(described, state.frame.obs)
        values["pi"] = _policy(described, state.frame)
    step = state.transition
    if step is not None:
        values["a"] = action_name(described, step.action)
        values["r"] = f"{step.reward:g}"
        values["G"] = _("{value} so far").format(value=f"{step.episode_return:g}")
    if len(state.losses):
        values["loss"] = f"{state.losses.values[-1]:+.3f}".replace("-", "−")
        values["entropy"] = _("{value} nat").format(value=f"{state.entropies.values[-1]:.3f}")
    return values


def action_name(described: EnvironmentDescription, action: int) -> str:
    """Return what an action is called; its number where it has no name."""
    return _(described.actions[action]) if action < len(described.actions) else str(action)


def _policy(described: EnvironmentDescription, frame: Frame) -> str:
    """Return π(1|s) of two actions; of more, the likeliest and how likely it is."""
    if not frame.probabilities:
        return f"{frame.probability_right:.1%}"
    likeliest = max(range(len(frame.probabilities)), key=frame.probabilities.__getitem__)
    return f"π({action_name(described, likeliest)}|s) = {frame.probabilities[likeliest]:.1%}"


def _observation(described: EnvironmentDescription, obs: tuple[float, ...]) -> str:
    """Return what is observed; of very many numbers, the first."""
    known = described.observations
    if described.n_obs != len(obs):
        known = tuple(ObservationDescription("") for _number in obs)
    words, place = [], 0
    for number in known[:_MOST_NUMBERS]:
        words.append(reading_of(number, obs[place : place + number.size]))
        place += number.size
    return "(" + ", ".join(words) + (", …)" if len(known) > _MOST_NUMBERS else ")")


def reading_of(number: ObservationDescription, values: tuple[float, ...]) -> str:
    """Return a number of an observation, or the state it is in, as a person reads it; a dash where there is none."""
    if not values:
        return f"–{number.unit}"
    if number.states:
        return str(number.first + values.index(max(values)))
    return signed(values[0] * number.factor, number.unit, number.decimals)


def signed(number: float, unit: str, decimals: int = 2) -> str:
    """Return a number with its sign, its decimals and its unit; next to nothing is never less than nothing."""
    shown = round(number, decimals) + 0.0  # no −0.00
    return f"{shown:+.{decimals}f}{unit}".replace("-", "−")
