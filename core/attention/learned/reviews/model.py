"""Four ways from the words of a review to one vector, and from that to good or bad.

B reviews of L sentences of T words, vectors of d numbers, h numbers in a state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import torch
from torch import Tensor, nn

from core.attention.learned.recurrent import read
from core.attention.learned.vocabulary import PAD
from core.attention.mechanisms.hierarchical import AttentiveLevel
from core.attention.mechanisms.multi_dimensional import annotation_weights, concatenated

Kind = Literal["mean", "han", "hn-ave", "multi"]
ROWS: Final = 6
"""r of multi-dimensional attention."""


@dataclass(frozen=True, slots=True)
class ReviewConfig:
    """What a model is built from.

    Attributes:
        kind: "mean" of the embeddings; hierarchical attention, "han"; the same network with averages, "hn-ave";
            "multi", with several rows of weights over all words.
        penalty: what the overlap of the rows costs.
        embedding: d.
        hidden: h; each direction of a GRU has half of it.
        dropout: share of numbers left out while training.
        hidden_words: share of words that are read as unknown while training, so that none is relied on alone.
    """

    kind: Kind
    penalty: float = 0.0
    embedding: int = 64
    hidden: int = 64
    dropout: float = 0.4
    hidden_words: float = 0.2


@dataclass(frozen=True, slots=True)
class Mood:
    """What a model made of reviews.

    Attributes:
        logits: (B,) above 0 for good.
        words: (B, L, T) weights within each sentence; of "multi" (B, r, L·T). None where there are none.
        sentences: (B, L) weights of the sentences; None where there are none.
        told: (B, L, h) vectors of the sentences; None where there are none.
        vector: (B, …) of the whole, by which the model decides; None where nobody needs it.
    """

    logits: Tensor
    words: Tensor | None = None
    sentences: Tensor | None = None
    told: Tensor | None = None
    vector: Tensor | None = None


class ReviewModel(nn.Module):
    """Embedding, then one of the four ways, then a linear layer."""

    def __init__(self, config: ReviewConfig, vocabulary: int) -> None:
        super().__init__()
        d, h = config.embedding, config.hidden
        self.config = config
        self.embedding = nn.Embedding(vocabulary, d, padding_idx=PAD)
        nn.init.normal_(self.embedding.weight, std=0.1)
        self.dropout = nn.Dropout(config.dropout)
        if config.kind == "mean":
            self.project = nn.Linear(d, h)
            self.decide = nn.Linear(h, 1)
            return
        self.word_gru = nn.GRU(d, h // 2, batch_first=True, bidirectional=True)
        if config.kind == "multi":
            self.w1 = nn.Parameter(torch.empty(h, h).uniform_(-(h**-0.5), h**-0.5))
            self.w2 = nn.Parameter(torch.empty(ROWS, h).uniform_(-(h**-0.5), h**-0.5))
            self.decide = nn.Linear(ROWS * h, 1)
            return
        self.sentence_gru = nn.GRU(h, h // 2, batch_first=True, bidirectional=True)
        self.decide = nn.Linear(h, 1)
        if config.kind == "han":
            self.over_words, self.over_sentences = AttentiveLevel(h, h), AttentiveLevel(h, h)

    def forward(self, words: Tensor) -> Mood:
        """Read reviews (B, L, T)."""
        there = words != PAD  # (B, L, T)
        vectors = self.dropout(self.embedding(words))  # (B, L, T, d)
        if self.config.kind == "mean":
            together = mean(vectors.flatten(1, 2), there.flatten(1, 2))  # (B, d)
            return Mood(self._decide(torch.tanh(self.project(together))))
        if self.config.kind == "multi":
            return self._multi(vectors, there)
        states = read(self.word_gru, vectors.flatten(0, 1), there.flatten(0, 1))  # (B·L, T, h)
        if self.config.kind == "hn-ave":
            is_there = there.any(dim=-1)
            told = mean(states, there.flatten(0, 1)).reshape(*is_there.shape, -1)  # (B, L, h)
            whole = mean(read(self.sentence_gru, told, is_there), is_there)  # (B, h)
            return Mood(self._decide(whole), told=told, vector=whole)
        level = self.over_words(states.reshape(*words.shape, -1), there)  # contexts (B, L, h)
        is_there = there.any(dim=-1)
        above = self.over_sentences(read(self.sentence_gru, level.context, is_there), is_there)
        return Mood(self._decide(above.context), level.weights, above.weights, level.context, above.context)

    def _multi(self, vectors: Tensor, there: Tensor) -> Mood:
        """Read each review as one long sentence, its words drawn together so that no gap is between them."""
        flat, present = vectors.flatten(1, 2), there.flatten(1, 2)  # (B, n, d), (B, n)
        order = torch.argsort((~present).long(), dim=1, stable=True)  # (B, n): words first, gaps behind
        longest = int(present.sum(dim=1).max())
        gathered = flat.gather(1, order[:, :longest, None].expand(-1, -1, flat.shape[-1]))
        is_there = present.gather(1, order[:, :longest])
        states = read(self.word_gru, gathered, is_there)  # (B, m, h)
        weights = annotation_weights(states, self.w1, self.w2, is_there.unsqueeze(1))  # (B, r, m)
        placed = torch.zeros(len(flat), ROWS, flat.shape[1]).scatter(
            2, order[:, None, :longest].expand(-1, ROWS, -1), weights
        )
        return Mood(self._decide(concatenated(weights, states)), placed)

    def _decide(self, vector: Tensor) -> Tensor:
        logits: Tensor = self.decide(self.dropout(vector)).squeeze(-1)  # (B,)
        return logits


def mean(vectors: Tensor, there: Tensor) -> Tensor:
    """Return the mean (B, d) of the vectors (B, n, d) that are there (B, n)."""
    count = there.sum(dim=1, keepdim=True).clamp_min(1)  # (B, 1)
    return (vectors * there.unsqueeze(-1)).sum(dim=1) / count
