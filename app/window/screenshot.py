"""A picture of the tab in front, as it looks now, in a file."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, QStandardPaths, Slot
from PySide6.QtWidgets import QWidget

from app.action import Context
from app.dialogs import ask_where_to_write
from app.documents.document import Document
from app.file_names import file_name
from app.sentence import Sentence
from app.tab import Tab
from app.widgets.messages.bar import MessageBar
from core.files import replacing
from core.language import N_, _
from core.one_line import system_reason


class Host(Protocol):
    """The window, as far as a screenshot knows it.

    Attributes:
        messages: where something is said to the person at the screen.
    """

    messages: MessageBar

    @property
    def open_tab(self) -> Tab:
        """The tab in front."""
        ...

    @property
    def document(self) -> Document | None:
        """The document in front."""
        ...

    @property
    def context(self) -> Context:
        """The page in front."""
        ...


class Screenshot(QObject):
    """Asks for a file and writes the picture.

    Args:
        host: the window, for what it can do.
        window: the same, for the dialog to lie over.
    """

    def __init__(self, host: Host, window: QWidget) -> None:
        super().__init__(window)
        self._host, self._window = host, window

    @Slot()
    def ask(self) -> None:
        """Ask where to, and save."""
        pictures = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.PicturesLocation)
        document = self._host.document
        name = file_name(self._host.context, "" if document is None else document.name, ending=".png")
        proposed = str(Path(pictures or ".") / name)
        ask_where_to_write(
            self._window, _("Save screenshot"), proposed, "PNG (*.png)", lambda name, _kind: self.save(Path(name))
        )

    def save(self, path: Path) -> None:
        """Write the picture to ``path`` as PNG and say whether that worked."""
        path = path if path.suffix else path.with_suffix(".png")
        try:
            with replacing(path) as beside:
                if not self._host.open_tab.grab().save(str(beside), "PNG"):
                    raise OSError(errno.EIO, os.strerror(errno.EIO))
        except OSError as error:
            sentence = Sentence(
                N_("The screenshot can't be saved as {path} ({reason}). Choose another name or folder."),
                {"path": path, "reason": system_reason(error)},
            )
            self._host.messages.show_message("error", sentence)
        else:
            self._host.messages.show_message("success", Sentence(N_("Screenshot saved as {path}."), {"path": path}))
