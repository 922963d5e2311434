"""Encoder and decoder, with one place where attention is asked, so that nothing but the mechanism differs.

The encoder is a GRU in both directions. The decoder's state asks the encoder's states *before* its recurrent step, and
the context goes into that step beside the last word (Bahdanau et al. 2015, appendix A.2.2). With ``asks="after"`` it
asks after the step, as in Luong et al. 2015, section 3. Without attention the encoder's last state is the one context
of every step.

B sentences, n source words, m target words, h numbers in a state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import torch
from torch import Tensor, nn

from core.attention.mechanisms.local import local_weights, monotonic_positions, predicted_positions
from core.attention.mechanisms.scores import score_function
from core.attention.mechanisms.weights import softmax, weighted_sum

Window = Literal["global", "local-m", "local-p"]
NO_ATTENTION: Final = "none"


@dataclass(frozen=True, slots=True)
class Seq2SeqConfig:
    """What a model is built from.

    Attributes:
        score: a name of ``mechanisms.scores.SCORES``, or "none".
        window: which keys are seen: all, or those around t ("local-m") or around a predicted place ("local-p").
        is_hard: one key is drawn, instead of mixing all.
        asks: whether the state asks before or after its recurrent step.
        embedding: numbers in a word's vector.
        hidden: h; the encoder has half of it in each direction.
        dropout: share of numbers left out while training.
        half_window: D of the local windows.
        longest: most source words that a location score can tell apart.
    """

    score: str = "additive"
    window: Window = "global"
    is_hard: bool = False
    asks: Literal["before", "after"] = "before"
    embedding: int = 64
    hidden: int = 64
    dropout: float = 0.05
    half_window: float = 10.0
    longest: int = 40


@dataclass(frozen=True, slots=True)
class Encoded:
    """What the decoder may ask.

    Attributes:
        states: (B, n, h) the encoder's states: keys and values.
        prepared: what the score function made of the keys; empty without attention.
        last: (B, h) its last state, both directions.
    """

    states: Tensor
    prepared: Tensor
    last: Tensor


@dataclass(frozen=True, slots=True)
class Decoded:
    """What the decoder said to a batch.

    Attributes:
        logits: (B, m, V) scores of every word at every step.
        weights: (B, m, n) attention of every step; None without attention.
        drawn: (B, m) which key was drawn at every step; None where none is.
    """

    logits: Tensor
    weights: Tensor | None
    drawn: Tensor | None


class Attention(nn.Module):
    """One query a sentence asks its keys."""

    def __init__(self, config: Seq2SeqConfig) -> None:
        super().__init__()
        h = config.hidden
        self.config = config
        self.score = score_function(config.score, d_query=h, d_key=h, d_hidden=h, longest=config.longest)
        if config.window == "local-p":
            self.w_p = nn.Linear(h, h, bias=False)
            self.v_p = nn.Parameter(torch.empty(h).uniform_(-(h**-0.5), h**-0.5))

    def forward(self, query: Tensor, encoded: Encoded, t: int) -> Tensor:
        """Return the weights (B, n) of the queries (B, h) at step ``t``."""
        scores = self.score.compare(query.unsqueeze(1), encoded.prepared)  # (B, 1, n)
        if self.config.window == "global":
            return softmax(scores).squeeze(1)
        centres = self.centres(query, encoded.states.shape[1], t)  # (B, 1)
        is_predicted = self.config.window == "local-p"
        return local_weights(scores, centres, self.config.half_window, with_gaussian=is_predicted).squeeze(1)

    def centres(self, query: Tensor, length: int, t: int) -> Tensor:
        """Return p_t (B, 1), around which a window lies at step ``t``."""
        if self.config.window == "local-p":
            return predicted_positions(query.unsqueeze(1), self.w_p.weight, self.v_p, length)
        place = monotonic_positions(t + 1, like=query)[-1].clamp_max(length - 1)  # a longer target stays at the end
        return place.expand(len(query), 1)


class Seq2Seq(nn.Module):
    """Reads a sentence, then says it in the other language word by word.

    Attributes:
        mixes: while it learns, its context is the mixture of all keys by their weights, not one that is drawn.
    """

    def __init__(self, config: Seq2SeqConfig, source_words: int, target_words: int) -> None:
        super().__init__()
        e, h = config.embedding, config.hidden
        self.config = config
        self.source = nn.Embedding(source_words, e)
        self.target = nn.Embedding(target_words, e)
        self.encoder = nn.GRU(e, h // 2, batch_first=True, bidirectional=True)
        self.attention = None if config.score == NO_ATTENTION else Attention(config)
        self.mixes = not config.is_hard
        self.step = nn.GRUCell(e + h, h)
        self.output = nn.Linear(2 * h, e)
        self.words = nn.Linear(e, target_words)
        self.dropout = nn.Dropout(config.dropout)

    def encode(self, source: Tensor) -> Encoded:
        """Read source words (B, n)."""
        states, last = self.encoder(self.dropout(self.source(source)))  # (B, n, h), (2, B, h/2)
        prepared = self.attention.score.prepare(states) if self.attention is not None else states[:, :0]
        return Encoded(states, prepared, torch.cat([last[0], last[1]], dim=-1))

    def forward(self, source: Tensor, given: Tensor) -> Decoded:
        """Say what is said at each step when the target's words (B, m) have been said before it."""
        encoded = self.encode(source)
        words = self.dropout(self.target(given))  # (B, m, e)
        state, context = encoded.last, encoded.last  # (B, h) each
        kept: list[tuple[Tensor, Tensor, Tensor | None, Tensor | None]] = []
        for t in range(given.shape[1]):
            state, context, weights, drawn = self.advance(words[:, t], state, context, encoded, t)
            kept.append((state, context, weights, drawn))
        states, contexts = (torch.stack([row[i] for row in kept], dim=1) for i in (0, 1))  # type: ignore[misc]
        return Decoded(
            self.say(states, contexts), _stacked([row[2] for row in kept]), _stacked([row[3] for row in kept])
        )

    def advance(
        self, word: Tensor, state: Tensor, context: Tensor, encoded: Encoded, t: int
    ) -> tuple[Tensor, Tensor, Tensor | None, Tensor | None]:
        """Do step ``t`` with the vectors (B, e) of the last words.

        Returns:
            The new state and context (B, h), the weights (B, n) and the drawn keys (B), where there are such.
        """
        if self.attention is None:
            return self.step(torch.cat([word, encoded.last], dim=-1), state), encoded.last, None, None
        if self.config.asks == "before":
            context, weights, drawn = self._ask(state, encoded, t)
            return self.step(torch.cat([word, context], dim=-1), state), context, weights, drawn
        state = self.step(torch.cat([word, context], dim=-1), state)
        return state, *self._ask(state, encoded, t)

    def say(self, states: Tensor, contexts: Tensor) -> Tensor:
        """Return the scores (…, V) of every word for states and contexts (…, h)."""
        together = torch.tanh(self.output(torch.cat([contexts, states], dim=-1)))  # (…, e)
        scores: Tensor = self.words(self.dropout(together))
        return scores

    def _ask(self, query: Tensor, encoded: Encoded, t: int) -> tuple[Tensor, Tensor, Tensor | None]:
        assert self.attention is not None
        weights = self.attention(query, encoded, t)  # (B, n)
        if not self.config.is_hard or (self.training and self.mixes):
            return weighted_sum(weights.unsqueeze(1), encoded.states).squeeze(1), weights, None
        drawn = self._draw(weights)  # (B,)
        return encoded.states[torch.arange(len(drawn)), drawn], weights, drawn

    def _draw(self, weights: Tensor) -> Tensor:
        """Draw a key by its weight while learning; afterwards take the likeliest."""
        if self.training:
            return torch.multinomial(weights.detach(), 1).squeeze(1)
        return weights.argmax(dim=-1)


def _stacked(rows: list[Tensor | None]) -> Tensor | None:
    return torch.stack([row for row in rows if row is not None], dim=1) if rows and rows[0] is not None else None
