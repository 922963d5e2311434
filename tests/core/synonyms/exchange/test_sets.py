from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from core.synonyms.exchange.sets import chained_sets, judged_sets
from core.synonyms.pairs import WordPair
from core.synonyms.verdicts import Verdict


def pairs_of(*texts):
    return [WordPair(*sorted(text)) for text in texts]


def inside(words):
    return {WordPair(*two) for two in combinations(words, 2)}


def test_a_triangle_is_a_set_and_a_path_is_two():
    assert judged_sets(pairs_of("ab", "bc", "ac")) == [("a", "b", "c")]
    assert judged_sets(pairs_of("ab", "bc")) == [("a", "b"), ("b", "c")]
    assert judged_sets([]) == []


def test_chaining_a_path_claims_what_nobody_judged():
    sets, grown = chained_sets(
        pairs_of("ab", "bc", "de"), {WordPair("a", "c"): Verdict.NOT, WordPair("a", "d"): Verdict.NOT}
    )
    assert sets == [("a", "b", "c"), ("d", "e")]
    (found,) = grown
    assert (found.words, found.judged, found.claimed) == (("a", "b", "c"), 2, 1)
    assert found.contradicted == (WordPair("a", "c"),)


def test_the_largest_grown_set_comes_first():
    _sets, grown = chained_sets(pairs_of("ab", "bc", "de", "ef", "fg"))
    assert [len(found.words) for found in grown] == [4, 3]
    assert chained_sets(pairs_of("ab", "bc", "ac"))[1] == []


graphs = st.sets(st.tuples(st.sampled_from("abcdefgh"), st.sampled_from("abcdefgh")).filter(lambda t: t[0] < t[1]))


@given(graphs)
def test_judged_sets_give_exactly_the_pairs_back(edges):
    pairs = {WordPair(*edge) for edge in edges}
    sets = judged_sets(pairs)
    assert set().union(*map(inside, sets)) == pairs
    # As large as they can be: no word could join.
    for words in sets:
        for word in set("abcdefgh") - set(words):
            assert not all(WordPair(*sorted((word, other))) in pairs for other in words)


@given(graphs)
def test_chained_sets_are_disjoint_and_count_their_claims(edges):
    pairs = {WordPair(*edge) for edge in edges}
    sets, grown = chained_sets(pairs)
    words = [word for group in sets for word in group]
    assert len(words) == len(set(words))
    assert pairs <= set().union(*map(inside, sets))
    claimed = sum(len(inside(group)) for group in sets) - len(pairs)
    assert sum(found.claimed for found in grown) == claimed
