"""The results as files: the table for spreadsheets and programs, the curves as a picture."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QWidget

from app.dialogs import ask_where_to_write
from app.file_names import file_name
from app.panel import Look
from app.plots.captioned import CaptionedPicture
from app.plots.plot import Plot
from app.synonyms.methods.measuring import Measuring
from core.files import replacing
from core.json_text import write_json
from core.language import N_, _
from core.one_line import system_reason
from core.outputs import OutputRefusedError, check_outputs
from core.synonyms.evaluation.report import as_json
from core.synonyms.evaluation.results.table import write_table
from core.synonyms.evaluation.run import EvaluateConfig
from core.synonyms.pairs import SynonymsError

KINDS: Final = {
    ".png": N_("Image (*.png)"), ".svg": N_("Vector drawing (*.svg)"), ".csv": N_("Numbers (*.csv)"),
    ".json": N_("Numbers (*.json)"),
}  # fmt: skip


class CurvesPicture(CaptionedPicture):
    """The curves as they stand in the window, with what they were measured on."""

    def __init__(self, look: Look, plot: Plot, caption: list[str]) -> None:
        super().__init__(look.of_pictures)
        self._plot, self._caption = plot, caption

    def caption(self) -> list[str]:
        """Say what was measured, on what."""
        return self._caption

    def body_size(self) -> QSize:
        """As large as in the window."""
        return self._plot.size()

    def draw_body(self, painter: QPainter, _ratio: float) -> None:
        """Draw the plot."""
        with self._plot.without_kept_pixels():
            whole = QRegion(QRect(QPoint(), self._plot.size()))
            self._plot.render(painter, QPoint(), whole, QWidget.RenderFlag.DrawChildren)


def ask_where_to_save(parent: QWidget, config: EvaluateConfig, save: Callable[[Path], None]) -> None:
    """Ask for a file, whose ending says what it becomes; its name says what was measured."""
    kinds = {_(words): ending for ending, words in KINDS.items()}

    def then(name: str, kind: str) -> None:
        path = Path(name)
        save(path if path.suffix.lower() in KINDS else path.with_name(path.name + kinds.get(kind, ".png")))

    ask_where_to_write(
        parent,
        _("Save the results"),
        file_name("synonym-methods", "" if config.pairs is None else config.pairs.stem),
        ";;".join(kinds),
        then,
    )


def save_results(
    path: Path, measuring: Measuring, config: EvaluateConfig, picture: Callable[[], CaptionedPicture]
) -> None:
    """Write what the ending of ``path`` says.

    Raises:
        SynonymsError: it can't be written, or nothing is measured; the message says what to do.
    """
    material = measuring.material
    if material is None or not measuring.measured:
        raise SynonymsError(_("Nothing has been measured yet."))
    seconds = sum(each.seconds for each in measuring.measured)

    def json_file() -> None:
        content = as_json(config, material, measuring.measured, seconds=seconds, interrupted=measuring.is_working)
        write_json(path, content)

    writers: Mapping[str, Callable[[], None]] = {
        ".csv": lambda: write_table(path, measuring.measured),
        ".json": json_file,
        ".png": lambda: _write(path, bytes(picture().png().data())),
        ".svg": lambda: _write(path, bytes(picture().svg().data())),
    }
    ending = path.suffix.lower()
    if ending not in writers:
        message = _("Choose a name that ends in one of these: {endings}.")
        raise SynonymsError(message.format(endings=", ".join(writers)))
    try:
        check_outputs({path.name: path}, (config.pairs, config.vectors))
        writers[ending]()
    except OutputRefusedError as error:
        raise SynonymsError(str(error.reason)) from error
    except OSError as error:
        message = _("{path} was not saved: {reason}. Choose another place.")
        raise SynonymsError(message.format(path=path, reason=system_reason(error))) from error


def _write(path: Path, content: bytes) -> None:
    with replacing(path) as beside:
        beside.write_bytes(content)
