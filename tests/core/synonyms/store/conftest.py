from __future__ import annotations

import uuid
from datetime import UTC, datetime, timedelta

import pytest

from core.synonyms.pairs import Candidate, word_pair
from core.synonyms.store import Store


class Clock:
    """A clock that moves a second each time it is read."""

    def __init__(self):
        self.moment = datetime(2024, 5, 1, 12, 0, 0, 123456, tzinfo=UTC)

    def __call__(self):
        self.moment += timedelta(seconds=1)
        return self.moment


def candidate(one, other, *, known=False, ranks=None, **scores):
    first, second = word_pair(one, other)
    return Candidate(first, second, scores, ranks or (None, None), ((), ()), known, tuple(sorted(scores)))


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request, tmp_path):
    """The address of an empty store, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'pairs.db'}"
    return new_database(request.getfixturevalue("postgresql"))


def new_database(server_address):
    psycopg = pytest.importorskip("psycopg")
    name = f"t{uuid.uuid4().hex}"
    with psycopg.connect(f"{server_address}/postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"{server_address}/{name}"


@pytest.fixture
def store(address):
    with Store(address, now=Clock()) as opened:
        yield opened


@pytest.fixture
def three(store):
    """A store with three pairs, ids 1 to 3."""
    store.add(
        [
            candidate("漂亮", "美丽", cosine=0.8, gloss=0.5),
            candidate("医生", "医师", cosine=0.83, characters=0.33),
            candidate("男人", "女人", cosine=0.9),
        ]
    )
    return store
