"""Agreement: how far the annotators agree, where they differ, and the way to settle it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from app.actions import key_name
from app.explain.columns import link_columns
from app.page import Explanation
from app.style import set_style
from app.synonyms.agreement.annotators_sidebar import AnnotatorsSidebar
from app.synonyms.agreement.confusion_matrix import ConfusionMatrix
from app.synonyms.agreement.couples_table import CouplesTable
from app.synonyms.agreement.interval_text import interval_text
from app.synonyms.annotation.session import TABLE_LANE
from app.synonyms.page import SynonymsPage
from app.synonyms.question import Question
from app.synonyms.workspace import Workspace
from app.theme import Theme
from app.widgets.big_number import UNKNOWN, BigNumber
from app.widgets.control_state import ScrollPlace, restore_controls, save_controls
from app.widgets.page_scroll import page_scroll
from app.widgets.plain import PlainLabel
from core.language import N_, _, listed, ngettext
from core.runtime.events import Payload
from core.synonyms.agreement.report import AgreementConfig, AgreementReport
from core.synonyms.journal.statement import Statement
from core.synonyms.pairs import SynonymsError
from core.synonyms.queue.config import Only, QueueConfig
from core.synonyms.store import Annotator, Sharing

_BESIDE: Final = 56
"""Width in lines of text from which the matrix stands beside the couples."""
_COLUMNS: Final = {"p_o": 3, "kappa": 4}
"""The symbols that columns stand for."""


class AgreementPage(SynonymsPage):
    """The numbers of agreement, every couple, and the disputes."""

    page_id = "synonyms.agreement"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        look = workspace.look
        super().__init__(look, parent)
        self.session = workspace.session
        self.sidebar: AnnotatorsSidebar = AnnotatorsSidebar(look)
        self._wanted: list[str] | None = None
        self._question = Question(
            workspace.background, TABLE_LANE, self.session, self,
            message=N_("Agreement can't be computed: {reason} Press {key} to try again."), key="F4",
            answered=self._on_report, failed=self._retranslate,
        )  # fmt: skip
        self._disputes = 0
        self.report: AgreementReport | None = None
        self.pairs = BigNumber(
            look, N_("Pairs with two or more verdicts"), N_("Only these pairs say anything about agreement.")
        )
        self.raw = BigNumber(
            look, N_("Same verdict"), N_("Too optimistic where synonyms are rare: much agreement is chance.")
        )
        self.alpha = BigNumber(
            look,
            N_("Krippendorff's alpha"),
            N_("0 is chance, 1 is full agreement; annotators may judge different pairs."),
        )
        self.view = CouplesTable(look)
        self.confusion = ConfusionMatrix(look)
        self.summary = PlainLabel()
        self.summary.setWordWrap(True)
        self.settle = QPushButton()
        self.settle.setObjectName("settle")
        set_style(self.settle, primary=True)
        self._lay_out()
        self.symbol_links.add("p_o", self.raw)
        self.symbol_links.add("alpha_k", self.alpha)
        link_columns(self.symbol_links, self.view, tuple(_COLUMNS), _COLUMNS.__getitem__)
        self.session.opened.connect(self._on_store)
        self.view.chosen.connect(self._on_couple)
        self.settle.clicked.connect(self._on_settle)
        self.sidebar.added.connect(self._on_added)
        self.sidebar.activity.connect(self._on_activity)
        self.sidebar.overlap.connect(self._on_overlap)
        self.sidebar.compared.connect(self.measure)
        self._retranslate()
        self._restyle(look.theme.theme)

    def _lay_out(self) -> None:
        self._numbers = QHBoxLayout()
        for number in (self.pairs, self.raw, self.alpha):
            self._numbers.addWidget(number, 1)
        self._status_row = QHBoxLayout()
        self._status_row.addWidget(self.summary, 1)
        self._status_row.addWidget(self.settle)
        page = QWidget()
        self._column = QVBoxLayout(page)
        self._column.addLayout(self._numbers)
        self._column.addLayout(self._status_row)
        self._couples = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._couples.addWidget(self.view, 0, Qt.AlignmentFlag.AlignTop)
        self._couples.addWidget(self.confusion, 1)
        self._column.addLayout(self._couples, 1)
        self._column.addStretch()
        scroll = page_scroll(page)
        self.scroll_bar = scroll.verticalScrollBar()
        self._place = ScrollPlace(self.scroll_bar, self)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    @Slot()
    def _on_settle(self) -> None:
        """Bring the disputes to the card, to be settled."""
        config = self.session.config
        self.session.arrange(
            QueueConfig(
                config.store, config.annotator, config.order, Only.DISPUTED, config.score, seed=config.seed
            )
        )  # fmt: skip
        self.page_wanted.emit("synonyms.card", "")

    def entered(self) -> None:
        """Read people and disputes, and measure."""
        store = self.session.store
        if store is None:
            return

        def read() -> tuple[list[Annotator], Sharing]:
            return store.annotators(), store.sharing

        self.session.calls.call(read, self._show_people, self._say_failed)
        self.measure()

    @property
    def is_busy(self) -> bool:
        """Whether agreement is being measured."""
        return self._question.is_asking

    def _show_people(self, people: tuple[list[Annotator], Sharing]) -> None:
        self.sidebar.show_people(*people)

    def _say_failed(self, error: SynonymsError) -> None:
        self.session.failed.emit(str(error))

    @Slot()
    def measure(self) -> None:
        """Have agreement measured on the answers that stand."""
        store = self.session.store
        if store is None:
            return
        self.session.calls.call(store.count_disputed, self._show_disputes, self._say_failed)
        config = AgreementConfig(self.session.address, merged=self.sidebar.merged.isChecked())
        self._question.ask("core.synonyms.agreement.task:measure_agreement", config=config)
        self._retranslate()

    def _show_disputes(self, disputes: int) -> None:
        self._disputes = disputes
        self._retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the matrix beside the couples on a wide page, below them on a narrow one."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        directions = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        is_wide = self.width() >= self.look.scale.em(_BESIDE)
        self._couples.setDirection(directions[is_wide])
        self._couples.setStretch(0, 1 if is_wide else 0)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._couples.setSpacing(em(0.75))
        self._arrange()
        self._column.setContentsMargins(em(1), em(0.75), em(1), em(0.75))
        self._column.setSpacing(em(0.75))
        self._numbers.setSpacing(em(1.5))
        self._status_row.setSpacing(em(1))

    def _retranslate(self) -> None:
        report = self.report
        if report is None or not report.pairs:
            self.pairs.show_number("0" if report is not None else UNKNOWN, "")
            self.raw.show_number(UNKNOWN, "")
            self.alpha.show_number(UNKNOWN, "")
        else:
            self.pairs.show_number(f"{report.pairs:,}", listed(report.annotators))
            for number, interval, share in ((self.raw, report.raw, True), (self.alpha, report.alpha, False)):
                value, _sep, below = interval_text(interval, share=share).partition("  ")
                number.show_number(value, below and _("95% interval {span}").format(span=below))
        couples = report is not None and bool(report.couples)
        self.view.setVisible(couples)
        self.confusion.setVisible(couples)
        self.settle.setVisible(self._disputes > 0)
        n = self._disputes
        self.settle.setText(ngettext("Settle {n:,} dispute", "Settle {n:,} disputes", n).format(n=n))
        self._show_summary()

    def _show_summary(self) -> None:
        report = self.report
        if self._question.has_failed:
            told = _("Agreement could not be computed. Press {key} to try again.").format(key=key_name("F4"))
            self.summary.setText(told)
        elif report is None and self.session.store is None:
            told = _("No store is open. Open one under Sources ({key}).").format(key=key_name("F5"))
            self.summary.setText(told)
        elif report is None:
            self.summary.setText(_("Computing agreement…"))
        elif not report.pairs:
            self.summary.setText(
                _(
                    "No pair has been judged by two annotators yet. Let two people annotate under their own "
                    "names; they share the pairs in the overlap."
                )
            )
        elif self._disputes:
            n = self._disputes
            told = ngettext("The annotators disagree on {n:,} pair.", "The annotators disagree on {n:,} pairs.", n)
            self.summary.setText(told.format(n=n))
        else:
            self.summary.setText(_("There are no disputes."))

    def _on_report(self, payloads: tuple[Payload, ...]) -> None:
        report = payloads[-1]
        assert isinstance(report, AgreementReport)
        self.report = report
        self.confusion.show_couple(None, ())
        self.view.show_couples(report.couples, self._wanted)
        self._wanted = None
        self._retranslate()
        self.explanation_changed.emit()

    @Slot()
    def _on_store(self) -> None:
        """Another store is open: what was known of the one before says nothing about it."""
        self._question.forget()
        self.report, self._disputes = None, 0
        self.confusion.show_couple(None, ())
        self.view.show_couples((), None)
        if self.isVisible():
            self.entered()
        self._retranslate()

    @Slot()
    def _on_couple(self) -> None:
        if self.report is not None:
            self.confusion.show_couple(self.view.couple, self.report.categories)
            self.explanation_changed.emit()

    @Slot(str)
    def _on_added(self, name: str) -> None:
        self._change(Statement("add person", name))

    @Slot(str, bool)
    def _on_activity(self, name: str, active: bool) -> None:
        self._change(Statement("set active", name, active=active))

    @Slot(float)
    def _on_overlap(self, share: float) -> None:
        self._change(Statement("set overlap", overlap=share))

    def _change(self, statement: Statement) -> None:
        """Change people or sharing, then show what follows."""
        self.session.decisions.change(statement, self.entered)

    def explain(self) -> Explanation:
        """Return Krippendorff's alpha of all, and Cohen's kappa of the two in the matrix."""
        values, couple = {}, self.view.couple
        if self.report is not None and self.report.pairs:
            values["alpha_k"] = interval_text(self.report.alpha)
        if couple is not None:
            values["kappa"] = interval_text(couple.kappa)
        return Explanation(self.page_id, values)

    def save_state(self) -> dict[str, Any]:
        """Return what is compared, and whom the matrix shows."""
        couple = self.view.couple
        return {
            "controls": save_controls(self.sidebar.controls()),
            "couple": self._wanted or ([couple.one, couple.other] if couple is not None else None),
            "scroll": self._place.save(),
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Compare as it was; the two are found again when they have been measured."""
        restore_controls(self.sidebar.controls(), state.get("controls"))
        couple = state.get("couple")
        if isinstance(couple, list) and len(couple) == 2 and all(isinstance(name, str) for name in couple):
            self._wanted = couple
        self._place.restore(state.get("scroll"))
        self.measure()
