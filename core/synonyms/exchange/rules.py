"""One-way rules between the words of a pair, kept among the pair's sources.

A rule replaces a word by others, or puts others beside it. A store knows pairs without an order, so the
direction is the name of a source; merging two stores, or two rules, adds theirs up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Final

from core.synonyms.pairs import Candidate

REPLACED: Final = ("rule.1-to-2", "rule.2-to-1")
"""Source: word 1 is replaced by word 2; or word 2 by word 1."""

JOINED: Final = ("rule.1-to-both", "rule.2-to-both")
"""Source: where word 1 stands, word 2 is put beside it; or the other way round."""


EQUAL: Final = "rule.equal"
"""Source: the words stood in a set of equivalents, which holds whatever rules another file brings."""

SECOND_FIRST: Final = "rule.2-first"
"""Source: in a set, word 2 stood first, which makes it the one that stands for all where Solr does not expand."""


def from_to(left: str, right: str, *, stays: bool = False) -> str:
    """Return the source that says "``left`` becomes ``right``".

    Args:
        left: the word in the text.
        right: what takes its place.
        stays: ``left`` stays beside it.
    """
    return (JOINED if stays else REPLACED)[left > right]


def directions(pair: Candidate) -> frozenset[str]:
    """Return the rules between the pair's words; a word that stays is not replaced as well."""
    found = set(pair.sources)
    for replaced, joined in zip(REPLACED, JOINED, strict=True):
        if joined in found:
            found.discard(replaced)
    return frozenset(found & {*REPLACED, *JOINED})


def is_equivalence(pair: Candidate) -> bool:
    """Tell whether each of the words stands for the other: no rule says otherwise, or a set says so as well."""
    return EQUAL in pair.sources or not directions(pair)


def marks(pair: Candidate) -> frozenset[str]:
    """Return everything that rules and sets say of the pair."""
    found = directions(pair)
    return found | {EQUAL} | ({SECOND_FIRST} & {*pair.sources}) if is_equivalence(pair) else found


def first_ahead(words: tuple[str, ...], ahead: Collection[tuple[str, str]]) -> tuple[str, ...]:
    """Return sorted ``words`` with the one at the front that stood there in its file.

    Args:
        words: of a set, sorted.
        ahead: pairs of words in order whose second one stood first in a set.
    """
    first = words[0]
    for word in words[1:]:
        if (first, word) in ahead:
            first = word
    return (first, *(word for word in words if word != first))


def with_directions(pair: Candidate, rules: Collection[str]) -> Candidate:
    """Return the pair's words with these rules and nothing else."""
    return Candidate(pair.word1, pair.word2, sources=tuple(sorted(rules)))


def both_sides(pairs: Iterable[Candidate]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Return the rules of these pairs, words that become the same ones on one line; all sorted."""
    becomes: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for pair in pairs:
        for rule in directions(pair):
            left, right = pair.pair if rule in (REPLACED[0], JOINED[0]) else pair.pair[::-1]
            stays = rule in JOINED
            becomes[left, stays] |= {left, right} if stays else {right}
    lines: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for (word, _stays), put in sorted(becomes.items()):
        lines[tuple(sorted(put))].append(word)
    return sorted((tuple(replaced), put) for put, replaced in lines.items())
