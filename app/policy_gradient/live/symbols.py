"""What the symbols of the article stand for at this moment of a run."""

from __future__ import annotations

from app.policy_gradient.state import TrainingState
from core.language import _, ngettext
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.description import EnvironmentDescription, describe


def values_of(config: TrainConfig, state: TrainingState) -> dict[str, str]:
    """Return, by the symbol's id, what each stands for now, as a person reads it; what is not known yet is left out.

    ``s`` and ``pi`` belong to the picture; ``a`` and ``r`` to the step that led there; ``loss`` and ``entropy`` to the
    newest update. What an action still earns, ``G``, is known when its episode is over: until then it is said how
    much the episode has earned so far. ``R`` is known for whole batches only, and left out.
    """
    described = describe(config.env_id)
    values = {"gamma": f"{config.gamma:g}", "alpha_lr": f"{config.learning_rate:g}"}
    values["theta"] = ngettext("after {n} update", "after {n} updates", len(state.losses)).format(n=len(state.losses))
    if state.frame is not None:
        values["s"] = _observation(described, state.frame.obs)
        values["pi"] = f"{state.frame.probability_right:.1%}"
    step = state.transition
    if step is not None:
        values["a"] = _(described.actions[step.action]) if described.actions else str(step.action)
        values["r"] = f"{step.reward:g}"
        values["G"] = _("{value} so far").format(value=f"{step.episode_return:g}")
    if len(state.losses):
        values["loss"] = f"{state.losses.values[-1]:+.3f}".replace("-", "−")
        values["entropy"] = _("{value} nat").format(value=f"{state.entropies.values[-1]:.3f}")
    return values


def _observation(described: EnvironmentDescription, obs: tuple[float, ...]) -> str:
    known = described.observations
    if len(known) != len(obs):
        return "(" + ", ".join(signed(number, "") for number in obs) + ")"
    return "(" + ", ".join(signed(x * one.factor, one.unit) for x, one in zip(obs, known, strict=True)) + ")"


def signed(number: float, unit: str) -> str:
    """Return a number with its sign, two decimals and its unit; next to nothing is never less than nothing."""
    shown = round(number, 2) + 0.0  # no −0.00
    return f"{shown:+.2f}{unit}".replace("-", "−")
