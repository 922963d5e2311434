"""Agreement: how far the annotators agree, where they differ, and the way to settle it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QModelIndex, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QScrollArea,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.panel import Look, Panel
from app.sentence import Sentence
from app.style import mark
from app.synonyms.agreement.annotators_sidebar import AnnotatorsSidebar
from app.synonyms.agreement.confusion_matrix import ConfusionMatrix
from app.synonyms.annotation.session import TABLE_LANE, LabelSession
from app.theme import Theme
from app.widgets.big_number import UNKNOWN, BigNumber
from app.widgets.text_table import TextTableModel
from core.language import N_, _
from core.runtime.events import Payload
from core.synonyms.agreement.measures import Interval
from core.synonyms.agreement.report import AgreementConfig, AgreementReport, Couple
from core.synonyms.pairs import SynonymsError
from core.synonyms.store import Sharing, Store

_NAMES: Final = 2
"""Columns with names; the others hold numbers."""

_MOST_ROWS: Final = 8
"""Couples in view at once; more scroll."""


def _told(couple: Couple) -> tuple[str, ...]:
    return (
        couple.one,
        couple.other,
        f"{couple.pairs:,}",
        interval_text(couple.raw, share=True),
        interval_text(couple.kappa),
    )


def interval_text(interval: Interval, *, share: bool = False) -> str:
    """Return a number with its interval, as a share in per cent or as a number; a dash where it is undefined."""
    if interval.value != interval.value:  # NaN
        return UNKNOWN
    form = "{:.0%}" if share else "{:.2f}"
    told = form.format(interval.value)
    if interval.low == interval.low:
        span = _("{low} to {high}").format(low=form.format(interval.low), high=form.format(interval.high))
        told += f"  ({span})"
    return told.replace("-", "−")


class AgreementPage(Panel):
    """The numbers of agreement, every couple, and the disputes.

    Signals:
        settle_wanted: the disputes shall come to the card, to be settled.
    """

    settle_wanted = Signal()

    def __init__(
        self, look: Look, session: LabelSession, background: Background, sidebar: AnnotatorsSidebar,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(look, parent)
        self.session = session
        self.sidebar = sidebar
        self._run = CurrentRun(
            background, TABLE_LANE, type(None), self, progressed=self._on_report, failed=self._on_failed
        )
        self._disputes = 0
        self.report: AgreementReport | None = None
        self.pairs = BigNumber(
            look, N_("Pairs with two answers or more"), N_("Only they say anything about agreement.")
        )
        self.raw = BigNumber(
            look, N_("Same answer"), N_("Flatters where synonyms are rare: chance alone agrees often.")
        )
        self.alpha = BigNumber(
            look,
            N_("Krippendorff's alpha"),
            N_("0 is chance, 1 is full agreement; annotators may judge different pairs."),
        )
        self.model = TextTableModel(
            (N_("Annotator"), N_("and"), N_("Pairs"), N_("Same answer"), N_("Cohen's kappa")),
            frozenset({2, 3, 4}),
            self,
        )
        self.view = QTableView()
        self.view.setModel(self.model)
        self.confusion = ConfusionMatrix(look)
        self.told = QLabel()
        self.told.setWordWrap(True)
        self.settle = QPushButton()
        self.settle.setObjectName("settle")
        mark(self.settle, primary=True)
        self._lay_out()
        self.settle.clicked.connect(self.settle_wanted)
        sidebar.added.connect(self._on_added)
        sidebar.activity.connect(self._on_activity)
        sidebar.overlap.connect(self._on_overlap)
        sidebar.compared.connect(self.measure)
        self._retranslate()
        self._restyle(look.theme.theme)

    def _lay_out(self) -> None:
        self._numbers = QHBoxLayout()
        for number in (self.pairs, self.raw, self.alpha):
            self._numbers.addWidget(number, 1)
        self.view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.view.setShowGrid(False)
        self.view.verticalHeader().hide()
        header = self.view.horizontalHeader()
        for section in range(self.model.columnCount()):
            mode = QHeaderView.ResizeMode.Stretch if section < _NAMES else QHeaderView.ResizeMode.ResizeToContents
            header.setSectionResizeMode(section, mode)
        self.view.selectionModel().currentRowChanged.connect(self._on_couple)
        self._status_row = QHBoxLayout()
        self._status_row.addWidget(self.told, 1)
        self._status_row.addWidget(self.settle)
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.addLayout(self._numbers)
        self._column.addLayout(self._status_row)
        self._column.addWidget(self.view)
        self._column.addWidget(self.confusion, 1)
        self._column.addStretch()
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def entered(self) -> None:
        """The page has come to the front: read people and disputes, and measure."""
        store = self.session.store
        if store is None:
            return
        try:
            self.sidebar.show_people(store.annotators(), store.sharing)
        except SynonymsError as error:
            self.session.failed.emit(str(error))
            return
        self.measure()

    @Slot()
    def measure(self) -> None:
        """Have agreement measured on the answers that stand."""
        store = self.session.store
        if store is None:
            return
        try:
            self._disputes = store.count_disputed()
        except SynonymsError as error:
            self.session.failed.emit(str(error))
        config = AgreementConfig(self.session.address, merged=self.sidebar.merged.isChecked())
        self._run.start("core.synonyms.agreement.task:measure_agreement", config=config)
        self._retranslate()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(em(1), em(0.75), em(1), em(0.75))
        self._column.setSpacing(em(0.75))
        self._numbers.setSpacing(em(1.5))
        self._status_row.setSpacing(em(1))
        self.view.verticalHeader().setDefaultSectionSize(em(1.5))
        self._fit_table()

    def _fit_table(self) -> None:
        """Make the list of couples as tall as what it holds."""
        rows = min(_MOST_ROWS, self.model.rowCount()) * self.look.scale.em(1.5)
        head = self.view.horizontalHeader().sizeHint().height()
        self.view.setFixedHeight(head + rows + 2 * self.view.frameWidth())

    def _retranslate(self) -> None:
        self.view.setAccessibleName(_("Every two annotators"))
        self.model.retranslate()
        report = self.report
        if report is None or not report.pairs:
            self.pairs.show_number("0" if report is not None else UNKNOWN, "")
            self.raw.show_number(UNKNOWN, "")
            self.alpha.show_number(UNKNOWN, "")
        else:
            self.pairs.show_number(f"{report.pairs:,}", ", ".join(report.annotators))
            for number, interval, share in ((self.raw, report.raw, True), (self.alpha, report.alpha, False)):
                value, _sep, below = interval_text(interval, share=share).partition("  ")
                number.show_number(value, below and _("95% interval {span}").format(span=below))
        couples = report is not None and bool(report.couples)
        self.view.setVisible(couples)
        self.confusion.setVisible(couples)
        self.settle.setVisible(self._disputes > 0)
        one, n = self._disputes == 1, self._disputes
        self.settle.setText(_("Settle one dispute") if one else _("Settle {n:,} disputes").format(n=n))
        self._show_told()

    def _show_told(self) -> None:
        report = self.report
        if report is None:
            self.told.setText(_("Measuring how far the annotators agree…"))
        elif not report.pairs:
            self.told.setText(
                _(
                    "Nobody has judged the same pairs yet. Two annotators, each under their own name, share those "
                    "that everybody judges."
                )
            )
        elif self._disputes:
            one, n = self._disputes == 1, self._disputes
            many = _("On {n:,} pairs the annotators disagree.")
            self.told.setText(_("On one pair the annotators disagree.") if one else many.format(n=n))
        else:
            self.told.setText(_("There are no disputes."))

    def _on_report(self, payloads: tuple[Payload, ...]) -> None:
        report = payloads[-1]
        assert isinstance(report, AgreementReport)
        self.report = report
        self.model.show_rows([_told(couple) for couple in report.couples])
        self._fit_table()
        self.confusion.show_couple(None, ())
        if report.couples:
            self.view.selectRow(0)
        self._retranslate()

    def _on_failed(self, failure: Failure) -> None:
        self.session.failed.emit(Sentence(N_("Agreement cannot be measured: {reason}"), {"reason": failure.message}))

    @Slot(QModelIndex, QModelIndex)
    def _on_couple(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if self.report is not None and 0 <= current.row() < len(self.report.couples):
            self.confusion.show_couple(self.report.couples[current.row()], self.report.categories)

    @Slot(str)
    def _on_added(self, name: str) -> None:
        self._change(lambda store: store.add_annotator(name))

    @Slot(str, bool)
    def _on_activity(self, name: str, active: bool) -> None:
        self._change(lambda store: store.set_active(name, active=active))

    @Slot(float)
    def _on_overlap(self, share: float) -> None:
        self._change(lambda store: setattr(store, "sharing", Sharing(share, store.sharing.seed)))

    def _change(self, work: Callable[[Store], object]) -> None:
        """Change people or sharing, then show what follows."""
        self.session.change(work, self.entered)
