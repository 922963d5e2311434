"""Which training is watched. Qt-free."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final

import msgspec

from core.attention.learned.catalogue import ROWS, Row

MOST_SEED: Final = 999
_ROWS: Final = {row.name: row for row in ROWS}
_FIRST: Final = "seq2seq-general"
"""The one whose map is sharp soonest."""


@dataclass(frozen=True, slots=True)
class LearningOptions:
    """Everything that was chosen on the page.

    Attributes:
        model: which is trained, by its name in the catalogue.
        seed: of everything that is drawn.
        example: number of the validation example whose map is seen.
    """

    model: Annotated[str, msgspec.Meta(max_length=60)] = _FIRST
    seed: Annotated[int, msgspec.Meta(ge=0, le=MOST_SEED)] = 0
    example: Annotated[int, msgspec.Meta(ge=0, le=1_000_000)] = 0

    @property
    def row(self) -> Row:
        """The model's row; the first one's where another version had a model that is no more."""
        return _ROWS.get(self.model, _ROWS[_FIRST])
