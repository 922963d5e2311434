"""The column of agreement: the annotators, what they share, what is compared."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QLineEdit, QPushButton, QSpinBox, QVBoxLayout, QWidget

from app.panel import Look
from app.widgets.plain import without_keys
from app.widgets.sidebar import Sidebar
from core.language import N_, _
from core.synonyms.names import name_key
from core.synonyms.store import Annotator, Sharing


class AnnotatorsSidebar(Sidebar):
    """Who annotates, who shares which pairs, and what is compared.

    Signals:
        added: name of a new annotator.
        activity: name of an annotator, and whether they take a share of the pairs.
        overlap: share of the pairs that everybody judges, 0 to 1.
        compared: what is compared has changed.
    """

    added = Signal(str)
    activity = Signal(str, bool)
    overlap = Signal(float)
    compared = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.add_heading(N_("Active annotators"))
        self._people = QVBoxLayout()
        self.layout_.addLayout(self._people)
        self.boxes: dict[str, QCheckBox] = {}
        self._judged: dict[str, int] = {}
        self.name = QLineEdit()
        self.name.setObjectName("new_annotator")
        self.add_titled(N_("New annotator"), self.name)
        self.add = QPushButton()
        self.bind_text(self.add.setText, N_("Add"))
        self.layout_.addWidget(self.add)
        self.share = QSpinBox()
        self.share.setRange(0, 100)
        self._share = 0
        self.share.setSuffix("%")
        self.add_titled(N_("Overlap"), self.share)
        self.bind_text(
            self.add_caption().setText,
            N_(
                "Pairs in the overlap are asked of everybody. Each of the others is in the share of one active "
                "annotator who has judged here."
            ),
        )
        self.merged = QCheckBox()
        self.bind_text(self.merged.setText, N_("Binary (synonym / not)"))
        self.bind_text(self.merged.setToolTip, N_("The agreement that matters to a search engine: synonym or not."))
        self.layout_.addWidget(self.merged)
        self.layout_.addStretch()
        self.add.clicked.connect(self._on_add)
        self.name.returnPressed.connect(self._on_add)
        self.share.editingFinished.connect(self._on_share)
        self.merged.clicked.connect(self.compared)
        self._restyle(look.theme.theme)

    def controls(self) -> dict[str, QWidget]:
        """Return what is the page's own choice; who takes part and what is shared is the store's."""
        return {"merged": self.merged, "name": self.name}

    def show_people(self, people: list[Annotator], sharing: Sharing) -> None:
        """Show the annotators with how many pairs each has judged."""
        for box in self.boxes.values():
            self._people.removeWidget(box)
            box.deleteLater()
        self.boxes.clear()
        for person in people:
            box = QCheckBox()
            box.setObjectName(f"active_{person.name}")
            box.setChecked(person.active)
            box.clicked.connect(self._on_active)
            self._judged[person.name] = person.judged
            self.boxes[person.name] = box
            self._people.addWidget(box)
        # A name that was refused stays to be mended.
        if name_key(self.name.text()) in {name_key(name) for name in self.boxes}:
            self.name.clear()
        self._share = round(100 * sharing.overlap)
        self.share.setValue(self._share)
        self._retranslate()

    def _retranslate(self) -> None:
        for name, box in self.boxes.items():
            box.setText(without_keys(_("{name}: {n:,} judged").format(name=name, n=self._judged[name])))

    @Slot()
    def _on_add(self) -> None:
        if self.name.text().strip():
            self.added.emit(self.name.text().strip())

    @Slot()
    def _on_active(self) -> None:
        for name, box in self.boxes.items():
            if box is self.sender():
                self.activity.emit(name, box.isChecked())

    @Slot()
    def _on_share(self) -> None:
        if self.share.value() != self._share:  # to leave the field is no choice
            self._share = self.share.value()
            self.overlap.emit(self._share / 100)
