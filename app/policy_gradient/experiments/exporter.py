"""Exporting an experiment: its table, all its numbers, its curves as a picture."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from app.dialogs import ask_where_to_write
from app.policy_gradient.experiments.experiment import Experiment, Phase
from app.sentence import Sentence
from core.json_text import write_json
from core.language import N_, _
from core.outputs import OutputRefusedError, check_outputs
from core.policy_gradient.experiments.picture import write_picture
from core.policy_gradient.experiments.report import VariantSummary, as_json, caption, threshold_of, write_table
from core.policy_gradient.experiments.schedule import Schedule

KINDS: Final = {
    ".png": N_("Curves as an image (*.png)"),
    ".csv": N_("Table (*.csv)"),
    ".json": N_("All data (*.json)"),
}
"""What an experiment can be exported as, by the ending of the name."""


class Exporter(QObject):
    """The verb that writes files.

    Signals:
        message: kind and text of a message for the person at the screen.
    """

    message = Signal(str, object)

    def __init__(self, experiment: Experiment, parent: QWidget) -> None:
        super().__init__(parent)
        self._experiment = experiment
        self._window = parent

    def ask_where_to_export(self) -> None:
        """Ask for a file and a kind, and export to it."""
        kinds = {_(words): ending for ending, words in KINDS.items()}

        def export(name: str, kind: str) -> None:
            path = Path(name)
            known = path.suffix.lower() in KINDS
            self.export(path if known else path.with_name(f"{path.name}{kinds.get(kind, '.png')}"))

        ask_where_to_write(self._window, _("Export experiment"), "experiment", ";;".join(kinds), export)

    def export(self, path: Path) -> None:
        """Write what the experiment has come to so far to ``path``, as the ending of its name says."""
        schedule, told = self._experiment.schedule, self._experiment.in_order
        if schedule is None or not told:
            self.message.emit("error", Sentence(N_("Nothing to export yet.")))
            return
        write = _writer(path, schedule, told, is_whole=self._experiment.phase is Phase.FINISHED)
        if write is None:
            self.message.emit("error", Sentence(N_("Choose a name that ends in .png, .csv or .json.")))
            return
        try:
            check_outputs({path.name: path})
            write(path)
        except OutputRefusedError as error:
            self.message.emit("error", error.reason)
        except OSError as error:
            message = N_("{path} was not saved: {reason}. Choose another place.")
            self.message.emit("error", Sentence(message, {"path": path, "reason": error.strerror or error}))
        else:
            self.message.emit("success", Sentence(N_("Saved as {path}."), {"path": path}))


def _writer(
    path: Path, schedule: Schedule, told: list[VariantSummary], *, is_whole: bool
) -> Callable[[Path], None] | None:
    """Return what writes a file with this ending; None for an ending that nothing has."""
    played = sum(record.seconds for runs in schedule.records.values() for record in runs.values())
    writers: dict[str, Callable[[Path], None]] = {
        ".png": lambda file: write_picture(file, told, threshold_of(schedule), caption(schedule)),
        ".csv": lambda file: write_table(file, told),
        ".json": lambda file: write_json(file, as_json(schedule, told, seconds=played, interrupted=not is_whole)),
    }
    return writers.get(path.suffix.lower())
