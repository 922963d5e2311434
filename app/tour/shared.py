"""The tour's steps through what all tabs share."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from app.actions import ACTIONS
from app.tour.driver import Step, Visitor
from app.tour.player import Script, Until, turns
from core.language import _


def _key_sheet(visitor: Visitor) -> Script:
    yield from visitor.stand()
    visitor.press_later("keys")
    yield Until(lambda: QApplication.activeModalWidget() is not None, "the sheet of keys")
    yield turns()
    return {"actions_with_keys": sum(1 for spec in ACTIONS if spec.keys)}


def steps() -> tuple[Step, ...]:
    """Return the steps in their order."""
    return (Step("key-sheet", lambda: _("F1 finds whatever there is to do, with its keys."), _key_sheet),)
