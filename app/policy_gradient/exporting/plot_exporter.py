"""Saving the plot of the page in front as a picture or as numbers, and copying it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QObject, Signal
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from app.dialogs import ask_where_to_write, ask_whether
from app.panel import Look
from app.policy_gradient.exporting.saved_plot import PartsPicture, SavedPlot
from app.policy_gradient.page import PolicyPage
from app.policy_gradient.runs.files import RunFiles
from app.sentence import Sentence
from core.files import replacing
from core.language import N_, _
from core.one_line import system_reason
from core.outputs import OutputRefusedError, check_outputs
from core.policy_gradient.export.plot_table import as_lines

KINDS: Final = {
    ".png": N_("Image (*.png)"),
    ".svg": N_("Vector drawing (*.svg)"),
    ".csv": N_("Numbers (*.csv)"),
}
"""What a plot can be saved as, by the ending of the name."""


class PlotExporter(QObject):
    """The verbs.

    Args:
        look: colours and sizes.
        files: writes the numbers, in a worker.
        page: returns the page in front.
        window: over which is asked.

    Signals:
        message: kind and text of a message for the person at the screen.
    """

    message = Signal(str, object)

    def __init__(self, look: Look, files: RunFiles, page: Callable[[], PolicyPage], window: QWidget) -> None:
        super().__init__(window)
        self._look, self._files, self._page, self._window = look, files, page, window

    def ask_where_to_save(self) -> None:
        """Ask for a file and a kind, and save the plot as it."""
        plot = self._plot()
        if plot is None:
            return
        endings = {ending: _(words) for ending, words in KINDS.items()}
        endings |= {ending: _(words) for ending, (words, _write) in plot.more.items()}
        kinds = {words: ending for ending, words in endings.items()}

        def save(name: str, kind: str) -> None:
            path = Path(name)
            if path.suffix.lower() in endings:
                self.save(path)
                return
            path = path.with_name(f"{path.name}{kinds.get(kind, '.png')}")
            if path.exists():  # the dialog could not ask about it: its ending came afterwards
                question = _("{name} already exists. Replace it?").format(name=path.name)
                ask_whether(self._window, _("Save the plot"), question, partial(self.save, path))
            else:
                self.save(path)

        ask_where_to_write(self._window, _("Save the plot"), plot.name, ";;".join(kinds), save)

    def save(self, path: Path) -> None:
        """Write the plot of the page in front to ``path``, as the ending of its name says."""
        plot = self._plot()
        if plot is None:
            return
        ending = path.suffix.lower()
        if ending not in (*KINDS, *plot.more):
            endings = ", ".join((*KINDS, *plot.more))
            words = N_("Choose a name that ends in one of these: {endings}.")
            self.message.emit("error", Sentence(words, {"endings": endings}))
            return
        try:
            check_outputs({path.name: path})
        except OutputRefusedError as error:
            self.message.emit("error", error.reason)
            return
        if ending == ".csv":
            self._files.write_table(path, plot.table())
            return
        write = plot.more[ending][1] if ending in plot.more else self._picture_writer(plot, ending)
        try:
            write(path)
        except OSError as error:
            message = N_("{path} was not saved: {reason}. Choose another place.")
            self.message.emit("error", Sentence(message, {"path": path, "reason": system_reason(error)}))
        else:
            self.message.emit("success", Sentence(N_("Saved as {path}."), {"path": path}))

    def image(self) -> QImage | None:
        """Return the plot of the page in front as a picture; None where it has none."""
        plot = self._page().saved_plot()
        return None if plot is None else PartsPicture(self._look, plot, self._page()).image()

    def copy_numbers(self) -> bool:
        """Put the numbers of that plot into the clipboard, as spreadsheets take them; return whether there are any."""
        plot = self._page().saved_plot()
        if plot is None:
            return False
        QGuiApplication.clipboard().setText(as_lines(plot.table()))
        self.message.emit("success", Sentence(N_("Numbers copied to the clipboard.")))
        return True

    def _plot(self) -> SavedPlot | None:
        plot = self._page().saved_plot()
        if plot is None:
            self.message.emit("error", Sentence(N_("There is no plot to save here yet.")))
        return plot

    def _picture_writer(self, plot: SavedPlot, ending: str) -> Callable[[Path], None]:
        picture = PartsPicture(self._look, plot, self._page())

        def write(path: Path) -> None:
            content: QByteArray = picture.png() if ending == ".png" else picture.svg()
            with replacing(path) as beside:
                beside.write_bytes(content.data())

        return write
