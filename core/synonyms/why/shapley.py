"""How much each feature has to do with a score: Shapley values (Shapley 1953; Štrumbelj & Kononenko 2014).

Of a function f, a row x and another row b of the background, the features of b are replaced by those of x one after
the other. What each replacement adds is the feature's share; it depends on the order, so it is averaged over orders:

    φⱼ = mean over orders and b of  f(b with x's features up to j) − f(b with x's features before j),
    Σⱼ φⱼ = f(x) − mean f(b).

Of a linear function it is wⱼ (xⱼ − mean bⱼ), in every order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from core.synonyms.methods.method import Floats, Ints


def shapley(
    function: Callable[[Floats], Floats],
    row: Floats,
    background: Floats,
    features: Sequence[Ints],
    *,
    orders: int,
    rng: np.random.Generator,
) -> tuple[Floats, float]:
    """Return the share of each feature, (F,), and the mean score of the background.

    Each order is taken with the one that runs the other way, which makes the mean exact for pairs of features.

    Args:
        function: scores of rows, (N, columns) → (N,).
        row: that is explained, (columns,).
        background: rows that it is compared with, (B, columns).
        features: the columns of each feature; each column is of one.
        orders: orders for each row of the background; half of them the other half's reverse.
        rng: of the orders.
    """
    steps, count = [], len(features)
    drawn: list[Ints] = []
    for start in background:
        for _half in range(max(1, orders // 2)):
            order = rng.permutation(count)
            for way in (order, order[::-1]):
                drawn.append(way)
                steps.append(_walk(row, start, features, way))
    scores = function(np.concatenate(steps)).reshape(len(drawn), count + 1).astype(np.float64)
    shares = np.zeros(count)
    for way, said in zip(drawn, scores, strict=True):
        shares[way] += np.diff(said)
    return (shares / len(drawn)).astype(np.float32), float(scores[:, 0].mean())


def _walk(row: Floats, start: Floats, features: Sequence[Ints], order: Ints) -> Floats:
    """Return the rows from ``start`` to ``row``, one feature more of it in each, (F + 1, columns)."""
    path = np.repeat(start[None], len(order) + 1, axis=0)
    for step, feature in enumerate(order, 1):
        path[step:, features[feature]] = row[features[feature]]
    return path
