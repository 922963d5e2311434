"""Which episode a pane shows: one that has a name in its run, or one by its number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSpinBox, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.theme import Theme
from app.widgets.sidebar import ChoiceBox
from core.language import N_, _
from core.policy_gradient.runs.history import LANDMARKS, Landmark, RunHistory

Choice = Landmark | int
"""A landmark, or the number of an episode from 1."""

LANDMARK_WORDS: Final[Mapping[Landmark, str]] = {
    "first": N_("The first"),
    "after_150": N_("Episode 150, or the last"),
    "best": N_("The best"),
    "worst": N_("The worst"),
    "last": N_("The last"),
}


def episode_of(run: RunHistory, choice: Choice) -> int | None:
    """Return the number of the episode that is chosen; None where the run has none such."""
    if isinstance(choice, int):
        return choice if choice <= len(run.episodes) else None
    return run.landmark(choice)


class EpisodeChoice(Panel):
    """A box of the episodes with a name, and one for a number.

    Signals:
        chosen: another one was chosen here.
    """

    chosen = Signal()

    def __init__(self, look: Look, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._run: RunHistory | None = None
        self._choice = choice
        self.names, self.number = ChoiceBox(), QSpinBox()
        self.number.setRange(1, 1)
        self.number.setKeyboardTracking(False)
        self.names.currentIndexChanged.connect(self._on_name)
        self.number.valueChanged.connect(self._on_number)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.names, 1)
        self._row.addWidget(self.number)
        self._retranslate()
        self._restyle(look.theme.theme)

    @property
    def choice(self) -> Choice:
        """What is chosen."""
        return self._choice

    def show_run(self, run: RunHistory) -> None:
        """Choose among the episodes of ``run``."""
        self._run = run
        with QSignalBlocker(self.number):
            self.number.setRange(1, max(1, len(run.episodes)))
            self.number.setEnabled(bool(run.episodes))
            self.number.setValue(episode_of(run, self._choice) or 1)

    def choose(self, choice: Choice) -> None:
        """Choose an episode; nothing is said of it."""
        self._choice = choice
        with QSignalBlocker(self.names):
            self.names.choose(choice if isinstance(choice, str) else None)
        if self._run is not None:
            self.show_run(self._run)

    def _restyle(self, _theme: Theme) -> None:
        self._row.setSpacing(self.look.scale.em(0.25))
        self.number.setFont(tabular(self.look.scale.font()))
        self.number.setMinimumWidth(self.look.scale.em(5))

    def _retranslate(self) -> None:
        with QSignalBlocker(self.names):
            entries: list[tuple[str, object]] = [(_(LANDMARK_WORDS[name]), name) for name in LANDMARKS]
            self.names.offer([*entries, (_("Episode no."), None)])
            self.names.choose(self._choice if isinstance(self._choice, str) else None)
        self.names.setAccessibleName(_("Which episode"))
        self.number.setAccessibleName(_("Episode no."))

    @Slot()
    def _on_name(self) -> None:
        name = self.names.value
        self._choice = next((landmark for landmark in LANDMARKS if landmark == name), self.number.value())
        if self._run is not None:
            self.show_run(self._run)
        self.chosen.emit()

    @Slot(int)
    def _on_number(self, number: int) -> None:
        self.choose(number)
        self.chosen.emit()
