"""What a person can do with lectures: rows of the table of actions."""

from __future__ import annotations

from typing import Final

from app.action import LECTURE, LECTURING, WINDOW, ActionSpec
from core.language import N_
from core.lecture.shipped import SHIPPED

ROWS: Final[tuple[ActionSpec, ...]] = (
    *(
        ActionSpec(f"lecture_shipped_{shipped.name}", shipped.title, (), WINDOW, "lecture", "book", group="shipped")
        for shipped in SHIPPED
    ),
    ActionSpec("lecture_new", N_("New lecture"), (), WINDOW, "lecture", "plus", group="file"),
    ActionSpec("lecture_open", N_("Open a lecture…"), (), WINDOW, "lecture", "folder", group="file"),
    ActionSpec("lecture_save", N_("Save the lecture"), (), LECTURE, "lecture", "save", group="file"),
    ActionSpec("lecture_save_as", N_("Save the lecture as…"), (), LECTURE, "lecture", "export", group="file"),
    ActionSpec("lecture_close", N_("Close the lecture"), (), LECTURE, "lecture", "close", group="file"),
    ActionSpec("lecture_start", N_("Give the lecture"), ("F5",), LECTURE, "lecture", "presentation", group="give"),
    ActionSpec(
        "lecture_from_here", N_("Give the lecture from this scene"), ("Shift+F5",), LECTURE, "lecture", "skip",
        group="give",
    ),
    ActionSpec(
        "lecture_speaker", N_("Speaker's notes in a second window"), (), WINDOW, "lecture", "note", checkable=True,
        group="give",
    ),
    ActionSpec(
        "lecture_add", N_("Add this as a scene"), ("Ctrl+Shift+A",), WINDOW, "lecture", "pin", group="make",
    ),
    ActionSpec(
        "lecture_list", N_("Scenes of the lecture"), ("Ctrl+L",), WINDOW, "lecture", "table", checkable=True,
        group="make",
    ),
    ActionSpec("lecture_next", N_("Next scene"), ("PgDown",), LECTURING, "lecture", group="scene", repeats=True),
    ActionSpec("lecture_back", N_("Previous scene"), ("PgUp",), LECTURING, "lecture", group="scene", repeats=True),
    ActionSpec("lecture_black", N_("Black screen"), ("B", "."), LECTURING, "lecture", group="screen"),
    ActionSpec("lecture_white", N_("White screen"), ("W",), LECTURING, "lecture", group="screen"),
)  # fmt: skip
