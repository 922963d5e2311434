"""What the person at the screen copies: a page as image, numbers or words, a table, a sentence."""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final, Protocol

from PySide6.QtCore import QObject, QPoint
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QMenu, QWidget

from app.actions import Actions
from app.copying.words import as_text, rows_of, table_at, words_of
from app.dialogs import ask_where_to_write
from app.file_names import file_name
from app.sentence import Sentence, shorten
from app.tab import Tab
from app.widgets.messages.bar import MessageBar
from app.widgets.plain import without_keys
from core.files import replacing_text
from core.language import N_, _
from core.one_line import system_reason
from core.spreadsheet import guarded

_SHOWN: Final = 28
"""Characters of a sentence that the menu shows."""


class Host(Protocol):
    """The window, as far as copying knows it.

    Attributes:
        messages: where something is said to the person at the screen.
        actions_table: what can be done.
    """

    messages: MessageBar
    actions_table: Actions

    @property
    def open_tab(self) -> Tab:
        """The tab in front."""
        ...


class Copying(QObject):
    """Does what keys and menus ask for."""

    def __init__(self, host: Host, window: QWidget) -> None:
        """Connect the actions.

        Args:
            host: the window, for what it can do.
            window: the same, whose focus is asked, and for menus and dialogs to lie over.
        """
        super().__init__(window)
        self._host, self._window = host, window
        host.actions_table.on("copy", self.copy)
        host.actions_table.on("copy_image", self.copy_image)

    def copy(self) -> None:
        """Copy the table that has the keyboard; else the numbers of the page, or where it has none what it says."""
        table = table_at(self._window.focusWidget())
        if table is not None and table.isVisible():
            self._put(as_text(rows_of(table)))
        elif not self._host.open_tab.copy_numbers():
            self._put(words_of(self._host.open_tab.page_widget))

    def copy_image(self) -> None:
        """Copy the picture of the page."""
        QGuiApplication.clipboard().setImage(self._host.open_tab.image())
        self._host.messages.show_message("success", Sentence(N_("Image copied to the clipboard.")))

    def show_menu(self, part: QWidget | None, place: QPoint) -> None:
        """Offer, at a place of the screen, what can be done with what lies there and with the page."""
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        for words, verb in self._offers(part):
            menu.addAction(words).triggered.connect(partial(_do, verb))
        menu.addSeparator()
        for name in ("copy", "copy_image", *self._host.open_tab.exports, "save_picture"):
            if self._host.actions_table[name].isEnabled():
                menu.addAction(self._host.actions_table[name])
        menu.popup(place)

    def _offers(self, part: QWidget | None) -> list[tuple[str, Callable[[], None]]]:
        """Return what can be done with one part of the window, in words and deed."""
        table = table_at(part)
        if table is not None:
            rows = rows_of(table)
            return [
                (_("Copy this table"), partial(self._put, as_text(rows))),
                (_("Save this table…"), partial(self._ask_where_to_save, rows, table.accessibleName())),
            ]
        if isinstance(part, QLabel) and part.text().strip():
            text = part.text().strip()
            shown = without_keys(shorten(" ".join(text.split()), _SHOWN))
            return [(_('Copy "{text}"').format(text=shown), partial(self._put, text))]
        return []

    def _put(self, text: str) -> None:
        if text:
            QGuiApplication.clipboard().setText(text)
            self._host.messages.show_message("success", Sentence(N_("Copied to the clipboard.")))
        else:
            self.copy_image()

    def _ask_where_to_save(self, rows: Sequence[Sequence[str]], title: str) -> None:
        name = file_name(self._host.open_tab.context, title, ending=".csv")
        ask_where_to_write(
            self._window, _("Save this table"), name, _("Numbers (*.csv)"), lambda path, _kind: self._save(path, rows)
        )

    def _save(self, name: str, rows: Sequence[Sequence[str]]) -> None:
        path = Path(name if Path(name).suffix else f"{name}.csv")
        try:
            with replacing_text(path, "utf-8-sig") as file:
                csv.writer(file).writerows([guarded(cell) for cell in row] for row in rows)
        except OSError as error:
            message = N_("{path} was not saved: {reason}. Choose another place.")
            said = Sentence(message, {"path": path, "reason": system_reason(error)})
            self._host.messages.show_message("error", said)
        else:
            self._host.messages.show_message("success", Sentence(N_("Saved as {path}."), {"path": path}))


def _do(verb: Callable[[], None], _checked: bool = False) -> None:
    verb()
