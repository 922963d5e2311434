"""What the report consists of: how it was measured, the curve, and a table a task below each other."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.attention.report.plot import LengthPlot
from app.attention.report.rows import PAPERS, PAPERS_COLUMNS, SHEETS, Sheet, published, told
from app.explain.formula_view import FormulaView
from app.icons import icon
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from app.widgets.progress_notice import ProgressNotice
from app.widgets.tables.text_table import TextTable
from core.attention.learned.report_events import Measuring, ReportTables
from core.language import N_, _

AER: Final = (
    r"\sym{aer}=1-\frac{|\sym{links}\cap \sym{sure}|+|\sym{links}\cap \sym{possible}|}{|\sym{links}|+|\sym{sure}|}"
)


class ReportPage(Panel):
    """Shows a report.

    Signals:
        recompute_wanted: the figures are wanted from the weights.
        cancel_wanted: no longer.
    """

    recompute_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.recompute, self.cancel = QPushButton(), QPushButton()
        self.recompute.setObjectName("report_recompute")
        self.recompute.clicked.connect(self.recompute_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.bind_text(self.recompute.setText, N_("Recompute from the weights"))
        self.bind_text(self.cancel.setText, N_("Cancel"))
        self.notice = ProgressNotice(look, (self.cancel,))
        self.formula = FormulaView(look, AER)
        self.told = PlainLabel()
        self.told.setWordWrap(True)
        self.plot = LengthPlot(look)
        self.tables = {sheet.task: _table(look, sheet) for sheet in SHEETS}
        self.papers = TextTable(look, PAPERS, PAPERS_COLUMNS, frozenset(), is_whole=True)
        self.notes = {sheet.task: _note() for sheet in SHEETS}
        self._found: ReportTables | None = None
        self._lay_out()
        self._restyle(look.theme.theme)

    def _lay_out(self) -> None:
        self._head = QHBoxLayout()
        self._head.addWidget(self.formula, 1)
        self._head.addWidget(self.recompute)
        inside = QWidget()
        self._sheets = QVBoxLayout(inside)
        self._sheets.setContentsMargins(0, 0, 0, 0)
        self._sheets.addWidget(self.plot)
        for task, table in self.tables.items():
            table.hide()
            table.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
            self._sheets.addWidget(table)
            self._sheets.addWidget(self.notes[task])
        self.papers.hide()
        self.papers.view.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._sheets.addWidget(self.papers)
        self._sheets.addStretch()
        self.area = QScrollArea()
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setWidget(inside)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._head)
        self._column.addWidget(self.notice)
        self._column.addWidget(self.told)
        self._column.addWidget(self.area, 1)

    def show_report(self, found: ReportTables | None) -> None:
        """Show all tables of ``found``; none while there is nothing."""
        self._found = found
        self.recompute.setEnabled(found is not None and found.models > 0)
        for sheet in SHEETS:
            table = found.tables.get(sheet.task, {}) if found is not None else {}
            self.tables[sheet.task].show_rows(sheet.rows(table))
            note = sheet.note(table)
            self.notes[sheet.task].setText(note)
            self.notes[sheet.task].setVisible(bool(note))
        self.papers.show_rows(published(found.tables) if found is not None else [])
        self.plot.show_table(found.tables.get("translation", {}) if found is not None else {})
        self._say()

    def show_progress(self, measuring: Measuring | None, time_left: str = "") -> None:
        """Show which model is being examined; None when none is."""
        self.notice.setVisible(measuring is not None)
        self.recompute.setEnabled(measuring is None and self._found is not None and self._found.models > 0)
        if measuring is not None:
            done = _("Examining {name}: {done} of {total}").format(
                name=measuring.name, done=measuring.done + 1, total=measuring.total
            )
            self.notice.show_words(" · ".join(filter(None, (done, time_left))))
            self.notice.show_share(measuring.done / measuring.total)

    def _say(self) -> None:
        found = self._found
        if found is None:
            self.told.setText("")
        elif not found.models:
            self.told.setText(_('No model was trained on this computer yet. Train one on the page "Train live".'))
        else:
            self.told.setText(told(found.models, found.megabytes, is_recomputed=found.is_recomputed))

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._head.setSpacing(em(1))
        self._column.setSpacing(em(0.5))
        self._sheets.setSpacing(em(0.75))
        self.plot.setFixedHeight(em(14))
        self.recompute.setIcon(icon("reset"))

    def _retranslate(self) -> None:
        self.show_report(self._found)


def _note() -> PlainLabel:
    label = PlainLabel()
    label.setWordWrap(True)
    label.hide()
    set_style(label, kind="muted")
    return label


def _table(look: Look, sheet: Sheet) -> TextTable:
    return TextTable(look, sheet.title, sheet.columns, sheet.numeric, is_whole=True)
