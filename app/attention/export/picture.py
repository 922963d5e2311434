"""The stage as a picture to export: the view as on screen, its scale of colours, and a caption that says it all."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter

from app.attention.presenter import Presenter
from app.attention.views.stack import Stage
from app.fonts import has_letter
from app.panel import Look
from app.plots.captioned import CaptionedPicture
from core.attention.export.code_points import drawable, say_unknown, unknown_letters


class StagePicture(CaptionedPicture):
    """Draws the stage onto other surfaces."""

    def __init__(self, look: Look, presenter: Presenter, stage: Stage) -> None:
        super().__init__(look)
        self._presenter = presenter
        self._stage = stage

    def caption(self) -> list[str]:
        """Return what the view says of itself, and which letters no font has."""
        lines = self._presenter.view.caption(self._presenter.shown)
        unknown = say_unknown(unknown_letters(lines, has_letter))
        return [*lines, unknown] if unknown else lines

    def written(self, line: str) -> str:
        """Return a line with a mark for every letter that no font has."""
        return drawable(line, has_letter)

    def body_size(self) -> QSize:
        """The page, and below it the scale of colours where it has one."""
        return self._stage.page.size() + QSize(0, self._look.scale.em(2.25) * self._has_bar())

    def _has_bar(self) -> bool:
        return self._stage.bar is not None

    def draw_body(self, painter: QPainter, ratio: float) -> None:
        """Draw the view, below it the scale of colours."""
        em = self._look.scale.em
        self._stage.draw(painter, ratio)
        if self._has_bar():
            self._stage.draw_bar(painter, QRectF(0, self._stage.page.height() + em(0.25), em(14), em(1.75)))
