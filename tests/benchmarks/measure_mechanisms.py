"""Rows about the mechanisms: how soon a key becomes a page, and how soon a watched training shows and ends."""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median
from typing import Any, Final

from core.language import _
from tests.benchmarks.display import NoDisplayError, screen
from tests.benchmarks.plan import Measurement, Options
from tests.benchmarks.process import ProbeError, run_probe
from tests.benchmarks.row import Row, at_most

VIEWS: Final = (
    "seq2seq", "scores", "local", "hard", "multi_dimensional", "hierarchical", "over", "memory", "self"
)  # fmt: skip
"""The pages of the mechanisms, by their ids."""
MODELS: Final = ("seq2seq-additive", "memory-two-3")
"""Those that are trained while somebody watches."""
_WINDOW: Final = {"width": 1920, "height": 1080}
_KEY_BUDGET: Final = at_most(120)
_SHARP_BUDGET, _END_BUDGET = at_most(60), at_most(600)
_PATIENCE: Final = 1_800.0


def _key(view: str) -> str:
    return f"attention_mechanism_{view}"


def _sharp(model: str) -> str:
    return f"attention_live_sharp_{model}"


def _end(model: str) -> str:
    return f"attention_live_end_{model}"


def _typing(options: Options) -> Iterator[Row]:
    given = {**_WINDOW, "presses": 4 if options.quick else 12}
    try:
        with screen("offscreen") as place:
            told = run_probe(
                "mechanisms:typing", given, home=options.home, environment=place.environment, limit=_PATIENCE
            )
    except (NoDisplayError, ProbeError) as error:
        yield from (Row(name=_key(view), unit="ms", budget=_KEY_BUDGET, error=str(error)) for view in VIEWS)
        return
    for view in VIEWS:
        yield key_row(view, told[view])


def key_row(view: str, keys: dict[str, Any]) -> Row:
    """Turn the times of single keys on one page into its row."""
    return Row(
        name=_key(view),
        unit="ms",
        value=median(keys["ms"]),
        budget=_KEY_BUDGET,
        note=_(
            "key typed at 30 tokens to the painted page, median of {count}, worst {worst:.0f} ms; of the processor "
            "{window:.0f} ms in the window and {workers:.0f} ms in the workers"
        ).format(count=len(keys["ms"]), worst=max(keys["ms"]), window=keys["window_ms"], workers=keys["workers_ms"]),
        details=keys,
    )


def _training(options: Options) -> Iterator[Row]:
    for model in MODELS:
        given = {**_WINDOW, "model": model}
        try:
            with screen("offscreen") as place:
                told = run_probe(
                    "mechanisms:training",
                    given,
                    home=options.home / model,
                    environment=place.environment,
                    limit=_PATIENCE,
                )
        except (NoDisplayError, ProbeError) as error:
            yield Row(name=_sharp(model), unit="s", budget=_SHARP_BUDGET, error=str(error))
            yield Row(name=_end(model), unit="s", budget=_END_BUDGET, error=str(error))
            continue
        yield from training_rows(model, told)


def training_rows(model: str, told: dict[str, Any]) -> Iterator[Row]:
    """Turn a training in the window into its two rows."""
    yield Row(
        name=_sharp(model),
        unit="s",
        value=told["sharp_s"],
        budget=_SHARP_BUDGET,
        note=_("from Train to the first map whose rows look mostly at one place each"),
        details=told,
    )
    yield Row(
        name=_end(model),
        unit="s",
        value=told["end_s"],
        budget=_END_BUDGET,
        note=_("from Train to the examined and kept model, {steps} steps, its map watched").format(steps=told["steps"]),
        details=told,
    )


TYPING: Final = Measurement("mechanisms", tuple(map(_key, VIEWS)), _typing)
TRAINING: Final = Measurement(
    "train_live", tuple(name(model) for model in MODELS for name in (_sharp, _end)), _training
)
