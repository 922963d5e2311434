import pytest

from app.sentence import Sentence
from app.synonyms.annotation import store_retry
from app.synonyms.annotation.current_problem import CurrentProblem
from app.synonyms.annotation.store_retry import StoreRetry
from core.synonyms.store import StoreError, StoreLockedError


class Opener:
    """Opens stores that it is told to open; until then another program keeps them."""

    def __init__(self):
        self.error: StoreError | None = StoreLockedError("Another program keeps it.")
        self.tried = []

    def __call__(self, address, create, then, failed):
        self.tried.append((address, create))
        if self.error is not None:
            failed(self.error)
        else:
            then()


@pytest.fixture
def opener():
    return Opener()


@pytest.fixture
def problem(qtbot):
    return CurrentProblem()


@pytest.fixture
def retry(opener, problem, monkeypatch):
    monkeypatch.setattr(store_retry, "_RETRY", 5)
    made = StoreRetry(opener, problem)
    yield made
    made.stop()


def test_what_is_kept_is_tried_again_and_again_until_it_opens(retry, opener, problem, qtbot):
    held, resolved = [], []
    problem.held.connect(held.append)
    problem.resolved.connect(resolved.append)
    assert not retry.open("pairs.db", create=False, may_wait=True)
    assert retry.address == "pairs.db"
    assert isinstance(held[0], Sentence)
    qtbot.waitUntil(lambda: len(opener.tried) >= 3)
    assert set(opener.tried) == {("pairs.db", False)}
    opener.error = None
    qtbot.waitUntil(lambda: bool(resolved))
    assert resolved == held


def test_where_another_store_is_open_nothing_is_waited_for(retry, opener):
    failed = []
    retry.failed.connect(failed.append)
    assert not retry.open("pairs.db", create=True, may_wait=False)
    assert (retry.address, failed) == ("", ["Another program keeps it."])


def test_a_store_that_turns_out_to_be_broken_is_waited_for_no_more(retry, opener, problem, qtbot):
    failed, changes = [], []
    problem.failed.connect(lambda text: failed.append(str(text)))
    retry.changed.connect(lambda: changes.append(retry.address))
    retry.open("pairs.db", create=True, may_wait=True)
    opener.error = StoreError("It is damaged.")
    qtbot.waitUntil(lambda: bool(failed))
    assert failed == ["It is damaged."]
    assert changes == ["pairs.db", ""]
    assert retry.wanted == "pairs.db"
    tried = len(opener.tried)
    opener.error = None
    retry.try_again()
    assert len(opener.tried) == tried + 1
