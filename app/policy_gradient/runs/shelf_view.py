"""The shelf below the column of choices: the run on screen, and those before it to be shown again."""

from __future__ import annotations

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.policy_gradient.runs.names import run_name, what_differs
from app.policy_gradient.runs.shelf import RunShelf
from app.theme import Theme
from app.widgets.plain import PlainLabel
from app.widgets.sidebar import ChoiceBox
from core.language import N_, _
from core.policy_gradient.runs.history import RunHistory


class RunShelfView(Panel):
    """A box of all runs; it is there once there is more than one.

    Signals:
        chosen: a ``RunHistory`` that is to be shown.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, shelf: RunShelf, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._shelf = shelf
        label = PlainLabel()
        self.box = ChoiceBox()
        label.setBuddy(self.box)
        self.bind_text(label.setText, N_("Runs"))
        self.bind_text(self.box.setAccessibleName, N_("Runs"))
        self._column = QVBoxLayout(self)
        self._column.addWidget(label)
        self._column.addWidget(self.box)
        self.box.activated.connect(self._on_activated)
        shelf.changed.connect(self.show_runs)
        self._restyle(look.theme.theme)
        self.show_runs()

    @Slot()
    def show_runs(self) -> None:
        """Offer the runs, the one on screen first, then the newest."""
        runs = [self._shelf.current, *reversed(self._shelf.runs)]
        with QSignalBlocker(self.box):
            self.box.offer((_on_shelf(run) if index else run_words(run), index) for index, run in enumerate(runs))
            self.box.choose(0)
        self.box.view().setMinimumWidth(self.box.view().sizeHintForColumn(0) + self.look.scale.em(1))
        self._runs = runs
        self.setVisible(len(runs) > 1)

    @Slot()
    def _on_activated(self) -> None:
        index = self.box.value
        assert isinstance(index, int)
        if index:
            self.chosen.emit(self._runs[index])

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(em(0.75), em(0.25), em(0.75), em(0.5))
        self._column.setSpacing(em(0.25))

    def _retranslate(self) -> None:
        self.show_runs()


def run_words(run: RunHistory) -> str:
    """Return what a run is called on the shelf: its name, what differs, how far it came."""
    parts = [run_name(run.config), what_differs(run.config)]
    if run.best is not None:
        parts.append(_("greedy {mean:.0f}").format(mean=run.best.greedy_mean))
    elif run.episodes:
        parts.append(_("mean {mean:.1f}").format(mean=run.episodes[-1].mean_100))
    return " · ".join(filter(None, parts))


def _on_shelf(run: RunHistory) -> str:
    """Return the same of a run that nobody plays now: whether it was played to its end, too."""
    return run_words(run) if run.ending == "finished" else " · ".join((run_words(run), _("unfinished")))
