"""The formulas of the survey's three steps, in the variants that models have. Qt-free."""

from __future__ import annotations

import math
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


def score_equation(steps: ThreeSteps, row: int) -> str:
    """Return the first step for one key in its own numbers, and what the temperature makes of it."""
    score = float(steps.products[row]) * steps.scale
    if abs(steps.scale * math.sqrt(steps.query.size) - 1) < 1e-6:
        words = f"{steps.products[row]:.3f} / √{steps.query.size}"
    elif abs(steps.scale - 1) < 1e-6:
        words = f"{steps.products[row]:.3f}"
    else:
        words = f"{steps.products[row]:.3f} × {steps.scale:.6g}"
    bias = float(steps.bias[row])
    if math.isfinite(bias) and abs(bias) > 1e-6:
        words += f" {'+' if bias > 0 else '-'} {abs(bias):.3f}"
        score += bias
    words += f" = {score:.3f}"
    if steps.temperature != 1 and math.isfinite(float(steps.scores[row])):
        words += f", e / T = {float(steps.scores[row]) / steps.temperature:.3f}"
    return words.replace("-", "−")


def score_formula(steps: ThreeSteps) -> str:
    """Return which formula is this model's first step."""
    scaled = abs(steps.scale - 1) > 1e-6
    finite = steps.bias[np.isfinite(steps.bias)]
    biased = bool(np.any(np.abs(finite) > 1e-6))
    return ("score" if scaled else "score_plain") + ("_bias" if biased else "")
