"""The formulas of the survey's three steps, in the variants that models have. Qt-free."""

from __future__ import annotations

from typing import Final

import numpy as np

from core.attention.results import ThreeSteps

FORMULAS: Final = {
    "score": r"e_j=\frac{q\cdot k_j}{\sqrt{d}}",
    "score_plain": r"e_j=q\cdot k_j",
    "score_bias": r"e_j=\frac{q\cdot k_j}{\sqrt{d}}+b_j",
    "score_plain_bias": r"e_j=q\cdot k_j+b_j",
    "softmax": r"\alpha_j=\frac{\exp e_j}{\sum_i\exp e_i}",
    "softmax_t": r"\alpha_j=\frac{\exp(e_j/T)}{\sum_i\exp(e_i/T)}",
    "sum": r"c=\sum_j\alpha_j v_j",
}
"""LaTeX by name."""


def score_formula(steps: ThreeSteps) -> str:
    """Return which formula is this model's first step."""
    scaled = abs(steps.scale - 1) > 1e-6
    finite = steps.bias[np.isfinite(steps.bias)]
    biased = bool(np.any(np.abs(finite) > 1e-6))
    return ("score" if scaled else "score_plain") + ("_bias" if biased else "")
