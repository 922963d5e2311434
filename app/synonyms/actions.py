"""What a person can do on the synonyms tab: its rows of the table of actions."""

from __future__ import annotations

from typing import Final

from app.action import ActionSpec
from app.synonyms.pages import PAGES
from core.language import N_
from core.synonyms.verdicts import VERDICTS, Verdict

_CARD: Final = "synonyms.card"
_TABLE: Final = "synonyms.table"
_ASK: Final = "synonyms.ask"
_METHODS: Final = "synonyms.methods"
_WHY: Final = "synonyms.why"
_UNDO: Final = ("Backspace", "Ctrl+Z")

ROWS: Final[tuple[ActionSpec, ...]] = (
    # On the card arrows judge, too; in the table they walk, and only digits do.
    *(
        ActionSpec(
            f"syn_{spec.verdict}", spec.title, (spec.key, spec.arrow) if spec.arrow else (spec.key,), _CARD, "run",
            "skip" if spec.verdict is Verdict.SKIP else None, group="verdict",
        )
        for spec in VERDICTS
    ),
    *(
        ActionSpec(
            f"syn_table_{spec.verdict}", spec.title, (spec.key,), _TABLE, "run",
            "skip" if spec.verdict is Verdict.SKIP else None, group="verdict",
        )
        for spec in VERDICTS
    ),
    ActionSpec("syn_undo", N_("Undo"), _UNDO, _CARD, "run", "undo", group="undo"),
    ActionSpec("syn_table_undo", N_("Undo"), _UNDO, _TABLE, "run", "undo", group="undo"),
    ActionSpec("syn_flag", N_("Flag: revisit this pair later"), ("F", "7"), _CARD, "run", "flag", group="mark"),
    ActionSpec("syn_note", N_("Note"), ("N", "8"), _CARD, "run", "note", group="mark"),
    ActionSpec(
        "syn_ask_lower", N_("Lower the threshold"), ("-",), _ASK, "run", "chevron-down", group="line", repeats=True
    ),
    ActionSpec(
        "syn_ask_raise", N_("Raise the threshold"), ("+", "="), _ASK, "run", "chevron-up", group="line", repeats=True
    ),
    ActionSpec("syn_ask_back", N_("The word before"), ("Backspace",), _ASK, "run", "undo", group="line"),
    ActionSpec(
        "syn_methods_lower", N_("Lower the threshold"), ("-",), _METHODS, "run", "chevron-down", group="line",
        repeats=True,
    ),
    ActionSpec(
        "syn_methods_raise", N_("Raise the threshold"), ("+", "="), _METHODS, "run", "chevron-up", group="line",
        repeats=True,
    ),
    *(
        ActionSpec(f"syn_{name}_why", N_("Say why for this pair"), ("W",), page, "run", "help", group="line")
        for name, page in (("card", _CARD), ("table", _TABLE), ("ask", _ASK))
    ),
    ActionSpec("syn_why_play", N_("Before and after"), ("Space",), _WHY, "run", "play", group="line"),
    *(
        ActionSpec(page.action, page.title, (page.key,), "synonyms", "view", page.icon, group="syn")
        for page in PAGES
    ),
    ActionSpec("syn_search", N_("Search the table"), ("Ctrl+F",), "synonyms", "view", "search", group="syn_more"),
    ActionSpec(
        "syn_choices", N_("Settings panel"), ("C",), "synonyms", "view", "parameters", checkable=True, group="syn_more"
    ),
)  # fmt: skip
