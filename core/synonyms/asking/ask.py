"""The task behind "ask a word": each method's nearest words, those of the quick methods first.

What has been read and learnt is kept for as long as the process lives. Whoever asks another word while a method is
learning interrupts nothing: the learning stands still, and goes on with the next question from where it was.
"""

from __future__ import annotations

from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from core.language import _
from core.runtime.events import Payload
from core.synonyms import shipped
from core.synonyms.asking.candidates import Candidates
from core.synonyms.asking.config import LEARNING_NOTHING, Answer, AskConfig, AskedWord, Learning, Near, NoAnswer
from core.synonyms.asking.relations import Relations
from core.synonyms.asking.training import training_pairs
from core.synonyms.labelled import LabelledPairs
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.lexicons.opened import open_cedict, open_cilin
from core.synonyms.methods.method import Learning as MethodLearning
from core.synonyms.methods.method import MethodData, MethodProgress, Scorer
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import SynonymsError, WordPair, clean_word, is_word
from core.synonyms.sentences import load_sentences, shipped_corpora
from core.synonyms.vectors import WordVectors, read_vectors
from core.synonyms.vectors.hnsw import IndexedNeighbours, has_index
from core.synonyms.vectors.neighbours import INDEX_PAYS_FROM

_NO_PAIRS = LabelledPairs((), np.zeros(0, dtype=bool), ())


@dataclass(slots=True, eq=False)
class Oracle:
    """What has been read, and what methods have learnt from it.

    Attributes:
        vectors: the words.
        source: the file they are from.
        candidates: which words methods are asked about.
        relations: the dictionaries.
        seed: of what is drawn.
        training: what methods learn from; None until one does.
        scorers: what each method has learnt.
    """

    vectors: WordVectors
    source: Path
    candidates: Candidates
    relations: Relations
    seed: int
    training: LabelledPairs | None = None
    scorers: dict[str, Scorer] = field(default_factory=dict)
    _words: frozenset[str] = frozenset()
    _learning: dict[str, MethodLearning] = field(default_factory=dict)
    _drawing: Generator[Learning, None, LabelledPairs] | None = None

    def learn_from(self, training: LabelledPairs) -> None:
        """Let methods learn from ``training`` from now on."""
        self.training, self._words = training, training.words()

    def has_learnt(self, word: str) -> bool:
        """Return whether methods learn from pairs of ``word``."""
        return word in self._words

    def about(self, word: str) -> AskedWord:
        """Return what is known of ``word``."""
        rank = self.vectors.rank(word)
        found = tuple(other for other in self.relations.synonyms(word) if other in self.candidates)
        suggestion = self.candidates.like(word) if rank is None else ""
        return AskedWord(word, rank, self.relations.codes(word), found, suggestion)

    def answer(self, method: str, word: str, nearest: int) -> Answer:
        """Return the ``nearest`` words to ``word`` by a method that has learnt."""
        scorer = self.scorers[method]
        others = self.candidates.of(word, scorer)
        scores = scorer.score([_pair(word, other) for other in others])
        best = np.argsort(-scores, kind="stable")[:nearest]
        near = tuple(self._near(word, others[n], float(scores[n])) for n in best)
        seen = None if method in LEARNING_NOTHING else self.has_learnt(word)
        return Answer(word, method, near, seen)

    def _near(self, word: str, other: str, score: float) -> Near:
        relations = self.relations
        return Near(other, score, relations.of(word, other), self.vectors.rank(other), relations.codes(other))

    def learn(self, method: str) -> Generator[Learning, None, None]:
        """Let a method learn, unless it has; closed early, it goes on the next time.

        Raises:
            SynonymsError: there is too little to learn from.
        """
        if method in self.scorers:
            return
        if method not in LEARNING_NOTHING and self.training is None:
            yield from self._draw()
        if method not in self._learning:
            training = _NO_PAIRS if method in LEARNING_NOTHING else self.training
            assert training is not None, "the pairs have been drawn"
            if method not in LEARNING_NOTHING and not training.has_both:
                message = _("These vectors know too few of Cilin's words to learn from.")
                raise SynonymsError(message)
            row = METHODS[method]
            corpora = shipped_corpora() if row.reads_sentences or row.asks_others else ()
            sentences = load_sentences(corpora) if corpora else None
            english = row.asks_others and shipped.CEDICT.available
            dictionary = open_cedict(shipped.CEDICT.path()) if english else None
            data = MethodData(training, self.vectors, sentences=sentences, dictionary=dictionary, learnt=self.scorers)
            self._learning[method] = row.learn(row.config(self.seed), data)
        while True:
            try:
                step: MethodProgress = next(self._learning[method])
            except StopIteration as ended:
                self.scorers[method] = ended.value
                del self._learning[method]
                return
            except BaseException:
                del self._learning[method]  # it has ended; who asks again begins again
                raise
            yield Learning(method, step.done, step.total)

    def _draw(self) -> Generator[Learning, None, None]:
        if self._drawing is None:
            self._drawing = training_pairs(self.relations.lexicons[0], self.vectors, self.source, self.seed)
        while True:
            try:
                step = next(self._drawing)
            except StopIteration as ended:
                self.learn_from(ended.value)
                return
            except BaseException:
                self._drawing = None
                raise
            yield step


def open_oracle(config: AskConfig) -> Generator[Payload, None, Oracle]:
    """Read what words are asked by, yielding progress.

    Raises:
        SynonymsError: material is missing or broken.
    """
    lexicons = (open_cilin(shipped.CILIN.path()), *(Cilin.from_text(path) for path in config.lexicons))
    source = config.vectors or shipped.WIKIPEDIA_VECTORS.path()
    vectors = yield from read_vectors(source)
    indexed = len(vectors) >= INDEX_PAYS_FROM and has_index(vectors)
    candidates = Candidates(vectors, IndexedNeighbours(vectors) if indexed else None)
    return Oracle(vectors, source, candidates, Relations(lexicons), config.seed)


def ask(oracle: Oracle, word: str, methods: Sequence[str], nearest: int) -> Generator[Payload, None, None]:
    """Yield what is known of ``word``, then the answer of each method as soon as it has learnt."""
    about = oracle.about(word)
    yield about
    if about.rank is None:
        return
    ready = [method for method in methods if method in oracle.scorers or method in LEARNING_NOTHING]
    for method in (*ready, *(method for method in methods if method not in ready)):
        try:
            yield from oracle.learn(method)
        except SynonymsError as error:
            yield NoAnswer(method, str(error))
        else:
            yield oracle.answer(method, word, nearest)


_oracles: dict[tuple[object, ...], Oracle] = {}
"""The oracle of this process: what it has learnt took minutes."""


def ask_word(config: AskConfig, word: str) -> Generator[Payload, None, None]:
    """Answer ``word``. A task for the worker.

    Raises:
        SynonymsError: it is no word, or material is missing or broken.
    """
    oracle = yield from kept_oracle(config)
    word = clean_word(word)
    if not is_word(word):
        raise SynonymsError(_("{word!r} is not a word: it is empty or contains control characters.").format(word=word))
    yield from ask(oracle, word, config.methods, config.nearest)


def learn_ahead(config: AskConfig) -> Generator[Payload, None, None]:
    """Let the methods of ``config`` learn, so that whoever asks them later need not wait. A task for the worker.

    Raises:
        SynonymsError: there is too little to learn from, or material is missing or broken.
    """
    oracle = yield from kept_oracle(config)
    for method in config.methods:
        yield from oracle.learn(method)


def kept_oracle(config: AskConfig) -> Generator[Payload, None, Oracle]:
    """Return this process's oracle of the material in ``config``, read at first."""
    key = (config.vectors, config.lexicons, config.seed)
    if key not in _oracles:
        oracle = yield from open_oracle(config)
        _oracles.clear()
        _oracles[key] = oracle
    return _oracles[key]


def _pair(word: str, other: str) -> WordPair:
    return WordPair(word, other) if word < other else WordPair(other, word)
