"""Puts everything known about a pair onto it: sources, scores, ranks, codes, and whether it is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from core.synonyms.candidates.generator import CandidateGenerator
from core.synonyms.candidates.vocabulary import Vocabulary
from core.synonyms.lexicons.cilin import SYNONYMS, Cilin
from core.synonyms.pairs import COSINE, Candidate, WordPair


class Assembler:
    """Makes candidates of pairs.

    Args:
        vocabulary: gives ranks and vectors.
        lexicons: give codes and known synonyms.
        generators: all of them are asked about each pair, whoever proposed it.
        english_sets: the English sets that propose a pair, in words; empty where no English lexicon was asked.
    """

    def __init__(
        self,
        vocabulary: Vocabulary,
        lexicons: Sequence[Cilin],
        generators: Sequence[CandidateGenerator],
        english_sets: Mapping[WordPair, tuple[str, ...]],
    ) -> None:
        self._vocabulary = vocabulary
        self._lexicons = lexicons
        self._generators = generators
        self._english_sets = english_sets

    def assemble(self, pairs: Sequence[WordPair], source: str) -> list[Candidate]:
        """Return a candidate for each of ``pairs``, which ``source`` proposed, in their order."""
        cosines = self._vocabulary.cosines(pairs)
        candidates = []
        for pair, cosine in zip(pairs, cosines, strict=True):
            found = {generator.name: generator.evidence(pair) for generator in self._generators}
            scores = {name: score for name, score in found.items() if score is not None}
            sources = {source, *scores}
            if cosine is not None:
                scores[COSINE] = cosine
            candidates.append(
                Candidate(
                    word1=pair.word1,
                    word2=pair.word2,
                    scores=scores,
                    ranks=(self._vocabulary.rank(pair.word1), self._vocabulary.rank(pair.word2)),
                    codes=(self._codes(pair.word1), self._codes(pair.word2)),
                    known=any(lexicon.relation(*pair) == SYNONYMS for lexicon in self._lexicons),
                    sources=tuple(sorted(sources)),
                    english_sets=self._english_sets.get(pair, ()),
                )
            )
        return candidates

    def _codes(self, word: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(code for lexicon in self._lexicons for code in lexicon.codes(word)))
