"""The menu of models: those that come with the program, those opened before, and the way to any other."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QComboBox, QWidget

from app.dialogs import ask_for_folder, ask_for_text
from app.panel import Look, Themed
from app.widgets.plain import plain_tip
from core.attention.arrays import is_arrays
from core.attention.encoders.built_in import BUILT_IN, DEFAULT_MODEL, built_in
from core.files import folder_named
from core.language import _

MOST_RECENT: Final = 5
_FOLDER, _ID, _SAME = "\0folder", "\0id", "\0same"


class ModelMenu(Themed, QComboBox):
    """Chooses a model.

    Signals:
        chosen: its name, and whether it may be fetched from the network. The name is empty for "the same".
    """

    chosen = Signal(str, bool)

    def __init__(self, look: Look, parent: QWidget | None = None, *, with_same: bool = False) -> None:
        """Make the menu.

        Args:
            look: colours and sizes.
            parent: the widget it lies in.
            with_same: offer "the same model" first, as the second side of a comparison does.
        """
        super().__init__(parent)
        self.follow(look)
        self._with_same = with_same
        self._recent: list[str] = []
        self._shown = _SAME if with_same else DEFAULT_MODEL
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.activated.connect(self._on_activated)
        self._retranslate()

    @property
    def recent(self) -> list[str]:
        """Models opened before, the newest first."""
        return list(self._recent)

    def show_model(self, name: str | None) -> None:
        """Show ``name`` as chosen; None is "the same"."""
        name = name or _SAME
        if built_in(name) is None and name not in (*self._recent, _SAME):
            self.show_recent([name, *self._recent])
        self._shown = name
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(name)))

    def show_recent(self, recent: list[str]) -> None:
        """Offer ``recent`` models too."""
        self._recent = list(dict.fromkeys(name for name in recent if built_in(name) is None))[:MOST_RECENT]
        self._retranslate()

    def _retranslate(self) -> None:
        with QSignalBlocker(self):
            self.clear()
            if self._with_same:
                self.addItem(_("Same model"), _SAME)
            for row in BUILT_IN:
                self.addItem(_(row.menu), row.name)
            for name in self._recent:
                self.addItem(self._menu_words(name), name)
                self.setItemData(self.count() - 1, plain_tip(name), 3)  # the whole path as a tip
            self.insertSeparator(self.count())
            self.addItem(_("Open a folder…"), _FOLDER)
            self.addItem(_("Hugging Face id…"), _ID)
            self.setCurrentIndex(max(0, self.findData(self._shown)))
        self.setAccessibleName(_("Model"))

    def _menu_words(self, name: str) -> str:
        """Return a folder's own name, with the folder it lies in where two are called the same."""
        short = _folder_name(name)
        alike = [other for other in self._recent if other != name and _folder_name(other) == short]
        if not alike:
            return short
        above = Path(name).expanduser().resolve().parent
        same_above = any(Path(other).expanduser().resolve().parent.name == above.name for other in alike)
        return f"{short} ({above if same_above else above.name})"

    @Slot(int)
    def _on_activated(self, index: int) -> None:
        chosen = self.itemData(index)
        with QSignalBlocker(self):
            self.setCurrentIndex(max(0, self.findData(self._shown)))
        if chosen == _FOLDER:
            ask_for_folder(self, _("Folder of a Hugging Face model"), partial(self._choose, download=False))
        elif chosen == _ID:
            question = _("Model id, such as bert-base-chinese. It is downloaded if it isn't on this computer:")
            ask_for_text(self, _("Hugging Face id"), question, self._on_id)
        elif isinstance(chosen, str):
            self._choose(chosen, download=False)

    def _on_id(self, name: str) -> None:
        if name.strip():
            self._choose(name.strip(), download=True)

    def _choose(self, name: str, *, download: bool) -> None:
        self.show_model(None if name == _SAME else name)
        self.chosen.emit("" if name == _SAME else name, download)


def _folder_name(name: str) -> str:
    """Return what a folder or a file of arrays is called, also “.”; an id stays as it is."""
    if is_arrays(name):
        return Path(name).name
    folder = folder_named(name)
    return Path(name).name or name if folder is None else folder.resolve().name or name
