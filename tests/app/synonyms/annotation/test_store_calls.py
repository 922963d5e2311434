import threading

import pytest

from app.synonyms.annotation.store_calls import StoreCalls
from core.synonyms.store import StoreError


@pytest.fixture
def server(qtbot):
    calls = StoreCalls(is_remote=True)
    yield calls
    calls.close(1)


def nothing(_answer):
    return None


def test_a_file_answers_at_once_where_it_is_asked():
    calls, heard = StoreCalls(is_remote=False), []
    calls.call(threading.get_ident, heard.append, nothing)
    assert heard == [threading.get_ident()]
    error = StoreError("no")

    def fail():
        raise error

    calls.call(fail, nothing, heard.append)
    assert heard[1:] == [error]
    calls.close()


def test_a_server_is_asked_elsewhere_and_answers_in_the_order_of_the_questions(server, qtbot):
    gate, heard = threading.Event(), []
    server.call(lambda: gate.wait(20) and threading.get_ident(), heard.append, nothing)
    for number in range(5):
        server.call(lambda number=number: number, lambda answer: heard.append((answer, threading.get_ident())), nothing)
    assert heard == []  # nothing is waited for
    gate.set()
    qtbot.waitUntil(lambda: len(heard) == 6)
    here = threading.get_ident()
    assert heard[0] != here
    assert heard[1:] == [(number, here) for number in range(5)]


def test_an_error_of_the_store_is_handed_on_and_the_next_question_is_answered(server, qtbot):
    error, heard = StoreError("gone"), []

    def fail():
        raise error

    server.call(fail, nothing, heard.append)
    server.call(lambda: 7, heard.append, nothing)
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == [error, 7]


def test_what_is_asked_while_an_answer_is_heard_is_asked_too(server, qtbot):
    heard = []
    server.call(lambda: 1, lambda answer: server.call(lambda: answer + 1, heard.append, nothing), nothing)
    qtbot.waitUntil(lambda: heard == [2])


def test_what_comes_after_the_end_is_not_heard_but_put_away(qtbot):
    calls, gate, heard, put_away = StoreCalls(is_remote=True), threading.Event(), [], threading.Event()
    calls.call(lambda: gate.wait(20), heard.append, nothing, unheard=lambda _answer: put_away.set())
    calls.call(lambda: heard.append("asked after the end"), heard.append, nothing)
    calls.close()
    gate.set()
    assert put_away.wait(20)
    calls.call(lambda: heard.append("never"), heard.append, nothing)
    qtbot.wait(50)
    assert heard == []


def test_the_end_may_wait_for_what_was_asked(qtbot):
    calls, done = StoreCalls(is_remote=True), []
    gate = threading.Event()
    calls.call(lambda: gate.wait(20), nothing, nothing)
    calls.call(lambda: done.append(1), nothing, nothing)
    threading.Timer(0.05, gate.set).start()
    calls.close(20)
    assert done == [1]
