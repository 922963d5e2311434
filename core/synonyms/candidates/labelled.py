"""Candidates that are labelled by what training knows: what a re-ranker has to put in order, to learn from.

Pairs drawn for training are a fifth synonyms, and the others wrong in ways that are known. Candidates are something
else: three in a hundred are synonyms, and each of the others has something for it. Who has learnt from the first puts
the second in a worse order than they came in.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from core.synonyms.candidates.union import CandidateUnion, UnionConfig
from core.synonyms.evaluation.closure import closure_scores
from core.synonyms.labelled import NEIGHBOUR, SYNONYM, LabelledPairs
from core.synonyms.lexicons.cedict import Cedict
from core.synonyms.pairs import WordPair, word_pair
from core.synonyms.vectors import WordVectors

_SHORTEST = 2
"""Characters of a word whose candidates are learnt from, at least: one character is part of too many words."""


def labelled_candidates(
    training: LabelledPairs,
    words: Iterable[str],
    vectors: WordVectors,
    dictionary: Cedict | None,
    config: UnionConfig,
    *,
    most: int,
    rng: np.random.Generator,
) -> LabelledPairs:
    """Return the candidates of up to ``most`` of ``words``, drawn, among the words of ``training``.

    A pair is one of synonyms if training calls it so, or calls both words synonyms of a third: sets give no more than
    some of their pairs to training, so that half of what it does not name would count as wrong.

    Args:
        training: what is known of synonyms, and nothing else is.
        words: whose candidates; those without a vector are passed over.
        vectors: the words' vectors.
        dictionary: what words mean in English; None to do without.
        config: how many candidates a word, and of which sort.
        most: words that are asked about.
        rng: of the words.
    """
    vocabulary = [word for word in sorted(training.words()) if vectors.words.find(word) is not None]
    known = frozenset(vocabulary)
    asked = rng.permutation(sorted(word for word in words if word in known and len(word) >= _SHORTEST))[:most].tolist()
    pairs: dict[WordPair, None] = {}
    if asked and len(vocabulary) > 1:
        for word, candidates in CandidateUnion(vocabulary, vectors, dictionary, config).of_words(asked):
            pairs.update(dict.fromkeys(word_pair(word, candidate) for candidate in candidates))
    said = dict(zip(training.pairs, training.synonym.tolist(), strict=True))
    shared = closure_scores(training.positives(), list(pairs))
    rows = [(pair, said.get(pair, bool(share))) for pair, share in zip(pairs, shared, strict=True)]
    return LabelledPairs.of((pair, label, SYNONYM if label else NEIGHBOUR) for pair, label in rows)
