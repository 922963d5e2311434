"""SimLex-999 (Hill, Reichart & Korhonen 2015): how similar 999 English pairs are, said by people.

It asks for likeness of meaning and not for kinship: coast and shore are alike, clothes and closet are not. The measure
is Spearman's ρ, how well an order by the vectors agrees with people's. Two people agree by .67, one with all others by
.78. Attract-Repel's published behaviour is a jump of ρ where WordNet's synonyms and antonyms are given.
"""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Final

import numpy as np
from scipy.stats import spearmanr

from core.language import _
from core.synonyms.evaluation.pair_file import contradiction
from core.synonyms.labelled import ANTONYM, SYNONYM, LabelledPairs
from core.synonyms.lexicons.english import EnglishLexicon
from core.synonyms.lexicons.wordnet import synonym_pairs
from core.synonyms.methods.attract_repel import AttractRepelConfig, attract_repel
from core.synonyms.methods.method import MethodData, MethodProgress, Scorer
from core.synonyms.methods.space import Space
from core.synonyms.pairs import SynonymsError, WordPair, word_pair
from core.synonyms.text_file import read_text
from core.synonyms.vectors import WordVectors

_SCORE: Final = "SimLex999"
_FREQUENT: Final = 100_000
"""Rank of the rarest words whose pairs attract or repel. Vectors of rarer ones are hardly learnt, and pull others with
them: of GloVe's 400,000 words all together, ρ comes to .502, of these to .512."""
_LEAST: Final = 10
"""Pairs with vectors below which an order says nothing."""


@dataclass(frozen=True, slots=True)
class SimLex:
    """Pairs and what people say of them.

    Attributes:
        pairs: N pairs.
        scores: 0 to 10, the higher the more alike, N.
    """

    pairs: tuple[WordPair, ...]
    scores: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class SimLexFigures:
    """How vectors agree with people.

    Attributes:
        before: ρ of the vectors as they are.
        after: ρ after Attract-Repel; None where no lexicon was given.
        pairs: pairs whose words both have a vector.
        synonyms: pairs of the lexicon that attracted.
        antonyms: pairs that repelled.
    """

    before: float
    after: float | None
    pairs: int
    synonyms: int = 0
    antonyms: int = 0


def read_simlex(path: Path) -> SimLex:
    """Read ``SimLex-999.txt`` as it is published, or any file of word, word, score with tabs between.

    Raises:
        SynonymsError: it can't be read, is no such file, or two lines contradict each other; the message says where.
    """
    lines = read_text(path).splitlines()
    column = 2
    pairs: list[WordPair] = []
    scores: list[float] = []
    said: dict[tuple[str, str], tuple[float, int]] = {}  # people were asked sly, strange and strange, sly
    for number, line in enumerate(lines, 1):
        cells = line.split("\t")
        if _SCORE in cells:
            column = cells.index(_SCORE)
        elif line.strip() and not line.startswith("#"):
            try:
                score, pair = float(cells[column]), word_pair(cells[0], cells[1])
                if not isfinite(score) or "_" in cells[column]:
                    raise ValueError(cells[column])
            except (IndexError, ValueError, SynonymsError) as error:
                message = _("{name}, line {number}: expected word, word and score, with tabs between them.")
                raise SynonymsError(message.format(name=path.name, number=number)) from error
            before, first = said.setdefault((cells[0], cells[1]), (score, number))
            if before != score:
                raise SynonymsError(contradiction(path.name, pair, first, number))
            pairs.append(pair)
            scores.append(score)
    if not pairs:
        raise SynonymsError(_("{name} names no pairs.").format(name=path.name))
    return SimLex(tuple(pairs), tuple(scores))


def check_simlex(
    simlex: SimLex, vectors: WordVectors, lexicon: EnglishLexicon | None, config: AttractRepelConfig
) -> Generator[MethodProgress, None, SimLexFigures]:
    """Measure vectors, and, where a lexicon is given, what Attract-Repel makes of them.

    Raises:
        SynonymsError: the vectors hardly know the words; they may be of another language. Or all pairs are alike.
    """
    known = [row for row, pair in enumerate(simlex.pairs) if all(word in vectors for word in pair)]
    if len(known) < _LEAST:
        message = _("The vectors know {n} of {total} pairs. Choose vectors of English words.")
        raise SynonymsError(message.format(n=len(known), total=len(simlex.pairs)))
    before = _rho(simlex, Space(vectors), known)
    if lexicon is None:
        return SimLexFigures(before, None, len(known))
    synonyms = [pair for pair in synonym_pairs(lexicon) if _are_frequent(vectors, pair)]
    antonyms = [pair for pair in sorted(lexicon.antonyms) if _are_frequent(vectors, pair)]
    opposite = frozenset(antonyms)
    rows = [(pair, True, SYNONYM) for pair in synonyms if pair not in opposite]
    training = LabelledPairs.of([*rows, *((pair, False, ANTONYM) for pair in antonyms)])
    moved = yield from attract_repel(config, MethodData(training, vectors))
    return SimLexFigures(before, _rho(simlex, moved, known), len(known), len(rows), len(antonyms))


def _are_frequent(vectors: WordVectors, pair: WordPair) -> bool:
    ranks = [vectors.rank(word) for word in pair]
    return all(rank is not None and rank <= _FREQUENT for rank in ranks)


def _rho(simlex: SimLex, scorer: Scorer, known: list[int]) -> float:
    scores, people = scorer.score([simlex.pairs[row] for row in known]), np.array(simlex.scores)[known]
    if not (np.ptp(scores) and np.ptp(people)):
        raise SynonymsError(
            _("All pairs are equally alike, to people or by the vectors: there is no order to compare.")
        )
    return float(spearmanr(scores, people).statistic)
