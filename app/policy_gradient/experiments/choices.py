"""What is compared, and with how many seeds: the column of choices of the experiments page."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QSpinBox, QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel, plain_tip
from app.widgets.sidebar import Sidebar
from core.language import N_, _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.experiments.schedule import Study
from core.policy_gradient.experiments.variants import NAMED, Variant, parse_variant

SIDEBAR: Final = "sidebar"
"""Name of the variant that is as the training settings say."""
OFFERED: Final = tuple(row for row in NAMED if row.is_here)
"""The named variants that can be played on this machine."""
MOST_SEEDS: Final = 200
USUAL_SEEDS: Final = 10
_AT_FIRST: Final = frozenset({"fast", "lr-0.02", "lr-0.03"})


def title_of(name: str) -> str:
    """Return what a variant is called on the screen."""
    return _("your settings") if name == SIDEBAR else name


class Choices(Panel):
    """Variants to tick, the number of seeds, and the button that begins, stops or goes on.

    Signals:
        run_wanted: the button was pressed.
        edited: another variant or number of seeds is chosen.
    """

    run_wanted = Signal()
    edited = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._list = Sidebar(look)
        self._heading = self._list.add_heading(N_("Compare"))
        self.boxes = {SIDEBAR: QCheckBox()} | {row.name: QCheckBox(row.name) for row in OFFERED}
        for name, box in self.boxes.items():
            box.setObjectName(f"variant_{name}")
            box.setChecked(name in _AT_FIRST)
            box.toggled.connect(self.edited)
            self._list.layout_.addWidget(box)
        self._list.layout_.addStretch()
        self._seeds_label, self.seeds = PlainLabel(), QSpinBox()
        self.seeds.setObjectName("seeds")
        self.seeds.setRange(1, MOST_SEEDS)
        self.seeds.setValue(USUAL_SEEDS)
        self.seeds.valueChanged.connect(self.edited)
        self._seeds_label.setBuddy(self.seeds)
        self.bind_text(self._seeds_label.setText, N_("Seeds"))
        self.bind_text(self.seeds.setAccessibleName, N_("Seeds"))
        self.button = QPushButton()
        self.button.setObjectName("run_experiment")
        set_style(self.button, primary=True)
        self.button.clicked.connect(self._on_button)
        self._foot, self._seeds_row = QVBoxLayout(), QHBoxLayout()
        self._seeds_row.addWidget(self._seeds_label)
        self._seeds_row.addStretch()
        self._seeds_row.addWidget(self.seeds)
        self._foot.addLayout(self._seeds_row)
        self._foot.addWidget(self.button)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(self._list, 1)
        self._column.addLayout(self._foot)
        self._retranslate()
        self._restyle(look.theme.theme)

    @property
    def chosen(self) -> list[str]:
        """The variants that are ticked, in the order in which they stand."""
        return [name for name, box in self.boxes.items() if box.isChecked()]

    def choose(self, names: list[str]) -> None:
        """Tick these variants and no others."""
        for name, box in self.boxes.items():
            box.setChecked(name in names)

    def study(self, config: TrainConfig) -> Study:
        """Return the experiment that is chosen; ``config`` is what the training settings say."""
        return study_of(self.chosen, self.seeds.value(), config)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self.setFixedWidth(em(11.5))
        self._foot.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.75))
        self._foot.setSpacing(em(0.5))
        self.seeds.setFixedWidth(em(4.5))

    def _retranslate(self) -> None:
        self.boxes[SIDEBAR].setText(title_of(SIDEBAR))
        self.boxes[SIDEBAR].setToolTip(plain_tip(_("The training settings at the left, as they are when it begins.")))
        for row in OFFERED:
            self.boxes[row.name].setToolTip(plain_tip(f"{row.meaning}\n{row.text}"))
            self.boxes[row.name].setAccessibleDescription(row.meaning)

    @Slot()
    def _on_button(self) -> None:
        self.run_wanted.emit()


def study_of(names: list[str], seeds: int, config: TrainConfig) -> Study:
    """Return the experiment of these variants; ``config`` is what the training settings say."""
    variants = tuple(Variant(SIDEBAR, config) if name == SIDEBAR else parse_variant(name) for name in names)
    return Study(variants, tuple(range(seeds)))
