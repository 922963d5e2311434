"""What was saved of the page beside the run, read as far as this version can use it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from app.policy_gradient.live.stage_pictures import Picture
from core.decode import decode_usable


@dataclass(frozen=True, slots=True)
class PageState:
    """What was saved; None where it was not, or cannot be used.

    Attributes:
        details: whether loss, entropy and gradient norm are shown.
        own_frame: whether the environment's own picture is shown.
        picture: what stands on the stage.
    """

    details: bool | None = None
    own_frame: bool | None = None
    picture: Picture | None = None


def decode_page_state(state: Mapping[str, Any]) -> PageState:
    """Return what can be used of ``state``, which may come from a file and from another version; nothing raises."""
    usable, _unusable = decode_usable(PageState(), state)
    return usable
