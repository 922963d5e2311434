"""End-to-end memory with several seeds at once: S models of the same kind, side by side in every tensor.

What a hop does is told in ``core/attention/mechanisms/memory.py``; here a sentence's vector is made by two products of
a bag of words with the table of vectors, since position encoding is a straight line in the dimension k:
l_kj = (1 − j/J) − (k/d)(1 − 2j/J). That is the same vector, many times faster.

S seeds, B stories, n sentences of J words, V words, d numbers in a vector.
"""

from __future__ import annotations

import torch
from torch import Tensor, nn

from core.attention.mechanisms.memory import Hop, hops


class SeedsOfMemory(nn.Module):
    """Answers every question with every seed."""

    def __init__(self, seeds: list[int], vocabulary: int, width: int, hop_count: int, longest: int) -> None:
        """Draw the weights of each seed by its own number.

        Args:
            seeds: S of them.
            vocabulary: V; word 0 stands for no word.
            width: d.
            hop_count: K.
            longest: ages that a sentence can have.
        """
        super().__init__()
        levels = range(hop_count + 1)
        drawn = {seed: torch.Generator().manual_seed(seed) for seed in seeds}

        def table(rows: int) -> nn.Parameter:
            return nn.Parameter(
                torch.stack([torch.randn(rows, width, generator=drawn[seed]) * 0.1 for seed in seeds])
            )  # (S, rows, d)

        self.words = nn.ParameterList([table(vocabulary) for _level in levels])
        self.times = nn.ParameterList([table(longest) for _level in levels])

    def forward(
        self, story: Tensor, question: Tensor, ages: Tensor, *, is_linear: bool = False
    ) -> tuple[Tensor, list[Hop]]:
        """Answer questions.

        Args:
            story: (B, n, J) words; a sentence of nothing but 0 isn't there.
            question: (B, Q) words.
            ages: (B, n) how long ago each sentence was told, from 0.
            is_linear: leave the softmax out.

        Returns:
            (S, B, V) scores of every word as the answer; the hops, weights (S, B, n).
        """
        memories = self.memories(story, ages)
        first = _vectors(bags(question, self.words[0].shape[1]), self.words[0])  # (S, B, d)
        looked = hops(first, memories, (story != 0).any(dim=-1), is_linear=is_linear)
        return looked[-1].after @ self.words[-1].mT, looked  # (S, B, d) · (S, d, V)

    def memories(self, story: Tensor, ages: Tensor) -> list[Tensor]:
        """Return the sentences' vectors (S, B, n, d) of each level: what a hop reads is what the next one searches."""
        told = bags(story, self.words[0].shape[1])
        return [_vectors(told, words) + times[:, ages] for words, times in zip(self.words, self.times, strict=True)]


def bags(text: Tensor, vocabulary: int) -> tuple[Tensor, Tensor]:
    """Return Σ_j (1 − j/J) x_j and Σ_j (1 − 2j/J) x_j for words (…, J), x_j having a 1 at the word: (…, V) each."""
    there = text != 0  # (…, J)
    lengths = there.sum(dim=-1, keepdim=True).clamp_min(1)  # (…, 1)
    j = torch.arange(1, text.shape[-1] + 1) / lengths  # (…, J)
    one_hot = nn.functional.one_hot(text, vocabulary).float() * there.unsqueeze(-1)  # (…, J, V)
    falling, turning = (1 - j).unsqueeze(-2), (1 - 2 * j).unsqueeze(-2)  # (…, 1, J)
    return (falling @ one_hot).squeeze(-2), (turning @ one_hot).squeeze(-2)


def _vectors(bag: tuple[Tensor, Tensor], table: Tensor) -> Tensor:
    """Return Σ_j l_j · A x_j: bags (…, V) and a table (S, V, d) give (S, …, d)."""
    falling, turning = bag
    seeds, _vocabulary, width = table.shape
    k = torch.arange(1, width + 1) / width  # (d,)
    flat = falling.flatten(0, -2) @ table - (turning.flatten(0, -2) @ table) * k  # (S, all, d)
    return flat.reshape(seeds, *falling.shape[:-1], width)
