"""The menu of the lectures that were opened or saved last."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QMenu, QWidget

from app.panel import Look, Themed
from app.widgets.plain import without_keys
from core.language import N_, _


class RecentMenu(Themed, QMenu):
    """Made anew each time it is opened."""

    def __init__(self, look: Look, files: list[str], opened: Callable[[Path], object], parent: QWidget) -> None:
        """List ``files``, the newest first.

        Args:
            look: colours and sizes.
            files: as they are when the menu is opened.
            opened: opens one of them.
            parent: the menu it lies in.
        """
        super().__init__(parent)
        self.follow(look)
        self._files, self._opened = files, opened
        self.bind_text(self.setTitle, N_("Recent lectures"))
        self.aboutToShow.connect(self._list)

    @Slot()
    def _list(self) -> None:
        self.clear()
        for name in self._files:
            self.addAction(without_keys(Path(name).name)).triggered.connect(partial(self._open, Path(name)))
        if not self._files:
            self.addAction(_("None yet")).setEnabled(False)

    def _open(self, path: Path, _checked: bool = False) -> None:
        self._opened(path)
