"""The synonyms tab as the main window knows it: light at the start, complete when it is first looked at.

What it is made of brings SQLAlchemy and half a hundred widgets, which nobody should wait for who came to see a
cart. So the room is furnished when it is entered first, after it has been painted once.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from app.actions import Actions, Context
from app.background import Background
from app.panel import Look
from app.style import mark
from app.tab import Tab
from app.widgets.page_switcher import PAGES, PageName
from core.language import N_
from core.synonyms.verdicts import Verdict

if TYPE_CHECKING:
    from app.synonyms.workspace import LabelDesk

_VERDICT_ACTIONS: Final[dict[str, Verdict]] = {f"syn_{verdict}": verdict for verdict in Verdict}


class SynonymsTab(Tab):
    """Candidate pairs to browse, judge and exchange."""

    context: Context = "synonyms"

    def __init__(self, look: Look, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._background = background
        self._actions: Actions | None = None
        self._remembered: dict[str, Any] = {}
        self._is_open = False
        self.desk: LabelDesk | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._opening = QLabel()
        self._opening.setAlignment(Qt.AlignmentFlag.AlignCenter)
        mark(self._opening, kind="muted")
        self.say(self._opening.setText, N_("Opening the pairs…"))
        self._column.addWidget(self._opening)

    def connect_actions(self, actions: Actions) -> None:
        """Say what the tab's actions do."""
        self._actions = actions
        for name, verdict in _VERDICT_ACTIONS.items():
            actions.on(name, partial(self._decide, verdict))
        for page in PAGES:
            actions.on(f"syn_{page}", partial(self._open_page, page))
        actions.on("syn_undo", self._undo)
        actions.on("syn_flag", self._flag)
        actions.on("syn_note", self._write_note)
        actions.on("syn_search", self._search)
        actions["syn_choices"].setChecked(True)
        actions.on_toggle("syn_choices", self._show_choices)

    def opened(self) -> None:
        """Furnish the room at first, after a painting of it; then show what there is."""
        self._is_open = True
        self.update()
        if self.desk is not None:
            self.desk.opened()

    def left(self) -> None:
        """Nothing is looked at any more."""
        self._is_open = False
        if self.desk is not None:
            self.desk.left()

    def closed(self) -> None:
        """Close the store, or open none that is about to be opened."""
        self._is_open = False
        if self.desk is not None:
            self.desk.session.close()

    def present(self, on: bool) -> None:
        """The stage grows, choices leave."""
        if self._actions is not None:
            self._actions["syn_choices"].setChecked(not on)

    def remember(self) -> dict[str, Any]:
        """Return store, queue, page and how far the mining was."""
        return self._remembered if self.desk is None else self.desk.remember()

    def recall(self, remembered: dict[str, Any]) -> None:
        """Take up what :meth:`remember` gave, when the room is furnished."""
        self._remembered = remembered

    def paintEvent(self, event: QPaintEvent) -> None:
        """Furnish the room after it has been on the screen once."""
        super().paintEvent(event)
        if self.desk is None and self._is_open:
            QTimer.singleShot(0, self, self.furnish)

    @Slot()
    def furnish(self) -> None:
        """Make the desk and open the store. Nothing happens the second time, or when nobody looks any more."""
        if self.desk is not None or self._actions is None or not self._is_open:
            return
        from app.synonyms.workspace import LabelDesk

        self.desk = LabelDesk(self.look, self._background, self._actions, self._remembered)
        self.desk.told.connect(self.told)
        self.desk.untold.connect(self.untold)
        self._opening.hide()
        self._column.addWidget(self.desk)
        self.desk.begin()

    def _decide(self, verdict: Verdict) -> None:
        if self.desk is not None:
            self.desk.decide(verdict)

    def _open_page(self, page: PageName) -> None:
        if self.desk is not None:
            self.desk.open_page(page)

    def _undo(self) -> None:
        if self.desk is not None:
            self.desk.session.undo()

    def _flag(self) -> None:
        if self.desk is not None:
            self.desk.session.toggle_flag()

    def _write_note(self) -> None:
        if self.desk is not None:
            self.desk.card.write_note()

    def _search(self) -> None:
        if self.desk is not None:
            self.desk.search()

    @Slot(bool)
    def _show_choices(self, on: bool) -> None:
        if self.desk is not None:
            self.desk.show_choices(on)
