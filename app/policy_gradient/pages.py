"""The pages of the policy gradient tab, a row each: everything that differs from page to page outside its own folder.

A page costs its folder and a row here. Nothing in this file loads a page: its class, a ``PolicyPage`` that is called
with look and the training session of the tab, is named by text, so that the table of actions can read the rows
without a widget, and a page is imported when it is first opened.
"""

from __future__ import annotations

from typing import Final

from app.page_spec import PageSpec
from core.language import N_

PAGES: Final[tuple[PageSpec, ...]] = (
    PageSpec(
        "policy_gradient.live", "pg_page_live", N_("Live training"), "cart-pole", "F2",
        "app.policy_gradient.live.page:LivePage",
    ),
    PageSpec(
        "policy_gradient.anatomy", "pg_page_anatomy", N_("Anatomy of an update"), "anatomy", "F3",
        "app.policy_gradient.anatomy.page:AnatomyPage",
    ),
    PageSpec(
        "policy_gradient.plane", "pg_page_plane", N_("Policy as a picture"), "plane", "F4",
        "app.policy_gradient.plane.page:PlanePage",
    ),
    PageSpec(
        "policy_gradient.swarm", "pg_page_swarm", N_("Swarm"), "swarm", "F5",
        "app.policy_gradient.swarm.page:SwarmPage",
    ),
    PageSpec(
        "policy_gradient.replay", "pg_page_replay", N_("Replay"), "film", "F6",
        "app.policy_gradient.replay.page:ReplayPage",
    ),
    PageSpec(
        "policy_gradient.experiments", "pg_page_experiments", N_("Experiments"), "experiment", "F7",
        "app.policy_gradient.experiments.page:ExperimentsPage",
    ),
    PageSpec(
        "policy_gradient.play", "pg_page_play", N_("Hands on"), "hand", "F12",
        "app.policy_gradient.play.page:PlayPage",
    ),
)  # fmt: skip
"""All pages, in their order; the first is in front at the first start. One alone needs neither button nor key."""
