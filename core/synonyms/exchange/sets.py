"""From pairs to sets of synonyms, and the trap on the way.

Synonymy in a list of pairs is not transitive: merging a–b and b–c claims a–c, which nobody judged. Chained
without care, sets explode (all neighbours with cosine ≥ .70 make one set of 11,529 words). So sets are made
in
one of two ways: only where every pair inside was judged, which claims nothing new and gives the pairs back
exactly; or chained, with the sets that grew told before anything is written.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from core.synonyms.pairs import WordPair
from core.synonyms.verdicts import VERDICTS, Verdict


@dataclass(frozen=True, slots=True)
class GrownSet:
    """A set that chaining made larger than what was judged.

    Attributes:
        words: sorted.
        judged: pairs inside that were judged synonyms.
        claimed: pairs inside that nobody judged synonyms.
        contradicted: of those, the pairs judged to be something else.
    """

    words: tuple[str, ...]
    judged: int
    claimed: int
    contradicted: tuple[WordPair, ...] = ()


def judged_sets(pairs: Iterable[WordPair]) -> list[tuple[str, ...]]:
    """Cover the pairs by sets whose words were all judged synonyms of each other.

    Each pair is in a set; a set is as large as it can be (greedily; the least number of sets is a problem as
    hard as they come). A word with two meanings may be in several.

    Returns:
        The sets, words sorted, in the order of their first words.
    """
    wanted = sorted(set(pairs))
    near = _graph(wanted)
    covered: set[WordPair] = set()
    sets = []
    for pair in wanted:
        if pair in covered:
            continue
        members = {pair.word1, pair.word2}
        common = near[pair.word1] & near[pair.word2]
        while common:
            # Who has most friends among those left keeps most of them possible.
            best = max(sorted(common), key=lambda word: len(near[word] & common))
            members.add(best)
            common &= near[best]
        words = tuple(sorted(members))
        covered.update(WordPair(one, two) for n, one in enumerate(words) for two in words[n + 1 :])
        sets.append(words)
    return sets


def chained_sets(
    pairs: Iterable[WordPair], verdicts: Mapping[WordPair, Verdict] | None = None
) -> tuple[list[tuple[str, ...]], list[GrownSet]]:
    """Merge pairs that share a word into one set.

    Args:
        pairs: judged synonyms.
        verdicts: what was said about other pairs, to find contradictions.

    Returns:
        The sets, words sorted; and those that claim more than was judged, the largest first.
    """
    judged = sorted(set(pairs))
    near = _graph(judged)
    seen: set[str] = set()
    sets, grown = [], []
    # The pairs of one set are counted once, at the set of their first word.
    for start in sorted(near):
        if start in seen:
            continue
        members, waiting = {start}, [start]
        while waiting:
            for word in near[waiting.pop()] - members:
                members.add(word)
                waiting.append(word)
        seen |= members
        words = tuple(sorted(members))
        sets.append(words)
        inside = sum(len(near[word]) for word in words) // 2
        claimed = len(words) * (len(words) - 1) // 2 - inside
        if claimed:
            against = _contradictions(words, verdicts or {})
            grown.append(GrownSet(words, inside, claimed, against))
    return sets, sorted(grown, key=lambda found: (-len(found.words), found.words))


def _contradictions(words: tuple[str, ...], verdicts: Mapping[WordPair, Verdict]) -> tuple[WordPair, ...]:
    others = tuple(spec.verdict for spec in VERDICTS if spec.is_synonym is False)
    members = set(words)
    if len(words) ** 2 > 2 * len(verdicts):
        inside = [pair for pair in verdicts if pair.word1 in members and pair.word2 in members]
    else:
        inside = [WordPair(one, two) for n, one in enumerate(words) for two in words[n + 1 :]]
    return tuple(sorted(pair for pair in inside if verdicts.get(pair) in others))


def _graph(pairs: Iterable[WordPair]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = defaultdict(set)
    for one, two in pairs:
        near[one].add(two)
        near[two].add(one)
    return dict(near)
