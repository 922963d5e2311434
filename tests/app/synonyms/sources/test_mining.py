"""How far a mining is, in words."""

from app.synonyms.sources.mining import Mining
from core.synonyms.mining.events import MinePlan, StageEnded


def test_a_mining_says_which_step_it_is_at(background):
    mining = Mining(background)
    mining.state.phase = "working"
    assert mining.words() == "Reading dictionaries and vectors…"
    mining.state.apply(MinePlan(("reference", "gloss", "sentences"), ()))
    mining.state.apply(StageEnded("reference", 218, 218))
    assert mining.words() == "Step 2 of 3: Identical glosses  ·  218 pairs mined"
