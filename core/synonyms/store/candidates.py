"""Mined candidates enter the store: each pair once, evidence merged, nothing that people decided touched."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from itertools import islice
from typing import Any, Final, TypeVar

from sqlalchemy import (
    BigInteger,
    Connection,
    Table,
    Text,
    bindparam,
    cast,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from core.synonyms.pairs import TRANSLATED, Candidate, WordPair
from core.synonyms.store.schema import candidates, evidence, info, sources, words

Item = TypeVar("Item")

CHUNK: Final = 400
"""Values bound to one statement: older SQLite builds allow 999 in all."""

REVISION_KEY: Final = "candidates_revision"


def chunks(items: Iterable[Item], size: int = CHUNK) -> Iterator[list[Item]]:
    """Yield ``items`` in lists of at most ``size``."""
    rest = iter(items)
    while chunk := list(islice(rest, size)):
        yield chunk


def upsert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an INSERT into ``table`` that knows ON CONFLICT, in the connection's dialect."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


def add_candidates(connection: Connection, batch: Sequence[Candidate]) -> int:
    """Add ``batch``, merge evidence into pairs that are there already, and return how many pairs were new."""
    return len(put_candidates(connection, batch)[1])


def put_candidates(
    connection: Connection, batch: Sequence[Candidate]
) -> tuple[dict[WordPair, int], AbstractSet[WordPair]]:
    """Add ``batch`` as ``add_candidates`` does; return the id of each of its pairs, and which of them were new."""
    if not batch:
        return {}, set()
    word_ids = ensure_words(connection, batch)
    by_ids = {(word_ids[item.word1], word_ids[item.word2]): item.pair for item in batch}
    before = _pair_ids(connection, by_ids)
    rows: dict[WordPair, dict[str, Any]] = {}
    for item in batch:
        row = rows.setdefault(
            item.pair, {"word1_id": word_ids[item.word1], "word2_id": word_ids[item.word2], "known": False}
        )
        row["known"] = row["known"] or item.known
    new = [row for pair, row in rows.items() if pair not in before]
    if new:
        insert = upsert(connection, candidates)
        connection.execute(insert.on_conflict_do_nothing(index_elements=["word1_id", "word2_id"]), new)
    pair_ids = before | _pair_ids(connection, {key: pair for key, pair in by_ids.items() if pair not in before})
    newly_known = [{"pair": pair_ids[pair]} for pair, row in rows.items() if row["known"] and pair in before]
    if newly_known:
        connection.execute(
            update(candidates).where(candidates.c.id == bindparam("pair")).values(known=True), newly_known
        )
    _merge_evidence(connection, batch, pair_ids)
    bump_revision(connection)
    return pair_ids, rows.keys() - before.keys()


def ensure_words(connection: Connection, batch: Iterable[Candidate]) -> dict[str, int]:
    """Insert the words of ``batch`` that are new, fill in ranks and codes, and return the id of each word."""
    ranks: dict[str, int | None] = {}
    codes: dict[str, dict[str, None]] = {}
    for item in batch:
        for word, rank, word_codes in zip((item.word1, item.word2), item.ranks, item.codes, strict=True):
            ranks[word] = ranks.get(word) or rank
            codes.setdefault(word, {}).update(dict.fromkeys(word_codes))
    found = _find_words(connection, ranks)
    # Sorted, so that two programs that add the same words never wait for each other in a circle.
    missing = sorted(word for word in ranks if word not in found)
    if missing:
        connection.execute(
            upsert(connection, words).on_conflict_do_nothing(index_elements=["text"]),
            [{"text": word, "rank": ranks[word], "codes": " ".join(codes[word])} for word in missing],
        )
    changed = []
    for word, (_id, rank, known_codes) in found.items():
        merged = " ".join(dict.fromkeys([*known_codes.split(), *codes[word]]))
        if (rank is None and ranks[word] is not None) or merged != known_codes:
            changed.append({"word": _id, "new_rank": rank or ranks[word], "new_codes": merged})
    if changed:
        statement = update(words).where(words.c.id == bindparam("word"))
        connection.execute(statement.values(rank=bindparam("new_rank"), codes=bindparam("new_codes")), changed)
    ids = {word: _id for word, (_id, _rank, _codes) in found.items()}
    ids.update({word: _id for word, (_id, _rank, _codes) in _find_words(connection, missing).items()})
    return ids


def _find_words(connection: Connection, texts: Iterable[str]) -> dict[str, tuple[int, int | None, str]]:
    statement = select(words.c.text, words.c.id, words.c.rank, words.c.codes)
    return {
        text: (_id, rank, codes)
        for chunk in chunks(texts)
        for text, _id, rank, codes in connection.execute(statement.where(words.c.text.in_(chunk))).all()
    }


def find_pairs(connection: Connection, pairs: Iterable[WordPair]) -> dict[WordPair, int]:
    """Return the id of each pair of ``pairs`` that is in the store."""
    wanted = list(pairs)
    ids = {
        text: _id for text, (_id, _, _) in _find_words(connection, {word for pair in wanted for word in pair}).items()
    }
    return _pair_ids(
        connection,
        {(ids[one], ids[two]): WordPair(one, two) for one, two in wanted if {one, two} <= ids.keys()},
    )


def _pair_ids(connection: Connection, by_ids: Mapping[tuple[int, int], WordPair]) -> dict[WordPair, int]:
    """Return the id of each pair that is in the store, by the ids of its words.

    Asked by first words, of which each has a handful of pairs: for "(word1_id, word2_id) IN (…)" SQLite would read
    the whole index, and a table of VALUES takes SQLAlchemy longer to write down than SQLite to answer.
    """
    query = select(candidates.c.id, candidates.c.word1_id, candidates.c.word2_id)
    found: dict[WordPair, int] = {}
    for chunk in chunks(sorted({one for one, _two in by_ids})):
        for _id, one, two in connection.execute(query.where(candidates.c.word1_id.in_(chunk))).all():
            if (one, two) in by_ids:
                found[by_ids[one, two]] = _id
    return found


def ensure_sources(connection: Connection, names: Iterable[str]) -> dict[str, int]:
    """Return the id of each source, adding those that are new."""
    wanted = sorted(set(names))
    if wanted:
        insert = upsert(connection, sources)
        known = set(connection.scalars(select(sources.c.name).where(sources.c.name.in_(wanted))))
        if fresh := [{"name": name} for name in wanted if name not in known]:
            connection.execute(insert.on_conflict_do_nothing(index_elements=["name"]), fresh)
    return {name: _id for _id, name in connection.execute(select(sources.c.id, sources.c.name)) if name in wanted}


def _merge_evidence(connection: Connection, batch: Sequence[Candidate], pair_ids: dict[WordPair, int]) -> None:
    rows: dict[tuple[int, str], dict[str, Any]] = {}
    sets: dict[int, tuple[str, ...]] = {}
    for item in batch:
        for name in {*item.scores, *item.sources}:
            row = rows.setdefault((pair_ids[item.pair], name), _nothing())
            if row["score"] is None and name in item.scores:
                row["score"] = float(item.scores[name])
            row["proposed"] = row["proposed"] or name in item.sources
        if item.english_sets:
            sets[pair_ids[item.pair]] = sets.get(pair_ids[item.pair], ()) + item.english_sets
    ids = ensure_sources(connection, [*(name for _, name in rows), *([TRANSLATED] if sets else [])])
    for pair, lines in _merged_sets(connection, sets, ids).items():
        rows.setdefault((pair, TRANSLATED), _nothing())["details"] = lines
    if rows:
        insert = upsert(connection, evidence)
        merge = insert.on_conflict_do_update(
            index_elements=["candidate_id", "source_id"],
            set_={
                "score": func.coalesce(evidence.c.score, insert.excluded.score),
                "proposed": or_(evidence.c.proposed, insert.excluded.proposed),
                "details": func.coalesce(insert.excluded.details, evidence.c.details),
            },
        )
        connection.execute(
            merge,
            [{"candidate_id": pair, "source_id": ids[name], **row} for (pair, name), row in sorted(rows.items())],
        )


def _nothing() -> dict[str, Any]:
    return {"score": None, "proposed": False, "details": None}


def _merged_sets(connection: Connection, sets: Mapping[int, tuple[str, ...]], ids: Mapping[str, int]) -> dict[int, str]:
    """Return the English sets of pairs, by their ids, after those that the store has of them, a line each."""
    query = select(evidence.c.candidate_id, evidence.c.details)
    before: dict[int, str | None] = {
        pair: lines
        for chunk in chunks(sets)
        for pair, lines in connection.execute(
            query.where(evidence.c.candidate_id.in_(chunk), evidence.c.source_id == ids[TRANSLATED])
        ).all()
    }
    return {
        pair: "\n".join(dict.fromkeys([*(before.get(pair) or "").splitlines(), *lines])) for pair, lines in sets.items()
    }


def replace_scores(connection: Connection, source: str, scores: Mapping[int, float]) -> None:
    """Give pairs, by their ids, a score of ``source`` in place of the one they may have had."""
    if not scores:
        return
    ids = ensure_sources(connection, [source])
    insert = upsert(connection, evidence)
    put = insert.on_conflict_do_update(
        index_elements=["candidate_id", "source_id"], set_={"score": insert.excluded.score}
    )
    rows = [
        {"candidate_id": pair, "source_id": ids[source], "score": float(score), "proposed": False}
        for pair, score in sorted(scores.items())
    ]
    connection.execute(put, rows)
    bump_revision(connection)


def bump_revision(connection: Connection) -> None:
    """Tell every reader of this store that candidates or their evidence have changed."""
    insert = upsert(connection, info).values(key=REVISION_KEY, value="1")
    following = cast(cast(info.c.value, BigInteger) + 1, Text)
    connection.execute(insert.on_conflict_do_update(index_elements=["key"], set_={"value": following}))
