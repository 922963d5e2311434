"""What each action was worth: reward-to-go, and its normalisation over the batch (article, section 4)."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]


def reward_to_go(
    rewards: Sequence[float] | Floats,
    gamma: float,
    ends: Sequence[bool] | npt.NDArray[np.bool_] | None = None,
) -> Floats:
    """Return R_t = r_t + γ r_{t+1} + γ² r_{t+2} + …, each sum ending with its episode.

    One backward pass over several episodes laid end to end. The article marks the end of an episode by the
    reward itself: its last reward is set to 0, and the running sum restarts wherever a reward is 0.

    Args:
        rewards: rewards of all steps, oldest first, (steps,).
        gamma: discount γ per step, 0 to 1.
        ends: True at the last step of each episode, (steps,). None: the article's rule, ends are where the
            reward is 0. Give it where a reward of 0 may occur inside an episode.

    Returns:
        (steps,) float64.

    Raises:
        ValueError: ``ends`` has another length than ``rewards``.
    """
    # Plain lists: reading one number at a time, they are several times faster than arrays.
    values = np.asarray(rewards, dtype=np.float64).tolist()
    stops = [value == 0 for value in values] if ends is None else np.asarray(ends, dtype=bool).tolist()
    if len(stops) != len(values):
        message = f"{len(values)} rewards, but {len(stops)} marks of an end"
        raise ValueError(message)
    running = 0.0
    for t in range(len(values) - 1, -1, -1):
        running = values[t] if stops[t] else values[t] + gamma * running
        values[t] = running
    return np.array(values, dtype=np.float64)


def reward_to_go_batched(rewards: Floats, gamma: float) -> Floats:
    """Return R_t = r_t + γ R_{t+1} of N episodes that lie side by side, the longest T steps long.

    The same numbers as ``reward_to_go`` gives for each episode, computed for all at once.

    Args:
        rewards: rewards of all steps, oldest first, (T, N); 0 after the end of an episode.
        gamma: discount γ per step, 0 to 1.

    Returns:
        (T, N) float64.
    """
    returns = rewards.astype(np.float64)
    for t in range(len(returns) - 2, -1, -1):
        returns[t] += gamma * returns[t + 1]
    return returns


def normalise(returns: Sequence[float] | Floats) -> Floats:
    """Return (R − mean) / standard deviation, over all steps of the batch at once.

    So about half of the actions become likelier and half less likely, and long episodes do not drown the rest
    (article, section 4). The deviation is the population's (divided by n, as ``numpy.std``).

    Args:
        returns: reward-to-go of every step of the batch, (steps,).

    Returns:
        (steps,) float64. All zeros where the returns do not differ, or there is only one: no action then was
        better than another, and nothing is to be learned. (The article's code divides by 0 there.)
    """
    values = np.asarray(returns, dtype=np.float64)
    if values.size == 0:
        return values
    deviation = float(values.std())
    # The mean of equal numbers can be off by rounding; what is left of them must not be blown up to ±1.
    if deviation <= 1e-12 * float(np.abs(values).max()):
        return np.zeros_like(values)
    normalised: Floats = (values - values.mean()) / deviation
    return normalised
