import pytest

from core.synonyms.queue.config import Only, Order, QueueConfig
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.small_store import make_store, many_pairs, verdicts_in

PATIENCE = 60_000


def pair_of(session):
    return session.state.pair


def test_a_decision_is_in_the_file_before_the_next_card_is_shown(session, small, qtbot):
    first = pair_of(session)
    seen = []
    session.card_changed.connect(lambda: seen.append((pair_of(session), verdicts_in(small))))
    assert session.decisions.decide(Verdict.SYNONYM)
    assert seen[0][0] != first
    assert seen[0][1] == {first: Verdict.SYNONYM}


def test_undo_walks_back_without_end_and_shows_the_pairs_again(session, small):
    shown = []
    for verdict in (Verdict.SYNONYM, Verdict.NOT, Verdict.ANTONYM):
        shown.append(pair_of(session))
        session.decisions.decide(verdict)
    for expected in reversed(shown):
        session.decisions.undo()
        assert pair_of(session) == expected
    assert verdicts_in(small) == {}
    session.decisions.undo()  # nothing is left: nothing happens
    assert pair_of(session) == shown[0]


def test_the_trail_holds_the_last_ten_newest_first(session):
    shown = []
    for _turn in range(11):
        shown.append(pair_of(session))
        session.decisions.decide(Verdict.RELATED)
    recent = [(each.word1, each.word2) for each in session.state.recent_decisions]
    assert recent == shown[:0:-1]


def test_flag_and_note_are_kept_with_the_pair_and_taken_back(session, small):
    pair = session.state.card.row.id
    session.decisions.toggle_flag()
    session.decisions.write_note("两种说法")
    assert (session.state.flagged, session.state.note) == (True, "两种说法")
    session.decisions.decide(Verdict.UNSURE)
    with Store(small) as store:
        (answer,) = store.judgements(pair)
    assert (answer.verdict, answer.flagged, answer.note) == (Verdict.UNSURE, True, "两种说法")
    session.decisions.undo()  # the verdict
    session.decisions.undo()  # the note
    assert (session.state.card.row.id, session.state.flagged, session.state.note) == (pair, True, "")


def test_many_pairs_are_decided_and_taken_back_as_one(session, small):
    with Store(small) as store:
        pairs = store.table_query().ids()[:5].tolist()
    session.decisions.decide_all(pairs, Verdict.NOT)
    assert len(verdicts_in(small)) == 5
    session.decisions.undo()
    assert verdicts_in(small) == {}


def test_disputes_come_to_be_settled_with_both_sides(session, small, qtbot):
    pair = session.state.card.row.id
    with Store(small) as store:
        store.decide(pair, Verdict.SYNONYM, "anna")
        store.decide(pair, Verdict.NOT, "ben")
    session.arrange(QueueConfig("", "carla", only=Only.DISPUTED))
    qtbot.waitUntil(lambda: session.state.card is not None and not session.is_planning, timeout=PATIENCE)
    assert session.state.card.row.id == pair
    assert {(each.annotator, each.verdict) for each in session.state.annotator_answers} == {
        ("anna", Verdict.SYNONYM),
        ("ben", Verdict.NOT),
    }
    session.decisions.decide(Verdict.SYNONYM)
    assert session.state.card is None
    with Store(small) as store:
        row = store.row(pair)
    assert (row.verdict, row.disputed) == (Verdict.SYNONYM, False)


def test_a_session_of_so_many_pairs_ends_and_says_so(session, qtbot):
    session.arrange(QueueConfig("", "anna", pairs=2))
    qtbot.waitUntil(lambda: session.state.card is not None, timeout=PATIENCE)
    session.decisions.decide(Verdict.NOT)
    session.decisions.decide(Verdict.NOT)
    assert session.state.card is None
    assert session.queue.session_over
    assert not session.decisions.decide(Verdict.NOT)


def test_a_session_of_the_same_length_is_begun_again(session, qtbot):
    config = QueueConfig("", "anna", pairs=2)
    for _session in range(2):
        session.arrange(config)
        qtbot.waitUntil(lambda: session.state.card is not None, timeout=PATIENCE)
        assert session.state.progress.session == 0
        session.decisions.decide(Verdict.NOT)
        session.decisions.decide(Verdict.NOT)
        assert session.state.card is None


def test_undo_brings_its_card_back_after_the_time_is_up(session, qtbot):
    session.arrange(QueueConfig("", "anna", minutes=0.02))
    qtbot.waitUntil(lambda: session.state.card is not None, timeout=PATIENCE)
    pair = pair_of(session)
    session.decisions.decide(Verdict.NOT)
    qtbot.waitUntil(lambda: session.state.card is None, timeout=PATIENCE)
    session.decisions.undo()
    assert pair_of(session) == pair
    shown = []
    session.card_changed.connect(lambda: shown.append(pair_of(session)))
    with qtbot.waitSignals([session.progressed] * 2, timeout=PATIENCE):
        pass  # the clock goes on
    assert (pair_of(session), shown) == (pair, [])
    session.decisions.decide(Verdict.SYNONYM)
    assert session.state.card is None


def test_skipped_pairs_are_asked_again(session, small, qtbot):
    pair = pair_of(session)
    session.decisions.decide(Verdict.SKIP)
    session.arrange(QueueConfig("", "anna", only=Only.SKIPPED))
    qtbot.waitUntil(lambda: session.state.card is not None, timeout=PATIENCE)
    assert (pair_of(session), session.state.verdict) == (pair, Verdict.SKIP)
    session.decisions.decide(Verdict.SYNONYM)
    assert session.state.card is None
    assert verdicts_in(small) == {pair: Verdict.SYNONYM}


def test_whoever_only_looks_is_no_annotator(session, small, qtbot):
    session.arrange(QueueConfig("", "An"))
    qtbot.waitUntil(lambda: not session.is_planning, timeout=PATIENCE)
    with Store(small) as store:
        assert store.annotators() == []
    session.decisions.decide(Verdict.NOT)
    with Store(small) as store:
        assert [each.name for each in store.annotators()] == ["An"]


def test_the_order_by_a_score_is_the_scores_own(session, qtbot):
    session.arrange(QueueConfig("", "anna", order=Order.SCORE, score="cosine"))
    qtbot.waitUntil(lambda: session.state.card is not None and not session.is_planning, timeout=PATIENCE)
    assert session.state.card.row.scores["cosine"] == pytest.approx(0.95)


def test_what_is_known_of_the_pair_arrives_and_of_the_next_ones(session, qtbot):
    first = pair_of(session)
    upcoming = [(card.row.word1, card.row.word2) for card in session.queue.upcoming[:4]]
    qtbot.waitUntil(lambda: all(pair in session.state.found for pair in upcoming), timeout=PATIENCE)
    assert first in upcoming
    assert session.state.evidence.word1.word == first[0]


def test_what_was_judged_while_a_plan_was_being_made_is_learnt_from_at_once(session, background, tmp_path, qtbot):
    assert session.open(str(make_store(tmp_path / "many.db", many_pairs(120))))
    qtbot.waitUntil(lambda: session.state.card is not None and not session.is_planning, timeout=PATIENCE)
    asked = len(background.jobs)
    background.is_slow = True
    session.plan()
    qtbot.waitUntil(lambda: background.has_untold_end("ranking"), timeout=PATIENCE)
    for n in range(50):
        assert session.decisions.decide(Verdict.NOT if n % 2 else Verdict.SYNONYM)
    assert [job.task for job in background.jobs[asked:]].count("core.synonyms.queue.planner:plan_queue") == 1
    background.is_slow = False
    qtbot.waitUntil(lambda: session.state.model is not None, timeout=PATIENCE)
    assert session.state.model.learnt == 50


def test_what_is_judged_in_the_table_teaches_the_model(session, tmp_path, qtbot):
    assert session.open(str(make_store(tmp_path / "many.db", many_pairs(120))))
    qtbot.waitUntil(lambda: session.state.card is not None and not session.is_planning, timeout=PATIENCE)
    pairs = session.store.table_query().ids().tolist()
    assert session.decisions.decide_all(pairs[:25], Verdict.NOT)
    assert not session.is_planning
    assert session.decisions.decide_all(pairs[25:50], Verdict.SYNONYM)
    qtbot.waitUntil(lambda: session.state.model is not None, timeout=PATIENCE)
    assert session.state.model.learnt == 50


def test_a_store_that_cannot_be_opened_leaves_the_open_one(session, tmp_path):
    told = []
    session.failed.connect(told.append)
    broken = tmp_path / "broken.db"
    broken.write_bytes(b"no store" * 1000)
    before = session.address
    assert not session.open(str(broken))
    assert session.address == before
    assert session.decisions.decide(Verdict.NOT)
    assert "broken.db" in told[0]
