"""The rows of the strips: what is shown of each step, one above the other in the order in which it is computed.

Qt-free: arrays in, arrays out; ``strip_painter`` draws them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import numpy as np

from core.language import N_
from core.policy_gradient.anatomy.findings import Anatomy, Lesson
from core.policy_gradient.returns import Floats

RowId = Literal["action", "reward", "returns", "advantage", "log_prob", "product", "probability"]
Kind = Literal["actions", "bars", "arrows"]


@dataclass(frozen=True, slots=True)
class RowSpec:
    """One row.

    Attributes:
        id: its name in what is saved, and in the lines of code.
        symbol: the symbol of the formulas that it stands for.
        letters: what is written before its name.
        name: marked for translation.
        kind: how it is drawn.
        height: its share of the height.
        has_action_colour: whether each step has the colour of its action, not the symbol's hue.
    """

    id: RowId
    symbol: str
    letters: str
    name: str
    kind: Kind = "bars"
    height: float = 2.0
    has_action_colour: bool = False


ROWS: Final = (
    RowSpec("action", "a", "a", N_("action"), "actions", height=1.0),
    RowSpec("reward", "r", "r", N_("reward"), height=1.5),
    RowSpec("returns", "G", "G", N_("credited")),
    RowSpec("advantage", "R", "R", N_("compared")),
    RowSpec("log_prob", "pi", "log π", N_("log-probability"), has_action_colour=True),
    RowSpec("product", "loss", "−log π · R", N_("share of the loss")),
    RowSpec("probability", "theta", "π", N_("before → after"), "arrows", height=3.0, has_action_colour=True),
)
"""All rows from top to bottom."""

PROBABILITY: Final = (0.0, 1.0)


@dataclass(frozen=True, slots=True, eq=False)
class Row:
    """What one row shows.

    Attributes:
        spec: which row.
        values: one number a step, (T,); of arrows where they end.
        before: where arrows begin, (T,); else None.
        low: the lowest number of the scale.
        high: the highest.
        paid: what the environment paid for the last step, where it counts as 0; else None.
    """

    spec: RowSpec
    values: Floats
    before: Floats | None
    low: float
    high: float
    paid: float | None = None


def rows_of(anatomy: Anatomy, lesson: Lesson) -> tuple[Row, ...]:
    """Return what the rows show of an episode under these corrections, in the order of ``ROWS``."""
    paid = float(anatomy.record.rewards[-1]) if anatomy.is_last_zeroed else None
    values: dict[RowId, Floats] = {
        "action": anatomy.record.actions.astype(np.float64),
        "reward": anatomy.rewards,
        "returns": lesson.returns,
        "advantage": lesson.advantages,
        "log_prob": anatomy.log_probs,
        "product": lesson.products,
        "probability": lesson.after,
    }
    return tuple(_row(spec, values[spec.id], anatomy, paid) for spec in ROWS)


def _row(spec: RowSpec, values: Floats, anatomy: Anatomy, paid: float | None) -> Row:
    if spec.kind == "arrows":
        return Row(spec, values, anatomy.before, *PROBABILITY)
    shown = [0.0, *(() if spec.id != "reward" or paid is None else (paid,))]
    low, high = (float(found) for found in (min(values.min(), *shown), max(values.max(), *shown)))
    if low == high:  # nothing but zeros: a scale all the same
        high = 1.0
    return Row(spec, values, None, low, high, paid if spec.id == "reward" else None)
