"""A method learns with the labels of a store, and is compared with itself without them.

It learns twice: from the dictionary's pairs, and from these and the labels together. Both times everything that holds
a word of the held-out labels is taken out (``Split.masked``), so that what is told of them is told of words that
neither has met. Where a label contradicts the dictionary, the label counts.
"""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np

from core.language import _
from core.runtime.events import Payload
from core.synonyms import shipped
from core.synonyms.asking.scoring import enter_scores
from core.synonyms.asking.training import training_pairs
from core.synonyms.evaluation.measures import Scores
from core.synonyms.evaluation.progress import Clock, EvaluationProgress, Part
from core.synonyms.evaluation.split import Protocol, Split
from core.synonyms.labelled import LabelledPairs
from core.synonyms.lexicons.opened import open_cedict, open_cilin
from core.synonyms.methods.method import MethodData, Scorer
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import SynonymsError, WordPair
from core.synonyms.progress import told_as
from core.synonyms.ranker.table import PairTable, read_table
from core.synonyms.retraining.comparison import Moves, compared
from core.synonyms.retraining.config import Entered, Labels, RetrainConfig, Retrained
from core.synonyms.retraining.labels import check_enough, held_out_of, joined, pairs_of, read_labels, repeated
from core.synonyms.sentences import load_sentences, shipped_corpora
from core.synonyms.shards import scored
from core.synonyms.spreading import Spreading, spreading
from core.synonyms.store import Store
from core.synonyms.store.people import place_of, sharers
from core.synonyms.vectors import WordVectors, read_vectors
from core.synonyms.verdicts import Verdict

BEFORE: Final = "before"
"""The method learns from the dictionary alone."""
AFTER: Final = "after"
"""It learns from the labels, too."""
ENTERING: Final = "entering"
"""It learns from all labels, and its scores are entered."""

_SHARDS: Final = 1
"""Goes up when what methods learn changes."""
_SCORING: Final = 10.0
"""Seconds that the scoring of a store takes, roughly, in the measure of ``Method.cost``."""


@dataclass(frozen=True, slots=True, eq=False)
class _Inputs:
    """What was read.

    Attributes:
        pairs: all pairs of the store, (N,), in the order of ``table``.
        said: the labels by pair.
        labels: the labels.
        base: pairs of the dictionary that no label judges.
        disputed: pairs whose judges disagree.
        spreading: over what large work is spread; None to do it here.
    """

    table: PairTable
    pairs: tuple[WordPair, ...]
    said: Mapping[WordPair, Verdict]
    labels: LabelledPairs
    base: LabelledPairs
    vectors: WordVectors
    disputed: int
    spreading: Spreading | None


class _Learnt(NamedTuple):
    """What the method has learnt.

    Attributes:
        scorer: that.
        mark: tells it from what it has learnt at other times.
    """

    scorer: Scorer
    mark: str


def retrain(config: RetrainConfig) -> Generator[Payload, None, Retrained]:
    """Let a method learn from the labels of a store; yield progress, ``Labels``, ``Retrained``, and return the latter.

    A task for the worker. With ``config.enter`` it goes on after ``Retrained``, and yields ``Entered`` at the end;
    closed earlier, it has changed nothing.

    Raises:
        SynonymsError: there are too few labels, or a file or the store can't be used.
    """
    begin = time.perf_counter()
    method = METHODS[config.method]
    inputs = yield from _read(config)
    held_out = held_out_of(inputs.labels, config.held_out, config.seed)
    taught = Split.masked(inputs.labels, held_out).training(Protocol.OPEN)
    check_enough(taught, held_out)
    base = Split.masked(inputs.base, held_out).training(Protocol.OPEN)
    times = _repeats(config, len(base), len(taught))
    labels = Labels(
        taught=len(taught),
        taught_synonyms=int(taught.synonym.sum()),
        held_out=len(held_out),
        held_out_synonyms=int(held_out.synonym.sum()),
        between=len(inputs.labels) - len(taught) - len(held_out),
        disputed=inputs.disputed,
        repeats=times,
        dictionary=len(base),
    )
    yield labels
    over = inputs.spreading
    clock = Clock((method.cost + _SCORING) * (3 if config.enter else 2))
    both: list[_Learnt] = []
    scores: list[Scores] = []
    for name, training in ((BEFORE, base), (AFTER, joined(base, repeated(taught, times)))):
        both.append((yield from _learnt(config, inputs, training, clock, name)))
        scoring = scored(both[-1].scorer, both[-1].mark, inputs.pairs, over)
        scores.append((yield from clock.part(name, _SCORING, scoring)))
    asked = [learnt.scorer.score(held_out.pairs) for learnt in both]
    before, after, gain = compared(held_out.synonym, *asked, seed=config.seed)
    shown = [np.array([method.shown(score) for score in each.tolist()], dtype=np.float32) for each in scores]
    moves = Moves(inputs.table.ids, inputs.pairs, inputs.said, *scores, *shown)
    risen, fallen = moves.most(config.moved, but=frozenset(taught.pairs))
    retrained = Retrained(
        method=config.method,
        labels=labels,
        base_rate=float(held_out.synonym.mean()),
        before=before,
        after=after,
        gain=gain,
        risen=risen,
        fallen=fallen,
        ids=inputs.table.ids,
        scores_before=shown[0],
        scores_after=shown[1],
        seconds=time.perf_counter() - begin,
    )
    yield retrained
    if config.enter:
        times = _repeats(config, len(inputs.base), len(inputs.labels))
        everything = joined(inputs.base, repeated(inputs.labels, times))
        learnt = yield from _learnt(config, inputs, everything, clock, ENTERING)
        with Store(config.store, create=False) as store:
            entering = enter_scores(store, config.method, learnt.scorer, mark=learnt.mark, over=over)
            count = yield from clock.part(ENTERING, _SCORING, entering)
        yield Entered(config.method, count)
    if over is not None:
        over.forget()
    return retrained


def _read(config: RetrainConfig) -> Generator[Payload, None, _Inputs]:
    with Store(config.store, create=False) as store, store.database.reading() as connection:
        table = read_table(connection)
        labels, said, disputed = read_labels(connection, table, config.annotator)
        me = 0 if config.annotator is None else place_of(connection, config.annotator)
        at_work = sharers(connection, me)
    if not len(labels):
        if disputed:
            raise SynonymsError(
                _("The judges disagree about every pair. Settle some on the card, or choose one annotator.")
            )
        if config.annotator is None:
            raise SynonymsError(_("Nothing has been judged in this store yet. Judge some pairs first."))
        message = _("{annotator} has judged nothing in this store yet. Judge some pairs first.")
        raise SynonymsError(message.format(annotator=config.annotator))
    if config.enter and config.only_alone and len(at_work) > 1:
        raise SynonymsError(
            _(
                "New scores would tell those who judge here what the others have answered. Store them when all have "
                "answered, in the terminal: synonyms retrain --enter."
            )
        )
    source = config.vectors or shipped.WIKIPEDIA_VECTORS.path()
    vectors = yield from read_vectors(source)
    if vectors.report.faulty_lines is not None:
        yield vectors.report.faulty_lines
    base = yield from _dictionary_pairs(vectors, config)
    base = base.where([pair not in said for pair in base.pairs])
    if not base.has_both:
        raise SynonymsError(_("These vectors know too few of Cilin's words to learn from."))
    over = spreading("a retraining", source, _SHARDS, cluster=config.cluster, processes=config.processes)
    return _Inputs(table, pairs_of(table), said, labels, base, vectors, disputed, over)


def _dictionary_pairs(vectors: WordVectors, config: RetrainConfig) -> Generator[Payload, None, LabelledPairs]:
    cilin = open_cilin(shipped.CILIN.path())
    source = config.vectors or shipped.WIKIPEDIA_VECTORS.path()
    drawing = training_pairs(cilin, vectors, source, config.seed)
    return (yield from told_as(drawing, lambda step: EvaluationProgress("pairs", step.done, step.total)))


def _repeats(config: RetrainConfig, base: int, taught: int) -> int:
    """Return how often each label is learnt from, so that they make up the wanted share of all."""
    wanted = config.weight / (1 - config.weight) * base / taught
    return max(1, min(config.most_repeats, round(wanted)))


def _learnt(config: RetrainConfig, inputs: _Inputs, training: LabelledPairs, clock: Clock, name: str) -> Part[_Learnt]:
    method = METHODS[config.method]
    corpora = shipped_corpora() if method.reads_sentences or method.asks_others else ()
    sentences = load_sentences(corpora) if corpora else None
    dictionary = open_cedict(shipped.CEDICT.path()) if method.asks_others and shipped.CEDICT.available else None
    data = MethodData(training, inputs.vectors, sentences=sentences, dictionary=dictionary, spreading=inputs.spreading)
    settings = method.config(config.seed)
    scorer = yield from clock.part(name, method.cost, method.learn(settings, data))
    return _Learnt(scorer, method.mark(settings, data))
