"""The formulas of the survey's three steps, in the variants that models have. Qt-free."""

from __future__ import annotations

import math
from typing import Final

import numpy as np

from core.attention.results import ThreeSteps

FORMULAS: Final = {
    "score": r"\sym{score}_j=\frac{\sym{q}\cdot\sym{k}_j}{\sqrt{\sym{d_k}}}",
    "score_plain": r"\sym{score}_j=\sym{q}\cdot\sym{k}_j",
    "score_bias": r"\sym{score}_j=\frac{\sym{q}\cdot\sym{k}_j}{\sqrt{\sym{d_k}}}+b_j",
    "score_plain_bias": r"\sym{score}_j=\sym{q}\cdot\sym{k}_j+b_j",
    "softmax": r"\sym{alpha}_j=\frac{\exp\sym{score}_j}{\sum_i\exp\sym{score}_i}",
    "softmax_t": (
        r"\sym{alpha}_j=\frac{\exp(\sym{score}_j/\sym{temperature})}{\sum_i\exp(\sym{score}_i/\sym{temperature})}"
    ),
    "sum": r"\sym{c}=\sum_j\sym{alpha}_j\sym{v}_j",
}
"""LaTeX by name; each symbol is one of ``app/explain/symbols.py``."""


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
    kind = "score"
    if abs(steps.scale - 1) <= 1e-6:
        kind = "score_plain"
    elif abs(steps.scale * math.sqrt(steps.query.size) - 1) > 1e-6:
        kind = "score_factor"
    finite = steps.bias[np.isfinite(steps.bias)]
    biased = bool(np.any(np.abs(finite) > 1e-6))
    return kind + ("_bias" if biased else "")


def formulas_for(steps: ThreeSteps | None) -> dict[str, str]:
    """Return the formulas by name; the factor of ``steps`` stands in those of models that scale in their own way."""
    factor = f"{steps.scale:.3g}" if steps is not None and score_formula(steps).startswith("score_factor") else ""
    if not factor:
        return dict(FORMULAS)
    scaled = rf"\sym{{score}}_j={factor}\;\sym{{q}}\cdot\sym{{k}}_j"
    return FORMULAS | {"score_factor": scaled, "score_factor_bias": scaled + "+b_j"}
