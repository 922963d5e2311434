"""An episode of four steps taken apart by hand, in a batch of ten steps."""

from __future__ import annotations

import numpy as np

from core.policy_gradient.anatomy.findings import ALL_CORRECTIONS, Anatomy, Corrections, Lesson
from core.policy_gradient.runs.recording import EpisodeRecord, EpisodeStart

ACTIONS = [1, 0, 1, 1]
BEFORE = [0.5, 0.25, 0.8, 0.5]
RETURNS = {"to_go": [1.75, 1.5, 1.0, 0.0], "reward": [1.0, 1.0, 1.0, 0.0], "episode": [1.75] * 4}
MEAN, DEVIATION = 1.25, 0.5
REST = {True: 2.0, False: -1.0}
"""Of the products of the other episodes, by whether the advantages are normalised."""


def lesson_of(corrections, steps=None, baseline=0.0):
    returns = np.array(RETURNS[corrections.credit] if steps is None else steps)
    before = np.resize(BEFORE, len(returns))
    compared = returns - baseline
    advantages = (compared - MEAN) / DEVIATION if corrections.normalise else compared
    products = -np.log(before) * advantages
    rest = REST[corrections.normalise]
    angle = 60.0 * ALL_CORRECTIONS.index(corrections) / 2
    return Lesson(
        corrections, returns, np.full(len(returns), baseline), MEAN, DEVIATION, advantages, products,
        (products.sum() + rest) / 10, rest, np.clip(before + 0.3 * np.sign(advantages), 0, 1), 12.5,
        float(np.cos(np.radians(angle))),
    )  # fmt: skip


def anatomy(steps=None, baseline=0.0, n_actions=2):
    """Return the episode; with ``steps``, as many returns of a longer one, the same under all corrections."""
    count = 4 if steps is None else len(steps)
    actions = np.resize(ACTIONS, count) if n_actions == 2 else np.arange(count) % n_actions
    paid = np.ones(count)
    rewards = paid.copy()
    rewards[-1] = 0.0
    obs = np.arange(5 * (count + 1), dtype=np.float32).reshape(count + 1, 5)[:, :4]
    record = EpisodeRecord(
        7, obs, actions.astype(np.int64), paid, np.resize(BEFORE, count), True, False, 2, EpisodeStart(seed=1)
    )
    lessons = tuple(lesson_of(corrections, steps, baseline) for corrections in ALL_CORRECTIONS)
    before = np.resize(BEFORE, count)
    own = Corrections()
    return Anatomy(
        record, 3, (6, 8), 10, 0.5, "none" if not baseline else "mean", rewards, np.log(before), before,
        lessons[0].loss, own, lessons,
    )  # fmt: skip
