"""A plot of a page as it is saved: which parts of the page, what is said below them, and the numbers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QWidget

from app.file_names import file_name
from app.panel import Look
from app.plots.captioned import CaptionedPicture
from app.policy_gradient.runs.names import file_stem, run_name, what_differs
from core.policy_gradient import counted
from core.policy_gradient.export.plot_table import PlotTable, as_texts, provenance_of
from core.policy_gradient.runs.history import RunHistory

if TYPE_CHECKING:
    from app.plots.plot import Plot


@dataclass(frozen=True, slots=True)
class SavedPlot:
    """What is saved.

    Attributes:
        name: of the file that is proposed, without an ending.
        parts: the parts of the page that are drawn, where they stand.
        caption: the lines below them; the first is the title.
        origin: what a file says of where it comes from, by name: seed and parameters.
        table: makes the numbers.
        more: other kinds of file, by ending: how a dialog calls it, and what writes it.
    """

    name: str
    parts: tuple[QWidget, ...]
    caption: tuple[str, ...]
    origin: Mapping[str, Any]
    table: Callable[[], PlotTable]
    more: Mapping[str, tuple[str, Callable[[Path], None]]] = field(default_factory=dict)


def plot_of_run(
    name: str, title: str, parts: tuple[QWidget, ...], run: RunHistory, table: Callable[[], PlotTable], *said: str
) -> SavedPlot:
    """Return a plot of one run.

    Args:
        name: what the file is called before the run.
        title: what is seen, in the language in use.
        parts: the parts of the page that are drawn.
        run: the run.
        table: makes the numbers.
        said: what else stands in the caption.
    """
    caption = (title, run_line(run), *said)
    return SavedPlot(file_name(name, file_stem(run.config)), parts, caption, provenance_of(run), table)


def run_line(run: RunHistory) -> str:
    """Return in one line which run it is, in what it differs from its preset, and how far it is."""
    config = run.config
    named = run_name(config) if run_name(config).startswith(config.env_id) else f"{config.env_id}, {run_name(config)}"
    said = (named, what_differs(config), counted.episodes(len(run.episodes)), counted.updates(len(run.updates)))
    return " · ".join(filter(None, said))


class PartsPicture(CaptionedPicture):
    """Parts of a page as they stand in the window, with a caption."""

    def __init__(self, look: Look, plot: SavedPlot, page: QWidget) -> None:
        super().__init__(look)
        self._plot, self._page = plot, page
        self._places = {part: QRect(part.mapTo(page, QPoint()), part.size()) for part in plot.parts}

    def caption(self) -> list[str]:
        """Return what the plot says of itself."""
        return list(self._plot.caption)

    def notes(self) -> Mapping[str, str]:
        """Return seed and parameters."""
        return as_texts(self._plot.origin)

    @property
    def _whole(self) -> QRect:
        whole = QRect()
        for place in self._places.values():
            whole = whole.united(place)
        return whole

    def body_size(self) -> QSize:
        """As large as the parts are in the window."""
        return self._whole.size()

    def draw_body(self, painter: QPainter, _ratio: float) -> None:
        """Draw the parts where they stand."""
        for part, place in self._places.items():
            painter.save()
            painter.translate(place.topLeft() - self._whole.topLeft())
            with ExitStack() as finely:
                for plot in _plots_in(part):
                    finely.enter_context(plot.without_kept_pixels())
                part.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
            painter.restore()


def _plots_in(part: QWidget) -> list[Plot]:
    """Return the plots in a part of a page."""
    from app.plots.plot import Plot  # with pyqtgraph, which is loaded when it is first needed

    return [*([part] if isinstance(part, Plot) else []), *part.findChildren(Plot)]
