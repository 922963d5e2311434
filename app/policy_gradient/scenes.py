"""What a scene of a lecture can name of the policy gradient tab: its pages, and what runs on them."""

from __future__ import annotations

from typing import Final

from app.policy_gradient.pages import PAGES
from core.language import N_
from core.lecture.known import RunSpec

PAGE_IDS: Final = tuple(spec.id for spec in PAGES)

PLAY: Final = RunSpec("play", N_("Let the run play on"))
TRAIN_UNTIL: Final = RunSpec("train_until", N_("Train until an episode"), numbers=(("episode", 1, 100_000),))
WATCH_EPISODES: Final = RunSpec(
    "watch_episodes", N_("Watch the episodes side by side"), pages=("policy_gradient.replay",)
)
RUN_EXPERIMENT: Final = RunSpec("run_experiment", N_("Run the experiment"), pages=("policy_gradient.experiments",))

RUNS: Final = (PLAY, TRAIN_UNTIL, WATCH_EPISODES, RUN_EXPERIMENT)
