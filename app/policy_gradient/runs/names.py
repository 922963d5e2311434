"""What a run is called: its preset and seed, and in what it differs."""

from __future__ import annotations

from app.file_names import file_name
from app.policy_gradient.controls.sidebar import PRESET_NAMES
from app.policy_gradient.runs.shelf import differences
from core.language import _
from core.policy_gradient.config import HYPERPARAMETERS, TrainConfig
from core.policy_gradient.environments.description import CARTPOLE


def run_name(config: TrainConfig) -> str:
    """Return the name of a run in the language in use, such as "Article, seed 3"."""
    words = _("{preset}, seed {seed}").format(preset=_(PRESET_NAMES[config.preset]), seed=config.seed)
    return words if config.env_id == CARTPOLE else f"{config.env_id}, {words}"


def file_stem(config: TrainConfig) -> str:
    """Return what a file of a run is called, such as "CartPole-v1-article-3"."""
    return file_name(config.env_id.rpartition(":")[2], config.preset, str(config.seed))


def what_differs(config: TrainConfig) -> str:
    """Return in what a run differs from its preset, in the language in use; empty if in nothing."""
    return ", ".join(
        f"{HYPERPARAMETERS[difference.name].label} {_written(difference.value)}" for difference in differences(config)
    )


def _written(value: object) -> str:
    match value:
        case None:
            return "–"
        case bool():
            return _("on") if value else _("off")
        case float():
            return f"{value:g}"
        case tuple():
            return "-".join(map(str, value))
        case _:
            return str(value)
