"""What a person can do on the CartPole tab: its rows of the table of actions."""

from __future__ import annotations

from typing import Final

from app.action import ActionSpec
from core.language import N_

ROWS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec("pg_play", N_("Play / pause"), ("Space", "PgDown"), "policy_gradient", "run", "play"),
    ActionSpec(
        "pg_step", N_("Step: one transition"), ("Right",), "policy_gradient", "run", "step", group="step", repeats=True,
    ),
    ActionSpec(
        "pg_step_episode", N_("Step: one episode"), ("Shift+Right",), "policy_gradient", "run", "step-episode",
        group="step",
    ),
    ActionSpec(
        "pg_step_update", N_("Step: one update"), ("Ctrl+Right",), "policy_gradient", "run", "step-update",
        group="step",
    ),
    ActionSpec("pg_slower", N_("Slower"), ("[",), "policy_gradient", "run", "slow", group="speed"),
    ActionSpec("pg_faster", N_("Faster"), ("]",), "policy_gradient", "run", "fast", group="speed"),
    ActionSpec("pg_reset", N_("Reset to the start"), ("R",), "policy_gradient", "run", "reset", group="reset"),
    ActionSpec(
        "pg_details", N_("Loss, entropy and gradient norm"), ("L",), "policy_gradient", "view", "curve",
        checkable=True, group="pg",
    ),
    ActionSpec(
        "pg_choices", N_("Settings of the run"), ("C",), "policy_gradient", "view", "parameters",
        checkable=True, group="pg",
    ),
    ActionSpec(
        "pg_scroll_up", N_("Scroll up"), ("Up",), "policy_gradient", "view", "chevron-up", group="pg_scroll",
        yields=True, repeats=True,
    ),
    ActionSpec(
        "pg_scroll_down", N_("Scroll down"), ("Down",), "policy_gradient", "view", "chevron-down", group="pg_scroll",
        yields=True, repeats=True,
    ),
)  # fmt: skip
