"""End-to-end memory: a question asks the sentences of a story, again and again (Sukhbaatar et al. 2015, section 2).

n sentences of at most J words, vectors of d numbers; each sentence has one vector to be found by (m, the key) and one
to be read (c, the value). ``…`` stands for any leading dimensions.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import torch
from torch import Tensor, nn

from core.attention.mechanisms.weights import softmax, weighted_sum


@dataclass(frozen=True, slots=True)
class Hop:
    """One look into the memory.

    Attributes:
        question: (…, d) u, who asks.
        weights: (…, n) p, over the sentences (eq. 1).
        read: (…, d) o = Σ p c, what was read (eq. 2).
        after: (…, d) u + o, who asks next (eq. 4).
    """

    question: Tensor
    weights: Tensor
    read: Tensor
    after: Tensor


def hop(question: Tensor, keys: Tensor, values: Tensor, mask: Tensor | None = None, *, is_linear: bool = False) -> Hop:
    """Look once: p = softmax(uᵀ m), o = Σ p c, u' = u + o.

    Args:
        question: (…, d) u.
        keys: (…, n, d) m.
        values: (…, n, d) c.
        mask: (…, n) true for sentences that are there.
        is_linear: leave the softmax out, as training may in its first epochs ("linear start", section 4.2).
    """
    scores = question.unsqueeze(-2) @ keys.mT  # (…, 1, d) · (…, d, n) = (…, 1, n)
    over = None if mask is None else mask.unsqueeze(-2)  # (…, 1, n)
    linear = scores if over is None else scores.masked_fill(~over, 0)  # (…, 1, n)
    weights = linear if is_linear else softmax(scores, over)  # (…, 1, n)
    read = weighted_sum(weights, values).squeeze(-2)  # (…, d)
    return Hop(question, weights.squeeze(-2), read, question + read)


def hops(
    question: Tensor, memories: Sequence[Tensor], mask: Tensor | None = None, *, is_linear: bool = False
) -> list[Hop]:
    """Look as many times as there are pairs of neighbours in ``memories``, (…, n, d) each.

    Adjacent tying (section 2.2): what a hop reads is what the next one searches, C^k = A^(k+1), so that K hops take
    K + 1 memories.
    """
    done: list[Hop] = []
    for keys, values in pairwise(memories):
        done.append(hop(done[-1].after if done else question, keys, values, mask, is_linear=is_linear))
    return done


def position_encoding(lengths: Tensor, places: int, width: int) -> Tensor:
    """Return l_kj = (1 − j/J) − (k/d)(1 − 2j/J), j and k from 1 (section 4.1), by which a sum of words keeps order.

    Args:
        lengths: (…) J, how many words each sentence has.
        places: of how many places the last ones may be empty.
        width: d.

    Returns:
        (…, places, d); what stands at empty places means nothing.
    """
    j = torch.arange(1, places + 1) / lengths.clamp_min(1)[..., None]  # (…, places)
    k = torch.arange(1, width + 1) / width  # (d,)
    return (1 - j)[..., None] - k * (1 - 2 * j)[..., None]


class EndToEndMemory(nn.Module):
    """Stories, questions and one-word answers, with adjacent tying, position and temporal encoding.

    Word 0 stands for no word.

    Args:
        vocabulary: V, how many words there are.
        width: d.
        hops: K.
        longest: most sentences of a story.
    """

    def __init__(self, vocabulary: int, width: int, hops: int, longest: int) -> None:
        super().__init__()
        self.words = nn.ParameterList([nn.Parameter(torch.randn(vocabulary, width) * 0.1) for _ in range(hops + 1)])
        self.times = nn.ParameterList([nn.Parameter(torch.randn(longest, width) * 0.1) for _ in range(hops + 1)])

    def remember(self, story: Tensor, level: int) -> Tensor:
        """Return m_i = Σ_j l_j · A x_ij + T(i) for words (…, n, J): (…, n, d). T counts from the last sentence."""
        there = (story != 0).any(dim=-1).long()  # (…, n)
        age = there.sum(dim=-1, keepdim=True) - there.cumsum(dim=-1)  # (…, n); 0 for the last
        vectors: Tensor = self.embed(story, level) + self.times[level][age]  # (…, n, d)
        return vectors

    def embed(self, text: Tensor, level: int) -> Tensor:
        """Return Σ_j l_j · A x_j for words (…, J): (…, d)."""
        table = self.words[level]
        there = text != 0  # (…, J)
        order = position_encoding(there.sum(dim=-1), text.shape[-1], table.shape[-1]).to(table)  # (…, J, d)
        vectors: Tensor = (table[text] * there.unsqueeze(-1) * order).sum(dim=-2)
        return vectors

    def forward(self, story: Tensor, question: Tensor, *, is_linear: bool = False) -> tuple[Tensor, list[Hop]]:
        """Answer questions.

        Args:
            story: (B, n, J) words of the sentences, in order; a sentence of nothing but 0 isn't there.
            question: (B, Q) words of the question.
            is_linear: as in :func:`hop`.

        Returns:
            (B, V) scores of every word as the answer, W (o + u) with W = C^K (eq. 3), before their softmax; the hops.
        """
        levels = len(self.words)
        memories = [self.remember(story, level) for level in range(levels)]
        looked = hops(self.embed(question, 0), memories, (story != 0).any(dim=-1), is_linear=is_linear)  # B = A^1
        return looked[-1].after @ self.words[-1].mT, looked
