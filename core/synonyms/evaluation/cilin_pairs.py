"""Labelled pairs from Cilin: synonyms, and four kinds of other pairs that are wrong in four ways.

Words are drawn for the test (``unseen_share``). Pairs of two such words can be test pairs; the rest is the pool that
training is masked from (``split``). Sets of many words would outvote the others (55 % of Cilin's pairs come from
sets of more than ten words), so that each set gives a limited number of pairs, and fewer to the test. Words of one
character, which Cilin lists with every sense they have within longer words, are learnt from and not asked about.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Generator, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from core.synonyms.evaluation.progress import EvaluationProgress
from core.synonyms.evaluation.split import Split
from core.synonyms.labelled import GROUP, NEIGHBOUR, RANDOM, RELATED, SYNONYM, LabelledPairs
from core.synonyms.lexicons.cilin import RELATED as RELATED_SIGN
from core.synonyms.lexicons.cilin import SYNONYMS, Cilin
from core.synonyms.pairs import WordPair, in_order
from core.synonyms.vectors import WordVectors

GROUP_LEVEL: Final = 4
"""Characters of the codes that words of one group share: ``Aa01`` of ``Aa01A01=``."""

_BLOCK: Final = 512
_PER_WORD: Final = 4
"""Neighbours drawn of a word: a quarter of the words need be looked up."""
_RELATED_TIMES: Final = 4
"""There are a third as many sets of related words as of synonyms: each gives more pairs."""
_TRIES: Final = 20
"""Draws for each pair wanted, before too small a vocabulary ends the search."""


@dataclass(frozen=True, slots=True)
class PoolConfig:
    """How pairs are drawn.

    Attributes:
        seed: of everything drawn.
        unseen_share: share of the words that the test is made of.
        pairs_per_set: most pairs of one set; 45 is all of ten words.
        tested_per_set: most pairs of one set that can be test pairs.
        tested_length: least characters of a word of the test.
        nearest: a neighbour is drawn among so many nearest words of the vocabulary.
    """

    seed: int = 0
    unseen_share: float = 0.3
    pairs_per_set: int = 45
    tested_per_set: int = 10
    tested_length: int = 2
    nearest: int = 20


def cilin_split(
    cilin: Cilin, vectors: WordVectors, config: PoolConfig
) -> Generator[EvaluationProgress, None, tuple[Split, frozenset[str]]]:
    """Draw pairs among the words that have both a code and a vector; return the split and words it keeps unseen.

    Each kind of other pair is as frequent in the test as synonyms are: the base rate is .20.
    """
    rng = np.random.default_rng(config.seed)
    vocabulary = [word for word in cilin.words if vectors.words.find(word) is not None]
    sets = list(_of_sets(cilin, SYNONYMS, vocabulary, config.pairs_per_set, rng))
    synonyms = _each_once(sets)
    wanted = len(synonyms)
    related = _each_once(_of_sets(cilin, RELATED_SIGN, vocabulary, _RELATED_TIMES * config.pairs_per_set, rng))
    near = yield from _neighbours(vectors, vocabulary, config.nearest, wanted, rng)
    drawn: list[tuple[str, Iterable[WordPair]]] = [
        (RELATED, _drawn(related, 2 * wanted, rng)),
        (NEIGHBOUR, near),
        (GROUP, _group_mates(cilin, vocabulary, wanted, rng)),
        (RANDOM, _random(vocabulary, wanted, rng)),
    ]
    pool = _without_synonyms(cilin, synonyms, drawn)
    unseen = frozenset(rng.choice(vocabulary, round(config.unseen_share * len(vocabulary)), replace=False).tolist())
    asked = frozenset(word for word in unseen if len(word) >= config.tested_length)
    few = frozenset(_each_once(_drawn(pairs, config.tested_per_set, rng) for pairs in sets))
    testable = [
        asked.issuperset(pair) and (not label or pair in few)
        for pair, label in zip(pool.pairs, pool.synonym, strict=True)
    ]
    split = Split.masked(pool, _balanced(pool.where(testable), rng))
    return split, asked - split.open.words()  # those that the test hasn't taken may be learnt from


def _of_sets(
    cilin: Cilin, sign: str, vocabulary: Sequence[str], most: int, rng: np.random.Generator
) -> Iterator[list[WordPair]]:
    """Yield up to ``most`` pairs of each set of ``sign``."""
    known = frozenset(vocabulary)
    for code, words in cilin.sets.items():
        if code.endswith(sign):
            listed = [word for word in dict.fromkeys(words) if word in known]
            pairs = [in_order(one, other) for one, other in itertools.combinations(listed, 2)]
            yield _drawn(pairs, most, rng)


def _each_once(sets: Iterable[Sequence[WordPair]]) -> list[WordPair]:
    return list(dict.fromkeys(itertools.chain.from_iterable(sets)))


def _drawn(pairs: Sequence[WordPair], most: int, rng: np.random.Generator) -> list[WordPair]:
    if len(pairs) <= most:
        return list(pairs)
    return [pairs[row] for row in np.sort(rng.choice(len(pairs), most, replace=False))]


def _neighbours(
    vectors: WordVectors, vocabulary: Sequence[str], nearest: int, wanted: int, rng: np.random.Generator
) -> Generator[EvaluationProgress, None, list[WordPair]]:
    """Draw pairs of a word and one of its ``nearest``."""
    units = vectors.units(np.array([vectors.words.find(word) for word in vocabulary], dtype=np.int64))
    count = min(len(vocabulary), -(-2 * wanted // _PER_WORD))
    asked = rng.choice(len(vocabulary), count, replace=False)
    nearest = min(nearest, len(vocabulary) - 1)
    found: list[WordPair] = []
    for start in range(0, count, _BLOCK):
        rows = asked[start : start + _BLOCK]
        cosines = units[rows] @ units.T  # (b, n)
        cosines[np.arange(len(rows)), rows] = -2.0  # no word is its own neighbour
        near = np.argpartition(cosines, -nearest, axis=1)[:, -nearest:]
        chosen = rng.permuted(near, axis=1)[:, :_PER_WORD]
        found += [
            in_order(vocabulary[row], vocabulary[place])
            for row, places in zip(rows.tolist(), chosen.tolist(), strict=True)
            for place in places
        ]
        yield EvaluationProgress("pairs", min(start + _BLOCK, count), count)
    return _drawn(list(dict.fromkeys(found)), wanted * 2, rng)


def _group_mates(cilin: Cilin, vocabulary: Sequence[str], wanted: int, rng: np.random.Generator) -> Iterator[WordPair]:
    """Draw pairs of words whose codes begin alike."""
    groups: defaultdict[str, list[str]] = defaultdict(list)
    for word in vocabulary:
        for code in cilin.codes(word):
            groups[code[:GROUP_LEVEL]].append(word)
    for word in rng.choice(vocabulary, _TRIES * wanted).tolist():
        codes = cilin.codes(word)
        mates = groups[codes[rng.integers(len(codes))][:GROUP_LEVEL]]
        mate = mates[rng.integers(len(mates))]
        if mate != word:
            yield in_order(word, mate)


def _random(vocabulary: Sequence[str], wanted: int, rng: np.random.Generator) -> Iterator[WordPair]:
    for one, other in rng.choice(len(vocabulary), (_TRIES * wanted, 2)).tolist():
        if one != other:
            yield in_order(vocabulary[one], vocabulary[other])


def _without_synonyms(
    cilin: Cilin, synonyms: Sequence[WordPair], drawn: Iterable[tuple[str, Iterable[WordPair]]]
) -> LabelledPairs:
    """Return all pairs, each once; of each kind as many as there are synonyms, and none that any sense makes one."""
    rows: dict[WordPair, tuple[bool, str]] = dict.fromkeys(synonyms, (True, SYNONYM))
    for kind, pairs in drawn:
        kept = 0
        for pair in pairs:
            if kept == len(synonyms):
                break
            relation = cilin.relation(*pair)
            is_other = relation == RELATED_SIGN and kind != RELATED
            if pair not in rows and relation != SYNONYMS and not is_other:
                rows[pair] = False, kind
                kept += 1
    return LabelledPairs.of((pair, *told) for pair, told in rows.items())


def _balanced(pairs: LabelledPairs, rng: np.random.Generator) -> LabelledPairs:
    """Return equally many pairs of every kind, drawn."""
    kinds = np.array(pairs.kinds)
    counts = {kind: int((kinds == kind).sum()) for kind in dict.fromkeys(pairs.kinds)}
    least = min(counts.values(), default=0)
    chosen = np.zeros(len(pairs), dtype=bool)
    for kind in counts:
        chosen[rng.choice(np.flatnonzero(kinds == kind), least, replace=False)] = True
    return pairs.where(chosen)
