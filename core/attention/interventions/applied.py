"""From what was asked to be taken away to the heads and tokens of a model."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from core.attention.errors import NotAvailableError, TextError
from core.attention.head_set import HeadSet
from core.attention.interventions import Changes
from core.attention.results import Token
from core.language import _

Bools = npt.NDArray[np.bool_]


def masked_tokens(tokens: Sequence[Token], changes: Changes, *, causal: bool = False) -> Bools:
    """Return which tokens are hidden, (n,).

    Raises:
        TextError: a query would see nothing at all.
    """
    hidden = np.array([token.is_typed and _lies_in(token, changes) for token in tokens], np.bool_)
    if hidden.size and hidden.all():
        raise TextError(_("With every token masked there is nothing left to read. Leave one."))
    if causal and hidden.size and hidden[0]:
        raise TextError(_("The first token of a decoder can't be masked: it sees no other. Mask a later one."))
    return hidden


def _lies_in(token: Token, changes: Changes) -> bool:
    spans = (span for span in changes.masked if span[0] == token.sentence)
    return any(token.start < last and first < token.end for _sentence, first, last in spans)


def heads_off(off: HeadSet | None, layers: int, heads: int) -> Bools:
    """Return which heads give nothing, (layers, heads).

    Raises:
        NotAvailableError: the model has no such layer or head.
    """
    found = np.zeros((layers, heads), np.bool_)
    if off is None:
        return found
    if max(off.layers, default=0) >= layers or max(off.heads, default=0) >= heads:
        raise NotAvailableError(
            _("There is no {off} to switch off: layers count from 0 to {layers}, heads from 0 to {heads}.").format(
                off=off, layers=layers - 1, heads=heads - 1
            )
        )
    found[np.ix_(off.layers or range(layers), off.heads or range(heads))] = True
    return found
