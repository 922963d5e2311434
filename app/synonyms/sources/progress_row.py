"""One stage of a mining, as a row of a grid."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QProgressBar, QWidget

from app.fonts import tabular
from app.icons import IconName, coloured_icon
from app.panel import Look, Panel
from app.synonyms.source_names import stage_name
from app.synonyms.sources.mining import Stage
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import _


class ProgressRow(Panel):
    """One stage of a mining: its name, how far it is, what it brought."""

    def __init__(self, look: Look, grid: QGridLayout, row: int, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._stage: Stage | None = None
        self.picture, self.name, self.bar, self.counts = PlainLabel(), PlainLabel(), QProgressBar(), PlainLabel()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.counts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._widgets = (self.picture, self.name, self.bar, self.counts)
        for column, widget in enumerate(self._widgets):
            grid.addWidget(widget, row, column)
        self.hide()  # the row lives in the grid; this only keeps it
        self._restyle(look.theme.theme)

    def show_stage(self, stage: Stage | None) -> None:
        """Show ``stage``; None hides the row."""
        self._stage = stage
        for widget in self._widgets:
            widget.setVisible(stage is not None)
        if stage is not None:
            words = stage_name(stage.name)
            self.name.setText(words)
            self.bar.setAccessibleName(words)
            self.bar.setValue(round(1000 * stage.share))
            told = {
                "waiting": "",
                "before": _("cached"),
                "working": _("{added:,} new, {proposed:,} proposed").format(added=stage.added, proposed=stage.proposed),
                "done": _("{added:,} new, {proposed:,} proposed").format(added=stage.added, proposed=stage.proposed),
            }[stage.state]
            self.counts.setText(told if stage.proposed or stage.state == "before" else "")
            self._draw()

    def _restyle(self, _theme: Theme) -> None:
        self.counts.setFont(tabular(self.look.scale.font("caption")))
        self._draw()

    def _retranslate(self) -> None:
        self.show_stage(self._stage)

    def _draw(self) -> None:
        if self._stage is None:
            return
        colours = self.look.theme.theme.colours
        pictures: dict[str, tuple[IconName, str]] = {
            "waiting": ("dot", colours.border),
            "working": ("play", colours.text),
            "done": ("check", colours.yes),
            "before": ("check", colours.muted),
        }
        name, colour = pictures[self._stage.state]
        size = self.look.scale.icon_size(1.0)
        self.picture.setPixmap(coloured_icon(name, colour).pixmap(size, self.devicePixelRatioF()))
