"""The table's column of choices: which pairs to show."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, cast

from PySide6.QtCore import QSize, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from app.icons import icon
from app.panel import Look
from app.style import set_style
from app.synonyms.source_names import source_name
from app.synonyms.table.range_field import RangeField, day_begins, day_ends, number
from app.synonyms.verdict_style import VERDICT_LOOKS, sign_icon
from app.theme import Theme
from app.widgets.fields.clearable_edit import ClearableEdit
from app.widgets.plain import PlainLabel
from app.widgets.sidebar import ChoiceBox, Sidebar
from core.language import N_, _
from core.synonyms.store.rows import CHANGED, JUDGES, RANK, Filter
from core.synonyms.verdicts import Verdict

_EITHER: Final = ((N_("All"), None), (N_("Only"), True), (N_("Exclude"), False))


class FilterSidebar(Sidebar):
    """Says which pairs are wanted.

    Signals:
        wanted: a ``Filter``, after each choice and each character typed.
    """

    wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._names: tuple[str, ...] = ()
        self._people: tuple[str, ...] = ()
        self._is_own = False
        self._of_others: list[QWidget] = []
        self.whose = self.add_caption()
        self.text = ClearableEdit(look)
        self.text.setObjectName("search")
        self.text.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self.add_titled(N_("Search"), self.text)
        self.add_heading(N_("Verdict"))
        self.verdicts: dict[Verdict | None, QCheckBox] = {}
        self._add_verdicts()
        self.disputed, self.flagged, self.known = ChoiceBox(), ChoiceBox(), ChoiceBox()
        self.source, self.annotator = ChoiceBox(), ChoiceBox()
        self.ranges: dict[str, RangeField] = {}
        self._titles: dict[str, QLabel] = {}
        self._scores = QVBoxLayout()
        self.clear = QPushButton()
        self._lay_out()
        self.text.textEdited.connect(self._on_chosen)
        for box in (self.disputed, self.flagged, self.known, self.source, self.annotator):
            box.activated.connect(self._on_chosen)
        self.clear.clicked.connect(self.show_everything)
        self._retranslate()
        self._restyle(look.theme.theme)

    def _add_verdicts(self) -> None:
        grid = QGridLayout()
        grid.setColumnStretch(0, 1)  # all the room there is stands between a verdict and the next one's box
        entries: list[Verdict | None] = [*VERDICT_LOOKS, None]
        for index, verdict in enumerate(entries):
            box = QCheckBox()
            box.setObjectName(f"filter_{verdict or 'open'}")
            self.bind_text(box.setText, VERDICT_LOOKS[verdict].word if verdict is not None else N_("Not judged"))
            box.clicked.connect(self._on_chosen)
            grid.addWidget(box, index // 2, index % 2)
            self.verdicts[verdict] = box
        self.layout_.addLayout(grid)

    def _lay_out(self) -> None:
        self._of_others += [self.add_titled(N_("Disputed"), self.disputed), self.disputed]
        self.add_titled(N_("Flagged"), self.flagged)
        self.add_titled(N_("Listed by a dictionary"), self.known)
        self.add_titled(N_("Proposed by"), self.source)
        self._of_others += [self.add_titled(N_("Judged by"), self.annotator), self.annotator]
        self.layout_.addLayout(self._scores)
        numbers = QVBoxLayout()
        self._add_range(numbers, RangeField(RANK, number, number))
        self._add_range(numbers, RangeField(JUDGES, number, number))
        self._of_others += [self._titles[JUDGES], self.ranges[JUDGES]]
        self._add_range(numbers, RangeField(CHANGED, day_begins, day_ends))
        self.layout_.addLayout(numbers)
        set_style(self.clear, quiet=True)
        self.bind_text(self.clear.setText, N_("Clear filters"))
        self.layout_.addWidget(self.clear)
        self.layout_.addStretch()

    def _add_range(self, layout: QVBoxLayout, field: RangeField) -> None:
        title = PlainLabel()
        title.setBuddy(field)
        layout.addWidget(title)
        layout.addWidget(field)
        field.edited.connect(self._on_chosen)
        self.ranges[field.column], self._titles[field.column] = field, title

    def show_whose(self, annotator: str | None) -> None:
        """Offer what can be known from the answers of ``annotator`` alone; for None, from everybody's."""
        self._is_own = annotator is not None
        for part in self._of_others:
            part.setVisible(not self._is_own)
        self._retranslate()

    def show_store(self, annotators: Iterable[str], scores: Iterable[str]) -> None:
        """Offer the annotators and the scores of the open store."""
        people, names = tuple(annotators), tuple(scores)
        if (people, names) == (self._people, self._names):
            return
        for gone in set(self._names) - set(names):
            self.ranges.pop(gone).deleteLater()
            self._titles.pop(gone).deleteLater()
        for name in names:
            if name not in self.ranges:
                self._add_range(self._scores, RangeField(name, number, number))
        self._people, self._names = people, names
        self._retranslate()

    @Slot()
    def show_everything(self) -> None:
        """Set all conditions back."""
        self.text.clear()
        for field in self.ranges.values():
            field.clear()
        for box in self.verdicts.values():
            box.setChecked(False)
        for choice in (self.disputed, self.flagged, self.known, self.source, self.annotator):
            choice.setCurrentIndex(0)
        self._on_chosen()

    def controls(self) -> dict[str, QWidget]:
        """Return everything in which a condition can stand, by name."""
        boxes: dict[str, QWidget] = {str(verdict or "open"): box for verdict, box in self.verdicts.items()}
        ends: dict[str, QWidget] = {
            f"{column} {end}": line
            for column, field in self.ranges.items()
            for end, line in (("from", field.least), ("to", field.most))
        }
        return boxes | ends | {
            "text": self.text, "disputed": self.disputed, "flagged": self.flagged, "known": self.known,
            "source": self.source, "annotator": self.annotator,
        }  # fmt: skip

    def filter(self) -> Filter:
        """Return what is chosen. A number or a day that is none counts as not typed, and is marked."""
        checked = frozenset(verdict for verdict, box in self.verdicts.items() if box.isChecked())
        typed = [self.ranges[column].range() for column in sorted(self.ranges) if column != JUDGES or not self._is_own]
        return Filter(
            text=self.text.text().strip(),
            verdicts=checked or None,
            known=cast("bool | None", self.known.value),
            flagged=cast("bool | None", self.flagged.value),
            disputed=None if self._is_own else cast("bool | None", self.disputed.value),
            source=cast("str | None", self.source.value),
            ranges=tuple(field for field in typed if field is not None),
            annotator=None if self._is_own else cast("str | None", self.annotator.value),
        )

    def _restyle(self, theme: Theme) -> None:
        super()._restyle(theme)
        side = self.look.scale.em(0.875)
        for verdict, box in self.verdicts.items():
            if verdict is not None:
                size = QSize(side, side)
                box.setIcon(sign_icon(VERDICT_LOOKS[verdict], self.look, size, self.devicePixelRatioF()))
                box.setIconSize(size)

    def _retranslate(self) -> None:
        for box in (self.disputed, self.flagged, self.known):
            box.offer((_(words), value) for words, value in _EITHER)
        anything: list[tuple[str, Any]] = [(_("Any"), None)]
        self.source.offer([*anything, *((source_name(name), name) for name in self._names)])
        self.annotator.offer([(_("Anyone"), None), *((name, name) for name in self._people)])
        self.whose.setText(
            _("Verdicts, flags and days are your own. Those of others are shown while you settle disputes.")
            if self._is_own
            else _("While you settle disputes, everybody's verdicts, flags and days are shown.")
        )
        titles = {name: source_name(name) for name in self._names} | {
            RANK: _("Frequency rank of the rarer word"),
            JUDGES: _("Annotators per pair"),
            CHANGED: _("Changed on the days"),
        }
        for column, field in self.ranges.items():
            self._titles[column].setText(titles[column])
            field.show_title(titles[column], days=column == CHANGED)

    @Slot()
    def _on_chosen(self) -> None:
        self.wanted.emit(self.filter())
