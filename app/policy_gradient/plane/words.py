"""What is said below the map: how the started episode went, and what π is under the mouse."""

from __future__ import annotations

from app.policy_gradient.plane.policy_map import MapContent
from app.policy_gradient.plane.starter import Starter
from core.language import _, ngettext


def started_words(starter: Starter) -> str:
    """Return how the started episode went, or how one is started."""
    if starter.problem:
        return starter.problem
    if starter.start is None:
        return _("Click a place on the map to start an episode there.")
    if starter.episode is None:
        return _("Playing from there…")
    steps = starter.episode.duration
    words = (
        ngettext("From there: {n} step, then it was over.", "From there: {n} steps, then it was over.", steps)
        if starter.episode.terminated
        else ngettext("From there: {n} step, to the end.", "From there: {n} steps, to the end.", steps)
    )
    return words.format(n=steps)


def pointed_words(content: MapContent, state: tuple[float, float], share: float) -> str:
    """Return what π is at ``state``, x and y of a place on the map."""
    x, y = state
    return _("π({action}|s) = {share:.1%} at {x_name} {x}, {y_name} {y}").format(
        action=content.action, share=share, x_name=content.x.name, x=content.x.written(x),
        y_name=content.y.name, y=content.y.written(y),
    )  # fmt: skip
