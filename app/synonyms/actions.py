"""What a person can do on the synonyms tab: its rows of the table of actions."""

from __future__ import annotations

from typing import Final

from app.action import ActionSpec
from core.language import N_

ROWS: Final[tuple[ActionSpec, ...]] = (
    ActionSpec("syn_synonym", N_("Synonym"), ("1", "Right"), "synonyms", "run", group="verdict"),
    ActionSpec("syn_related", N_("Related"), ("2", "Up"), "synonyms", "run", group="verdict"),
    ActionSpec("syn_antonym", N_("Antonym"), ("3", "Down"), "synonyms", "run", group="verdict"),
    ActionSpec("syn_not", N_("Not a synonym"), ("4", "Left"), "synonyms", "run", group="verdict"),
    ActionSpec("syn_unsure", N_("Unsure"), ("5",), "synonyms", "run", group="verdict"),
    ActionSpec("syn_skip", N_("Skip"), ("6", "Space"), "synonyms", "run", "skip", group="verdict"),
    ActionSpec("syn_undo", N_("Undo"), ("Backspace", "Ctrl+Z"), "synonyms", "run", "undo", group="undo"),
    ActionSpec("syn_flag", N_("Flag: come back to this pair"), ("F", "7"), "synonyms", "run", "flag", group="mark"),
    ActionSpec("syn_note", N_("Note"), ("N", "8"), "synonyms", "run", "note", group="mark"),
    ActionSpec("syn_card", N_("Card"), ("F2",), "synonyms", "view", "synonyms", group="syn"),
    ActionSpec("syn_table", N_("Table"), ("F3",), "synonyms", "view", "table", group="syn"),
    ActionSpec("syn_agreement", N_("Agreement"), ("F4",), "synonyms", "view", "user", group="syn"),
    ActionSpec("syn_sources", N_("Sources"), ("F5",), "synonyms", "view", "book", group="syn"),
    ActionSpec("syn_exchange", N_("In and out"), ("F6",), "synonyms", "view", "export", group="syn"),
    ActionSpec("syn_search", N_("Search the table"), ("Ctrl+F",), "synonyms", "view", "search", group="syn_more"),
    ActionSpec(
        "syn_choices", N_("Choices"), ("C",), "synonyms", "view", "parameters", checkable=True, group="syn_more"
    ),
)  # fmt: skip
