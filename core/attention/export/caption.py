"""What a reader of an exported picture has to know: the text, the model, how its heads were read, and the colours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from core.attention.encoders.built_in import prefix_of
from core.attention.head_set import HeadSet
from core.attention.interventions import Changes
from core.attention.requests import Across, HeadAggregation, Scale, Stack, Unit
from core.attention.results import AttentionMap, ModelCard
from core.language import _, listed

DOT: Final = " · "
_WHOLE: Final = 0.999
"""A row that sums to less has lost something."""


def caption_of(shown: AttentionMap, scale: Scale) -> tuple[str, ...]:
    """Return the lines below a picture of ``shown``."""
    is_open = shown.card.sink and bool((shown.weights.sum(axis=-1) < _WHOLE).any())
    if shown.across is not None:
        how = _("Rows are queries of one sentence, columns are keys of the other; a row sums to what it gives there.")
    elif is_open:
        how = _("Rows are queries, columns are keys.")
    else:
        how = _("Rows are queries, columns are keys; each row sums to 1.")
    if shown.hidden.any() and not is_open:
        how += " " + _("Special tokens and spaces are hidden; they had {share:.0%} of the weight.").format(
            share=float(shown.hidden.mean())
        )
    if shown.is_continued:
        how += " " + _("The model wrote the second part itself.")
    lines = [text_line(shown.texts), DOT.join([provenance(shown), colours(scale)]), how, shown.note]
    return tuple(line for line in lines if line)


def text_line(texts: Iterable[str]) -> str:
    """Return sentences in one line."""
    return " / ".join(" ".join(text.split()) for text in texts if text)


def provenance(shown: AttentionMap) -> str:
    """Return where the numbers of a map come from: model, attention, layers, heads, how they were read, and units."""
    layers, heads = shown.card.layers_of(shown.stack), shown.card.heads_of(shown.stack)
    parts = [*model_parts(shown.card, shown.stack, prefixed=shown.prefixed), aggregation_name(shown.aggregation)]
    if shown.aggregation == "rollout":
        last = layers - 1 if shown.layer is None else shown.layer
        parts.append(_("through layers 0 to {layer} of 0–{last}").format(layer=last, last=layers - 1))
    elif shown.chosen is not None:
        parts.append(set_name(shown.chosen, layers, heads))
    else:
        parts += [layer_name(shown.layer, layers), head_name(shown.head, heads)]
    if shown.across is not None:
        parts.append(across_name(shown.across))
    parts += [*language_names(shown), *change_names(shown.changes, shown.texts)]
    return DOT.join([*parts, unit_name(shown.unit)])


def language_names(shown: AttentionMap) -> list[str]:
    """Return from which language into which a translator was told to translate."""
    source, target = shown.languages
    words = [] if source is None else [_("from {language}").format(language=source)]
    return words if target is None else [*words, _("into {language}").format(language=target)]


def change_names(changes: Changes, texts: Sequence[str]) -> list[str]:
    """Return what was taken away from the model, in words."""
    words = [] if changes.off is None else [_("switched off: {heads}").format(heads=changes.off)]
    if changes.masked:
        named = [texts[sentence][first:last] for sentence, first, last in changes.masked if sentence < len(texts)]
        words.append(_("masked: {tokens}").format(tokens=listed(named)))
    return words


def model_parts(card: ModelCard, stack: Stack, *, prefixed: bool = False) -> list[str]:
    """Return the model's title, which of its attentions it is where it has several, and what was read first."""
    parts = [card.title]
    if len(card.stacks) > 1:
        names = {"encoder": _("encoder"), "decoder": _("decoder"), "cross": _("decoder looks at encoder")}
        parts.append(names[stack])
    if prefixed:
        parts.append(_('prefix "{prefix}"').format(prefix=prefix_of(card.name)))
    return parts


def layer_name(layer: int | None, count: int) -> str:
    """Return a layer, saying from where it is counted; None is the mean."""
    if layer is None:
        return _("mean of layers 0–{last}").format(last=count - 1)
    return _("layer {layer} of 0–{last}").format(layer=layer, last=count - 1)


def head_name(head: int | None, count: int) -> str:
    """Return a head, saying from where it is counted; None is the mean."""
    if head is None:
        return _("mean of heads 0–{last}").format(last=count - 1)
    return _("head {head} of 0–{last}").format(head=head, last=count - 1)


def set_name(chosen: HeadSet, layers: int, heads: int) -> str:
    """Return the layers and heads of a mean, saying from where they are counted."""
    return _("mean of {chosen} of layers 0–{layers}, heads 0–{heads}").format(
        chosen=chosen, layers=layers - 1, heads=heads - 1
    )


def across_name(across: Across) -> str:
    """Return which sentence of a pair looks at which."""
    return {
        "first-second": _("first sentence looks at the second"),
        "second-first": _("second sentence looks at the first"),
    }[across]


def aggregation_name(aggregation: HeadAggregation) -> str:
    """Return how heads became a map."""
    return {"weights": _("softmax weights"), "norms": _("weighted by vector norms"), "rollout": _("rollout")}[
        aggregation
    ]


def unit_name(unit: Unit) -> str:
    """Return what rows and columns are."""
    return {"piece": _("by piece"), "character": _("by character"), "word": _("by word")}[unit]


def colours(scale: Scale) -> str:
    """Return how a weight becomes an intensity of colour."""
    return {
        "linear": _("colour from 0 to 1"),
        "relative": _("colour from 0 to the map's largest weight"),
        "log": _("colour logarithmic"),
        "row": _("colour from 0 to each row's largest weight"),
    }[scale]


def heads_colours(scale: Scale) -> str:
    """Return the same for many heads, each coloured by itself."""
    return _("colour from 0 to each head's largest weight") if scale == "relative" else colours(scale)
