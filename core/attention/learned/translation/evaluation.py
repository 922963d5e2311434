"""How good a translation is, and how good its map: BLEU, exact sentences, and AER against the gold alignment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import torch
from torch import Tensor

from core.attention.learned.translation.corpus import Batch, batch_of, by_length
from core.attention.learned.translation.grammar.pieces import SentencePair
from core.attention.learned.translation.model import Seq2Seq
from core.attention.learned.vocabulary import END, PAD, START, Vocabulary

QUARTERS: Final = 4
_LONGEST_OUTPUT: Final = 60
_TOGETHER: Final = 64


@dataclass(frozen=True, slots=True)
class Judged:
    """One sentence: what the model said, and where it looked while it was made to say the right one.

    Attributes:
        pair: what was asked.
        said: what the model said by itself, always its likeliest next word.
        looked: for each word of the right translation the source word with the largest weight; empty where the model
            has no attention.
    """

    pair: SentencePair
    said: tuple[str, ...]
    looked: tuple[int, ...]


def judge(model: Seq2Seq, pairs: Sequence[SentencePair], source: Vocabulary, target: Vocabulary) -> list[Judged]:
    """Let the model translate ``pairs``; they come back in another order."""
    judged: list[Judged] = []
    for group in by_length(pairs, _TOGETHER):
        batch = batch_of(group, source, target)
        said = greedy(model, batch.source)
        looked = argmax_of(model, batch)
        judged.extend(
            Judged(pair, tuple(target.texts(words)), where)
            for pair, words, where in zip(group, said.tolist(), looked, strict=True)
        )
    return judged


@torch.no_grad()
def argmax_of(model: Seq2Seq, batch: Batch) -> list[tuple[int, ...]]:
    """Return for each sentence where each word of the right translation looks most."""
    weights = model(batch.source, batch.given).weights  # (B, m, n)
    if weights is None:
        return [() for _pair in batch.pairs]
    most = weights.argmax(dim=-1).tolist()  # (B, m)
    return [tuple(row[: len(pair.en)]) for row, pair in zip(most, batch.pairs, strict=True)]


@torch.no_grad()
def greedy(model: Seq2Seq, source: Tensor) -> Tensor:
    """Translate source words (B, n), taking the likeliest word at each step; (B, m) with </s> behind the last."""
    encoded = model.encode(source)
    state, context = encoded.last, encoded.last
    word = torch.full((len(source),), START)
    said = []
    over = torch.zeros(len(source), dtype=torch.bool)
    for t in range(_LONGEST_OUTPUT):
        state, context, _weights, _drawn = model.advance(model.target(word), state, context, encoded, t)
        scores = model.say(state, context)  # (B, V)
        scores[:, [PAD, START]] = -torch.inf
        word = scores.argmax(dim=-1)
        said.append(word)
        over |= word == END
        if bool(over.all()):
            break
    return torch.stack(said, dim=1)


def bleu(judged: Sequence[Judged]) -> float:
    """Return BLEU of the corpus (Papineni et al. 2002), by sacrebleu, on the words as they are."""
    from sacrebleu.metrics.bleu import BLEU  # only now: nothing else needs it

    said = [" ".join(one.said) for one in judged]
    right = [" ".join(one.pair.en) for one in judged]
    return float(BLEU(tokenize="none", force=True).corpus_score(said, [right]).score)


def exact(judged: Sequence[Judged]) -> float:
    """Return the share of sentences that are right word for word."""
    return sum(one.said == one.pair.en for one in judged) / len(judged)


def quarters(judged: Sequence[Judged]) -> list[list[Judged]]:
    """Return the sentences in four equal parts, the shortest sources first."""
    ordered = sorted(judged, key=lambda one: (len(one.pair.zh), one.pair.zh))
    cuts = [round(len(ordered) * part / QUARTERS) for part in range(QUARTERS + 1)]
    return [ordered[a:b] for a, b in pairwise(cuts)]


def alignment_error_rate(judged: Sequence[Judged], *, shift: int = 0, content_only: bool = False) -> float | None:
    """Return AER = 1 − (|A ∩ S| + |A ∩ P|) / (|A| + |S|) (Och and Ney 2003, eq. 3) of the strongest links.

    Args:
        judged: sentences with a gold alignment.
        shift: take for a word the weights of the step so many later: 1 where a decoder's weights belong to the word it
            reads, not to the one it says (Kobayashi et al. 2020, section 4).
        content_only: leave out words that have only possible links, such as "the" and "did".

    Returns:
        0 to 1, smaller is better; None where the model has no attention or the sentences have no gold.
    """
    found_sure = found_possible = asked = wanted = 0
    for one in judged:
        links = {(at, one.looked[at + shift]) for at in range(len(one.looked) - shift)}
        if content_only:
            sure_words = {at for at, _source in one.pair.sure}
            links = {link for link in links if link[0] in sure_words}
        found_sure += len(links & one.pair.sure)
        found_possible += len(links & one.pair.possible)
        asked += len(links)
        wanted += len(one.pair.sure)
    return None if not asked or not wanted else 1 - (found_sure + found_possible) / (asked + wanted)
