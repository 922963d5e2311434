"""The tour's steps through the attention tab's pages about small models of our own."""

from __future__ import annotations

from typing import Final

from app.attention.learning.learner import Phase
from app.attention.learning.view import LearningView
from app.attention.report.view import REPORT, ReportView
from app.attention.tab import AttentionTab
from app.tour.driver import Step, Visitor
from app.tour.player import Script, Until, expect, turns
from core.language import _

PREPARING: Final = 120.0
"""Seconds the examples may take to be made on a busy machine."""
STEPS: Final = 3


def _tab(visitor: Visitor) -> AttentionTab:
    return visitor.tab("attention", AttentionTab)


def _training(visitor: Visitor) -> Script:
    yield from visitor.stand(tab="attention")
    visitor.press("at_view_learning")
    tab = _tab(visitor)
    yield Until(lambda: not tab.session.is_busy, "the curve of the twin", PREPARING)
    page = tab.view(LearningView)
    learner = page.learner
    assert learner is not None
    visitor.press("at_play")
    yield Until(lambda: learner.step >= STEPS and learner.map is not None, "some steps and a map", PREPARING)
    visitor.press("at_play")
    yield turns()
    expect(learner.phase is Phase.PAUSED, "it is held")
    assert learner.map is not None
    weights = learner.map.looked.weights
    expect(weights is not None and abs(float(weights[0].sum()) - 1) < 1e-4, "each row of the map sums to 1")
    learner.stop()
    yield Until(lambda: learner.phase is Phase.STOPPED, "it is left", PREPARING)
    return {"steps": learner.step, "loss": round(learner.losses[-1][1], 3)}


def _report(visitor: Visitor) -> Script:
    yield from visitor.stand(tab="attention")
    visitor.press("at_view_report")
    tab = _tab(visitor)
    yield Until(lambda: not tab.session.is_busy, "what was recorded", PREPARING)
    yield turns()
    found = tab.session.state[REPORT]
    expect(found is not None and found.models > 0, "models come along")
    assert found is not None
    expect("translation" in tab.view(ReportView).page.tables, "there is a table of translators")
    return {"models": found.models, "best_bleu": round(max(r["bleu"] for r in found.tables["translation"].values()), 1)}


def steps() -> tuple[Step, ...]:
    """Return the steps in their order."""
    return (
        Step("attention-training", lambda: _("8 trains a small model: the map sharpens while one looks."), _training),
        Step("attention-figures", lambda: _("9 shows what the trained models are worth."), _report),
    )
