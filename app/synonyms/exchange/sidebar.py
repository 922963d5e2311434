"""The column of the exchange: out or in, which format, which encoding, which part."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal, cast

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QCheckBox, QHBoxLayout, QLineEdit, QPushButton, QWidget

from app.panel import Look
from app.widgets.fields.file_picker import FilePicker
from app.widgets.plain import PlainLabel
from app.widgets.sidebar import ChoiceBox, Sidebar
from core.language import N_, _
from core.synonyms.exchange.config import ExportConfig, ImportConfig, Which, Whose
from core.synonyms.exchange.files import ENCODINGS, READ_ENCODINGS, Encoding
from core.synonyms.exchange.formats import FORMATS

Way = Literal["out", "in"]

_ENCODING_NAMES: Final[dict[str, str]] = {
    "utf-8": "UTF-8",
    "utf-8-sig": N_("UTF-8 for spreadsheets (with BOM)"),
    "gb18030": "GB18030",
    "big5": "Big5",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16 LE",
    "utf-16-be": "UTF-16 BE",
}
_WHICH: Final[tuple[tuple[str, Which], ...]] = ((N_("Judged pairs only"), "judged"), (N_("All pairs"), "all"))
_WHOSE: Final[tuple[tuple[str, Whose], ...]] = (
    (N_("One row per annotator"), "each"),
    (N_("One final verdict per pair"), "final"),
)


class ExchangeSidebar(Sidebar):
    """Says what is to be written or read.

    Signals:
        changed: something else is wanted.
    """

    changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.out_button, self.in_button = QPushButton(), QPushButton()
        group = QButtonGroup(self)
        row = QHBoxLayout()
        row.setSpacing(0)
        for button, words in ((self.out_button, N_("Export")), (self.in_button, N_("Import"))):
            button.setCheckable(True)
            self.bind_text(button.setText, words)
            group.addButton(button)
            row.addWidget(button, 1)
        self.out_button.setObjectName("way_out")
        self.in_button.setObjectName("way_in")
        self.out_button.setChecked(True)
        self.layout_.addLayout(row)
        self.format = ChoiceBox()
        self.format.setObjectName("format")
        self.add_titled(N_("Format"), self.format)
        self.encoding = ChoiceBox()
        self.add_titled(N_("Encoding"), self.encoding)
        self.which, self.whose = ChoiceBox(), ChoiceBox()
        self._which_title = self.add_titled(N_("Pairs"), self.which)
        self._whose_title = self.add_titled(N_("Verdicts"), self.whose)
        self.chained, self.known = QCheckBox(), QCheckBox()
        self.bind_text(self.chained.setText, N_("Merge sets that share a word"))
        self.bind_text(self.known.setText, N_("Include known synonyms"))
        self.chained.setObjectName("chained")
        for box in (self.chained, self.known):
            self.layout_.addWidget(box)
        self.file = FilePicker(look, N_("File to read"), N_("none chosen"))
        self.file.setObjectName("import_file")
        self._file_title = PlainLabel()
        self.bind_text(self._file_title.setText, N_("File to read"))
        self.layout_.addWidget(self._file_title)
        self.layout_.addWidget(self.file)
        self.annotator = QLineEdit()
        self.bind_text(self.annotator.setPlaceholderText, N_("a name made of the file's"))
        self._annotator_title = self.add_titled(N_("Default annotator"), self.annotator)
        self.layout_.addStretch()
        group.buttonClicked.connect(self._on_chosen)
        for choice in (self.format, self.encoding, self.which, self.whose):
            choice.activated.connect(self._on_chosen)
        for box in (self.chained, self.known):
            box.clicked.connect(self._on_chosen)
        self.file.changed.connect(self._on_chosen)
        self.annotator.editingFinished.connect(self._on_chosen)
        self._retranslate()
        self.show_fitting()
        self._restyle(look.theme.theme)

    @property
    def way(self) -> Way:
        """Out of the store or into it."""
        return "out" if self.out_button.isChecked() else "in"

    @property
    def format_name(self) -> str:
        """The format chosen."""
        return cast("str", self.format.value)

    @property
    def chained_wanted(self) -> bool:
        """Whether sets are to be merged, for a format that has sets."""
        return self.chained.isChecked() and FORMATS[self.format_name].can_chain

    def export_config(self, store: str, path: Path) -> ExportConfig:
        """Return what is to be written to ``path`` of the store at the address ``store``."""
        return ExportConfig(
            store,
            path,
            self.format_name,
            encoding=cast("Encoding", self.encoding.value),
            which=cast("Which", self.which.value),
            whose=cast("Whose", self.whose.value),
            chained=self.chained_wanted,
            known=self.known.isChecked(),
        )

    def import_config(self, store: str) -> ImportConfig:
        """Return what is to be read into the store at the address ``store``, once a file is chosen."""
        return ImportConfig(
            store,
            self.file.paths[0],
            self.format_name,
            encoding=cast("str", self.encoding.value),
            annotator=self.annotator.text().strip(),
        )

    def choose_import(self, path: Path) -> None:
        """Be about reading ``path``, in the format that its ending is known by, if it is."""
        self.in_button.setChecked(True)
        alike = [name for name, kind in FORMATS.items() if kind.suffix == path.suffix.lower()]
        if alike and self.format_name not in alike:
            self.format.choose(alike[0])
        self.file.show_paths((path,))
        self.show_fitting()

    def controls(self) -> dict[str, QWidget]:
        """Return everything that can be chosen, by name; first what decides what else can be."""
        return {
            "in": self.in_button, "out": self.out_button, "format": self.format, "encoding": self.encoding,
            "which": self.which, "whose": self.whose, "chained": self.chained, "known": self.known,
            "file": self.file, "annotator": self.annotator,
        }  # fmt: skip

    def _retranslate(self) -> None:
        self.format.offer((make().short_title(), name) for name, make in FORMATS.items())
        self.which.offer((_(words), value) for words, value in _WHICH)
        self.whose.offer((_(words), value) for words, value in _WHOSE)
        self._offer_encodings()

    def _offer_encodings(self) -> None:
        offered = ENCODINGS if self.way == "out" else READ_ENCODINGS
        known = [(_(_ENCODING_NAMES[name]), name) for name in offered]
        self.encoding.offer(known if self.way == "out" else [(_("detect automatically"), "auto"), *known])

    def show_fitting(self) -> None:
        """Offer and show only what the way and the format can be told."""
        self._offer_encodings()
        out = self.way == "out"
        says_all = FORMATS[self.format_name].says_all
        for part in (self._which_title, self.which, self._whose_title, self.whose):
            part.setVisible(out and says_all)
        self.known.setVisible(out and not says_all)
        self.chained.setVisible(out and FORMATS[self.format_name].can_chain)
        for widget in (self._file_title, self.file, self._annotator_title, self.annotator):
            widget.setVisible(not out)

    @Slot()
    def _on_chosen(self) -> None:
        self.show_fitting()
        self.changed.emit()
