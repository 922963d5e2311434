"""A file of weights and tokens, as if it were a model: one that has read one text and can read no other."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np

from core.attention.arrays.file import read_arrays
from core.attention.encoders.base import Encoded, Pieces, Stacked
from core.attention.errors import TextError
from core.attention.results import Family, ModelCard
from core.language import _
from core.one_line import one_line

_SHOWN: Final = 40
"""Letters of a text that are named in a sentence."""


class ArraysEncoder:
    """Gives what a file holds, for the text it is about.

    Attributes:
        card: what is known of it: weights, and nothing else.
        texts: the text it is about, and its second sentence or what was written where there is one.

    Args:
        name: the file.

    Raises:
        ModelError: it can't be opened, and why.
    """

    def __init__(self, name: str) -> None:
        self._found = read_arrays(Path(name).expanduser())
        layers, heads, queries, keys = self._found.weights.shape
        families: dict[str, Family] = {"encoder": "encoder", "decoder": "decoder", "cross": "encoder-decoder"}
        self.texts = self._found.texts
        self.card = ModelCard(
            name=name,
            title=self._found.title,
            family=families[self._found.stack],
            layers=layers,
            heads=heads,
            width=0,
            limit=max(queries, keys),
            origin=name,
            only_maps=True,
            only_stack=self._found.stack,
        )

    def tokenize(self, text: str, pair: str | None = None, *, prefix: bool = False) -> Pieces:  # noqa: ARG002  e5's
        """Return the tokens of the text the file is about.

        Raises:
            TextError: it is about another.
        """
        if (text, *([] if pair is None else [pair])) != self.texts:
            message = _('{file} holds weights for "{text}" alone. Choose a model to read another text.')
            raise TextError(message.format(file=Path(self.card.name).name, text=_brief(self.texts[0])))
        columns = self._found.columns
        return Pieces(np.zeros(len(columns), np.int64), np.zeros(len(columns), np.int64), columns)

    def forward(self, pieces: Pieces, texts: tuple[str, ...]) -> Encoded:
        """Return the weights."""
        found = self._found
        layers, _heads, queries, _keys = found.weights.shape
        stack = Stacked(
            rows=found.rows,
            columns=pieces.tokens,
            weights=found.weights,
            hidden=np.zeros((layers + 1, queries, 0), np.float32),
            queries=None,
            keys=None,
            values=None,
            scales=np.ones(layers, np.float32),
            biases=(None,) * layers,
            output=None,
            causal=found.stack == "decoder",
        )
        return Encoded(self.card, texts, {found.stack: stack})


def _brief(text: str) -> str:
    words = one_line(text)
    return words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
