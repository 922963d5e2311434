from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.small_store import verdicts_in


def test_an_earlier_decision_is_changed_and_the_queue_goes_on_where_it_was(session, small):
    first = session.state.pair
    session.decisions.decide(Verdict.NOT)
    waiting = session.state.pair
    session.current_card.reopen(session.state.recent_decisions[0].candidate)
    assert session.state.pair == first
    assert session.state.reopened
    assert session.state.verdict is Verdict.NOT
    session.decisions.decide(Verdict.SYNONYM)
    assert session.state.pair == waiting
    assert not session.state.reopened
    assert verdicts_in(small) == {first: Verdict.SYNONYM}


def test_a_reopened_pair_can_be_left_as_it_is(session, small):
    first = session.state.pair
    session.decisions.decide(Verdict.NOT)
    waiting = session.state.pair
    session.current_card.reopen(session.state.recent_decisions[0].candidate)
    session.current_card.leave_reopened()
    assert session.state.pair == waiting
    assert verdicts_in(small) == {first: Verdict.NOT}


def test_only_a_decision_of_ones_own_is_shown_as_standing(session, small):
    pair = session.state.card.row.id
    with Store(small) as store:
        store.decide(pair, Verdict.ANTONYM, "ben")
    session.current_card.reopen(pair)
    assert session.state.verdict is None
    assert session.state.annotator_answers == ()  # an answer of another leads nobody


def test_whoever_opened_a_pair_hears_whether_it_was_judged(session):
    settled = []
    session.current_card.settled.connect(lambda pair, is_judged: settled.append((pair, is_judged)))
    pair = session.state.card.row.id
    session.current_card.reopen(pair)
    session.current_card.leave_reopened()
    session.current_card.leave_reopened()  # nothing is open by hand: nothing happens
    session.current_card.reopen(pair)
    session.decisions.decide(Verdict.NOT)
    assert settled == [(pair, False), (pair, True)]


def test_a_pair_of_the_queue_is_brought_forward_unless_it_is_judged(session):
    judged_pair = session.state.card.row.id
    session.decisions.decide(Verdict.NOT)
    before = session.state.card.row.id
    session.current_card.bring_forward(judged_pair)
    assert session.state.card.row.id == before
    later = session.queue.upcoming[3].row.id
    session.current_card.bring_forward(later)
    assert session.state.card.row.id == later
    assert not session.state.reopened


def test_after_the_store_is_closed_no_pair_comes_to_the_stage(session):
    pair, other = session.state.card.row.id, session.queue.upcoming[1].row.id
    changes = []
    session.current_card.changed.connect(lambda: changes.append(1))
    session.close()
    session.current_card.reopen(other)
    assert session.state.card.row.id == pair
    assert changes == []
