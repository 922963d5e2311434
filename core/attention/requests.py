"""What can be asked for. Frozen, picklable, and free of torch: the window's process makes them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal, get_args

from core.attention.encoders.built_in import DEFAULT_MODEL, prefix_of
from core.attention.head_set import HeadSet
from core.attention.interventions import UNCHANGED, Changes

Unit = Literal["piece", "character", "word"]
"""What a row of a map is: the model's own pieces, characters as people count them, or words."""
Stack = Literal["encoder", "decoder", "cross"]
"""Which attention of a model: encoders have the first, GPT-like models the second, translators all three."""
HeadAggregation = Literal["weights", "rollout", "norms"]
"""How heads become a map: their softmax weights, rollout through the layers, or norm-weighted."""
Scale = Literal["linear", "relative", "log", "row"]
"""How a weight becomes an intensity of colour: of 1, of the map's largest, by decades, or of its row's largest."""
Colormap = Literal["red", "viridis", "cividis"]
"""Colours of a map: the article's white to deep red, or a colormap safe for every kind of colour vision."""

Across = Literal["first-second", "second-first"]
"""What one sentence of a pair, read as one text, gives the other."""

UNITS: Final[tuple[Unit, ...]] = get_args(Unit)
STACKS: Final[tuple[Stack, ...]] = get_args(Stack)
ACROSS: Final[tuple[Across, ...]] = get_args(Across)
AGGREGATIONS: Final[tuple[HeadAggregation, ...]] = get_args(HeadAggregation)
SCALES: Final[tuple[Scale, ...]] = get_args(Scale)
COLORMAPS: Final[tuple[Colormap, ...]] = get_args(Colormap)

MAX_CHARACTERS: Final = 20_000
"""Longer texts aren't even cut into pieces: no model makes fewer than MAX_TOKENS of them."""
MAX_TOKENS: Final = 1_200
"""Most tokens of one map: a square of them has 1.4 million cells, more than a projector has pixels."""
MOST_WRITTEN: Final = 64
"""Most tokens that a model writes by itself."""
TILE: Final = 128
"""Most cells along a side of one head in the grid of all heads; longer texts are drawn coarser there."""


@dataclass(frozen=True, slots=True)
class Source:
    """Which text through which model: everything that decides what has to be computed anew.

    Attributes:
        text: what was typed.
        pair: a second sentence, or the target text of an encoder-decoder; None for none.
        model: a row of ``encoders.built_in``, a folder with a Hugging Face model, a model id, or a file of arrays.
        prefix: put before the text what the model was trained with (``query: ``); models without ignore it.
        download: a model id that isn't on this machine may be fetched from the network.
        writes: how many tokens a decoder writes on after the text, each the likeliest; they are its second sentence.
        changes: what is taken away from the model before it reads. What it writes itself is written without them, so
            that both readings have the same tokens.
        from_language: of the text, as a translator between many languages calls it; None for the model's own choice.
        to_language: the language it writes in, likewise.
    """

    text: str
    pair: str | None = None
    model: str = DEFAULT_MODEL
    prefix: bool = False
    download: bool = False
    writes: int = 0
    changes: Changes = UNCHANGED
    from_language: str | None = None
    to_language: str | None = None

    @property
    def is_prefixed(self) -> bool:
        """Whether it is really read first."""
        return self.prefix and bool(prefix_of(self.model))


@dataclass(frozen=True, slots=True)
class AttentionRequest:
    """One map of one text.

    Attributes:
        source: text and model.
        unit: what rows and columns are.
        stack: which attention; None for the model's most telling one (cross-attention where it has it).
        aggregation: how heads become a map. Rollout has no single head: ``head`` is then ignored, and ``layer``
            says up to which layer (None for all).
        layer: 0 for the first, negative from the last, None for the mean over layers.
        head: 0 for the first, negative from the last, None for the mean over heads.
        chosen: the mean over a set of layers and heads instead, whatever ``layer`` and ``head`` say; rollout, which
            takes every head of every layer below, ignores it.
        across: only what the typed tokens of one sentence give those of the other; weights stay what they are in the
            whole map. None for all of it.
        specials: show what stands for nothing typed: the model's special tokens, and blanks of its own such as e5's
            lone ▁. When False they are hidden and each row is made to sum to 1 again over what remains.
    """

    source: Source
    unit: Unit = "character"
    stack: Stack | None = None
    aggregation: HeadAggregation = "weights"
    layer: int | None = None
    head: int | None = None
    specials: bool = False
    chosen: HeadSet | None = None
    across: Across | None = None


@dataclass(frozen=True, slots=True)
class HeadsRequest:
    """All heads of one text in small, with the pattern scores of each. What is not here changes nothing in it.

    Attributes:
        source: text and model.
        unit: what rows and columns are.
        stack: which attention; None as in ``AttentionRequest``.
        specials: as in ``AttentionRequest``.
        across: as in ``AttentionRequest``.
    """

    source: Source
    unit: Unit = "character"
    stack: Stack | None = None
    specials: bool = False
    across: Across | None = None


@dataclass(frozen=True, slots=True)
class LinkingHeadsRequest:
    """Which heads link a pair: the weight of one cell in every head.

    Attributes:
        source: text and model.
        query: which row of the map, in its units.
        key: which column.
        unit: what rows and columns are.
        stack: which attention; None as in ``AttentionRequest``.
        specials: as in ``AttentionRequest``.
        across: as in ``AttentionRequest``.
    """

    source: Source
    query: int
    key: int
    unit: Unit = "character"
    stack: Stack | None = None
    specials: bool = False
    across: Across | None = None


@dataclass(frozen=True, slots=True)
class StepsRequest:
    """The three steps of the survey for one query and one head, with the model's own numbers.

    Attributes:
        source: text and model.
        query: index of the query among the *tokens* of the map's rows (pieces, specials included).
        layer: 0 for the first, negative from the last.
        head: 0 for the first, negative from the last.
        stack: which attention; None as in ``AttentionRequest``.
        temperature: scores are divided by it before the softmax; 1 is the model's own.
        masked: indices of key tokens hidden by hand, beside what the model itself hides.
    """

    source: Source
    query: int
    layer: int
    head: int
    stack: Stack | None = None
    temperature: float = 1.0
    masked: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class AlignmentRequest:
    """Two sentences laid beside each other by the similarity of their vectors in context.

    Attributes:
        source: the two sentences (``pair`` must be there) and the model.
        unit: what is aligned; words as a rule.
        layer: which hidden states: 0 are the embeddings, 1 comes out of the first layer, and so on; None for
            the middle one, which aligns translations best: early layers know spelling, the last ones the task.
    """

    source: Source
    unit: Unit = "word"
    layer: int | None = None


@dataclass(frozen=True, slots=True)
class ComparisonRequest:
    """Two maps side by side, and where they show the same text, their difference."""

    first: AttentionRequest
    second: AttentionRequest


@dataclass(frozen=True, slots=True)
class OpenArraysRequest:
    """A file of weights and tokens, to be read as a model is.

    Attributes:
        path: of the file, as in ``Source.model``.
    """

    path: str


@dataclass(frozen=True, slots=True)
class FormulasRequest:
    r"""Formulas to be typeset.

    Attributes:
        formulas: LaTeX by name.
        symbols: LaTeX of what ``\sym{…}`` names in them.
    """

    formulas: Mapping[str, str]
    symbols: Mapping[str, str] = field(default_factory=dict)
