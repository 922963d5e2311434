"""The tour's steps through the pages of the policy gradient tab beside the live one."""

from __future__ import annotations

from functools import partial
from typing import Final, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QSpinBox

from app.policy_gradient.anatomy.page import AnatomyPage
from app.policy_gradient.experiments.page import ExperimentsPage
from app.policy_gradient.live.stage_pictures import Picture
from app.policy_gradient.page import PolicyPage
from app.policy_gradient.plane.page import PlanePage
from app.policy_gradient.play.page import PlayPage
from app.policy_gradient.replay.page import ReplayPage
from app.policy_gradient.session import Phase
from app.policy_gradient.swarm.page import SwarmPage
from app.tour.driver import Step, Visitor
from app.tour.player import Script, Until, Way, expect, turns
from app.tour.policy_run import LOADING, TRAINING, held, look, page_of, session_of, stand, tab_of
from app.tour.variants import IN_LARGE, IN_SMALL, looks
from core.language import _
from core.policy_gradient.config import PRESETS

VARIANTS: Final = ("fast", "lr-0.02", "lr-0.03")
SEEDS: Final = 3
EXPERIMENT: Final = 300.0
"""Seconds the experiment may take on a busy machine."""

SomePage = TypeVar("SomePage", bound=PolicyPage)


def _open(visitor: Visitor, kind: type[SomePage]) -> SomePage:
    """Press the key of a page and return the page."""
    visitor.press(f"pg_page_{kind.page_id.rpartition('.')[2]}")
    page = tab_of(visitor).page
    assert isinstance(page, kind)
    return page


def _on_the_stage(picture: Picture, visitor: Visitor) -> Way:
    yield from held(visitor)
    visitor.press(f"pg_stage_{picture}")
    yield turns()
    expect(page_of(visitor).pictures.picture == picture, f"{picture} stands on the stage")


def _anatomy(visitor: Visitor) -> Way:
    yield from held(visitor)
    page = _open(visitor, AnatomyPage)
    yield Until(lambda: page.dissection.anatomy is not None and page.lesson is not None, "an update apart", TRAINING)
    yield turns()
    QTest.mouseClick(page.strips, Qt.MouseButton.LeftButton, pos=page.strips.plot_rect.center().toPoint())


def _plane(visitor: Visitor) -> Way:
    yield from held(visitor)
    page = _open(visitor, PlanePage)
    yield Until(lambda: page.map.content.values is not None, "the map", LOADING)
    if page.starter.start is None:
        place = page.map.place_of(0.1, -0.5).toPoint()  # it leans to the right and falls back to the left
        QTest.mouseClick(page.map, Qt.MouseButton.LeftButton, pos=place)
    yield Until(lambda: page.starter.episode is not None, "the episode from there", LOADING)


def _replay(visitor: Visitor) -> Way:
    yield from held(visitor)
    page = _open(visitor, ReplayPage)
    yield turns()
    if page.clock.step == 0:
        visitor.press("rp_play")
        yield Until(lambda: page.clock.step >= 25, "a moment of both episodes")
        visitor.press("rp_play")


def _hands_on(visitor: Visitor) -> Way:
    yield from held(visitor)
    page = _open(visitor, PlayPage)
    yield Until(lambda: page.rounds.step is not None, "a round", LOADING)
    visitor.press("pg_push_right")

    def has_pushed() -> bool:
        step = page.rounds.step
        return step is not None and step.person is not None and step.person.step >= 5

    yield Until(has_pushed, "five steps of the round")


def _swarm(visitor: Visitor) -> Way:
    session = session_of(visitor)
    page = _open(visitor, SwarmPage)
    if not (session.config == PRESETS["fast"] and session.phase is Phase.PAUSED):
        if page.has_swarm:
            visitor.click("speed_real")
            visitor.press("pg_reset")
            yield Until(lambda: session.phase is Phase.READY, "the start of a run", LOADING)
            visitor.press("pg_play")
        else:
            QTest.mouseClick(page.empty.button, Qt.MouseButton.LeftButton)
        yield Until(lambda: len(session.state.losses) >= 2, "two updates", TRAINING)

        def some_have_fallen() -> bool:
            copies = page.view.copies
            return copies is not None and len(copies.obs) // 4 <= copies.alive.sum() <= len(copies.obs) * 3 // 4

        yield Until(some_have_fallen, "a batch of which some carts have fallen", TRAINING)
        visitor.press("pg_play")
        yield Until(lambda: session.phase is Phase.PAUSED, "the run to hold")
        visitor.put_away()  # that a new run has begun


def _experiments(visitor: Visitor) -> Way:
    page = _open(visitor, ExperimentsPage)
    if not page.experiment.summaries:
        for name, box in page.choices.boxes.items():
            if box.isChecked() != (name in VARIANTS):
                visitor.find(QCheckBox, f"variant_{name}").click()
        visitor.find(QSpinBox, "seeds").setValue(SEEDS)
        visitor.click("run_experiment")
        yield Until(lambda: page.experiment.is_working, "the experiment to begin", LOADING)
        yield Until(lambda: not page.experiment.is_working, "the end of the experiment", EXPERIMENT)
    yield turns()


def _see_picture(picture: Picture, visitor: Visitor) -> Script:
    yield from stand(visitor)
    yield from _on_the_stage(picture, visitor)
    return {"picture": picture}


def _see_anatomy(visitor: Visitor) -> Script:
    yield from stand(visitor)
    yield from _anatomy(visitor)
    page = tab_of(visitor).page
    assert isinstance(page, AnatomyPage)
    anatomy, lesson = page.dissection.anatomy, page.lesson
    assert anatomy is not None
    assert lesson is not None
    shown = (float(lesson.products.sum()) + lesson.rest) / anatomy.batch_steps
    expect(abs(shown - anatomy.loss) < 1e-4, "the sum is the loss of the curve")
    return {"episode": anatomy.record.episode, "loss": round(anatomy.loss, 4), "sum": round(shown, 4)}


def _see_plane(visitor: Visitor) -> Script:
    yield from stand(visitor)
    yield from _plane(visitor)
    page = tab_of(visitor).page
    assert isinstance(page, PlanePage)
    assert page.starter.episode is not None
    return {"steps_from_there": page.starter.episode.duration}


def _see_replay(visitor: Visitor) -> Script:
    yield from stand(visitor)
    yield from _replay(visitor)
    page = tab_of(visitor).page
    assert isinstance(page, ReplayPage)
    left, right = (pane.record for pane in page.shown)
    assert left is not None
    assert right is not None
    return {"left": left.episode, "right": right.episode, "step": page.clock.step}


def _see_hands_on(visitor: Visitor) -> Script:
    yield from stand(visitor)
    yield from _hands_on(visitor)
    page = tab_of(visitor).page
    assert isinstance(page, PlayPage)
    return {"updates_of_the_agent": page.rounds.updates}


def _see_swarm(visitor: Visitor) -> Script:
    yield from stand(visitor)
    yield from _swarm(visitor)
    page = tab_of(visitor).page
    assert isinstance(page, SwarmPage)
    assert page.view.copies is not None
    return {"carts": len(page.view.copies.obs), "standing": int(page.view.copies.alive.sum())}


def _see_experiments(visitor: Visitor) -> Script:
    yield from stand(visitor)
    yield from _experiments(visitor)
    page = tab_of(visitor).page
    assert isinstance(page, ExperimentsPage)
    return {summary.name: f"{summary.solved}/{summary.runs}" for summary in page.experiment.in_order}


def steps_of_a_run() -> tuple[Step, ...]:
    """Return the steps that look at the run of the article's agent, which holds after some 150 episodes."""
    small_and_large = IN_SMALL + IN_LARGE
    return (
        Step("stage-loop", lambda: _("2 shows the loop of agent and environment."), partial(_see_picture, "loop")),
        Step("stage-network", lambda: _("3 shows the network of the policy."), partial(_see_picture, "network")),
        Step("anatomy", lambda: _("F3 takes an update apart: a click puts the cursor on a step."), _see_anatomy),
        *looks("anatomy", lambda: _("Anatomy of an update"), partial(look, _anatomy), small_and_large),
        Step("plane", lambda: _("F4 shows the policy as a picture: a click starts an episode there."), _see_plane),
        *looks("plane", lambda: _("Policy as a picture"), partial(look, _plane), small_and_large),
        Step("replay", lambda: _("F6 plays the first episode beside the 150th."), _see_replay),
        *looks("replay", lambda: _("Replay"), partial(look, _replay), small_and_large),
        Step("hands-on", lambda: _("F12 is for one's own hands: an arrow key pushes the cart."), _see_hands_on),
        *looks("hands-on", lambda: _("Hands on"), partial(look, _hands_on), small_and_large),
    )  # fmt: skip


def steps_with_runs_of_their_own() -> tuple[Step, ...]:
    """Return the steps that begin a run, or many."""
    small_and_large = IN_SMALL + IN_LARGE
    return (
        Step("swarm", lambda: _("F5 shows all carts of fast training at once."), _see_swarm),
        *looks("swarm", lambda: _("Swarm"), partial(look, _swarm), small_and_large),
        Step("experiments", lambda: _("F7 compares variants over many seeds."), _see_experiments),
        *looks("experiments", lambda: _("Experiments"), partial(look, _experiments), small_and_large),
    )  # fmt: skip
