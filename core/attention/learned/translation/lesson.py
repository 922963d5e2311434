"""Learning to translate: the loss of a batch, what is watched, and the examination at the end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any, Final

import torch
from torch import Tensor, nn

from core.attention.learned.looked import Looked
from core.attention.learned.training import Lesson, Schedule, Scores, fresh
from core.attention.learned.translation.corpus import Batches, Corpus, batch_of, by_length
from core.attention.learned.translation.evaluation import (
    Judged,
    alignment_error_rate,
    bleu,
    exact,
    greedy,
    judge,
    quarters,
)
from core.attention.learned.translation.grammar.pieces import SentencePair
from core.attention.learned.translation.model import Decoded, Seq2Seq, Seq2SeqConfig
from core.attention.learned.vocabulary import PAD
from core.attention.mechanisms.hard import leave_one_out, reinforce_loss

DRAWS: Final = 2
"""Hard attention: how often each sentence is decoded a step, so that each is the other's baseline."""
ENTROPY: Final = 0.01
"""Hard attention: what evenly spread weights are worth, so that not all is decided too early."""
SOFT_START: Final = 0.4
"""Hard attention: share of the steps at the beginning in which it mixes all words: drawing begins with weights that are
no longer mere chance."""
_WATCHED: Final = 60


class TranslationLesson(Lesson):
    """A Seq2Seq model and sentence pairs.

    Attributes:
        corpus: the pairs.
        unit: what a typed text is cut into.
    """

    unit: str = "word"

    def __init__(self, config: Seq2SeqConfig, corpus: Corpus, schedule: Schedule, seed: int) -> None:
        """Build the model, with weights by ``seed``."""
        self.corpus, self.schedule, self.seed = corpus, schedule, seed
        self._config = config
        self.model: Seq2Seq = fresh(seed, Seq2Seq, config, len(corpus.source), len(corpus.target))
        self._batches = Batches(corpus, schedule.batch, seed)

    def config(self) -> dict[str, Any]:
        """Return the config and the words, all that loading needs."""
        words = {"source": list(self.corpus.source.words), "target": list(self.corpus.target.words)}
        config: dict[str, Any] = {"model": asdict(self._config), "schedule": asdict(self.schedule)}
        config |= {"unit": self.unit, "vocabulary": words}
        if self.corpus.file:  # those who open the model later have not these pairs
            config |= {"pairs": self.corpus.file, "examples": self.corpus.some_sources()}
        return config

    def loss(self, step: int) -> Tensor:
        """Return the mean cross-entropy of the right words; with hard attention, REINFORCE's loss beside it."""
        batch = self._batches.at(step)
        self.model.mixes = not self._config.is_hard or step < SOFT_START * self.schedule.steps
        if self.model.mixes:
            decoded = self.model(batch.source, batch.given)
            return nn.functional.cross_entropy(decoded.logits.flatten(0, 1), batch.wanted.flatten(), ignore_index=PAD)
        wanted = batch.wanted.repeat(DRAWS, 1)  # (K·B, m)
        decoded = self.model(batch.source.repeat(DRAWS, 1), batch.given.repeat(DRAWS, 1))
        return _hard_loss(decoded, wanted)

    def watch(self) -> Scores:
        """Return the loss on the first validation sentences, what they are translated into is worth, and the AER."""
        some = self.corpus.validation[:_WATCHED]
        judged = judge(self.model, some, self.corpus.source, self.corpus.target)
        aer = alignment_error_rate(judged)
        watched = {"validation_loss": self._loss_of(some), **self._worth(judged)}
        return watched if aer is None else {**watched, "aer": aer}

    def _worth(self, judged: list[Judged]) -> Scores:
        return {"bleu": bleu(judged)}

    def _loss_of(self, pairs: Sequence[SentencePair]) -> float:
        """Return the mean cross-entropy of the right words."""
        losses, words = 0.0, 0
        for group in by_length(pairs, _WATCHED):
            batch = batch_of(group, self.corpus.source, self.corpus.target)
            logits = self.model(batch.source, batch.given).logits
            total = nn.functional.cross_entropy(
                logits.flatten(0, 1), batch.wanted.flatten(), ignore_index=PAD, reduction="sum"
            )
            losses, words = losses + float(total), words + int((batch.wanted != PAD).sum())
        return losses / words

    @property
    def examples(self) -> int:
        """How many validation sentences there are."""
        return len(self.corpus.validation)

    @torch.no_grad()
    def look_at(self, number: int) -> Looked:
        """Return where each word of the right translation looks, and what the model says by itself."""
        pair = self.corpus.validation[number]
        batch = batch_of([pair], self.corpus.source, self.corpus.target)
        weights = self.model(batch.source, batch.given).weights  # (1, m, n)
        blank = "" if self.unit == "character" else " "
        return Looked(
            rows=pair.en,
            columns=pair.zh,
            weights=None if weights is None else weights[0, : len(pair.en)].numpy(),
            right=tuple(sorted(pair.sure)),
            wanted=blank.join(pair.en),
            said=blank.join(self.corpus.target.texts(greedy(self.model, batch.source)[0].tolist())),
        )

    def scores(self) -> dict[str, Any]:
        """Return what the report says of the model, on the test sentences and, to choose by, on the validation ones."""
        self.model.eval()
        source, target = self.corpus.source, self.corpus.target
        measured = measures(judge(self.model, self.corpus.test, source, target))
        checked = judge(self.model, self.corpus.validation, source, target)
        return {**measured, "validation_bleu": bleu(checked), "validation_aer": alignment_error_rate(checked)}


def measures(judged: list[Judged]) -> dict[str, Any]:
    """Return every figure of a translation model."""
    by_quarter = quarters(judged)
    return {
        "bleu": bleu(judged),
        "bleu_by_quarter": [bleu(part) for part in by_quarter],
        "bleu_longest_quarter": bleu(by_quarter[-1]),
        "lengths_by_quarter": [[len(part[0].pair.zh), len(part[-1].pair.zh)] for part in by_quarter],
        "exact": exact(judged),
        "aer": alignment_error_rate(judged),
        "aer_content_words": alignment_error_rate(judged, content_only=True),
        "aer_longest_quarter": alignment_error_rate(by_quarter[-1]),
        "aer_shifted": alignment_error_rate(judged, shift=1),
        "sentences": len(judged),
    }


def _hard_loss(decoded: Decoded, wanted: Tensor) -> Tensor:
    """Return cross-entropy of the words, REINFORCE for the draws, and what keeps the weights from closing early.

    A draw's reward is the log-probability of the right word of its step; its baseline is that of the other decoding.
    """
    assert decoded.weights is not None
    assert decoded.drawn is not None
    log_p = decoded.logits.log_softmax(dim=-1).gather(-1, wanted.unsqueeze(-1)).squeeze(-1)  # (K·B, m)
    there = wanted != PAD
    rewards = log_p.detach().reshape(DRAWS, -1, wanted.shape[1]).movedim(0, -1)  # (B, m, K)
    baselines = leave_one_out(rewards).movedim(-1, 0).flatten(0, 1)  # (K·B, m)
    weights = decoded.weights[there].clamp_min(1e-9)  # (words, n)
    drawn, reward, baseline = (part[there].unsqueeze(-1) for part in (decoded.drawn, log_p.detach(), baselines))
    entropy = -(weights * weights.log()).sum(dim=-1).mean()
    return -log_p[there].mean() + reinforce_loss(weights, drawn, reward, baseline) - ENTROPY * entropy
