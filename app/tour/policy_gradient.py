"""The tour's steps on the policy gradient tab: from the first picture to a solved run, and what can go wrong."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from time import perf_counter

import psutil
from PySide6.QtCore import QSize
from PySide6.QtWidgets import QLineEdit

from app.policy_gradient.session import Phase
from app.tour import policy_pages
from app.tour.driver import LARGE, Step, Visitor
from app.tour.player import Figures, Script, Until, expect, still, turns
from app.tour.policy_run import (
    LOADING,
    TRAINING,
    at_start,
    env_steps,
    half_trained,
    held,
    hold,
    look,
    mid_episode,
    page_of,
    play,
    restart,
    session_of,
    solved,
    stand,
)
from app.tour.variants import IN_LARGE, IN_SMALL, looks
from core.language import _
from core.policy_gradient.config import PRESETS
from core.policy_gradient.environments.description import describe


def _mean(values: list[float]) -> float:
    return round(sum(values) / len(values), 1) if values else 0.0


def _progress(visitor: Visitor) -> Figures:
    """Return where the run is."""
    state = session_of(visitor).state
    durations = state.durations.values.tolist()
    return {
        "episodes": len(durations),
        "updates": len(state.losses),
        "env_steps": env_steps(visitor),
        "mean_duration_first_10": _mean(durations[:10]),
        "mean_duration_last_20": _mean(durations[-20:]),
    }


def _loading(visitor: Visitor) -> Script:
    yield from stand(visitor)
    expect(session_of(visitor).phase is Phase.LOADING, "the window is shown before training is loaded")
    return {}


def _start(visitor: Visitor) -> Script:
    began = perf_counter()
    yield from stand(visitor)
    session = session_of(visitor)
    yield Until(lambda: session.phase is not Phase.LOADING, "the first picture of a run", LOADING)
    waited = perf_counter() - began
    yield from at_start(visitor)
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
    yield from stand(visitor)
    yield from half_trained(visitor)
    stage = page_of(visitor).environment_view
    painted, began = stage.frames_painted, perf_counter()
    yield Until(lambda: stage.frames_painted >= painted + 60, "60 pictures of the environment", TRAINING)
    seconds = perf_counter() - began
    rate = (stage.frames_painted - painted) / seconds
    yield mid_episode(visitor)
    expect(session_of(visitor).phase is Phase.PLAYING, "training goes on while the picture is taken")
    return _progress(visitor) | {"frames_per_second": round(rate, 1)}


def _paused(visitor: Visitor) -> Script:
    yield from stand(visitor)
    yield from hold(visitor)
    steps = env_steps(visitor)
    yield turns(30)
    expect(env_steps(visitor) == steps, "a paused run takes no step")
    return _progress(visitor)


def _step(visitor: Visitor, action: str, count: Callable[[], int]) -> Script:
    """Press a key that steps; exactly one more must be counted."""
    yield from stand(visitor)
    yield from held(visitor)
    before = count()
    visitor.press(action)
    yield Until(lambda: count() > before, "the step", TRAINING)
    yield still(lambda: env_steps(visitor))
    expect(count() == before + 1, f"one step was asked for and {count() - before} were taken")
    expect(session_of(visitor).phase is Phase.PAUSED, "the run holds after the step")
    return {"before": before, "after": count()} | _progress(visitor)


def _step_transition(visitor: Visitor) -> Script:
    return (yield from _step(visitor, "pg_step", lambda: env_steps(visitor)))


def _step_episode(visitor: Visitor) -> Script:
    state = session_of(visitor).state
    return (yield from _step(visitor, "pg_step_episode", lambda: len(state.durations)))


def _step_update(visitor: Visitor) -> Script:
    state = session_of(visitor).state
    return (yield from _step(visitor, "pg_step_update", lambda: len(state.losses)))


def _details(visitor: Visitor) -> Script:
    yield from stand(visitor)
    yield from held(visitor)
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
    yield from stand(visitor)
    yield from held(visitor)
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
    yield from stand(visitor)
    yield from restart(visitor, "article")
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
    yield from stand(visitor)
    yield from restart(visitor, "fast")
    began = perf_counter()
    play(visitor)
    session = session_of(visitor)
    yield Until(lambda: session.phase is Phase.FINISHED, "the end of the run", TRAINING)
    seconds = perf_counter() - began
    yield turns(10)
    found = session.state.solved
    expect(found is not None, "the run ends solved")
    assert found is not None
    solved_at = describe(session.config.env_id).solved_at
    assert solved_at is not None  # it is CartPole's own
    expect(found.greedy_mean >= solved_at, f"greedy episodes average at least {solved_at:g}")
    return {
        "seed": session.config.seed,
        "solved_episode": found.episode,
        "training_mean": round(found.training_mean, 2),
        "greedy_mean": round(found.greedy_mean, 2),
        "env_steps": session.result.env_steps if session.result is not None else None,
        "seconds_from_play_to_solved": round(seconds, 3),
    }


def _worker_lost(visitor: Visitor) -> Script:
    yield from stand(visitor)
    yield from half_trained(visitor)
    yield mid_episode(visitor)
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
    yield from stand(visitor)
    session = session_of(visitor)
    if session.phase is not Phase.FAILED:
        yield from _worker_lost(visitor)
        visitor.put_away()
    began = perf_counter()
    visitor.press("pg_play")
    yield Until(lambda: len(session.state.durations) >= 10, "training with a new worker", LOADING)
    seconds = perf_counter() - began
    visitor.press("pg_play")
    yield still(lambda: env_steps(visitor))
    return {"seconds_to_10_episodes": round(seconds, 3)}


def _presentation(visitor: Visitor) -> Script:
    yield from stand(visitor, size=LARGE)
    yield from half_trained(visitor)
    before = page_of(visitor).environment_view.picture_rect().width()
    visitor.press("present")
    screen = visitor.window.screen().size()
    yield Until(lambda: visitor.window.isFullScreen() and visitor.window.size() == screen, "a full screen")
    yield turns(10)
    yield mid_episode(visitor)
    after = page_of(visitor).environment_view.picture_rect().width()
    expect(after > before, "the stage grows")
    return {"stage_width_before": before, "stage_width_after": after}


def _tall(visitor: Visitor) -> Script:
    yield from stand(visitor, size=QSize(800, 1000))
    yield from held(visitor)
    return {}


def _zoomed(visitor: Visitor) -> Script:
    yield from stand(visitor)
    yield from held(visitor)
    for _press in range(2):
        visitor.press("zoom_in")
        yield turns()
    return {"zoom": visitor.laboratory.look.scale.zoom}


def steps() -> tuple[Step, ...]:
    """Return the steps in the order that costs least: each finds the run where the one before left it."""
    return (
        Step("loading", lambda: _("The window is shown before torch and gymnasium are loaded."), _loading),
        Step("start", lambda: _("The run is at its start, with the first frame."), _start),
        *looks("start", lambda: _("At the beginning"), partial(look, at_start), IN_SMALL + IN_LARGE),
        Step("training", lambda: _("The article's agent trains at speed \"sped up\" after 150 episodes."),
            _training),
        Step("paused", lambda: _("Space pauses the run."), _paused),
        Step("step-transition", lambda: _("The right arrow takes one step."), _step_transition),
        Step("step-episode", lambda: _("Shift+Right plays to the end of the episode."), _step_episode),
        Step("step-update", lambda: _("Ctrl+Right runs to the next update."), _step_update),
        Step("details", lambda: _("L shows loss, entropy and gradient norm of each update."), _details),
        *looks("training", lambda: _("In training"), partial(look, held), IN_SMALL + IN_LARGE),
        *policy_pages.steps_of_a_run(),
        Step("tall", lambda: _("A tall, narrow window."), _tall),
        Step("zoomed", lambda: _("Interface two steps larger."), _zoomed),
        Step("presentation", lambda: _("F11 starts the presentation: the view grows, the settings disappear."),
            _presentation),
        Step("edited", lambda: _("A new learning rate applies at once, a new discount from the next run."), _edited),
        Step("wrong-input", lambda: _("Impossible values are refused as they are typed: learning rate 0."),
            _wrong_input),
        Step("solved", lambda: _('Preset "fast" plays until CartPole counts as solved.'), _solve),
        *looks("solved", lambda: _("Solved"), partial(look, solved), IN_SMALL + IN_LARGE),
        *policy_pages.steps_with_runs_of_their_own(),
        Step("worker-lost", lambda: _("The background process is killed in mid-run: the window says so."),
            _worker_lost),
        Step("worker-replaced", lambda: _("Space starts a new run in a new background process."), _worker_replaced),
    )  # fmt: skip
