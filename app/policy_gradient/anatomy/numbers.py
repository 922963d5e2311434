"""The numbers of one step, and of the whole, as they stand in the formulas. Qt-free."""

from __future__ import annotations

import math
from typing import Final

from core.language import N_, _, ngettext
from core.policy_gradient.anatomy.findings import Anatomy, Corrections, Lesson
from core.policy_gradient.environments.description import describe

_NEAR: Final = ((1.0, N_("the same direction")), (45.0, N_("nearly the same direction")),
                (80.0, N_("partly the same direction")), (100.0, N_("hardly related")),
                (135.0, N_("partly against it")), (181.0, N_("against it")))  # fmt: skip
"""Angles in degrees up to which two directions are called so."""


def signed(number: float) -> str:
    """Return a number with its sign and three digits that count; next to nothing is never less than nothing."""
    return ("+" if not number < 0 else "") + plain(number)


def plain(number: float) -> str:
    """Return a number with three digits that count; a minus sign as one writes it."""
    if float(number).is_integer() and abs(number) < 1000:
        return f"{number:.0f}".replace("-", "−") if number else "0"
    digits = max(0, min(4, 2 - math.floor(math.log10(abs(number))))) if math.isfinite(number) else 0
    shown = round(number, digits) + 0.0  # no −0
    return f"{shown:.{digits}f}".replace("-", "−")


def action_name(env_id: str, action: int) -> str:
    """Return what an action is called: by its number where it has no name."""
    actions = describe(env_id).actions
    if len(actions) == 2:
        return f"→ {_(actions[1])}" if action else f"← {_(actions[0])}"
    return _(actions[action]) if actions else str(action)


def returns_line(anatomy: Anatomy, lesson: Lesson, t: int) -> str:
    """Return G_t in its own numbers."""
    g, r = float(lesson.returns[t]), float(anatomy.rewards[t])
    if lesson.corrections.credit == "reward":
        return f"r = {plain(g)}"
    if lesson.corrections.credit == "episode":
        return f"{plain(float(anatomy.rewards[0]))} + {anatomy.gamma:g} · … = {plain(g)}"
    if t + 1 == anatomy.duration:
        return f"r = {plain(g)}"
    return f"{plain(r)} + {anatomy.gamma:g} · {plain(float(lesson.returns[t + 1]))} = {plain(g)}"


def advantage_line(lesson: Lesson, t: int) -> str:
    """Return R_t in its own numbers."""
    credited, found = plain(float(lesson.returns[t])), signed(float(lesson.advantages[t]))
    baseline = float(lesson.baselines[t])
    if baseline:
        credited += f" − {plain(baseline)}" if baseline > 0 else f" + {plain(-baseline)}"
    if not lesson.corrections.normalise:
        return f"{credited} = {found}" if baseline else f"G = {found}"
    mean = f"− {plain(lesson.mean)}" if lesson.mean >= 0 else f"+ {plain(-lesson.mean)}"
    return f"({credited} {mean}) / {plain(lesson.deviation)} = {found}"


def product_line(anatomy: Anatomy, lesson: Lesson, t: int) -> str:
    """Return a step's share of the loss in its own numbers."""
    probability, advantage = float(anatomy.before[t]), float(lesson.advantages[t])
    return f"−log({plain(probability)}) · ({signed(advantage)}) = {signed(float(lesson.products[t]))}"


def sum_line(anatomy: Anatomy, lesson: Lesson) -> str:
    """Return how this episode's steps and the others' add up to the loss."""
    first, last = anatomy.episodes
    own, others, n = float(lesson.products.sum()), last - first, anatomy.batch_steps
    if others:
        message = ngettext(
            "L = (this episode {own} + {n} other {rest}) / {steps} steps = {loss}",
            "L = (this episode {own} + {n} others {rest}) / {steps} steps = {loss}",
            others,
        )
    else:
        message = _("L = (this episode {own}) / {steps} steps = {loss}")
    return message.format(own=signed(own), n=others, rest=signed(lesson.rest), steps=n, loss=signed(lesson.loss))


def curve_line(anatomy: Anatomy, lesson: Lesson) -> str:
    """Return what the loss so found is compared with: what the run itself has said."""
    if lesson.corrections == anatomy.own:
        if math.isclose(lesson.loss, anatomy.loss, rel_tol=1e-3, abs_tol=1e-5):
            return _("✓ the loss that the curve shows for update {n}").format(n=anatomy.update)
        return _("the curve shows {loss} for update {n}").format(loss=signed(anatomy.loss), n=anatomy.update)
    message = _("The run learned otherwise: the curve shows {loss} for update {n}")
    return message.format(loss=signed(anatomy.loss), n=anatomy.update)


def angle_of(lesson: Lesson) -> float | None:
    """Return the angle between this gradient and the run's own, in degrees; None where one of them is 0."""
    return None if math.isnan(lesson.agreement) else math.degrees(math.acos(lesson.agreement))


def angle_words(own: Corrections, lesson: Lesson) -> str:
    """Return how the gradient lies to that of the run's own update."""
    if lesson.corrections == own:
        return _("the run's own gradient, length {length}").format(length=plain(lesson.grad_norm))
    angle = angle_of(lesson)
    if angle is None:
        return _("no gradient: nothing would be learned")
    words = next(words for most, words in _NEAR if angle <= most)
    message = _("{angle:.0f}° from the run's own gradient: {words}; length {length}")
    return message.format(angle=angle, words=_(words), length=plain(lesson.grad_norm))


def values_at(env_id: str, anatomy: Anatomy, lesson: Lesson, t: int) -> dict[str, str]:
    """Return what the symbols of the article stand for at step ``t``, by the symbol's id."""
    return {
        "a": action_name(env_id, int(anatomy.record.actions[t])),
        "r": plain(float(anatomy.rewards[t])),
        "G": plain(float(lesson.returns[t])),
        "R": signed(float(lesson.advantages[t])),
        "pi": f"{anatomy.before[t]:.1%} → {lesson.after[t]:.1%}",
        "loss": signed(lesson.loss),
        "gamma": f"{anatomy.gamma:g}",
        "theta": ngettext("after {n} update", "after {n} updates", anatomy.update - 1).format(n=anatomy.update - 1),
    }
