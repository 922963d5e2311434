"""What models share that are built of a config and the words they know."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any, TypeVar

from torch import nn

from core.attention.errors import ModelError
from core.attention.learned.store import Saved, load_into
from core.attention.learned.training import Lesson, Schedule, fresh
from core.attention.learned.vocabulary import Vocabulary
from core.decode import DecodeError, decode

Config = TypeVar("Config")


class WordLesson(Lesson):
    """A model with its words."""

    def __init__(
        self, build: type[nn.Module], config: Any, vocabulary: Vocabulary, schedule: Schedule, seed: int
    ) -> None:
        """Build the model, with weights by ``seed``.

        Args:
            build: the model's class, called with config and number of words.
            config: a dataclass.
            vocabulary: the words.
            schedule: how it is trained.
            seed: of weights and order.
        """
        self.schedule, self.seed = schedule, seed
        self._config, self._vocabulary = config, vocabulary
        self.model = fresh(seed, build, config, len(vocabulary))

    def config(self) -> dict[str, Any]:
        """Return the config and the words, all that loading needs."""
        return {
            "model": asdict(self._config),
            "schedule": asdict(self.schedule),
            "vocabulary": list(self._vocabulary.words),
        }


def load_words(saved: Saved, config_kind: type[Config], build: Any, refusal: str) -> tuple[Any, Vocabulary]:
    """Return a trained model, ready to be asked, and its words.

    Args:
        saved: its files.
        config_kind: the class of its config.
        build: the model's class, called with config and number of words.
        refusal: what to say of another model or a damaged one, with ``{path}`` and ``{reason}``.

    Raises:
        ModelError: it is another model, or damaged.
    """
    try:
        config = decode(config_kind, saved.record.config["model"])
        vocabulary = Vocabulary(saved.record.config["vocabulary"])
    except (DecodeError, KeyError, TypeError, ValueError) as error:
        raise ModelError(refusal.format(path=saved.weights, reason=error)) from error
    model = fresh(0, build, config, len(vocabulary))
    load_into(model, saved.weights)
    return model.eval(), vocabulary
