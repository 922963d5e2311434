"""The column of the sources: which store is open, and how to open another."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from app.panel import Look
from app.synonyms.store_document import ask_for_new_store, ask_for_store
from app.widgets.plain import plain_tip
from app.widgets.sidebar import Sidebar
from core.language import N_, _, ngettext
from core.passwords import speakable, with_password_of


class StoreSidebar(Sidebar):
    """Which store is open, and how to open another.

    Signals:
        wanted: address of the store to open.
    """

    wanted = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._address = self._typed = ""
        self.add_heading(N_("Store"))
        self.where = self.add_caption()
        self.open_button, self.new_button, self.go = QPushButton(), QPushButton(), QPushButton()
        self.bind_text(self.open_button.setText, N_("Open a file…"))
        self.bind_text(self.new_button.setText, N_("New file…"))
        self.bind_text(self.go.setText, N_("Connect"))
        for button in (self.open_button, self.new_button):
            self.layout_.addWidget(button)
        self.server = QLineEdit()
        self.server.setObjectName("server")
        self.server.setPlaceholderText("postgresql://host/name")
        self.add_titled(N_("Team server"), self.server)
        self.layout_.addWidget(self.go)
        self.layout_.addStretch()
        self.open_button.clicked.connect(self._open)
        self.new_button.clicked.connect(self._new)
        self.go.clicked.connect(self._connect)
        self.server.returnPressed.connect(self._connect)
        self._restyle(look.theme.theme)

    def show_store(self, address: str, where: str, pairs: int | None) -> None:
        """Say which store is open and how many pairs it holds; None where that is not known."""
        self._address = address
        name = Path(where).name if "://" not in where else where
        if not where:
            told = _("none is open")
        elif pairs is None:
            told = name
        else:
            told = ngettext("{name}: {n:,} pair", "{name}: {n:,} pairs", pairs).format(name=name, n=pairs)
        self.where.setText(told)
        self.where.setToolTip(plain_tip(where))

    @Slot()
    def _open(self) -> None:
        ask_for_store(self, self._address, self.wanted.emit)

    @Slot()
    def _new(self) -> None:
        ask_for_new_store(self, self._address, self.wanted.emit)

    @Slot()
    def _connect(self) -> None:
        """Want the server; the password in its address has been read then and is not left to be read by others."""
        address = with_password_of(self.server.text().strip(), self._typed)
        if address:
            self._typed = address
            self.server.setText(speakable(address))
            self.wanted.emit(address)
