"""Where the tour's steps on the policy gradient tab find the window and the run, and how they get them there."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from app.policy_gradient.live.page import LivePage
from app.policy_gradient.session import Phase, TrainingSession
from app.policy_gradient.tab import PolicyGradientTab
from app.tour.driver import Visitor
from app.tour.player import Script, Until, Way, still, turns
from app.tour.variants import Posture
from core.policy_gradient.config import PRESETS, Preset

SEED: Final = 0
MIDDLE: Final = 150
"""The article looks at its agent after so many episodes."""
LOADING: Final = 60.0
"""Seconds a worker may take to load torch and gymnasium on a busy machine."""
TRAINING: Final = 90.0
"""Seconds a run may take to get where a step wants it."""


def tab_of(visitor: Visitor) -> PolicyGradientTab:
    """Return the CartPole tab."""
    return visitor.tab("policy_gradient", PolicyGradientTab)


def page_of(visitor: Visitor) -> LivePage:
    """Return the page on which one sees the training."""
    page = tab_of(visitor).page_named("live")
    assert isinstance(page, LivePage)
    return page


def session_of(visitor: Visitor) -> TrainingSession:
    """Return the training under the visitor's hands."""
    return tab_of(visitor).session


def stand(visitor: Visitor, **posture: Any) -> Way:
    """Bring the window into a known posture, with the live page in front and the environment on its stage."""
    yield from visitor.stand(**posture)
    visitor.press("pg_page_live")
    visitor.press("pg_stage_environment")
    yield turns()


def restart(visitor: Visitor, preset: Preset, speed: str = "turbo") -> Way:
    """Put a new run of ``preset``, with all its own values, at its start."""
    session = session_of(visitor)
    for name in (*(other for other in PRESETS if other != preset), preset):
        visitor.click(f"preset_{name}")
    if session.wanted.seed != SEED:
        visitor.type_into("seed", str(SEED))
        yield Until(lambda: session.wanted.seed == SEED, "the seed that was typed")
    visitor.click(f"speed_{speed}")
    visitor.press("pg_reset")
    yield Until(lambda: session.phase is Phase.READY, "the first picture of a run", LOADING)
    yield turns()


def at_start(visitor: Visitor) -> Way:
    """Have a run of the article's agent at its start."""
    session = session_of(visitor)
    if not (session.phase is Phase.READY and session.config == PRESETS["article"]):
        yield from restart(visitor, "article")


def play(visitor: Visitor) -> None:
    """Have the run play on."""
    if session_of(visitor).phase is not Phase.PLAYING:
        visitor.press("pg_play")


def half_trained(visitor: Visitor) -> Way:
    """Have a run of the article's agent play on at speed “fast”, after ``MIDDLE`` episodes."""
    session = session_of(visitor)
    fit = session.is_under_way and session.config == PRESETS["article"] and len(session.state.durations) >= MIDDLE
    if not fit:
        yield from restart(visitor, "article")
        play(visitor)
        yield Until(lambda: len(session.state.durations) >= MIDDLE, f"{MIDDLE} training episodes", TRAINING)
    visitor.click("speed_fast")
    play(visitor)


def mid_episode(visitor: Visitor, step: int = 40) -> Until:
    """Wait for the middle of an episode."""
    session = session_of(visitor)

    def stands() -> bool:
        transition = session.state.transition
        return transition is not None and transition.step >= step

    return Until(stands, f"step {step} of an episode", TRAINING)


def env_steps(visitor: Visitor) -> int:
    """Return the steps that the run has taken."""
    transition = session_of(visitor).state.transition
    return transition.env_steps if transition is not None else 0


def hold(visitor: Visitor) -> Way:
    """Have the run of :func:`half_trained` stand still in the middle of an episode."""
    yield from half_trained(visitor)
    yield mid_episode(visitor)
    visitor.press("pg_play")
    yield still(lambda: env_steps(visitor))


def held(visitor: Visitor) -> Way:
    """As :func:`hold`, but a run that stands there already is left as it is."""
    session = session_of(visitor)
    half = session.config == PRESETS["article"] and len(session.state.durations) >= MIDDLE
    if not (session.phase is Phase.PAUSED and half):
        yield from hold(visitor)


def solved(visitor: Visitor) -> Way:
    """Have a run of fast training that has come to its end, solved."""
    session = session_of(visitor)
    if session.phase is Phase.FINISHED and session.config == PRESETS["fast"]:
        return
    yield from restart(visitor, "fast")
    play(visitor)
    yield Until(lambda: session.phase is Phase.FINISHED, "the end of the run", TRAINING)
    yield turns()


def look(reach: Callable[[Visitor], Way], posture: Posture, visitor: Visitor) -> Script:
    """See what ``reach`` brings into sight, in one of the postures."""
    yield from stand(visitor, size=posture.size, theme=posture.theme, language=posture.language)
    yield from reach(visitor)
    yield turns()
    visitor.put_away()
    return {}
