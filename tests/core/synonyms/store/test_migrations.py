from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import text

from core.synonyms.pairs import TRANSLATED, Candidate
from core.synonyms.store import Store, StoreFullError, StoreVersionError
from core.synonyms.store.database import Database
from core.synonyms.store.migrations import prepare
from core.synonyms.store.schema import SCHEMA_VERSION
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import candidate


@pytest.fixture
def old(tmp_path):
    """A store of the first version with a decision in it."""
    path = tmp_path / "old.db"
    with Store(path) as store:
        store.add([candidate("漂亮", "美丽")])
        store.decide(1, Verdict.SYNONYM, "ann")
    return path


def version(path):
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute("SELECT value FROM info WHERE key = 'schema_version'").fetchone()[0]


def add_colour(connection):
    connection.execute(text("ALTER TABLE words ADD COLUMN colour TEXT"))


def fail(connection):
    connection.execute(text("ALTER TABLE words ADD COLUMN half_done TEXT"))
    raise RuntimeError("power cut")


def columns(path):
    with closing(sqlite3.connect(path)) as connection:
        return [row[1] for row in connection.execute("PRAGMA table_info(words)")]


def test_a_new_store_has_this_version_and_no_copy(tmp_path):
    with Store(tmp_path / "new.db") as store:
        assert store.copied_to is None
    assert version(tmp_path / "new.db") == str(SCHEMA_VERSION)
    assert [file.name for file in tmp_path.glob("*.bak*")] == []


def test_migrating_copies_first_and_takes_every_step(old):
    with Store(old) as store:
        _, copy, _ = prepare(
            store.database,
            migrations={
                SCHEMA_VERSION: add_colour,
                SCHEMA_VERSION + 1: lambda c: c.execute(text("UPDATE words SET colour = 'red'")),
            },
            target=SCHEMA_VERSION + 2,
        )
    assert copy is not None
    assert copy.name.startswith(f"old.db.v{SCHEMA_VERSION}-")
    assert version(old) == str(SCHEMA_VERSION + 2)
    assert "colour" in columns(old)
    assert version(copy) == str(SCHEMA_VERSION)
    assert "colour" not in columns(copy)
    # The copy stands alone and is a store.
    with Store(copy) as store:
        assert store.row(1).verdict is Verdict.SYNONYM
        assert store.check() == []


@pytest.fixture
def first_version(tmp_path):
    """A store as version 1 of the schema had it, with candidates, answers, an undoing and a settled dispute."""
    path = tmp_path / "first.db"
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(Path(__file__).with_name("version_1.sql").read_text("utf-8"))
    return path


def indices(path):
    with closing(sqlite3.connect(path)) as connection:
        return {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'index'")}


def test_a_store_of_the_first_version_is_copied_and_brought_up_to_date(first_version, tmp_path):
    with Store(tmp_path / "new.db"):
        pass
    with Store(first_version) as store:
        copy = store.copied_to
        assert store.check() == []
        assert store.row(1).verdict is Verdict.SYNONYM
        assert len(store.history()) == 8
        assert [(who.name, who.judged) for who in store.annotators()] == [("ann", 1), ("bob", 1)]
        store.decide(2, Verdict.NOT, "ann")
    assert version(first_version) == str(SCHEMA_VERSION)
    assert indices(first_version) == indices(tmp_path / "new.db")
    assert copy.name.startswith("first.db.v1-")
    assert version(copy) == "1"
    with closing(sqlite3.connect(copy)) as connection:
        (entries,) = connection.execute("SELECT count(*) FROM decisions").fetchone()
    assert entries == 8
    with Store(first_version) as store:
        assert store.copied_to is None  # only once


def test_a_store_of_the_second_version_keeps_its_pairs_and_can_keep_english_sets(first_version):
    mined = Candidate("漂亮", "美丽", {TRANSLATED: 0.5}, sources=(TRANSLATED,))
    with closing(Database(str(first_version))) as database:
        prepare(database, target=2)
        database.write(lambda connection: connection.execute(text("SELECT 1")))
    assert version(first_version) == "2"
    with Store(first_version) as store:
        store.add([mined])
        pair = store.find([mined.pair])[mined.pair]
        assert store.row(pair).english_sets == ()
        store.add([replace(mined, english_sets=("WordNet 1-a: pretty",)), replace(mined, english_sets=())])
        store.add([replace(mined, english_sets=("VerbNet x-1: pretty", "WordNet 1-a: pretty"))])
        assert store.row(pair).english_sets == ("WordNet 1-a: pretty", "VerbNet x-1: pretty")
        store.score("network", {pair: 0.5})
        store.score(TRANSLATED, {pair: 0.7})
        assert store.row(pair).english_sets == ("WordNet 1-a: pretty", "VerbNet x-1: pretty")
        assert store.check() == []
    assert version(first_version) == str(SCHEMA_VERSION)


def test_a_store_of_the_first_version_is_left_alone_where_it_cannot_be_copied(first_version, monkeypatch):
    def full(*_arguments):
        raise StoreFullError("no room")

    monkeypatch.setattr("core.synonyms.store.migrations.copy_into", full)
    with pytest.raises(StoreFullError, match="no room"):
        Store(first_version)
    assert version(first_version) == "1"
    assert "judgements_counted" not in indices(first_version)


def test_a_migration_that_fails_leaves_no_trace(old):
    with Store(old) as store:
        with pytest.raises(RuntimeError, match="power cut"):
            prepare(
                store.database,
                migrations={SCHEMA_VERSION: add_colour, SCHEMA_VERSION + 1: fail},
                target=SCHEMA_VERSION + 2,
            )
        assert store.row(1).verdict is Verdict.SYNONYM
    assert version(old) == str(SCHEMA_VERSION)
    assert set(columns(old)) == {"id", "text", "rank", "codes"}


def test_a_newer_store_is_refused_and_left_alone(old):
    with closing(sqlite3.connect(old)) as connection:
        connection.execute("UPDATE info SET value = ? WHERE key = 'schema_version'", [str(SCHEMA_VERSION + 1)])
        connection.commit()
    with pytest.raises(StoreVersionError, match="newer version"):
        Store(old)
    assert version(old) == str(SCHEMA_VERSION + 1)
