import pytest

from app.synonyms.table.pair_order import PairOrder, sort_in
from core.synonyms.store import Sort
from core.synonyms.store.rows import AS_ADDED, Filter

PATIENCE = 60_000


@pytest.fixture
def order(background, session):
    return PairOrder(background, session)


@pytest.fixture
def answers(order):
    """How many pairs each answer held, and whether it was one to another question."""
    heard = []
    order.found.connect(lambda found, is_other: heard.append((len(found.ids), is_other)))
    return heard


def test_another_filter_is_told_from_the_same_question_asked_again(order, answers, qtbot):
    order.ask()
    qtbot.waitUntil(lambda: answers == [(12, False)], timeout=PATIENCE)
    order.want(where=Filter(text="医"))
    qtbot.waitUntil(lambda: answers[1:] == [(2, True)], timeout=PATIENCE)
    order.want(sort=Sort("cosine", descending=True))
    qtbot.waitUntil(lambda: answers[2:] == [(2, True)], timeout=PATIENCE)  # the filter is still there
    order.ask()
    qtbot.waitUntil(lambda: answers[3:] == [(2, False)], timeout=PATIENCE)
    assert order.milliseconds > 0


def test_why_there_is_no_answer_is_said(order, session, qtbot):
    with qtbot.waitSignal(session.failed, timeout=PATIENCE) as caught:
        order.want(sort=Sort("no such score", descending=False))
    assert "no such score" in str(caught.args[0])


def test_a_growing_store_is_asked_once_for_many_pairs(order, answers, background, qtbot):
    def asked():
        return [job.task for job in background.jobs].count("core.synonyms.store.table_task:order_table")

    for _pair in range(5):
        order.ask_soon()
    assert asked() == 0
    qtbot.waitUntil(lambda: answers == [(12, False)], timeout=PATIENCE)
    assert asked() == 1


def test_a_sort_is_saved_and_read_where_its_column_is(order):
    assert sort_in(order.save_sort(), ()) == AS_ADDED
    order.want(sort=Sort("cosine", descending=True))
    assert sort_in(order.save_sort(), {"cosine"}) == Sort("cosine", descending=True)
    assert sort_in(order.save_sort(), {"word1"}) is None
    assert sort_in(["cosine", "down"], {"cosine"}) is None
