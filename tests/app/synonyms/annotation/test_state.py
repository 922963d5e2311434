from datetime import UTC, datetime

from app.synonyms.annotation.state import CardState
from app.synonyms.evidence.lookup import reading_words
from app.synonyms.sources.mining import MiningState
from core.synonyms.evidence.gather import PairEvidence, WordEvidence
from core.synonyms.mining.events import MinePlan, StageEnded, StageProgress
from core.synonyms.progress import FaultyLine, FaultyLines, ReadProgress
from core.synonyms.queue.queue import Card
from core.synonyms.store import Row
from core.synonyms.verdicts import Decision, Verdict


def word(text):
    return WordEvidence(text, (), (), (), None, (), 0)


def evidence(one, two):
    return PairEvidence(word(one), word(two), None, 0.0, None, "", (), (), ())


def answer(annotator, verdict, *, adjudicates=False, note="", flagged=False):
    return Decision(
        1, 7, "医师", "医生", annotator, verdict, datetime(2024, 5, 1, tzinfo=UTC), note=note, flagged=flagged,
        adjudicates=adjudicates,
    )  # fmt: skip


def test_the_card_shows_this_annotators_answer_and_keeps_everybodys():
    state = CardState()
    answers = [answer("ben", Verdict.NOT), answer("anna", Verdict.SYNONYM, note="行话", flagged=True)]
    state.show(Card(Row(7, "医师", "医生")), answers, "anna", reopened=False)
    assert (state.verdict, state.note, state.flagged) == (Verdict.SYNONYM, "行话", True)
    assert state.annotator_answers == tuple(answers)


def test_a_settled_dispute_is_not_taken_for_an_own_answer():
    state = CardState()
    state.show(Card(Row(7, "医师", "医生")), [answer("anna", Verdict.NOT, adjudicates=True)], "anna", reopened=False)
    assert state.verdict is None


def test_what_was_looked_up_is_found_again_and_the_oldest_goes():
    state = CardState()
    for n in range(70):
        state.found.keep(evidence(f"甲{n}", "乙"))
    assert len(state.found) == 64
    assert ("甲5", "乙") not in state.found
    state.show(Card(Row(1, "甲69", "乙")), [], "anna", reopened=False)
    assert state.evidence.word1.word == "甲69"


def test_mining_is_followed_stage_by_stage():
    state = MiningState("working")
    state.apply(MinePlan(("reference", "gloss", "cosine"), ("reference",)))
    assert [stage.state for stage in state.stages] == ["before", "waiting", "waiting"]
    state.apply(ReadProgress("words.vector", 25, 100, 9))
    assert state.reading == ("words.vector", 0.25)
    state.apply(StageProgress("gloss", 3, 12, 200, 150))
    assert state.reading is None
    assert (state.stages[1].share, state.added) == (0.25, 150)
    state.apply(StageEnded("gloss", 400, 300))
    assert (state.stages[1].state, state.added) == ("done", 300)


def test_faulty_lines_are_kept_file_by_file():
    state = MiningState("working")
    said = FaultyLines("v.txt", 7, (FaultyLine(3, "wrong number of columns", "坏 1"),))
    state.apply(said)
    assert state.faulty == [said]
    assert said.words(5) == [
        "Malformed lines in v.txt: 7.",
        "line 3: wrong number of columns | 坏 1",
    ]


def test_progress_heard_after_a_stages_end_does_not_reopen_it():
    state = MiningState("working")
    state.apply(MinePlan(("gloss",), ()))
    state.apply(StageEnded("gloss", 400, 300))
    state.apply(StageProgress("gloss", 11, 12, 390, 290))
    assert (state.stages[0].state, state.stages[0].added) == ("done", 300)


def test_what_an_earlier_mining_had_done_counts_nothing_new():
    state = MiningState("working")
    state.apply(MinePlan(("reference", "gloss"), ("reference",)))
    state.apply(StageProgress("reference", 1, 1, 218, 0))
    assert (state.stages[0].state, state.stages[0].proposed) == ("before", 0)


def test_what_has_been_read_is_not_said_to_be_read_still():
    assert reading_words("neg.txt", 0.404) == "Reading neg.txt… 40%"
    assert reading_words("neg.txt", 1.0) == "Indexing neg.txt…"
