"""What methods that read sentences share: the bags they learn from, and what they say of a pair without any."""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass

import numpy as np

from core.synonyms.labelled import Bools
from core.synonyms.methods.method import Floats, MethodData, MethodProgress, within
from core.synonyms.pairs import WordPair
from core.synonyms.progress import told_as
from core.synonyms.sentences.bags import Bag, BagCollector, BagConfig, alike_in_size, shared_collector
from core.synonyms.shards import SentenceWork


@dataclass(frozen=True, slots=True, eq=False)
class TrainingBags:
    """What is learnt from.

    Attributes:
        bags: of equally many sizes for synonyms and others, B of them.
        synonym: the label of each, (B,).
        silence: log-odds of synonym of a training pair that no sentence holds: all that can be said of such a pair.
        collector: finds the bags of other pairs.
    """

    bags: tuple[Bag, ...]
    synonym: Bools
    silence: float
    collector: BagCollector


def training_bags(
    data: MethodData, config: BagConfig, *, others: int, parts: int
) -> Generator[MethodProgress, None, TrainingBags]:
    """Collect the bags of the training pairs, controlled for size; it counts as one of ``parts`` of the learning.

    Raises:
        SynonymsError: there are no sentences.
    """
    collector = shared_collector(data.the_sentences(), config)
    if data.spreading is None:
        collecting = collector.bags(data.training.pairs)
        found = yield from told_as(collecting, lambda step: within(MethodProgress(*step), 0, parts))
    else:
        shards = SentenceWork(data.the_sentences(), config).shards().run(data.training.pairs, data.spreading)
        made = yield from told_as(shards, lambda step: within(MethodProgress(step.done, step.total), 0, parts))
        found = [bag for bag in made if bag is not None]
    labels = dict(zip(data.training.pairs, data.training.synonym.tolist(), strict=True))
    synonym = np.array([labels[bag.pair] for bag in found], dtype=bool)
    silent, silent_synonyms = len(data.training) - len(found), int(data.training.synonym.sum() - synonym.sum())
    silence = float(np.log((silent_synonyms + 1) / (silent - silent_synonyms + 1)))
    bags, controlled = alike_in_size(found, synonym, times=others, seed=config.seed)
    return TrainingBags(tuple(bags), controlled, silence, collector)


def collected(collector: BagCollector, pairs: Sequence[WordPair]) -> tuple[list[Bag], list[int]]:
    """Return the bags of ``pairs`` and the rows of those that have one."""
    bags: list[Bag] = []
    rows: list[int] = []
    for row, pair in enumerate(pairs):
        if (bag := collector.bag(pair)) is not None:
            bags.append(bag)
            rows.append(row)
    return bags, rows


def spoken(pairs: int, rows: Sequence[int], scores: Floats, silence: float) -> Floats:
    """Return the scores of all pairs, (N,): those of ``rows``, and ``silence`` for the others."""
    whole = np.full(pairs, silence, dtype=np.float32)
    whole[list(rows)] = scores
    return whole
