"""Hierarchical attention: over the words of each sentence, then over the sentences (Yang et al. 2016, section 2.2).

A document of L sentences of at most T words, a word's state having d numbers.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor, nn

from core.attention.mechanisms.weights import softmax, weighted_sum


@dataclass(frozen=True, slots=True)
class Level:
    """The outcome of one level.

    Attributes:
        weights: (…, n) α.
        context: (…, d) Σ α h: a sentence's vector, or the document's.
    """

    weights: Tensor
    context: Tensor


def attend_level(states: Tensor, w: Tensor, b: Tensor, u: Tensor, mask: Tensor | None = None) -> Level:
    """Attend over one level (eqs. 5–7 for words, 8–10 for sentences).

    Args:
        states: (…, n, d) h.
        w: (d_a, d) W.
        b: (d_a,) b.
        u: (d_a,) the level's context vector, "what matters?": the query, the same for every text.
        mask: (…, n) true for words or sentences that are there.
    """
    hidden = torch.tanh(states @ w.mT + b)  # (…, n, d_a)
    scores = (hidden @ u).unsqueeze(-2)  # (…, 1, n)
    weights = softmax(scores, None if mask is None else mask.unsqueeze(-2))  # (…, 1, n)
    context = weighted_sum(weights, states)  # (…, 1, d)
    return Level(weights.squeeze(-2), context.squeeze(-2))


class AttentiveLevel(nn.Module):
    """One level with the weights it learns."""

    def __init__(self, d_states: int, d_hidden: int) -> None:
        super().__init__()
        self.project = nn.Linear(d_states, d_hidden)
        self.u = nn.Parameter(torch.randn(d_hidden) * 0.1)

    def forward(self, states: Tensor, mask: Tensor | None = None) -> Level:
        """Attend over ``states`` (…, n, d)."""
        return attend_level(states, self.project.weight, self.project.bias, self.u, mask)


class HierarchicalAttention(nn.Module):
    """Words to sentences, sentences to a document.

    Args:
        d_words: d, numbers in a word's state.
        d_hidden: d_a.
        sentences: what a sentence's vector (B, L, d) goes through before the second level, (B, L, d_s), such as a GRU;
            None for nothing.
        d_sentences: d_s; None for as many as ``d_words``.
    """

    def __init__(
        self, d_words: int, d_hidden: int, sentences: nn.Module | None = None, d_sentences: int | None = None
    ) -> None:
        super().__init__()
        self.words = AttentiveLevel(d_words, d_hidden)
        self.between = sentences or nn.Identity()
        self.sentences = AttentiveLevel(d_sentences or d_words, d_hidden)

    def forward(self, states: Tensor, mask: Tensor) -> tuple[Level, Level]:
        """Attend over a batch of documents.

        Args:
            states: (B, L, T, d) states of the words.
            mask: (B, L, T) true for words that are there; a sentence without words isn't there.

        Returns:
            The words' level, weights (B, L, T) and contexts (B, L, d); the sentences', (B, L) and (B, d_s).
        """
        words = self.words(states, mask)
        sentences = self.sentences(self.between(words.context), mask.any(dim=-1))
        return words, sentences
