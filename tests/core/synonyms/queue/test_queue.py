from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from core.synonyms.pairs import SynonymsError
from core.synonyms.queue.config import Only, QueueConfig
from core.synonyms.queue.planner import Planner
from core.synonyms.queue.queue import AHEAD, Queue
from core.synonyms.store import Store, StoreLockedError
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import candidate

S, N, K = Verdict.SYNONYM, Verdict.NOT, Verdict.SKIP

MIDNIGHT = datetime.now(UTC).replace(hour=0, minute=0, second=0, microsecond=0)


class Seconds:
    """A clock that is set by hand."""

    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


@pytest.fixture
def clock():
    return Seconds()


@pytest.fixture
def store(tmp_path):
    """120 pairs; the queue's first is id 120."""
    with Store(tmp_path / "a.db") as opened:
        opened.add([candidate(f"词{i}", f"語{i}", cosine=i / 120) for i in range(1, 121)])
        yield opened


def begin(store, clock, name="ann", day_began=None, **choices):
    config = QueueConfig(store.where, name, **choices)
    queue = Queue(store, config, day_began=day_began, clock=clock)
    queue.take(Planner().plan(config))
    return queue


def test_it_wants_a_plan_first_and_has_no_card_before(store, clock):
    queue = Queue(store, QueueConfig(store.where, "ann"), clock=clock)
    assert queue.wants_plan
    assert queue.card is None
    assert not queue.finished
    with pytest.raises(SynonymsError, match="no pair to judge"):
        queue.decide(S)


def test_each_decision_is_in_the_store_before_the_next_card(store, clock):
    queue = begin(store, clock)
    for expected in (120, 119, 118):
        assert queue.card.row.id == expected
        clock.now += 2.5
        entry = queue.decide(S if expected % 2 else N)
        assert (entry.candidate, entry.seconds) == (expected, 2.5)
        assert store.row(expected).verdict is entry.verdict
    assert queue.card.row.id == 117


def test_a_decision_keeps_the_models_guess_then(store, clock):
    store.decide(list(range(1, 30)), N, "ann")
    store.decide(list(range(60, 70)), S, "ann")
    queue = begin(store, clock)
    card = queue.card
    assert 0 < card.low < card.probability < card.high < 1
    assert queue.decide(S).model_score == pytest.approx(card.probability)


def test_it_tells_the_models_guess_of_any_pair_of_the_plan(store, clock):
    untaught = begin(store, clock)
    assert untaught.probabilities([untaught.card.row.id]) == {}
    for pair in range(1, 21):
        store.decide(pair, S if pair % 2 else N, "ann")
    queue = begin(store, clock)
    told = queue.probabilities([1, 50, queue.card.row.id])  # 1 is judged: no longer of the plan
    assert set(told) == {50, queue.card.row.id}
    assert told[queue.card.row.id] == queue.card.probability


def test_undo_puts_the_pair_back_in_front_without_end(store, clock):
    queue = begin(store, clock)
    for _ in range(3):
        queue.decide(S)
    assert queue.progress.session == 3
    for expected in (118, 119, 120):
        assert [entry.candidate for entry in queue.undo()] == [expected]
        assert queue.card.row.id == expected
        assert queue.card.row.verdict is None
    assert queue.undo() == []
    assert queue.progress.session == 0
    assert queue.progress.waiting == 120
    assert [queue.decide(N).candidate for _ in range(4)] == [120, 119, 118, 117]
    assert store.check() == []


def test_undo_reaches_into_earlier_sessions(store, clock):
    store.decide(7, S, "ann")
    queue = begin(store, clock)
    queue.undo()
    assert queue.card.row.id == 7
    assert queue.progress.session == 0


def test_fast_keys_never_outrun_it(store, clock):
    queue = begin(store, clock)
    for _ in range(120):
        assert len(queue.upcoming) >= min(AHEAD // 2, queue.progress.waiting)
        queue.decide(N)
    assert queue.card is None
    assert queue.finished
    assert store.verdict_counts() == {None: 0, N: 120}


def test_a_new_plan_leaves_the_card_on_the_screen(store, clock):
    queue = begin(store, clock)
    queue.decide(N)
    shown = queue.card
    config = QueueConfig(store.where, "ann", order="random", seed=1)
    plan = Planner().plan(config)
    queue.take(plan)
    assert queue.card.row.id == shown.row.id
    others = [int(pair) for pair in plan.ids if pair != shown.row.id]
    assert [card.row.id for card in queue.upcoming][1:] == others[: len(queue.upcoming) - 1]
    seen = []
    while queue.card is not None:
        seen.append(queue.decide(N).candidate)
    assert sorted(seen) == list(range(1, 120))


def test_a_plan_made_before_the_last_keys_repeats_none_of_their_pairs(store, clock):
    queue = begin(store, clock)
    late = Planner().plan(QueueConfig(store.where, "ann"))
    done = [queue.decide(N).candidate for _ in range(5)]
    queue.take(late)
    assert queue.progress.waiting == 115
    rest = []
    while queue.card is not None:
        rest.append(queue.decide(N).candidate)
    assert not set(rest) & set(done)
    assert len(rest) == 115


def test_it_wants_a_new_plan_after_fifty_decisions(store, clock):
    queue = begin(store, clock)
    for _ in range(49):
        queue.decide(N)
    assert not queue.wants_plan
    queue.decide(N)
    assert queue.wants_plan
    queue.take(Planner().plan(queue.config))
    assert not queue.wants_plan


def test_a_plan_that_knows_nothing_of_the_last_fifty_decisions_is_followed_by_another(store, clock):
    queue = begin(store, clock)
    late = Planner().plan(queue.config)
    for _ in range(49):
        queue.decide(N)
    queue.take(late)
    assert not queue.wants_plan
    queue.decide(S)
    assert queue.wants_plan
    queue.take(Planner().plan(queue.config))
    assert not queue.wants_plan


def test_what_was_judged_past_the_queue_is_learnt_from_too(store, clock):
    queue = begin(store, clock)
    late = Planner().plan(queue.config)
    queue.judged_elsewhere(store.decide(list(range(1, 50)), N, "ann"))
    assert not queue.wants_plan
    queue.decide(S)
    assert queue.wants_plan
    queue.take(late)
    assert queue.wants_plan
    queue.take(Planner().plan(queue.config))
    assert not queue.wants_plan
    assert queue.progress.session == 1


def test_it_wants_a_new_plan_when_the_old_one_runs_out(store, clock):
    queue = begin(store, clock, depth=31)
    assert not queue.wants_plan
    for _ in range(3):
        queue.decide(N)
    assert queue.wants_plan
    for _ in range(28):
        queue.decide(N)
    assert queue.card is None
    assert not queue.finished


def test_pairs_judged_in_another_window_are_passed_over(store, clock):
    queue = begin(store, clock)
    store.decide(list(range(80, 119)), N, "ann")
    queue.refresh()
    assert [queue.decide(S).candidate for _ in range(3)] == [120, 119, 79]
    assert queue.progress.waiting == 120 - 39 - 3


def test_a_session_of_so_many_pairs(store, clock):
    queue = begin(store, clock, pairs=2)
    queue.decide(N)
    queue.decide(N)
    assert queue.session_over
    assert queue.card is None
    queue.undo()
    assert not queue.session_over
    assert queue.card.row.id == 119


def test_a_session_of_so_many_minutes(store, clock):
    queue = begin(store, clock, minutes=20)
    clock.now += 20 * 60 - 1
    assert queue.card is not None
    clock.now += 1
    assert queue.session_over
    assert queue.card is None


def test_undo_brings_its_card_back_when_the_time_is_up(store, clock):
    queue = begin(store, clock, minutes=20)
    queue.decide(N)
    queue.decide(N)
    clock.now += 20 * 60
    assert queue.card is None
    queue.undo()
    assert queue.card.row.id == 119
    queue.decide(S)
    assert queue.card is None


def test_pace_and_today(store, clock):
    store.decide([1, 2], S, "ann")
    store.undo("ann")
    store.decide(1, S, "ann")
    store.decide(2, S, "bob")
    config = QueueConfig(store.where, "ann")
    queue = Queue(store, config, day_began=MIDNIGHT, clock=clock)
    queue.take(Planner().plan(config))
    assert queue.progress.today == 1
    assert queue.progress.pace is None
    for seconds in (2, 4, 600, 3):
        queue.shown()
        clock.now += seconds
        queue.decide(N)
    assert queue.progress.pace is None  # four decisions are no pace yet
    clock.now += 1
    queue.decide(N)
    # 600 seconds count as 60: five decisions in 70 seconds.
    assert queue.progress.pace == pytest.approx(60 * 5 / 70)
    assert queue.progress.today == 6
    assert queue.progress.minutes == pytest.approx(610 / 60)


def today(store, clock):
    return Queue(store, QueueConfig(store.where, "ann"), day_began=MIDNIGHT, clock=clock).progress.today


def test_flags_notes_and_changes_are_no_further_pairs_of_the_day(store, clock):
    queue = begin(store, clock)
    for _ in range(10):
        queue.decide(N)
    store.mark(115, "ann", flagged=True)
    store.mark(116, "ann", note="?")
    store.decide(117, S, "ann")  # changed
    store.mark(5, "ann", flagged=True)  # never judged
    assert today(store, clock) == 10


def test_what_was_judged_yesterday_and_flagged_today_is_yesterdays(tmp_path, clock):
    moment = [datetime.now(UTC) - timedelta(days=1)]
    with Store(tmp_path / "b.db", now=lambda: moment[0]) as store:
        store.add([candidate("美丽", "漂亮"), candidate("医生", "医师")])
        store.decide(1, S, "ann")
        moment[0] = datetime.now(UTC)
        store.mark(1, "ann", flagged=True)
        assert today(store, clock) == 0
        store.decide(1, N, "ann")
        assert today(store, clock) == 1


def test_after_midnight_another_day_begins(tmp_path, clock):
    midnight = datetime.now().astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
    moment = [midnight + timedelta(hours=23)]
    with Store(tmp_path / "b.db", now=lambda: moment[0]) as store:
        store.add([candidate(f"词{i}", f"語{i}") for i in range(9)])
        queue = begin(store, clock, day_began=midnight)
        queue.decide(N)
        queue.decide(N)
        assert queue.progress.today == 2
        moment[0] = midnight + timedelta(hours=25)
        queue.decide(N)
        assert queue.progress.today == 1
        queue.undo()
        assert queue.progress.today == 0


def test_undoing_a_flag_or_a_note_is_undoing_no_decision(store, clock):
    queue = begin(store, clock, day_began=MIDNIGHT)
    for _ in range(10):
        queue.decide(N)
    store.mark(115, "ann", flagged=True)
    store.mark(115, "ann", note="?")
    for _ in range(2):
        queue.undo()
        assert queue.card.row.id == 110
        assert (queue.progress.session, queue.progress.today) == (10, 10)
    queue.undo()
    assert queue.card.row.id == 111
    assert (queue.progress.session, queue.progress.today) == (9, 9)


def test_undoing_a_change_leaves_the_pair_judged(store, clock):
    queue = begin(store, clock)
    queue.decide(N)
    store.decide(120, S, "ann")
    queue.undo()
    assert queue.card.row.id == 119
    assert queue.progress.session == 1
    assert store.row(120).verdict is N


def test_undoing_many_pairs_of_the_table_leaves_the_session_and_the_card(store, clock):
    queue = begin(store, clock, day_began=MIDNIGHT)
    for _ in range(5):
        queue.decide(N)
    store.decide(list(range(1, 101)), N, "ann")
    queue.refresh()
    assert len(queue.undo()) == 100
    assert queue.card.row.id == 115
    assert (queue.progress.session, queue.progress.today) == (5, 5)
    assert queue.wants_plan  # its pairs come again where a plan puts them


def test_an_error_leaves_the_card_where_it_was(store, clock, monkeypatch):
    queue = begin(store, clock)

    def locked(*_arguments, **_options):
        raise StoreLockedError("locked")

    with monkeypatch.context() as patched:
        patched.setattr(store, "decide", locked)
        with pytest.raises(StoreLockedError):
            queue.decide(S)
    assert queue.card.row.id == 120
    assert queue.decide(S).candidate == 120


def test_adjudication_shows_disputes_and_settles_them(store, clock):
    store.decide([3, 4], S, "ann")
    store.decide([3, 4], N, "bob")
    queue = begin(store, clock, "judge", only=Only.DISPUTED)
    assert queue.progress.waiting == 2
    assert {entry.annotator for entry in store.judgements(queue.card.row.id)} == {"ann", "bob"}
    first = queue.decide(S)
    assert first.adjudicates
    assert store.row(first.candidate).verdict is S
    assert not store.row(first.candidate).disputed
    queue.decide(N)
    assert queue.finished
    assert store.check() == []


def test_flagged_pairs_come_back_with_note_and_flag(store, clock):
    store.decide(5, S, "ann", flagged=True, note="?")
    queue = begin(store, clock, only=Only.FLAGGED)
    assert queue.card.row.id == 5
    entry = queue.decide(N, flagged=False)
    assert (entry.note, entry.flagged) == ("?", False)
    assert not store.row(5).flagged
    assert queue.finished


def test_a_skipped_pair_does_not_come_again_in_this_queue(store, clock):
    queue = begin(store, clock)
    skipped = queue.decide(K).candidate
    queue.take(Planner().plan(queue.config))
    assert skipped not in {card.row.id for card in queue.upcoming}


def test_all_that_was_taken_back_after_the_end_is_asked_again(store, clock):
    queue = begin(store, clock, minutes=20)
    for _ in range(3):
        queue.decide(N)
    clock.now += 60 * 20 + 1
    assert queue.session_over
    queue.undo()
    queue.undo()
    assert not queue.session_over
    assert [queue.decide(S).candidate for _ in range(2)] == [119, 118]
    assert queue.card is None
    assert queue.session_over


def test_undo_of_an_earlier_session_brings_its_card_when_the_pairs_are_used_up(store, clock):
    store.decide(7, S, "ann")
    queue = begin(store, clock, pairs=2)
    queue.decide(N)
    queue.decide(N)
    for _ in range(3):
        queue.undo()
    assert queue.card.row.id == 7


def test_skipped_pairs_come_back_and_leave_when_they_are_judged(store, clock):
    store.decide([3, 4, 5], K, "ann")
    queue = begin(store, clock, only=Only.SKIPPED)
    assert queue.progress.waiting == 3
    assert [queue.decide(verdict).candidate for verdict in (S, K, N)] == [5, 4, 3]
    assert queue.card is None
    assert queue.finished
    queue.undo()
    assert queue.card.row.id == 3
    assert queue.progress.waiting == 1
    queue.decide(N)
    again = begin(store, clock, only=Only.SKIPPED)
    assert [card.row.id for card in again.upcoming] == [4]
    assert begin(store, clock, only=Only.UNSURE).card is None


def test_a_skipped_pair_judged_in_another_window_does_not_come(store, clock):
    store.decide([3, 4, 5], K, "ann")
    queue = begin(store, clock, only=Only.SKIPPED)
    store.decide(4, S, "ann")
    queue.refresh()
    assert [card.row.id for card in queue.upcoming] == [5, 3]


def test_the_time_of_a_card_may_be_measured_by_who_shows_it(store, clock):
    queue = begin(store, clock)
    clock.now += 2
    looked = queue.looked
    clock.now += 30
    assert queue.decide(S, seconds=looked).seconds == 2
