from __future__ import annotations

import sqlite3
from contextlib import closing

import pytest
from sqlalchemy import text

from core.synonyms.store import Store, StoreVersionError
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
        _, copy = prepare(
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
