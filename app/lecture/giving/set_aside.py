"""What stood in the window before a lecture was given, and comes back when it is over."""

from __future__ import annotations

import logging
from collections.abc import Callable

from app.lecture.host import Host
from app.sentence import Sentence
from core.language import N_

log = logging.getLogger(__name__)


class SetAside:
    """Keeps each tab as it was before the first scene was put up there; tabs that a lecture leaves alone go on."""

    def __init__(self, host: Host) -> None:
        self._host = host
        self._front, self._explains = "", False
        self._bring_back: dict[str, Callable[[], None]] = {}

    def begin(self) -> None:
        """A lecture begins: keep which tab is in front, and whether its page is explained."""
        self._front = self._host.open_tab.context
        self._explains = self._host.actions_table["explain"].isChecked()

    def keep(self, tab_id: str) -> None:
        """Keep a tab, in which a scene is about to be put up, unless it is kept already."""
        if tab_id not in self._bring_back:
            self._bring_back[tab_id] = self._host.tab(tab_id).set_aside()

    def bring_back(self) -> None:
        """Put everything back."""
        kept, self._bring_back = self._bring_back, {}
        for tab_id, bring_back in kept.items():
            try:
                bring_back()
            except Exception:  # one tab that can't be brought back must not cost the others
                log.exception("What stood in the tab %s before the lecture could not be put back", tab_id)
                said = N_("Not everything that stood here before the lecture could be put back. The log says why.")
                self._host.messages.show_message("error", Sentence(said))
        self._host.actions_table["explain"].setChecked(self._explains)
        self._host.open(self._front)
