"""What is said under the stages: what to do next, and how it went."""

from __future__ import annotations

from app.actions import key_name
from app.policy_gradient.play.rounds import Push, Rounds
from core.language import _, ngettext


def status_of(rounds: Rounds) -> str:
    """Return the sentence for the moment."""
    if rounds.problem:
        return rounds.problem
    if rounds.step is None:
        return _("The first round is being opened…")
    if rounds.is_held and not rounds.is_over:
        keys = {"left": key_name("Left"), "right": key_name("Right")}
        return _("The round is held at step {n}. {left} or {right} goes on.").format(n=rounds.step.number, **keys)
    return _of_push(rounds) if rounds.mode == "push" else _of_play(rounds)


def _of_play(rounds: Rounds) -> str:
    keys = {"left": key_name("Left"), "right": key_name("Right")}
    step = rounds.step
    if not rounds.has_begun or step is None:
        return _("Press {left} or {right} to begin: both start alike.").format(**keys)
    if rounds.is_over:
        mine, its = (0 if one is None else one.step for one in (step.person, step.agent))
        words = _("You: {mine} steps. The agent: {its}. N begins a new round, A the same start again.")
        return words.format(mine=mine, its=its)
    if step.person_over:
        return _("Your pole has fallen; the agent plays on.")
    return _("Hold {left} or {right}; with neither held, your cart is pushed to both sides by turns.").format(**keys)


def _of_push(rounds: Rounds) -> str:
    push, step = rounds.push, rounds.step
    if push is None or step is None:
        return _("Pull at the cart or the pole with the mouse and let go: the longer the arrow, the harder the push.")
    words = _pushed(push)
    if step.agent_over:
        after = step.number - push.step
        fallen = ngettext(
            "It has fallen {n} step later. N begins a new round.",
            "It has fallen {n} steps later. N begins a new round.",
            after,
        )
        return f"{words} {fallen.format(n=after)}"
    if rounds.recovered_after is None:
        return words
    recovered = ngettext("It recovered within {n} step.", "It recovered within {n} steps.", rounds.recovered_after)
    return f"{words} {recovered.format(n=rounds.recovered_after)}"


def _pushed(push: Push) -> str:
    impulse = f"{push.impulse:+.2f}".replace("-", "−")
    if push.along == 0:
        return _("The cart was pushed with {impulse} N·s.").format(impulse=impulse)
    words = _("The pole was pushed with {impulse} N·s, {along} m above the axle.")
    return words.format(impulse=impulse, along=f"{push.along:.2f}")
