"""Whose episode a pane shows: the run's on the screen, or another's on the shelf."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.policy_gradient.runs.shelf_view import run_words
from app.widgets.sidebar import ChoiceBox
from core.language import _
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.runs.history import RunHistory
from core.policy_gradient.runs.kept_runs import run_key


class RunChoice(Panel):
    """A box of the runs; it is there once the shelf has one.

    Signals:
        chosen: another one was chosen here.
    """

    chosen = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._current = RunHistory(ARTICLE)
        self._others: dict[str, RunHistory] = {}
        self._key: str | None = None
        self.box = ChoiceBox()
        self.box.activated.connect(self._on_activated)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.box)
        self._retranslate()

    @property
    def key(self) -> str | None:
        """What names the run that is wanted; None for the one on the screen."""
        return self._key

    @property
    def run(self) -> RunHistory:
        """The run that is wanted; while the shelf has it not, the one on the screen."""
        return self._current if self._key is None else self._others.get(self._key, self._current)

    def choose(self, key: str | None) -> None:
        """Want another run; nothing is said of it."""
        self._key = key
        self._show()

    def show_runs(self, current: RunHistory, others: Sequence[RunHistory]) -> None:
        """Choose among the run on the screen and those on the shelf, the newest first."""
        here = run_key(current)
        self._current = current
        self._others = {run_key(run): run for run in reversed(others)}
        if self._key == here:  # it has come back to the screen
            self._key = None
        self._others.pop(here, None)
        self._retranslate()

    def _show(self) -> None:
        with QSignalBlocker(self.box):
            self.box.choose(self._key)
        self.setVisible(bool(self._others))

    def _retranslate(self) -> None:
        with QSignalBlocker(self.box):
            entries: list[tuple[str, object]] = [(_("The run on the screen"), None)]
            self.box.offer([*entries, *((run_words(run), key) for key, run in self._others.items())])
        self.box.view().setMinimumWidth(self.box.view().sizeHintForColumn(0) + self.look.scale.em(1))
        self.box.setAccessibleName(_("Which run"))
        self._show()

    @Slot()
    def _on_activated(self) -> None:
        value = self.box.value
        self._key = value if isinstance(value, str) else None
        self.chosen.emit()
