"""What a person wants to see, as one frozen value. Qt-free: fields and sliders change it, requests follow from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Annotated, Any, Final, Literal, get_args

import msgspec

from app.attention.learning.options import LearningOptions
from app.attention.mechanisms.options import MechanismOptions
from app.attention.views import VIEWS
from core.attention.encoders.built_in import DEFAULT_MODEL, prefix_of
from core.attention.head_set import HeadSet
from core.attention.interventions import Changes
from core.attention.learned.report_events import Weights
from core.attention.requests import (
    MOST_WRITTEN,
    Across,
    AlignmentRequest,
    AttentionRequest,
    Colormap,
    ComparisonRequest,
    HeadAggregation,
    HeadsRequest,
    LinkingHeadsRequest,
    Scale,
    Source,
    Stack,
    StepsRequest,
    Unit,
)
from core.attention.results import ModelCard
from core.decode import decode_usable
from core.language import N_

Index = Annotated[int, msgspec.Meta(ge=0, le=1_000_000)]
"""Of a layer, a head or a token: up to more than any model or text has, which sliders can show, too."""
Written = Annotated[int, msgspec.Meta(ge=0, le=MOST_WRITTEN)]
Temperature = Annotated[float, msgspec.Meta(ge=0.05, le=20)]

Order = Literal["layer", "pair", "entropy", "previous", "next", "first", "self"]
"""How all heads are ordered: by layer and head, by the weight of the picked cell, or by one of their pattern scores."""
ORDERS: Final[tuple[Order, ...]] = get_args(Order)
By = Literal["similarity", "attention"]
"""What the map of an alignment shows."""

_FORMER: Final = {"reading": "aggregation", "ramp": "colormap"}
"""What fields were called in earlier versions, and what they are called now."""


VECTOR_VIEWS: Final = frozenset(spec.id for spec in VIEWS if spec.needs_vectors)
"""Views that show q, k and v."""
MAP_VIEW: Final = "map"
"""The view of every model, which takes the place of one that a model can't serve."""
ONLY_MAPS: Final = N_("This model weighs in a way of its own: its map is shown, steps and norms can't be.")
"""Why what shows q, k and v is refused for a model that only gives maps."""


@dataclass(frozen=True, slots=True)
class ViewOptions:
    """Everything that was chosen. Layers and heads count from 0; None is the mean.

    Attributes:
        text: the sentence.
        second: the second sentence; what it is for depends on the view.
        paired: the second sentence is wanted.
        model: as in ``Source.model``.
        download: a model id may be fetched from the network.
        from_language: of the text, for a translator between many languages; None for the model's own choice.
        to_language: the language such a translator writes in, likewise.
        writes: how many tokens a decoder writes on after the text.
        prefix: put before the text what the model was trained with.
        view: what stands on the stage, by its id in ``VIEWS``.
        unit: pieces, characters or words.
        stack: which attention; None for the model's most telling one.
        aggregation: how heads become a map.
        layer: which layer.
        head: which head.
        chosen: the mean over a set of layers and heads instead.
        specials: special tokens are shown.
        across: of two sentences only what the one gives the other.
        colormap: the colours.
        scale: how a weight becomes an intensity of colour.
        other_model: the second model of a comparison; None for the same.
        other_layer: the second layer of a comparison.
        other_head: the second head of a comparison.
        other_off: heads that are switched off in the second map of a comparison.
        other_masked: stretches of the text whose tokens are hidden from every head there.
        states: hidden states that an alignment compares; None for the middle layer.
        temperature: scores are divided by it in the three steps.
        masked: key tokens hidden by hand in the three steps.
        order: how all heads are ordered.
        by: what the map of an alignment shows.
        mechanism: what was moved by hand on the pages of the mechanisms.
        learning: which model is trained on the page where one watches it.
        reported: whose models the report is about.
    """

    text: str = ""
    second: str = ""
    paired: bool = False
    model: str = DEFAULT_MODEL
    download: bool = False
    writes: Written = 0
    from_language: str | None = None
    to_language: str | None = None
    prefix: bool = False
    view: str = "map"
    unit: Unit = "character"
    stack: Stack | None = None
    aggregation: HeadAggregation = "weights"
    layer: Index | None = 3
    head: Index | None = None
    chosen: HeadSet | None = None
    specials: bool = False
    across: Across | None = None
    colormap: Colormap = "red"
    scale: Scale = "relative"
    other_model: str | None = None
    other_layer: Index | None = 3
    other_head: Index | None = None
    other_off: HeadSet | None = None
    other_masked: tuple[tuple[Index, Index, Index], ...] = ()
    states: Index | None = None
    temperature: Temperature = 1.0
    masked: tuple[Index, ...] = ()
    order: Order = "layer"
    by: By = "similarity"
    mechanism: MechanismOptions = field(default_factory=MechanismOptions)
    learning: LearningOptions = field(default_factory=LearningOptions)
    reported: Weights = "shipped"

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
        prefix = self.prefix and bool(prefix_of(self.model))
        return Source(
            self.text,
            pair,
            self.model,
            prefix,
            self.download,
            writes=self.writes if pair is None else 0,
            from_language=self.from_language,
            to_language=self.to_language,
        )

    @property
    def other_stack(self) -> Stack | None:
        """Which attention of the second model is compared: the same one where the model is the same."""
        return self.stack if (self.other_model or self.model) == self.model else None

    def within(self, card: ModelCard | None, other: ModelCard | None) -> ViewOptions:
        """Return the same options with only views, layers, heads and attentions that the models have.

        Args:
            card: the model; None while nothing is known of it, then the options is taken as it is.
            other: the second model of a comparison, likewise.
        """
        mine = self
        if card is not None:
            stack = self.stack if self.stack in card.stacks else None
            across = (stack or card.stacks[0]) == "cross"
            refused = (self.aggregation == "norms" and card.only_maps) or (self.aggregation == "rollout" and across)
            mine = replace(
                mine,
                view=MAP_VIEW if card.only_maps and self.view in VECTOR_VIEWS else self.view,
                stack=stack,
                aggregation="weights" if refused else self.aggregation,
                layer=_up_to(self.layer, card.layers_of(stack) - 1),
                head=_up_to(self.head, card.heads_of(stack) - 1),
                chosen=self.chosen and self.chosen.within(card.layers_of(stack), card.heads_of(stack)),
                states=_up_to(self.states, card.layers),
                writes=self.writes if card.writes else 0,
                from_language=self.from_language if self.from_language in card.languages else None,
                to_language=self.to_language if self.to_language in card.languages else None,
                across=None if card.family == "encoder-decoder" else self.across,
            )
        if other is not None:
            stack = mine.other_stack
            mine = replace(
                mine,
                other_layer=_up_to(self.other_layer, other.layers_of(stack) - 1),
                other_head=_up_to(self.other_head, other.heads_of(stack) - 1),
                other_off=self.other_off and self.other_off.within(other.layers_of(None), other.heads_of(None)),
            )
        return mine

    def averaged(self) -> ViewOptions:
        """Return the same options with means only, which every model has."""
        return replace(
            self,
            stack=None,
            layer=None,
            head=None,
            chosen=None,
            states=None,
            writes=0,
            from_language=None,
            to_language=None,
            other_layer=None,
            other_head=None,
            other_off=None,
        )

    def attention(self) -> AttentionRequest:
        """The map on the stage."""
        return AttentionRequest(
            self.source,
            self.unit,
            self.stack,
            self.aggregation,
            self.layer,
            self.head,
            self.specials,
            chosen=self.set_shown,
            across=self.across_shown,
        )

    @property
    def across_shown(self) -> Across | None:
        """Which sentence of two looks at which; None where there is one, or both look at both."""
        return self.across if self.has_second else None

    @property
    def set_shown(self) -> HeadSet | None:
        """The set of layers and heads that the map is the mean of; None where it is not a set's."""
        return None if self.aggregation == "rollout" else self.chosen

    def heads(self) -> HeadsRequest:
        """All heads. Only what changes them is in it, so that another head asks for nothing new."""
        return HeadsRequest(self.source, self.unit, self.stack, self.specials, self.across_shown)

    def linking_heads(self, query: int, key: int) -> LinkingHeadsRequest:
        """The weight of one cell of the map in every head."""
        return LinkingHeadsRequest(self.source, query, key, self.unit, self.stack, self.specials, self.across_shown)

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

    def comparison(self, cards: Mapping[str, ModelCard]) -> ComparisonRequest:
        """Two maps side by side: the second with its own model, layer, head and, where there is one, sentence.

        For an encoder-decoder the second sentence is what is written, on either side.

        Args:
            cards: what is known of the models.
        """
        model = self.other_model or self.model
        targets = [
            self.source.pair if name in cards and cards[name].family == "encoder-decoder" else None
            for name in (self.model, model)
        ]
        first = replace(self.attention(), source=replace(self.source, pair=targets[0]), across=None)
        text = self.second if self.has_second and not any(targets) else self.text
        second = replace(
            first,
            source=Source(
                text,
                targets[1],
                model,
                self.prefix and bool(prefix_of(model)),
                self.download,
                writes=first.source.writes if model == self.model else 0,
                changes=Changes(self.other_off, self.other_masked if text == self.text else ()),
                from_language=self.from_language if model == self.model else None,
                to_language=self.to_language if model == self.model else None,
            ),
            layer=self.other_layer,
            head=self.other_head,
            chosen=None,
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
    def doubtful(cls, values: object) -> tuple[str, ...]:
        """Return the fields of ``values`` that can't be what they say."""
        return cls().updated(values)[1]

    @classmethod
    def from_dict(cls, values: object) -> ViewOptions:
        """Take what can be used; anything else is left at its default."""
        return cls().updated(values)[0]

    def updated(self, values: object) -> tuple[ViewOptions, tuple[str, ...]]:
        """Return the same with what can be used of ``values``, and the names of the fields that could not be."""
        options, unusable = decode_usable(self, values, _FORMER)
        view = next((spec.id for spec in VIEWS if options.view in (spec.id, spec.former)), None)
        if view is None:
            return replace(options, view=self.view), (*unusable, "view")
        return replace(options, view=view), unusable


def _up_to(index: int | None, last: int) -> int | None:
    return None if index is None else min(index, last)
