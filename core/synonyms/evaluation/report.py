"""The figures of an evaluation as plain values for a JSON file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from core.synonyms.evaluation.run import EvaluateConfig, Material, Measured


def as_json(
    config: EvaluateConfig, material: Material, measured: Sequence[Measured], *, seconds: float, interrupted: bool
) -> dict[str, Any]:
    """Return everything that was measured.

    ``methods`` has, by name, the figures of either protocol and the seconds; ``closure`` the AP of the baseline in the
    closed protocol; ``queue`` the figures of the order each method gives; ``data`` what all this stands on.
    """
    return {
        "seed": config.seed,
        "interrupted": interrupted,
        "seconds": seconds,
        "data": {
            "pairs": None if config.pairs is None else str(config.pairs),
            "vectors": None if config.vectors is None else str(config.vectors),
            "test_pairs": material.test_pairs,
            "base_rate": material.base_rate,
            "training_pairs": {str(protocol): count for protocol, count in material.training_pairs.items()},
            "queue_words": material.queue_words,
            "queue_recall": material.queue_recall,
        },
        "closure": {"ap": material.closure_ap},
        "methods": {
            each.method: {
                **{str(protocol): asdict(figures) for protocol, figures in each.figures.items()},
                "seconds": each.seconds,
            }
            for each in measured
        },
        "queue": {each.method: asdict(each.queue) for each in measured},
    }
