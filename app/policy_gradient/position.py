"""Where the run is, in words: what the transport says beside its buttons."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from app.policy_gradient.session import Phase, TrainingSession
from core.language import N_, _

_PHASES: Final[Mapping[Phase, str]] = {
    Phase.LOADING: N_("Loading…"),
    Phase.READY: N_("Ready"),
    Phase.PLAYING: N_("Training"),
    Phase.STEPPING: N_("Stepping…"),
    Phase.PAUSED: N_("Paused"),
    Phase.RESTORING: N_("Replaying…"),
    Phase.FINISHED: N_("Finished"),
    Phase.WATCHING: N_("The trained agent plays"),
    Phase.FAILED: N_("Stopped by an error"),
}


def show_position(session: TrainingSession, show: Callable[[str, str, str], object]) -> None:
    """Say where the run is.

    Args:
        session: the run.
        show: takes it in full, in short where there is less room, and in the fewest words.
    """
    state = session.state
    words = _(_PHASES[session.phase])
    if session.phase is Phase.PLAYING and state.pictures == 0 and state.transition is None:
        words = _("Loading…")
    evaluating = state.evaluating
    if evaluating is not None and not session.is_over:
        greedy = _("{phase} · greedy episodes: {done} of {all}, step {step}")
        words = greedy.format(phase=words, done=evaluating.episodes, all=evaluating.of, step=evaluating.step)
        show(words, _("Greedy episodes"), words)
        return
    counts = {"phase": words, "episodes": len(state.durations), "all": session.config.episodes}
    full = _("{phase} · {episodes} of {all} episodes done · update {updates}")
    show(full.format(**counts, updates=len(state.losses)), _("{phase} · {episodes} of {all}").format(**counts), words)
