"""What a lecture is: scenes in their order, each one sentence long, and all of it plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Annotated, Any, Final

import msgspec

from core.language import Language

LONGEST_CAPTION: Final = 240
"""Characters of a caption: two lines in a hall."""
LONGEST_NOTES: Final = 4000
"""Characters of a scene's notes."""
MOST_SCENES: Final = 500

Title = Annotated[str, msgspec.Meta(max_length=LONGEST_CAPTION)]
Notes = Annotated[str, msgspec.Meta(max_length=LONGEST_NOTES)]
Zoom = Annotated[float, msgspec.Meta(ge=0.5, le=3)]


@dataclass(frozen=True, slots=True)
class Scene:
    """One thing that is shown, and what is said about it.

    Attributes:
        page: id of the page: the tab's, a dot, its own, as in ``"attention.map"``.
        state: what the page's ``save_state`` gave: text, settings, speed, selection, what is zoomed. Plain JSON values.
        caption: one sentence for the hall.
        notes: what the speaker wants to be reminded of.
        section: the heading of the article that it gives; empty for none.
        zoom: how much larger than a hall needs it the type is.
        explain: the panel that explains the page is open.
        run: what begins when the page is there: ``do`` names it, the rest is what it takes, as in
            ``{"do": "train_until", "episode": 150}``; None for nothing.
    """

    page: str
    state: Mapping[str, Any] = field(default_factory=dict)
    caption: Title = ""
    notes: Notes = ""
    section: Title = ""
    zoom: Zoom = 1.0
    explain: bool = False
    run: Mapping[str, Any] | None = None

    @property
    def tab(self) -> str:
        """Id of the tab that has the page."""
        return self.page.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Lecture:
    """Scenes in their order.

    Attributes:
        title: what it is called.
        language: the one it is given in.
        scenes: in the order in which they are given.
    """

    title: Title = ""
    language: Language = "en"
    scenes: tuple[Scene, ...] = ()
