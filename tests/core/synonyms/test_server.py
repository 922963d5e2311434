"""What a server's connections are told, and how long its silence is borne."""

import socket
import time

import psycopg
import pytest

from core.synonyms.store import Store, StoreAccessError, StoreUnreachableError
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import candidate, new_database


@pytest.fixture
def address(postgresql):
    return new_database(postgresql)


@pytest.fixture
def careless(address):
    """A database whose administrator has traded durability for speed."""
    name = address.rpartition("/")[2]
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f"ALTER DATABASE {name} SET synchronous_commit = off")
    with psycopg.connect(address) as connection:
        assert connection.execute("SHOW synchronous_commit").fetchone() == ("off",)
    return address


def commits_synchronously(connection):
    return connection.exec_driver_sql("SHOW synchronous_commit").scalar() == "on"


def test_what_is_decided_is_on_the_servers_disk_whatever_the_administrator_chose(careless):
    with Store(careless) as store:
        assert store.database.write(commits_synchronously)
        with store.database.writing() as connection:
            assert commits_synchronously(connection)
        with pytest.raises(ZeroDivisionError):
            store.database.write(lambda _connection: 1 / 0)
        assert store.database.write(commits_synchronously)  # also after something was rolled back


def test_every_connection_of_several_at_once_is_told_so(careless):
    with Store(careless) as store, store.database.writing() as one, store.database.reading() as other:
        assert commits_synchronously(one)
        assert commits_synchronously(other)


def test_a_server_that_takes_a_connection_and_stays_silent_is_given_up():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        begun = time.monotonic()
        with pytest.raises(StoreUnreachableError, match="can't be opened"):
            Store(f"postgresql://ann@127.0.0.1:{silent.getsockname()[1]}/pairs", answer_within=2)
        assert time.monotonic() - begun < 8


def test_a_transaction_that_gets_no_answer_is_given_up_and_the_next_one_works(address):
    with Store(address, answer_within=1) as store:
        begun = time.monotonic()
        with pytest.raises(StoreUnreachableError):
            store.database.write(lambda connection: connection.exec_driver_sql("SELECT pg_sleep(60)"))
        assert time.monotonic() - begun < 10
        assert store.add([candidate("医生", "医师", cosine=0.8)]) == 1


def test_a_database_that_is_not_there_is_no_matter_of_waiting(postgresql):
    with pytest.raises(StoreAccessError, match="does not exist"):
        Store(f"{postgresql}/nowhere")


def test_what_is_entered_again_under_its_name_is_entered_once(address):
    with Store(address) as store:
        store.add([candidate("医生", "医师", cosine=0.8), candidate("漂亮", "美丽", cosine=0.9)])
        for pair in (1, 2):
            for _again in range(2):
                store.decide(pair, Verdict.SYNONYM, "ann", action=f"decide-{pair}")
                store.mark(pair, "ann", flagged=True, action=f"flag-{pair}")
        assert len(store.history()) == 4
        first = store.undo("ann", action="undo-1")
        assert [each.id for each in store.undo("ann", action="undo-1")] == [each.id for each in first]
        assert len(store.history()) == 5
        assert store.judgements(2)[0].verdict is Verdict.SYNONYM
        assert store.check() == []


@pytest.mark.parametrize("is_new", [False, True])
def test_a_connection_in_use_at_the_end_is_closed_when_it_is_given_back(address, is_new):
    """In use by another thread when the store is closed, or made by it just then."""
    store = Store(address)
    pool = store.database.engine.pool  # as a thread has it that is about to ask
    in_use = None if is_new else pool.connect()
    store.close()
    if in_use is None:
        in_use = pool.connect()
    driver = in_use.driver_connection
    in_use.close()
    assert driver.closed
