"""An update taken apart, as files take it: the strips over the steps of the episode, and the sum they make."""

from __future__ import annotations

import platform
from collections.abc import Sequence
from importlib.metadata import version
from typing import Any, Final

from core.policy_gradient.anatomy.findings import Anatomy, Corrections, Lesson
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.export.plot_table import Cell, PlotTable, provenance

STRIPS: Final = (
    "action", "reward", "credited", "baseline", "advantage", "log_prob", "product", "before", "after",
)  # fmt: skip
"""What is known of each step, in the order in which it is computed: the action, what it was paid as it was learned
from, G, b, R, log π(a|s) before the update, −log π · R, and π(a|s) before and after."""

Rates = Sequence[tuple[int, float]]


def strips(anatomy: Anatomy, lesson: Lesson) -> dict[str, list[Any]]:
    """Return the strips of an episode under these corrections, by name: one number a step, (T,)."""
    return {
        "action": anatomy.record.actions.tolist(),
        "reward": anatomy.rewards.tolist(),
        "credited": lesson.returns.tolist(),
        "baseline": lesson.baselines.tolist(),
        "advantage": lesson.advantages.tolist(),
        "log_prob": anatomy.log_probs.tolist(),
        "product": lesson.products.tolist(),
        "before": anatomy.before.tolist(),
        "after": lesson.after.tolist(),
    }


def sums(anatomy: Anatomy, lesson: Lesson) -> dict[str, Any]:
    """Return what the strips come to: the episode's share of the sum, the rest of its batch, and the loss of both.

    ``loss`` is (``episode_sum`` + ``rest``) / ``batch_steps``, which the page writes below the strips; ``said_loss`` is
    what the run itself said of this update, which the curve shows. The two agree where the corrections are the run's
    own.
    """
    return {
        "episode": anatomy.record.episode,
        "update": anatomy.update,
        "batch_episodes": list(anatomy.episodes),
        "batch_steps": anatomy.batch_steps,
        "gamma": anatomy.gamma,
        "baseline": anatomy.baseline,
        "corrections": corrections_of(lesson.corrections),
        "own_corrections": corrections_of(anatomy.own),
        "mean": lesson.mean,
        "deviation": lesson.deviation,
        "episode_sum": float(lesson.products.sum()),
        "rest": lesson.rest,
        "loss": lesson.loss,
        "said_loss": anatomy.loss,
        "grad_norm": lesson.grad_norm,
        "agreement": lesson.agreement,
    }


def corrections_of(corrections: Corrections) -> dict[str, Any]:
    """Return the two corrections by name."""
    return {"credit": corrections.credit, "normalise": corrections.normalise}


def as_json(config: TrainConfig, rates: Rates, anatomy: Anatomy, lesson: Lesson) -> dict[str, Any]:
    """Return an update taken apart as JSON takes it: what it comes from, the sum, and the strips."""
    record = anatomy.record
    return {
        **sums(anatomy, lesson),
        "duration": anatomy.duration,
        "return": float(record.rewards.sum()),
        "paid_last": float(record.rewards[-1]),
        "strips": strips(anatomy, lesson),
        "config": config.to_dict(),
        "learning_rates": [list(change) for change in rates],
        "versions": {"python": platform.python_version()}
        | {package: version(package) for package in ("torch", "gymnasium", "numpy")},
    }


def strips_table(config: TrainConfig, rates: Rates, anatomy: Anatomy, lesson: Lesson) -> PlotTable:
    """Return the strips as a table, a row a step."""
    columns = strips(anatomy, lesson)
    rows: list[list[Cell]] = [[step, *cells] for step, cells in enumerate(zip(*columns.values(), strict=True), start=1)]
    changed = [list(change) for change in rates]
    return PlotTable(provenance(config, learning_rates=changed, **sums(anatomy, lesson)), ("step", *columns), rows)
