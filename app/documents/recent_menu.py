"""The menu of the documents that were opened or saved last."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QWidget

from app.documents.recent import short_name
from app.panel import Look, Themed
from app.widgets.plain import without_keys
from core.language import _


class RecentMenu(Themed, QMenu):
    """Made anew each time it is opened."""

    def __init__(
        self, look: Look, words: str, listed: Callable[[], tuple[str, ...]], opened: Callable[[str], object],
        parent: QWidget,
    ) -> None:  # fmt: skip
        """List documents.

        Args:
            look: colours and sizes.
            words: its title, marked with ``N_``.
            listed: returns the addresses, the newest first.
            opened: opens one of them.
            parent: the menu it lies in.
        """
        super().__init__(parent)
        self.follow(look)
        self._listed, self._opened = listed, opened
        self.setToolTipsVisible(True)
        self.bind_text(self.setTitle, words)
        self.aboutToShow.connect(self._list)

    @Slot()
    def _list(self) -> None:
        self.clear()
        for address in self._listed():
            action = self.addAction(without_keys(short_name(address)))
            action.setToolTip(address)
            action.triggered.connect(partial(self._open, address))
        if self.isEmpty():
            self.addAction(_("None yet")).setEnabled(False)

    def _open(self, address: str, _checked: bool = False) -> None:
        self._opened(address)
