"""Saving the plot of the page in front as a picture or as numbers, and copying it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QObject, QPoint, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMenu, QWidget

from app.actions import Actions
from app.dialogs import ask_where_to_write, ask_whether
from app.panel import Look
from app.policy_gradient.exporting.saved_plot import PartsPicture, SavedPlot
from app.policy_gradient.page import PolicyPage
from app.policy_gradient.runs.files import RunFiles
from app.sentence import Sentence
from core.files import replacing
from core.language import N_, _
from core.outputs import OutputRefusedError, check_outputs

KINDS: Final = {
    ".png": N_("Image (*.png)"),
    ".svg": N_("Vector drawing (*.svg)"),
    ".csv": N_("Numbers (*.csv)"),
}
"""What a plot can be saved as, by the ending of the name."""
ACTIONS: Final = ("pg_save_plot", "pg_copy_plot")


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
            self.message.emit("error", Sentence(message, {"path": path, "reason": error.strerror or error}))
        else:
            self.message.emit("success", Sentence(N_("Saved as {path}."), {"path": path}))

    def copy(self) -> None:
        """Put the plot of the page in front into the clipboard as a picture."""
        plot = self._plot()
        if plot is not None:
            QGuiApplication.clipboard().setImage(PartsPicture(self._look, plot, self._page()).image())
            self.message.emit("success", Sentence(N_("Image copied to the clipboard.")))

    def show_menu(self, place: QPoint, actions: Actions) -> bool:
        """Offer, at a place of the screen, what can be done with the plot there; return whether there is one."""
        page = self._page()
        plot = page.saved_plot()
        if plot is None or not any(part.rect().contains(part.mapFromGlobal(place)) for part in plot.parts):
            return False
        menu = QMenu(self._window)
        menu.aboutToHide.connect(menu.deleteLater)
        for name in ACTIONS:
            menu.addAction(actions[name])
        menu.popup(place)
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
