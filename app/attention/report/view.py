"""The report: every figure of the trained models, at once as recorded, and recomputed when it is wanted."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.attention.mechanisms.page import places
from app.attention.options import ViewOptions
from app.attention.report.page import AER, ReportPage
from app.attention.selection import Selection
from app.attention.state import AttentionState, Wanted
from app.attention.state import Slot as Place
from app.attention.views import ViewSpec
from app.attention.views.base import Control, Shown, View
from app.attention.views.controls import Controls
from app.background import Background
from app.current_run import CurrentRun, Failure
from app.explain.symbols import LATEX
from app.panel import Look
from app.sentence import Sentence
from app.style import set_style
from app.time_left import TimeLeft
from app.widgets.plain import PlainLabel
from app.widgets.sidebar import ChoiceBox
from core.attention.learned.report_events import Measuring, ReportRequest, ReportTables
from core.attention.requests import FormulasRequest
from core.attention.results import ModelCard
from core.formulas import Typeset
from core.language import N_, _
from core.runtime.events import Payload

LANE: Final = "report"
REPORT: Final = Place("report", ReportTables)
TYPESET: Final = Place("report.formulas", Typeset)
_TASK: Final = "core.attention.learned.report_task:recompute"


class ReportControls(Controls):
    """Whose models the report is about."""

    def __init__(self, look: Look) -> None:
        super().__init__(look)
        self.weights, label, how = ChoiceBox(), PlainLabel(), PlainLabel()
        label.setBuddy(self.weights)
        how.setWordWrap(True)
        set_style(how, kind="caption")
        self.bind_text(label.setText, N_("Models"))
        self.bind_text(self.weights.setAccessibleName, N_("Models"))
        self.bind_text(how.setText, N_("The same figures in the terminal:\nattention-report --json FILE"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (label, self.weights, how):
            column.addWidget(widget)
        self.weights.activated.connect(lambda _at: self.wanted.emit({"reported": self.weights.value}))
        self._retranslate()

    def show_options(self, options: ViewOptions, _cards: Mapping[str, ModelCard]) -> None:
        """Show what is chosen."""
        self.weights.choose(options.reported)

    def _retranslate(self) -> None:
        self.weights.offer([(_("those that come along"), "shipped"), (_("those trained here"), "own")])


class ReportView(View):
    """Tables and a curve.

    Attributes:
        page: all of it.
    """

    needs_text = False
    has_own_model = True
    least_width = 52
    controls: ClassVar[frozenset[Control]] = frozenset()

    def __init__(self, spec: ViewSpec, look: Look, selection: Selection) -> None:
        super().__init__(spec, look, selection)
        self.page = ReportPage(look)
        self._own_controls = ReportControls(look)
        self._run: CurrentRun[ReportTables] | None = None
        self._recomputed: ReportTables | None = None
        self._left = TimeLeft()
        page, links = self.page, self.symbol_links
        page.recompute_wanted.connect(self._on_recompute)
        page.cancel_wanted.connect(self._on_cancel)
        for symbol in ("aer", "links", "sure", "possible"):
            links.add(symbol, page.formula, partial(places, page.formula, symbol), points=False)
        links.add("bleu", page.plot)
        page.formula.pointed.connect(self.symbol_pointed)
        links.pointed.connect(page.formula.light)

    def take_background(self, background: Background) -> None:
        """Recompute with these workers."""
        self._run = CurrentRun(
            background, LANE, ReportTables, self,
            progressed=self._on_progressed, finished=self._on_finished,
            failed=self._on_failed, cancelled=self._on_cancelled,
        )  # fmt: skip

    @property
    def widget(self) -> QWidget:
        """All of it."""
        return self.page

    @property
    def own_controls(self) -> ReportControls:
        """Whose models."""
        return self._own_controls

    def moves(self, _options: ViewOptions) -> bool:
        """Tables stand still."""
        return False

    def wants(self, options: ViewOptions, _state: AttentionState) -> tuple[Wanted, ...]:
        """What was recorded, and the formula."""
        return Wanted(REPORT, ReportRequest(options.reported)), Wanted(TYPESET, FormulasRequest({AER: AER}, LATEX))

    def _show(self, shown: Shown) -> None:
        recorded, typeset = shown[REPORT], shown[TYPESET]
        if typeset is not None:
            self.page.formula.show_picture(typeset.pictures.get(AER, ""))
        mine = self._recomputed
        found = mine if mine is not None and mine.request.weights == shown.options.reported else recorded
        if self._is_new(found):
            self.page.show_report(found)

    def draw(self, painter: QPainter, _ratio: float) -> None:
        """Draw curve and tables as far as they are in sight."""
        self.page.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)

    def caption(self, shown: Shown) -> list[str]:
        """How it was measured."""
        return [self.page.told.text()] if shown[REPORT] is not None else []

    def symbol_values(self, shown: Shown) -> dict[str, str]:
        """The best translator's figures."""
        found = self._recomputed or shown[REPORT]
        rows = list(found.tables.get("translation", {}).values()) if found is not None else []
        if not rows:
            return {}
        best = max(rows, key=lambda row: float(row["bleu"]))
        return {"bleu": f"{best['bleu']:.1f}"} | ({"aer": f"{best['aer']:.3f}"} if best.get("aer") is not None else {})

    def light_symbol(self, symbol: str) -> None:
        """Light its part, and its terms in the formula."""
        super().light_symbol(symbol)
        self.page.formula.light(symbol)

    @Slot()
    def _on_recompute(self) -> None:
        if self._run is not None and self.shown is not None:
            self._left = TimeLeft()
            self._run.start(_TASK, request=ReportRequest(self.shown.options.reported))

    @Slot()
    def _on_cancel(self) -> None:
        if self._run is not None:
            self._run.cancel()

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        measuring = next((one for one in reversed(payloads) if isinstance(one, Measuring)), None)
        if measuring is not None:
            self.page.show_progress(measuring, self._left.words(measuring.done / measuring.total))

    def _on_finished(self, found: ReportTables) -> None:
        self._recomputed = found
        self.page.show_progress(None)
        if self.shown is not None:
            self.show(self.shown)

    def _on_failed(self, failure: Failure) -> None:
        self.page.show_progress(None)
        self.failed.emit(Sentence(N_("The report can't be recomputed: {reason}"), {"reason": failure.message}))

    def _on_cancelled(self) -> None:
        self.page.show_progress(None)
