"""What is said of the numbers under the mouse."""

from __future__ import annotations

import math

from app.attention.drawing.labels import named
from app.attention.views.steps.formulas import score_equation
from app.attention.views.steps.table import number
from core.attention.results import ThreeSteps
from core.language import _


def of_number(steps: ThreeSteps, row: int, dimension: int) -> str:
    """Return what one dimension of key ``row`` gives to the product and to the context."""
    return _("{key}, dimension {i}: q {q} × k {k} = {product};  v {v} × α {weight} = {part}").format(
        key=named(steps.key_tokens[row]),
        i=dimension,
        q=number(float(steps.query[dimension]), 3),
        k=number(float(steps.keys[row, dimension]), 3),
        product=number(float(steps.query[dimension] * steps.keys[row, dimension]), 3),
        v=number(float(steps.values[row, dimension]), 3),
        weight=number(float(steps.weights[row]), 3),
        part=number(float(steps.values[row, dimension] * steps.weights[row]), 4),
    )


def of_key(steps: ThreeSteps, row: int) -> str:
    """Return how the score and the weight of key ``row`` come about."""
    hidden = math.isinf(float(steps.scores[row]))
    words = (
        _("{key}: hidden, so e = −∞ in place of {equation};  α {weight}, the model's own {model}")
        if hidden
        else _("{key}: e = {equation};  α {weight}, the model's own {model}")
    )
    return words.format(
        key=named(steps.key_tokens[row]),
        equation=score_equation(steps, row),
        weight=number(float(steps.weights[row]), 4),
        model=number(float(steps.model_weights[row]), 4),
    )
