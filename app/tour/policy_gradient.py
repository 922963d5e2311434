"""The tour's steps on the CartPole tab: from the first picture to a solved run, and what can go wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import perf_counter
from typing import Final

import psutil
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit

from app.policy_gradient.live.page import LivePage
from app.policy_gradient.session import Phase, TrainingSession
from app.policy_gradient.tab import PolicyGradientTab
from app.tour.driver import LARGE, Step, Visitor
from app.tour.player import Figures, Script, Until, Way, expect, still, turns
from app.tour.variants import IN_LARGE, IN_SMALL, Posture, looks
from core.language import _
from core.policy_gradient.config import PRESETS, Preset
from core.policy_gradient.environments.description import describe

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


def _restart(visitor: Visitor, preset: Preset, speed: str = "turbo") -> Way:
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


def _at_start(visitor: Visitor) -> Way:
    session = session_of(visitor)
    if not (session.phase is Phase.READY and session.config == PRESETS["article"]):
        yield from _restart(visitor, "article")


def _play(visitor: Visitor) -> None:
    if session_of(visitor).phase is not Phase.PLAYING:
        visitor.press("pg_play")


def _half_trained(visitor: Visitor) -> Way:
    """Have a run of the article's agent play on at speed “fast”, after ``MIDDLE`` episodes."""
    session = session_of(visitor)
    fit = session.is_under_way and session.config == PRESETS["article"] and len(session.state.durations) >= MIDDLE
    if not fit:
        yield from _restart(visitor, "article")
        _play(visitor)
        yield Until(lambda: len(session.state.durations) >= MIDDLE, f"{MIDDLE} training episodes", TRAINING)
    visitor.click("speed_fast")
    _play(visitor)


def _mid_episode(visitor: Visitor, step: int = 40) -> Until:
    session = session_of(visitor)

    def stands() -> bool:
        transition = session.state.transition
        return transition is not None and transition.step >= step

    return Until(stands, f"step {step} of an episode", TRAINING)


def _env_steps(visitor: Visitor) -> int:
    transition = session_of(visitor).state.transition
    return transition.env_steps if transition is not None else 0


def _hold(visitor: Visitor) -> Way:
    """Have the run of :func:`_half_trained` stand still in the middle of an episode."""
    yield from _half_trained(visitor)
    yield _mid_episode(visitor)
    visitor.press("pg_play")
    yield still(lambda: _env_steps(visitor))


def _held(visitor: Visitor) -> Way:
    """As :func:`_hold`, but a run that stands there already is left as it is."""
    session = session_of(visitor)
    half = session.config == PRESETS["article"] and len(session.state.durations) >= MIDDLE
    if not (session.phase is Phase.PAUSED and half):
        yield from _hold(visitor)


def _solved(visitor: Visitor) -> Way:
    session = session_of(visitor)
    if session.phase is Phase.FINISHED and session.config == PRESETS["fast"]:
        return
    yield from _restart(visitor, "fast")
    _play(visitor)
    yield Until(lambda: session.phase is Phase.FINISHED, "the end of the run", TRAINING)
    yield turns()


def _mean(values: list[float]) -> float:
    return round(sum(values) / len(values), 1) if values else 0.0


def _progress(visitor: Visitor) -> Figures:
    """Return where the run is."""
    state = session_of(visitor).state
    durations = state.durations.values.tolist()
    return {
        "episodes": len(durations),
        "updates": len(state.losses),
        "env_steps": _env_steps(visitor),
        "mean_duration_first_10": _mean(durations[:10]),
        "mean_duration_last_20": _mean(durations[-20:]),
    }


def _loading(visitor: Visitor) -> Script:
    yield from visitor.stand()
    expect(session_of(visitor).phase is Phase.LOADING, "the window is shown before training is loaded")
    return {}


def _start(visitor: Visitor) -> Script:
    began = perf_counter()
    yield from visitor.stand()
    session = session_of(visitor)
    yield Until(lambda: session.phase is not Phase.LOADING, "the first picture of a run", LOADING)
    waited = perf_counter() - began
    yield from _at_start(visitor)
    frame = session.state.frame
    expect(frame is not None and frame.transition is None, "the first picture shows the state before any step")
    assert frame is not None
    stage = page_of(visitor).environment_view.picture_rect()
    return {
        "seconds_to_first_frame": round(waited, 3),
        "frame_width": stage.width(),
        "frame_height": stage.height(),
        "probability_right": round(frame.probability_right, 4),
    }


def _training(visitor: Visitor) -> Script:
    yield from visitor.stand()
    yield from _half_trained(visitor)
    stage = page_of(visitor).environment_view
    painted, began = stage.frames_painted, perf_counter()
    yield Until(lambda: stage.frames_painted >= painted + 60, "60 pictures of the environment", TRAINING)
    seconds = perf_counter() - began
    rate = (stage.frames_painted - painted) / seconds
    yield _mid_episode(visitor)
    expect(session_of(visitor).phase is Phase.PLAYING, "training goes on while the picture is taken")
    return _progress(visitor) | {"frames_per_second": round(rate, 1)}


def _paused(visitor: Visitor) -> Script:
    yield from visitor.stand()
    yield from _hold(visitor)
    steps = _env_steps(visitor)
    yield turns(30)
    expect(_env_steps(visitor) == steps, "a paused run takes no step")
    return _progress(visitor)


def _step(visitor: Visitor, action: str, count: Callable[[], int]) -> Script:
    """Press a key that steps; exactly one more must be counted."""
    yield from visitor.stand()
    yield from _held(visitor)
    before = count()
    visitor.press(action)
    yield Until(lambda: count() > before, "the step", TRAINING)
    yield still(lambda: _env_steps(visitor))
    expect(count() == before + 1, f"one step was asked for and {count() - before} were taken")
    expect(session_of(visitor).phase is Phase.PAUSED, "the run holds after the step")
    return {"before": before, "after": count()} | _progress(visitor)


def _step_transition(visitor: Visitor) -> Script:
    return (yield from _step(visitor, "pg_step", lambda: _env_steps(visitor)))


def _step_episode(visitor: Visitor) -> Script:
    state = session_of(visitor).state
    return (yield from _step(visitor, "pg_step_episode", lambda: len(state.durations)))


def _step_update(visitor: Visitor) -> Script:
    state = session_of(visitor).state
    return (yield from _step(visitor, "pg_step_update", lambda: len(state.losses)))


def _details(visitor: Visitor) -> Script:
    yield from visitor.stand()
    yield from _held(visitor)
    visitor.press("pg_details")
    yield turns(10)
    state = session_of(visitor).state
    expect(len(state.losses) > 0, "there are updates to show")
    return {
        "updates": len(state.losses),
        "loss": round(float(state.losses.values[-1]), 4),
        "entropy": round(float(state.entropies.values[-1]), 4),
        "grad_norm": round(float(state.grad_norms.values[-1]), 4),
    }


def _edited(visitor: Visitor) -> Script:
    yield from visitor.stand()
    yield from _held(visitor)
    session = session_of(visitor)
    visitor.type_into("learning_rate", "0.005")
    visitor.type_into("gamma", "0.9")
    yield Until(lambda: session.config.learning_rate == 0.005, "the new learning rate in the run under way")
    yield Until(lambda: session.wanted.gamma == 0.9, "the new discount for the next run")
    expect(session.config.gamma == 0.99, "the run under way keeps its discount")
    yield turns()
    return {
        "learning_rate_of_this_run": session.config.learning_rate,
        "gamma_of_this_run": session.config.gamma,
        "gamma_of_the_next": session.wanted.gamma,
    }


def _wrong_input(visitor: Visitor) -> Script:
    yield from visitor.stand()
    yield from _restart(visitor, "article")
    session = session_of(visitor)
    wrong = {"learning_rate": "0", "gamma": "1.5", "batch_episodes": "0", "hidden": "24x"}
    for name, text in wrong.items():
        visitor.type_into(name, text)
    yield still(lambda: session.wanted, 1.0)
    for name in wrong:
        expect(visitor.find(QLineEdit, name).property("invalid") is True, f"the field {name} says what is wrong")
    expect(session.wanted == PRESETS["article"], "what is not allowed changes no run")
    return dict(wrong)


def _solve(visitor: Visitor) -> Script:
    yield from visitor.stand()
    yield from _restart(visitor, "fast")
    began = perf_counter()
    _play(visitor)
    session = session_of(visitor)
    yield Until(lambda: session.phase is Phase.FINISHED, "the end of the run", TRAINING)
    seconds = perf_counter() - began
    yield turns(10)
    solved = session.state.solved
    expect(solved is not None, "the run ends solved")
    assert solved is not None
    solved_at = describe(session.config.env_id).solved_at
    assert solved_at is not None  # it is CartPole's own
    expect(solved.greedy_mean >= solved_at, f"greedy episodes average at least {solved_at:g}")
    return {
        "seed": session.config.seed,
        "solved_episode": solved.episode,
        "training_mean": round(solved.training_mean, 2),
        "greedy_mean": round(solved.greedy_mean, 2),
        "env_steps": session.result.env_steps if session.result is not None else None,
        "seconds_from_play_to_solved": round(seconds, 3),
    }


def _worker_lost(visitor: Visitor) -> Script:
    yield from visitor.stand()
    yield from _half_trained(visitor)
    yield _mid_episode(visitor)
    session = session_of(visitor)
    episodes = len(session.state.durations)
    said_before = visitor.window.messages.text  # that a former run can be brought back
    psutil.Process(visitor.laboratory.background.worker_pids()[session.LANE]).kill()
    began = perf_counter()
    yield Until(lambda: visitor.window.messages.text not in ("", said_before), "word of the worker's end")
    seconds = perf_counter() - began
    yield turns()
    expect(session.phase is Phase.FAILED, "the run is over")
    expect(len(session.state.durations) >= episodes, "the curves are kept")
    expect(seconds <= 1.0, f"it is said within a second, not after {seconds:.1f}")
    return {"seconds_until_said": round(seconds, 3), "episodes_kept": len(session.state.durations)}


def _worker_replaced(visitor: Visitor) -> Script:
    yield from visitor.stand()
    session = session_of(visitor)
    if session.phase is not Phase.FAILED:
        yield from _worker_lost(visitor)
        visitor.put_away()
    began = perf_counter()
    visitor.press("pg_play")
    yield Until(lambda: len(session.state.durations) >= 10, "training with a new worker", LOADING)
    seconds = perf_counter() - began
    visitor.press("pg_play")
    yield still(lambda: _env_steps(visitor))
    return {"seconds_to_10_episodes": round(seconds, 3)}


def _presentation(visitor: Visitor) -> Script:
    yield from visitor.stand(size=LARGE)
    yield from _half_trained(visitor)
    before = page_of(visitor).environment_view.picture_rect().width()
    visitor.press("present")
    screen = visitor.window.screen().size()
    yield Until(lambda: visitor.window.isFullScreen() and visitor.window.size() == screen, "a full screen")
    yield turns(10)
    yield _mid_episode(visitor)
    after = page_of(visitor).environment_view.picture_rect().width()
    expect(after > before, "the stage grows")
    return {"stage_width_before": before, "stage_width_after": after}


def _tall(visitor: Visitor) -> Script:
    yield from visitor.stand(size=QSize(800, 1000))
    yield from _held(visitor)
    return {}


def _zoomed(visitor: Visitor) -> Script:
    yield from visitor.stand()
    yield from _held(visitor)
    for _press in range(2):
        visitor.press("zoom_in")
        yield turns()
    return {"zoom": visitor.laboratory.look.scale.zoom}


def _look(reach: Callable[[Visitor], Way], posture: Posture, visitor: Visitor) -> Script:
    yield from visitor.stand(size=posture.size, theme=posture.theme, language=posture.language)
    yield from reach(visitor)
    yield turns()
    visitor.put_away()
    return {}


def steps() -> tuple[Step, ...]:
    """Return the steps in the order that costs least: each finds the run where the one before left it."""
    return (
        Step("loading", lambda: _("The window is shown before torch and gymnasium are loaded."), _loading),
        Step("start", lambda: _("The run is at its start, with the first frame."), _start),
        *looks("start", lambda: _("At the beginning"), partial(_look, _at_start), IN_SMALL + IN_LARGE),
        Step("training", lambda: _("The article's agent trains at speed \"sped up\" after 150 episodes."),
            _training),
        Step("paused", lambda: _("Space pauses the run."), _paused),
        Step("step-transition", lambda: _("The right arrow takes one step."), _step_transition),
        Step("step-episode", lambda: _("Shift+Right plays to the end of the episode."), _step_episode),
        Step("step-update", lambda: _("Ctrl+Right runs to the next update."), _step_update),
        Step("details", lambda: _("L shows loss, entropy and gradient norm of each update."), _details),
        *looks("training", lambda: _("In training"), partial(_look, _held), IN_SMALL + IN_LARGE),
        Step("tall", lambda: _("A tall, narrow window."), _tall),
        Step("zoomed", lambda: _("Interface two steps larger."), _zoomed),
        Step("presentation", lambda: _("F11 starts the presentation: the view grows, the settings disappear."),
            _presentation),
        Step("edited", lambda: _("A new learning rate applies at once, a new discount from the next run."), _edited),
        Step("wrong-input", lambda: _("Impossible values are refused as they are typed: learning rate 0."),
            _wrong_input),
        Step("solved", lambda: _('Preset "fast" plays until CartPole counts as solved.'), _solve),
        *looks("solved", lambda: _("Solved"), partial(_look, _solved), IN_SMALL + IN_LARGE),
        Step("worker-lost", lambda: _("The background process is killed in mid-run: the window says so."),
            _worker_lost),
        Step("worker-replaced", lambda: _("Space starts a new run in a new background process."), _worker_replaced),
    )  # fmt: skip
