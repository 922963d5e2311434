"""The table: every pair of the store, searched, sorted, filtered, and judged many at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QModelIndex, Qt, QTimer, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from app.actions import Actions
from app.explain.columns import link_columns
from app.page import Explanation
from app.sentence import Sentence
from app.synonyms.evidence.panel import EvidencePanel
from app.synonyms.page import SynonymsPage
from app.synonyms.page_state import pair_values
from app.synonyms.table.empty_cover import EmptyCover
from app.synonyms.table.filter_sidebar import FilterSidebar
from app.synonyms.table.layout import TableLayout
from app.synonyms.table.model import CandidateModel
from app.synonyms.table.pair_order import PairOrder, sort_in
from app.synonyms.table.place import TablePlace
from app.synonyms.table.status_bar import TableStatusBar
from app.synonyms.table.view import PairTable
from app.synonyms.workspace import Workspace
from app.theme import Theme
from app.widgets.control_state import restore_controls, save_controls
from core.language import N_, _
from core.synonyms.pairs import COSINE, SynonymsError
from core.synonyms.store import Annotator, Row, Sort
from core.synonyms.store.reading.checks import Usable
from core.synonyms.store.rows import AS_ADDED, WORD1, WORD2, Filter
from core.synonyms.store.table_task import TableOrder
from core.synonyms.verdicts import VERDICTS, Verdict

MOST_AT_ONCE: Final = 1000
"""Pairs judged by one key: so many are on the disk before anybody feels a wait."""

_SYMBOLS: Final = {"u": WORD1, "v_word": WORD2, "cos": COSINE}
"""The symbols that columns stand for, with the columns' names."""


class TablePage(SynonymsPage):
    """The table. The order comes from a worker, the rows on the screen from the store itself."""

    page_id = "synonyms.table"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        look, session = workspace.look, workspace.session
        super().__init__(look, parent)
        self.session, self.mining = session, workspace.mining
        self._visited: int | None = None
        self._total = 0
        self._is_open = False
        self._seen_by = session.seen_by
        self._damage: SynonymsError | None = None
        self.sidebar: FilterSidebar = FilterSidebar(look)
        self.sidebar.show_whose(self._seen_by)
        self.model = CandidateModel(look, self._fetch, self)
        self.view = PairTable(look)
        self.view.setModel(self.model)
        self.evidence = EvidencePanel(look)
        self.status_bar: TableStatusBar = TableStatusBar(look)
        self.scroll_bar = self.view.verticalScrollBar()
        self.place = TablePlace(self.view, self.model)
        self.order = PairOrder(workspace.background, session, self)
        self.order.found.connect(self._on_order)
        self.order.unknown.connect(self._show_counts)
        self.cover = EmptyCover(self.view.viewport())
        self.bind_text(self.cover.show_all.setText, N_("Clear filters"))
        self.cover.show_all.clicked.connect(self.sidebar.show_everything)
        self._layout = TableLayout(self, look.scale, self.view, self.model, self.evidence)
        self._connect_view()
        link_columns(self.symbol_links, self.view, tuple(_SYMBOLS), self._column_of)
        self.evidence.bars.link_symbols(self.symbol_links)
        self.sidebar.wanted.connect(self._on_filter)
        self._wishes = workspace.wishes
        self.evidence.why_asked.connect(self.ask_why)
        session.pairs_changed.connect(self._on_pairs_changed)
        session.opened.connect(self._on_store)
        session.arranged.connect(self._on_arranged)
        session.evidence_arrived.connect(self._on_evidence)
        session.card_changed.connect(self._on_card)
        session.current_card.settled.connect(self._on_settled)
        for signal in (self.mining.grew, self.mining.ended):
            signal.connect(self._on_grew)
        self._retranslate()
        self._restyle(look.theme.theme)

    def _column_of(self, symbol: str) -> int:
        name, columns = _SYMBOLS[symbol], self.model.columns
        return columns.index(name) if name in columns else -1

    def _connect_view(self) -> None:
        view = self.view
        view.horizontalHeader().sortIndicatorChanged.connect(self._on_sorted)
        view.selectionModel().selectionChanged.connect(self._show_counts)
        view.selectionModel().currentRowChanged.connect(self._on_row)
        view.opened.connect(self._on_opened)

    def connect_actions(self, actions: Actions) -> None:
        """Give digits their meaning here, and find the way to the search field from every page."""
        for spec in VERDICTS:
            actions.on(f"syn_table_{spec.verdict}", partial(self.decide, spec.verdict))
        actions.on("syn_table_undo", self.session.decisions.undo)
        actions.on("syn_table_why", self.evidence.why.click)
        actions.on("syn_search", partial(self._search, actions))
        self.status_bar.connect_actions(actions)

    def _search(self, actions: Actions) -> None:
        actions["syn_table"].trigger()
        actions["syn_choices"].setChecked(True)
        self.sidebar.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.sidebar.text.selectAll()

    def entered(self) -> None:
        """Show what is in the store now."""
        self._is_open = True
        self.session.look_for_news()
        self.order.ask()
        self._show_counts()
        self.take_focus()

    @property
    def is_busy(self) -> bool:
        """Whether it is being found out which pairs there are."""
        return self.order.is_asking

    def take_focus(self) -> None:
        """Let the arrows walk through the rows."""
        self.view.setFocus()

    def left(self) -> None:
        """Follow the store no more."""
        self._is_open = False
        self.order.ask_no_more()

    @Slot()
    def _on_grew(self) -> None:
        """Pairs were added: show them soon."""
        config = self.mining.config
        is_here = config is not None and config.database == self.session.address
        if self._is_open and is_here:
            self.order.ask_soon()

    @Slot(str, str)
    def ask_why(self, one: str, other: str) -> None:
        """Let it be said why methods score these words as they do."""
        self._wishes.pair.emit(one, other, "")

    def selected(self) -> list[int]:
        """Return the ids of the selected pairs, from top to bottom."""
        ids: dict[int, None] = {}
        for top, bottom in self.view.selected_rows():
            ids.update(dict.fromkeys(self.model.ids[top : bottom + 1].tolist()))
        return list(ids)

    def decide(self, verdict: Verdict) -> None:
        """Enter ``verdict`` on all selected pairs; a single one hands the selection on to the row below."""
        count = sum(bottom - top + 1 for top, bottom in self.view.selected_rows())
        if not count:
            self.message.emit("info", Sentence(N_("Select pairs first: with the arrow keys or by dragging.")))
            return
        if count > MOST_AT_ONCE:
            self.message.emit("info", Sentence(N_("Select at most {n:,} pairs at a time."), {"n": MOST_AT_ONCE}))
            return
        pairs = self.selected()
        row = self.view.currentIndex().row()
        is_written = self.session.decisions.decide_all(pairs, verdict)
        if is_written and len(pairs) == 1 and row + 1 < self.model.rowCount():
            self.view.make_current(row + 1, select=True)

    def _restyle(self, _theme: Theme) -> None:
        self.cover.setSpacing(self.look.scale.em(0.5))
        self.model.forget_icons()
        self._layout.restyle()

    def present(self, on: bool) -> None:
        """Show what fits."""
        self._layout.present(on)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the row's evidence where there is room beside the table."""
        super().resizeEvent(event)
        self._layout.arrange()

    def _retranslate(self) -> None:
        self.view.setAccessibleName(_("Candidate pairs"))
        self.evidence.show_hint(
            _(
                "Click a row or press Enter to open its card; judge the pair or press Esc to return.\n"
                "\n"
                "Select several pairs with Ctrl, Shift, dragging or the row numbers, then press 1 to 6 "
                "to judge them all.\n"
                "\n"
                "The pair under the cursor is described here."
            )
        )
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.model.columnCount() - 1)
        self.model.refresh()
        self._layout.size_columns()
        self._show_counts()

    def _fetch(self, ids: Sequence[int]) -> list[Row] | None:
        """Return the rows of a file; those of a server come later."""
        store = self.session.store
        if store is None:
            return []
        read: list[list[Row]] = []
        is_later = False

        def take(rows: Usable[Row]) -> None:
            if rows.error is not None:
                self._damage = rows.error
                QTimer.singleShot(0, self, self._tell_damage)  # Qt is painting now
            read.append(rows.found)
            if is_later:
                self.model.take_rows(ids, rows.found)
                self._on_row(self.view.currentIndex(), QModelIndex())

        def fail(error: SynonymsError) -> None:
            self.session.failed.emit(str(error))
            take(Usable([], None))

        self.session.calls.call(partial(store.table_query().usable_rows, ids, self.session.seen_by), take, fail)
        is_later = not read
        return read[0] if read else None

    @Slot()
    def _tell_damage(self) -> None:
        self.session.report_damage(self._damage)

    @Slot(object, bool)
    def _on_order(self, found: object, is_other: bool) -> None:
        assert isinstance(found, TableOrder)
        self._total = found.total
        former = self.place.current()
        columns = self.model.columns
        self.model.show_ids(found.ids, found.scores, of_all=self.session.seen_by is None)
        if self.model.columns != columns:
            self._layout.size_columns()
            self._show_people(found.scores)
        self._show_sorting()
        if not self.place.keep(former, from_top=is_other):
            self._show_row(None)
        self.place.rows_arrived()
        self._layout.arrange()
        self._show_counts()

    def _show_people(self, scores: Iterable[str]) -> None:
        store, offered = self.session.store, tuple(scores)
        if store is None:
            self.sidebar.show_store([], offered)
            return

        def show(people: list[Annotator]) -> None:
            self.sidebar.show_store([each.name for each in people], offered)

        self.session.calls.call(store.annotators, show, lambda error: self.session.failed.emit(str(error)))

    def _show_sorting(self) -> None:
        """Mark the column by which the rows are sorted."""
        columns, sort = self.model.columns, self.order.sort
        self.view.mark_sorted(columns.index(sort.column) if sort.column in columns else -1, descending=sort.descending)

    @Slot(object)
    def _on_filter(self, where: object) -> None:
        assert isinstance(where, Filter)
        self.order.want(where=where)

    @Slot(int, Qt.SortOrder)
    def _on_sorted(self, section: int, order: Qt.SortOrder) -> None:
        columns = self.model.columns
        is_column = 0 <= section < len(columns)
        self.order.want(sort=Sort(columns[section], order == Qt.SortOrder.DescendingOrder) if is_column else AS_ADDED)

    @Slot(object)
    def _on_pairs_changed(self, pairs: object) -> None:
        assert isinstance(pairs, list)
        self.model.refresh(pairs)

    @Slot()
    def _on_store(self) -> None:
        self.order.forget()
        self.model.show_ids(self.model.ids[:0], ())
        self._seen_by = self.session.seen_by
        self.sidebar.show_whose(self._seen_by)
        self.order.narrow(self.sidebar.filter())
        if self._is_open:
            self.order.ask()
        self._show_counts()

    @Slot()
    def _on_arranged(self) -> None:
        """Show nothing any more that the one who looks now must not see."""
        if self.session.seen_by != self._seen_by:
            self._on_store()

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_row(self.model.row_at(current.row()) if current.isValid() else None)

    def _show_row(self, row: Row | None) -> None:
        self.explanation_changed.emit()
        if row is None:
            self.evidence.show_pair(None)
        else:
            pair = (row.word1, row.word2)
            found = self.session.state.found.get(pair)
            self.evidence.show_pair(row, found)
        self.session.look_up.preview((row.word1, row.word2) if row is not None else None)

    @Slot()
    def _on_evidence(self) -> None:
        found = self.session.look_up.previewed
        if found is not None:
            self.evidence.show_evidence(found)

    @Slot(int)
    def _on_opened(self, row: int) -> None:
        """Open a pair on the card; the table waits behind it."""
        pair = self.model.pair_at(row)
        self.page_wanted.emit("synonyms.card", "")
        self._visited = pair
        self.session.current_card.reopen(pair)

    @Slot(int, bool)
    def _on_settled(self, pair: int, judged: bool) -> None:
        """Come back to the front, if that is where the pair was opened."""
        if pair == self._visited and not self._is_open:
            if judged:  # a second quick key must not judge it again
                self.view.clearSelection()
            self.page_wanted.emit("synonyms.table", "synonyms.card")

    @Slot()
    def _on_card(self) -> None:
        if not self.session.state.reopened:
            self._visited = None
        if self.session.state.card is not None:
            self.order.warm()

    @Slot()
    def _show_counts(self) -> None:
        shown = self.model.rowCount()
        if not self.order.is_known:
            self.cover.show_unknown(has_store=bool(self.session.address), has_failed=self.order.has_failed)
            self.status_bar.show_unknown()
            return
        self.cover.show_counts(shown, self._total)
        chosen = sum(bottom - top + 1 for top, bottom in self.view.selected_rows())
        self.status_bar.show_counts(shown, self._total, chosen)

    def explain(self) -> Explanation:
        """Return the words of the current row and their cosine."""
        index = self.view.currentIndex()
        row = self.model.row_at(index.row()) if index.isValid() else None
        if row is None:
            return Explanation(self.page_id)
        return Explanation(self.page_id, pair_values(row.word1, row.word2, row.scores.get(COSINE)))

    def save_state(self) -> dict[str, Any]:
        """Return filter, order and place."""
        return {
            "filter": save_controls(self.sidebar.controls()),
            "sort": self.order.save_sort(),
            "place": self.place.save(),
            "evidence": self.evidence.scroll_place.save(),
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Filter and sort as it was; the place is found again when the rows are there."""
        self.place.restore(state.get("place"))
        self.evidence.scroll_place.restore(state.get("evidence"))
        store = self.session.store
        if store is None:
            self._restore_order(state, ([], []))
            return

        def read() -> tuple[list[Annotator], list[str]]:
            return store.annotators(), store.table_query().scores()

        # Whoever reads it next says what is wrong.
        self.session.calls.call(
            read, partial(self._restore_order, state), lambda _error: self._restore_order(state, ([], []))
        )

    def _restore_order(self, state: Mapping[str, Any], offered: tuple[list[Annotator], list[str]]) -> None:
        people, scores = offered
        self.sidebar.show_store([each.name for each in people], scores)
        restore_controls(self.sidebar.controls(), state.get("filter"))
        self.order.want(where=self.sidebar.filter(), sort=sort_in(state.get("sort"), {*self.model.columns, *scores}))
