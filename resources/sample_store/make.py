"""Makes the store of simulated verdicts that lectures show, so that a hall never sees an empty page or a person's work.

    python resources/sample_store/make.py

Pairs are mined from the data that comes along. Three annotators judge them who know the dictionaries and err each in
a way of their own, drawn from one seed: the same pairs and verdicts come out whenever this is run.
"""

from __future__ import annotations

import random
import sqlite3
import sys
import tempfile
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from core.synonyms import shipped
from core.synonyms.asking.relations import Relation, Relations
from core.synonyms.candidates.vocabulary import VocabularyFilter
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.lexicons.opposites import are_opposites
from core.synonyms.mining.config import MineConfig
from core.synonyms.mining.run import mine_into
from core.synonyms.pairs import Candidate
from core.synonyms.sample import ANNOTATORS, IDENTITY, SAMPLE
from core.synonyms.store import Store
from core.synonyms.store.people import Sharing
from core.synonyms.verdicts import Verdict

SEED: Final = 0
_KINDS: Final = {Relation.SYNONYM: 130, Relation.SIBLING: 120, Relation.ANTONYM: 40, Relation.UNKNOWN: 110}
"""Pairs of each kind, by what the dictionaries say."""
_JUDGED_BY_ALL: Final = 120
_LEFT_OPEN: Final = 70
_TRUTH: Final = {
    Relation.SYNONYM: Verdict.SYNONYM,
    Relation.SIBLING: Verdict.RELATED,
    Relation.ANTONYM: Verdict.ANTONYM,
    Relation.UNKNOWN: Verdict.NOT,
}
_ERRORS: Final[dict[str, dict[Verdict, Sequence[tuple[Verdict, float]]]]] = {
    ANNOTATORS[0]: {
        Verdict.SYNONYM: [(Verdict.RELATED, 0.05)],
        Verdict.RELATED: [(Verdict.SYNONYM, 0.04), (Verdict.NOT, 0.03)],
        Verdict.NOT: [(Verdict.RELATED, 0.06), (Verdict.UNSURE, 0.03)],
    },
    ANNOTATORS[1]: {
        Verdict.SYNONYM: [(Verdict.RELATED, 0.02)],
        Verdict.RELATED: [(Verdict.SYNONYM, 0.18), (Verdict.UNSURE, 0.04)],
        Verdict.ANTONYM: [(Verdict.RELATED, 0.12)],
        Verdict.NOT: [(Verdict.RELATED, 0.12)],
    },
    ANNOTATORS[2]: {
        Verdict.SYNONYM: [(Verdict.RELATED, 0.16), (Verdict.UNSURE, 0.04)],
        Verdict.RELATED: [(Verdict.NOT, 0.1)],
        Verdict.NOT: [(Verdict.RELATED, 0.03)],
    },
}
"""What each says in place of the truth, and how often: the first errs rarely, the second is generous, the third strict.
What is left of a row is the truth."""
_BEGAN: Final = datetime(2025, 3, 3, 1, 0, tzinfo=UTC)


class _Clock:
    """A morning's work a person, some seconds a pair."""

    def __init__(self) -> None:
        self.now = _BEGAN

    def __call__(self) -> datetime:
        return self.now


class _Collected:
    """Takes what is mined."""

    def __init__(self) -> None:
        self.found: list[Candidate] = []
        self.completed_stages: frozenset[str] = frozenset()

    def add(self, batch: Sequence[Candidate]) -> int:
        """Keep them in mind."""
        self.found.extend(batch)
        return len(batch)

    def complete_stage(self, stage: str) -> None:
        """Mined anew each time."""


def main() -> None:
    """Make the store anew."""
    chance = random.Random(SEED)  # noqa: S311  nothing is kept secret by it
    relations = Relations([Cilin.from_tree(shipped.CILIN.path())])
    found = _mined()
    chosen = _chosen(found, relations, chance)
    pairs = {each.pair for each in chosen}
    clock = _Clock()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / SAMPLE.name
        with Store(path, now=clock) as store:
            store.add(chosen)
            store.add([each for each in found if each.pair in pairs])  # what every source says of them
            for name in ANNOTATORS:
                store.add_annotator(name)
            store.sharing = Sharing(overlap=_JUDGED_BY_ALL / len(chosen), seed=SEED)
            _judge(store, chosen, relations, chance, clock)
        _write(path)
    print(f"{SAMPLE}: {SAMPLE.stat().st_size:,} bytes, {len(chosen)} pairs")


def _mined() -> list[Candidate]:
    config = MineConfig(
        "", limit=60_000, vocabulary=VocabularyFilter(max_rank=9_000), min_cosine=0.5, index_sentences=False
    )
    sink = _Collected()
    for _event in mine_into(config, sink):
        pass
    return sink.found


def _chosen(found: Sequence[Candidate], relations: Relations, chance: random.Random) -> list[Candidate]:
    """Return so many pairs of each kind, in no order, of words that the thesaurus knows."""
    by_kind: dict[Relation, list[Candidate]] = {kind: [] for kind in _KINDS}
    for pair in {each.pair: each for each in found}.values():
        kind = relations.of(*pair.pair)
        if kind is Relation.ANTONYM and (not are_opposites(*pair.pair) or any(map(_is_place, pair.pair))):
            continue  # the opposite of one sense of a synonym, or 湖北 / 湖南
        if all(relations.codes(word) and len(word) > 1 for word in pair.pair):
            by_kind[kind].append(pair)
    chosen = [pair for kind, count in _KINDS.items() for pair in chance.sample(by_kind[kind], count)]
    chance.shuffle(chosen)
    return chosen


def _is_place(word: str) -> bool:
    return bool(set("东南西北") & set(word)) and word[-1] not in "边侧面部方"


def _judge(
    store: Store, chosen: Sequence[Candidate], relations: Relations, chance: random.Random, clock: _Clock
) -> None:
    """Let everybody judge the first pairs, one of them each of the others, and nobody the last."""
    ids = store.find([pair.pair for pair in chosen])
    alone = len(chosen) - _LEFT_OPEN
    for at, name in enumerate(ANNOTATORS):
        clock.now = _BEGAN + timedelta(days=at)
        mine = [*chosen[:_JUDGED_BY_ALL], *chosen[_JUDGED_BY_ALL + at : alone : len(ANNOTATORS)]]
        chance.shuffle(mine)
        for number, pair in enumerate(mine):
            seconds = round(chance.lognormvariate(0.9, 0.5), 1)
            clock.now += timedelta(seconds=seconds)
            verdict = _said(name, _TRUTH[relations.of(*pair.pair)], chance)
            action = f"{name}-{number}"
            store.decide(ids[pair.pair], verdict, name, seconds=seconds, flagged=chance.random() < 0.02, action=action)


def _said(name: str, truth: Verdict, chance: random.Random) -> Verdict:
    at = chance.random()
    for verdict, share in _ERRORS[name].get(truth, ()):
        if at < share:
            return verdict
        at -= share
    return truth


def _write(path: Path) -> None:
    """Write the store as one file that can be read where nothing may be written, under a name for itself of its own."""
    with closing(sqlite3.connect(path)) as store:
        store.execute("UPDATE info SET value = ? WHERE key = 'identity'", (IDENTITY,))
        store.commit()
        store.execute("PRAGMA journal_mode=DELETE")
        store.execute("VACUUM")
    SAMPLE.write_bytes(path.read_bytes())


if __name__ == "__main__":
    main()
