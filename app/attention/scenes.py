"""What a scene of a lecture can name of the attention tab: its pages, and what runs on them."""

from __future__ import annotations

from typing import Final

from app.attention.views import VIEWS
from core.language import N_
from core.lecture.known import RunSpec

PAGE_IDS: Final = tuple(f"attention.{spec.id}" for spec in VIEWS)

WALK_LAYERS: Final = RunSpec("walk_layers", N_("Walk through the layers"))

RUNS: Final = (WALK_LAYERS,)
