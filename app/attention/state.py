"""What is known of the text on screen. Qt-free: it takes payloads, views read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Literal

from app.attention.options import View
from core.attention.results import Alignment, AttentionMap, Comparison, HeadsGrid, ModelCard, Preparing, ThreeSteps
from core.formulas import Typeset
from core.runtime.events import Payload

Slot = Literal["map", "heads", "pieces", "steps", "comparison", "alignment", "formulas", "export"]
"""The kinds of answer there are."""


class Status(Enum):
    """What the stage has to show."""

    EMPTY = "empty"
    """Nothing was typed."""
    WAITING = "waiting"
    """The first answer is awaited; what is on the stage, if anything, is older."""
    SHOWN = "shown"
    """The stage shows what was asked for, or the moment before it."""
    REFUSED = "refused"
    """What was asked for can't be done; ``AttentionState.trouble`` says why and what to do."""


@dataclass(slots=True)
class AttentionState:
    """The newest answer of each kind.

    Attributes:
        status: what the stage has to show.
        trouble: one or two sentences while refused.
        may_go_better: trying again what was refused may help: a folder may have been mended, but a text stays long.
        preparing: what takes time just now; None when nothing does.
        map: the map.
        heads_grid: all heads.
        pieces: the map in the model's own pieces, for the three steps.
        steps: the three steps.
        steps_pieces: the map in pieces that ``steps`` are a row of; ``pieces`` may be newer.
        comparison: two maps.
        alignment: two sentences beside each other.
        formulas: typeset formulas by name, as SVG.
        cards: what is known of each model, by the name it was asked for.
    """

    status: Status = Status.EMPTY
    trouble: str = ""
    may_go_better: bool = True
    preparing: Preparing | None = None
    map: AttentionMap | None = None
    heads_grid: HeadsGrid | None = None
    pieces: AttentionMap | None = None
    steps: ThreeSteps | None = None
    steps_pieces: AttentionMap | None = None
    comparison: Comparison | None = None
    alignment: Alignment | None = None
    formulas: dict[str, str] = field(default_factory=dict)
    cards: dict[str, ModelCard] = field(default_factory=dict)

    def on_stage(self, view: View) -> AttentionMap | None:
        """Return the map that ``view`` is about, the first where there are two; an alignment has none.

        While something is refused there is none: what is left is about another text.
        """
        if self.status is Status.REFUSED:
            return None
        if view == "steps":
            return self.pieces
        if view == "comparison":
            return self.comparison.first if self.comparison is not None else None
        return None if view == "alignment" else self.map

    def clear(self) -> None:
        """Forget every answer about a text, but not the models."""
        self.map = self.heads_grid = self.pieces = self.steps = self.steps_pieces = None
        self.comparison = self.alignment = self.preparing = None

    def apply(self, slot: Slot, payloads: Iterable[Payload]) -> bool:
        """Take in payloads, oldest first.

        Args:
            slot: what was asked for.
            payloads: what the task yielded.

        Returns:
            Whether the answer for ``slot`` was among them.
        """
        answered = False
        for payload in payloads:
            self.preparing = payload if isinstance(payload, Preparing) else None
            match payload:
                case AttentionMap():
                    self._learn(payload.card)
                    if slot == "pieces":
                        self.pieces = payload
                    else:
                        self.map = payload
                case HeadsGrid():
                    self._learn(payload.card)
                    self.heads_grid = payload
                case ThreeSteps():
                    self.steps, self.steps_pieces = payload, self.pieces
                case Comparison():
                    self.comparison = payload
                    self._learn(payload.first.card)
                    self._learn(payload.second.card)
                case Alignment():
                    self.alignment = payload
                    self._learn(payload.card)
                case Typeset():
                    self.formulas = dict(payload.pictures)
                case _:
                    continue
            answered = True
        return answered

    def _learn(self, card: ModelCard) -> None:
        self.cards[card.name] = card
