"""Measure methods one after the other, under both protocols, with the closure baseline and the queue."""

from __future__ import annotations

import time
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import numpy as np

from core.language import _, listed
from core.runtime.events import Payload
from core.synonyms.candidates.union import UnionConfig
from core.synonyms.evaluation.cilin_pairs import PoolConfig, cilin_split
from core.synonyms.evaluation.closure import closure_scores
from core.synonyms.evaluation.measures import Figures, Scores, average_precision, figures
from core.synonyms.evaluation.pair_file import read_pair_file
from core.synonyms.evaluation.progress import Clock, Part
from core.synonyms.evaluation.queue_measures import Queue, QueueFigures, queue_figures
from core.synonyms.evaluation.queue_words import cilin_queue, queue_of_pairs
from core.synonyms.evaluation.split import Protocol, Split, check_unseen
from core.synonyms.labelled import LabelledPairs
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.lexicons.opened import open_cedict, open_cilin
from core.synonyms.methods.method import MethodData
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import SynonymsError
from core.synonyms.sentences import Corpus, Sentences, read_sentences, shipped_corpora
from core.synonyms.shards import scored
from core.synonyms.shipped import CEDICT, CILIN, WIKIPEDIA_VECTORS
from core.synonyms.spreading import Spreading, check_processes, spreading
from core.synonyms.vectors import WordVectors, read_vectors

MATERIAL_COST: Final = 30.0
"""Seconds that pairs and queue take, roughly; the costs in ``METHODS`` are in the same measure."""
_SHARDS: Final = 1
"""Goes up when candidates change."""
PAIRS: Final = "pairs"
"""What is worked on before the first method."""


@dataclass(frozen=True, slots=True)
class EvaluateConfig:
    """What is measured, on what.

    Attributes:
        methods: names of ``METHODS``.
        pairs: a person's own labelled pairs; None for Cilin's.
        vectors: a person's own vectors; None for those of Wikipedia that come with the program.
        seed: of the pairs, of every method that draws, and of the intervals.
        queue_words: how many words the queue has at most.
        queue: which candidates they have.
        corpora: a person's own texts for methods that read sentences; none means those that come with the program.
        pool: how Cilin's pairs are drawn; its seed is ``seed``.
        processes: over how many processes candidates, sentences and scores are spread; −1 for one a core.
        cluster: address of a Dask scheduler over whose workers they are spread instead.
    """

    methods: tuple[str, ...] = tuple(METHODS)
    pairs: Path | None = None
    vectors: Path | None = None
    seed: int = 0
    queue_words: int = 3000
    queue: UnionConfig = field(default_factory=UnionConfig)
    corpora: tuple[Path, ...] = ()
    pool: PoolConfig = field(default_factory=PoolConfig)
    processes: int = 1
    cluster: str | None = None

    def __post_init__(self) -> None:
        for name in self.methods:
            if name not in METHODS:
                message = _("There is no method {name}. There are: {names}.")
                raise SynonymsError(message.format(name=name, names=listed(METHODS)))
        if not self.methods:
            raise SynonymsError(_("Name at least one method."))
        check_processes(self.processes)


@dataclass(frozen=True, slots=True, eq=False)
class Material(Payload):
    """What methods are measured on.

    Attributes:
        test_pairs: pairs of the test.
        base_rate: share of synonyms among them: what guessing is worth.
        training_pairs: how many pairs may be learnt from, by protocol.
        closure_ap: AP of the closure baseline in the closed protocol.
        queue_words: words of the queue.
        queue_recall: share of their synonyms that are candidates at all.
        test: the pairs of the test.
    """

    test_pairs: int
    base_rate: float
    training_pairs: Mapping[Protocol, int]
    closure_ap: float
    queue_words: int
    queue_recall: float
    test: LabelledPairs


@dataclass(frozen=True, slots=True, eq=False)
class Measured(Payload):
    """A method has been measured.

    Attributes:
        method: its name.
        figures: by protocol.
        queue: as a queue, learnt in the open protocol.
        seconds: learning and scoring, both protocols and the queue.
        synonym: labels of the test, (N,), for curves.
        scores: of the test pairs by protocol, (N,).
    """

    method: str
    figures: Mapping[Protocol, Figures]
    queue: QueueFigures
    seconds: float
    synonym: np.ndarray
    scores: Mapping[Protocol, Scores]


def evaluate(config: EvaluateConfig) -> Generator[Payload, None, None]:
    """Yield progress, then ``Material``, then ``Measured`` of each method as soon as it is there.

    Raises:
        SynonymsError: a file is missing or wrong; the message says what to do.
    """
    clock = Clock(MATERIAL_COST + 2 * sum(METHODS[name].cost for name in config.methods))
    path = WIKIPEDIA_VECTORS.path() if config.vectors is None else config.vectors
    vectors = yield from read_vectors(path)
    if vectors.report.faulty_lines is not None:
        yield vectors.report.faulty_lines
    over = spreading("an evaluation", path, _SHARDS, cluster=config.cluster, processes=config.processes)
    if config.pairs is None:
        split, queue = yield from _from_cilin(config, vectors, clock, over)
    else:
        split = read_pair_file(config.pairs)
        _check_known(vectors, split.test)
        queue = queue_of_pairs(split.test)
    check_unseen(split.training(Protocol.OPEN), frozenset(queue.words))
    yield _material(split, queue)
    clock.before = MATERIAL_COST
    needed = any(METHODS[name].reads_sentences or METHODS[name].asks_others for name in config.methods)
    sentences = (yield from _read_sentences(config)) if needed else None
    dictionary = _dictionary() if any(METHODS[name].asks_others for name in config.methods) else None
    data = {
        protocol: MethodData(
            split.training(protocol), vectors, protocol is Protocol.OPEN, sentences, dictionary, {}, over
        )
        for protocol in Protocol
    }
    for name in config.methods:
        yield from _measure(name, config.seed, data=data, split=split, queue=queue, clock=clock)
    if over is not None:
        over.forget()


def _read_sentences(config: EvaluateConfig) -> Generator[Payload, None, Sentences | None]:
    corpora = tuple(Corpus(path.name, path) for path in config.corpora) or shipped_corpora()
    return (yield from read_sentences(corpora)) if corpora else None


def _dictionary() -> Cedict | None:
    return open_cedict(CEDICT.path()) if CEDICT.available else None


def _from_cilin(
    config: EvaluateConfig, vectors: WordVectors, clock: Clock, over: Spreading | None
) -> Part[tuple[Split, Queue]]:
    cilin = open_cilin(CILIN.path())
    drawing = cilin_split(cilin, vectors, replace(config.pool, seed=config.seed))
    split, unseen = yield from clock.part(PAIRS, MATERIAL_COST * 0.7, drawing)
    words = np.random.default_rng(config.seed).permutation(sorted(unseen))[: config.queue_words].tolist()
    queueing = cilin_queue(cilin, vectors, words, config.queue, _dictionary(), spreading=over)
    queue = yield from clock.part(PAIRS, MATERIAL_COST * 0.3, queueing)
    if not (queue.words and all(pairs.has_both for pairs in (split.test, split.open, split.closed))):
        message = _("{name} knows too few of Cilin's words to measure by. Choose vectors of Chinese words.")
        raise SynonymsError(message.format(name=vectors.report.name))
    return split, queue


def _check_known(vectors: WordVectors, test: LabelledPairs) -> None:
    """See that the vectors know at least one pair of the test.

    Raises:
        SynonymsError: they don't.
    """
    if not any(one in vectors and other in vectors for one, other in test.pairs):
        message = _("{name} knows no pair of the test. Choose vectors of these words.")
        raise SynonymsError(message.format(name=vectors.report.name))


def _material(split: Split, queue: Queue) -> Material:
    closed = split.training(Protocol.CLOSED)
    closure = closure_scores(closed.positives(), split.test.pairs)
    return Material(
        test_pairs=len(split.test),
        base_rate=float(split.test.synonym.mean()),
        training_pairs={protocol: len(split.training(protocol)) for protocol in Protocol},
        closure_ap=average_precision(split.test.synonym, closure),
        queue_words=len(queue.words),
        queue_recall=queue.recall,
        test=split.test,
    )


def _measure(
    name: str, seed: int, *, data: Mapping[Protocol, MethodData], split: Split, queue: Queue, clock: Clock
) -> Generator[Payload, None, None]:
    """Let a method learn under both protocols, and measure what it then says."""
    method = METHODS[name]
    scores: dict[Protocol, Scores] = {}
    queue_scores = np.zeros(len(queue.pairs), dtype=np.float32)
    begin = time.perf_counter()
    for protocol in Protocol:
        known = data[protocol]
        settings = method.config(seed)
        scorer = yield from clock.part(name, method.cost, method.learn(settings, known))
        known.learnt[name] = scorer
        mark = method.mark(settings, known)
        scores[protocol] = yield from clock.part(name, 0, scored(scorer, mark, split.test.pairs, known.spreading))
        if protocol is Protocol.OPEN:
            queue_scores = yield from clock.part(name, 0, scored(scorer, mark, queue.pairs, known.spreading))
    yield Measured(
        method=name,
        figures={protocol: figures(split.test, scores[protocol], seed=seed) for protocol in Protocol},
        queue=queue_figures(queue, queue_scores),
        seconds=time.perf_counter() - begin,
        synonym=split.test.synonym,
        scores=scores,
    )
