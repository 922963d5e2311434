"""How far a mining is, in words."""

from app.synonyms.sources.mining import Mining, MiningState
from core.synonyms.mining.events import MinePlan, StageEnded, StageProgress


def test_a_mining_says_which_step_it_is_at(background):
    mining = Mining(background)
    mining.state.phase = "working"
    assert mining.words() == "Reading dictionaries and vectors…"
    mining.state.apply(MinePlan(("reference", "gloss", "sentences"), ()))
    mining.state.apply(StageEnded("reference", 218, 218))
    assert mining.words() == "Step 2 of 3: Identical glosses  ·  218 pairs mined"


def test_the_share_done_counts_what_this_mining_does_and_dear_stages_more():
    state = MiningState("working")
    state.apply(MinePlan(("reference", "characters", "cosine"), ("reference",)))
    assert state.share == 0
    state.apply(StageProgress("characters", 50, 100, 3, 3))
    half_of_one = state.share
    assert 0 < half_of_one < 0.5
    state.apply(StageEnded("characters", 5, 5))
    assert state.share == 2 * half_of_one
    state.apply(StageEnded("cosine", 5, 5))
    assert state.share == 1
