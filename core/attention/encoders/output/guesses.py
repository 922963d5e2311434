"""The likeliest next tokens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

import torch
from torch import Tensor

from core.attention.results import Guess, Guesses

BEST: Final = 5
"""Tokens named for each place."""


def likeliest(logits: Tensor, decode: Callable[[Sequence[int]], str], spelling: Callable[[int], str]) -> Guesses:
    """Return the likeliest tokens after each place.

    Args:
        logits: (n, vocabulary).
        decode: makes text of numbers.
        spelling: of a number of the vocabulary, for what has no text by itself: a special token, a part of a letter.
    """
    values, numbers = torch.softmax(logits.float(), dim=-1).topk(min(BEST, logits.shape[-1]), dim=-1)  # (n, BEST)
    names: dict[int, str] = {}
    for number in set(numbers.flatten().tolist()):
        text = decode([number]).strip()
        names[number] = text if text and "\ufffd" not in text else spelling(number)
    return tuple(
        tuple(Guess(names[number], probability) for number, probability in zip(row, shares, strict=True))
        for row, shares in zip(numbers.tolist(), values.tolist(), strict=True)
    )
