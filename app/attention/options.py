"""What a person wants to see, as one frozen value. Qt-free: fields and sliders change it, requests follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final, Literal, get_args

from core.attention.requests import (
    AGGREGATIONS,
    COLORMAPS,
    SCALES,
    STACKS,
    UNITS,
    AlignmentRequest,
    AttentionRequest,
    Colormap,
    ComparisonRequest,
    HeadAggregation,
    Scale,
    Source,
    Stack,
    StepsRequest,
    Unit,
)
from core.attention.results import ModelCard

View = Literal["map", "heads", "links", "steps", "comparison", "alignment"]
"""What stands on the stage."""
VIEWS: Final[tuple[View, ...]] = get_args(View)

BUILT_IN: Final = ("e5", "minilm")
"""Models that come with the program."""


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """Everything that was chosen. Layers and heads count from 0; None is the mean.

    Attributes:
        text: the sentence.
        second: the second sentence; what it is for depends on the view.
        paired: the second sentence is wanted.
        model: as in ``Source.model``.
        download: a model id may be fetched from the network.
        prefix: put ``query: `` first, as multilingual-e5 was trained.
        view: what stands on the stage.
        unit: pieces, characters or words.
        stack: which attention; None for the model's most telling one.
        aggregation: how heads become a map.
        layer: which layer.
        head: which head.
        specials: special tokens are shown.
        colormap: the colours.
        scale: how a weight becomes an intensity of colour.
        other_model: the second model of a comparison; None for the same.
        other_layer: the second layer of a comparison.
        other_head: the second head of a comparison.
        states: hidden states that an alignment compares; None for the middle layer.
        temperature: scores are divided by it in the three steps.
        masked: key tokens hidden by hand in the three steps.
    """

    text: str = ""
    second: str = ""
    paired: bool = False
    model: str = "e5"
    download: bool = False
    prefix: bool = False
    view: View = "map"
    unit: Unit = "character"
    stack: Stack | None = None
    aggregation: HeadAggregation = "weights"
    layer: int | None = 3
    head: int | None = None
    specials: bool = False
    colormap: Colormap = "red"
    scale: Scale = "relative"
    other_model: str | None = None
    other_layer: int | None = None
    other_head: int | None = None
    states: int | None = None
    temperature: float = 1.0
    masked: tuple[int, ...] = ()

    @property
    def has_text(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.text.strip())

    @property
    def has_second(self) -> bool:
        """Whether there is a second sentence to read."""
        return self.paired and bool(self.second.strip())

    @property
    def source(self) -> Source:
        """Text and model."""
        pair = self.second if self.has_second else None
        return Source(self.text, pair, self.model, self.prefix and self.model == "e5", self.download)

    @property
    def other_stack(self) -> Stack | None:
        """Which attention of the second model is compared: the same one where the model is the same."""
        return self.stack if (self.other_model or self.model) == self.model else None

    def within(self, card: ModelCard | None, other: ModelCard | None) -> ViewOptions:
        """Return the same options with only layers, heads and attentions that the models have.

        Args:
            card: the model; None while nothing is known of it, then the options is taken as it is.
            other: the second model of a comparison, likewise.
        """
        mine = self
        if card is not None:
            stack = self.stack if self.stack in card.stacks else None
            mine = replace(
                mine,
                stack=stack,
                layer=_up_to(self.layer, card.layers_of(stack) - 1),
                head=_up_to(self.head, card.heads_of(stack) - 1),
                states=_up_to(self.states, card.layers),
            )
        if other is not None:
            stack = mine.other_stack
            mine = replace(
                mine,
                other_layer=_up_to(self.other_layer, other.layers_of(stack) - 1),
                other_head=_up_to(self.other_head, other.heads_of(stack) - 1),
            )
        return mine

    def averaged(self) -> ViewOptions:
        """Return the same options with means only, which every model has."""
        return replace(self, stack=None, layer=None, head=None, states=None, other_layer=None, other_head=None)

    def attention(self) -> AttentionRequest:
        """The map on the stage."""
        return AttentionRequest(
            self.source, self.unit, self.stack, self.aggregation, self.layer, self.head, self.specials, heads_grid=False
        )

    def heads(self) -> AttentionRequest:
        """All heads. Only what changes them is in it, so that another head asks for nothing new."""
        return AttentionRequest(self.source, self.unit, self.stack, "weights", 0, None, self.specials, heads_grid=True)

    def pieces(self) -> AttentionRequest:
        """The same attention token by token, specials included: the numbers that three steps count by."""
        layer, head = self.steps_place
        return AttentionRequest(self.source, "piece", self.stack, "weights", layer, head, specials=True)

    @property
    def steps_place(self) -> tuple[int, int]:
        """Layer and head of the three steps; a mean has none, so the first one serves."""
        return self.layer or 0, self.head or 0

    def steps(self, query: int) -> StepsRequest:
        """The three steps for token ``query``."""
        layer, head = self.steps_place
        return StepsRequest(self.source, query, layer, head, self.stack, self.temperature, self.masked)

    def comparison(self) -> ComparisonRequest:
        """Two maps side by side: the second with its own model, layer, head and, where there is one, sentence."""
        alone = replace(self.source, pair=None)
        first = replace(self.attention(), source=alone)
        model = self.other_model or self.model
        text = self.second if self.has_second else self.text
        second = replace(
            first,
            source=Source(text, None, model, alone.prefix and model == "e5", self.download),
            layer=self.other_layer,
            head=self.other_head,
            stack=self.other_stack,
        )
        return ComparisonRequest(first, second)

    def alignment(self) -> AlignmentRequest:
        """Two sentences beside each other."""
        return AlignmentRequest(self.source, self.unit, self.states)

    def to_dict(self) -> dict[str, Any]:
        """Return plain JSON values."""
        return {**asdict(self), "masked": list(self.masked)}

    @classmethod
    def doubtful(cls, values: Mapping[str, Any]) -> list[str]:
        """Return the fields of ``values`` that can't be what they say."""
        return [
            field.name for field in fields(cls) if field.name in values and not _usable(field.name, values[field.name])
        ]

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> ViewOptions:
        """Take what can be used; anything else is left at its default."""
        known = {field.name for field in fields(cls)}
        usable = {name: value for name, value in values.items() if name in known and _usable(name, value)}
        if "masked" in usable:
            usable["masked"] = tuple(usable["masked"])
        return cls(**usable)


_OF: Final[dict[str, tuple[Any, ...]]] = {
    "view": VIEWS,
    "unit": UNITS,
    "stack": (None, *STACKS),
    "aggregation": AGGREGATIONS,
    "colormap": COLORMAPS,
    "scale": SCALES,
}


def _usable(name: str, value: object) -> bool:
    """Return whether ``value`` can be the field ``name``; fields not named here are indices or None."""
    match name:
        case "view" | "unit" | "stack" | "aggregation" | "colormap" | "scale":
            usable = any(value == word for word in _OF[name])
        case "text" | "second" | "model":
            usable = isinstance(value, str)
        case "paired" | "download" | "prefix" | "specials":
            usable = isinstance(value, bool)
        case "other_model":
            usable = value is None or isinstance(value, str)
        case "temperature":
            usable = isinstance(value, (int, float)) and not isinstance(value, bool) and 0.05 <= value <= 20
        case "masked":
            usable = isinstance(value, (list, tuple)) and all(_is_index(part) for part in value)
        case _:
            usable = value is None or _is_index(value)
    return usable


def _up_to(index: int | None, last: int) -> int | None:
    return None if index is None else min(index, last)


def _is_index(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 0
