"""What a person can do on the CartPole tab: its rows of the table of actions."""

from __future__ import annotations

from typing import Final

from app.action import ActionSpec
from app.policy_gradient.pages import PAGES
from core.language import N_

_LIVE: Final = "policy_gradient.live"
_PLAY: Final = "policy_gradient.play"
_REPLAY: Final = "policy_gradient.replay"

ROWS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec(
        "pg_save_plot", N_("Save the plot: PNG, SVG, CSV…"), ("Ctrl+E",), "policy_gradient", "file", "export",
        group="plots", but_not=(_PLAY,),
    ),
    ActionSpec(
        "pg_record", N_("Record the page as a video / stop"), ("Ctrl+Shift+R",), "policy_gradient", "file", "record",
        group="plots",
    ),
    ActionSpec("pg_play", N_("Play / pause"), ("Space", "PgDown"), "policy_gradient", "run", "play"),
    ActionSpec(
        "pg_step", N_("Step: one transition"), ("Right",), "policy_gradient", "run", "step", group="step", repeats=True,
        but_not=(_PLAY,),
    ),
    ActionSpec(
        "pg_step_episode", N_("Step: one episode"), ("Shift+Right",), "policy_gradient", "run", "step-episode",
        group="step",
    ),
    ActionSpec(
        "pg_step_update", N_("Step: one update"), ("Ctrl+Right",), "policy_gradient", "run", "step-update",
        group="step",
    ),
    ActionSpec("pg_slower", N_("Slow down"), ("[",), "policy_gradient", "run", "slow", group="speed"),
    ActionSpec("pg_faster", N_("Speed up"), ("]",), "policy_gradient", "run", "fast", group="speed"),
    ActionSpec("pg_reset", N_("Go to the start"), ("R",), "policy_gradient", "run", "reset", group="reset"),
    ActionSpec(
        "pg_bring_back", N_("Bring back the run before"), ("Ctrl+Z",), "policy_gradient", "run", "undo", group="reset",
    ),
    ActionSpec(
        "pg_details", N_("Loss, entropy and gradient norm"), ("L",), _LIVE, "view", "curve",
        checkable=True, group="pg",
    ),
    ActionSpec("pg_stage_environment", N_("Stage: the environment"), ("1",), _LIVE, "view", "cart-pole", group="stage"),
    ActionSpec("pg_stage_loop", N_("Stage: agent and environment"), ("2",), _LIVE, "view", "loop", group="stage"),
    ActionSpec("pg_stage_network", N_("Stage: the network"), ("3",), _LIVE, "view", "network", group="stage"),
    ActionSpec(
        "pg_own_frame", N_("The environment's own picture"), ("O",), _LIVE, "view", "picture",
        checkable=True, group="pg",
    ),
    ActionSpec(
        "pg_choices", N_("Training settings"), ("C",), "policy_gradient", "view", "parameters",
        checkable=True, group="pg",
    ),
    ActionSpec(
        "pg_scroll_up", N_("Scroll up"), ("Up",), _LIVE, "view", "chevron-up", group="pg_scroll",
        yields=True, repeats=True,
    ),
    ActionSpec(
        "pg_scroll_down", N_("Scroll down"), ("Down",), _LIVE, "view", "chevron-down", group="pg_scroll",
        yields=True, repeats=True,
    ),
    ActionSpec("rp_play", N_("Watch the episodes / pause"), ("K",), _REPLAY, "run", "play", group="replay"),
    ActionSpec(
        "rp_back", N_("Episodes: one step back"), ("J",), _REPLAY, "run", "chevron-left", group="replay", repeats=True,
    ),
    ActionSpec(
        "rp_on", N_("Episodes: one step on"), ("L",), _REPLAY, "run", "chevron-right", group="replay", repeats=True,
    ),
    ActionSpec(
        "rp_third", N_("A third episode"), ("T",), _REPLAY, "view", "film", checkable=True, group="replay",
    ),
    ActionSpec("pg_push_left", N_("Push left"), ("Left",), _PLAY, "run", "chevron-left", group="hands"),
    ActionSpec("pg_push_right", N_("Push right"), ("Right",), _PLAY, "run", "chevron-right", group="hands"),
    ActionSpec("pg_new_round", N_("New round"), ("N",), _PLAY, "run", "redo", group="hands"),
    ActionSpec("pg_same_start", N_("Same start again"), ("A",), _PLAY, "run", "undo", group="hands"),
    *(
        ActionSpec(page.action, page.title, (page.key,), "policy_gradient", "view", page.icon, group="pg_pages")
        for page in (PAGES if len(PAGES) > 1 else ())  # one page alone need not be chosen
    ),
)  # fmt: skip
