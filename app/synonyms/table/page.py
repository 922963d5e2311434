"""The table: every pair of the store, searched, sorted, filtered, and judged many at a time."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, QModelIndex, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QPushButton, QVBoxLayout, QWidget

from app.actions import Actions, key_name
from app.current_run import CurrentRun, Failure
from app.explain.columns import link_columns
from app.page import Explanation
from app.sentence import Sentence
from app.style import set_style
from app.synonyms.annotation.session import TABLE_LANE
from app.synonyms.evidence.panel import EvidencePanel
from app.synonyms.page import SynonymsPage
from app.synonyms.page_state import pair_values
from app.synonyms.table.filter_sidebar import FilterSidebar
from app.synonyms.table.model import CandidateModel
from app.synonyms.table.place import TablePlace
from app.synonyms.table.status_bar import TableStatusBar
from app.synonyms.table.view import PairTable
from app.synonyms.workspace import Workspace
from app.theme import Theme
from app.widgets.control_state import restore_controls, save_controls
from core.language import N_, _
from core.runtime.events import Payload
from core.synonyms.pairs import COSINE, SynonymsError
from core.synonyms.store import Row, Sort
from core.synonyms.store.rows import AS_ADDED, FLAGGED, KNOWN, VERDICT, WORD1, WORD2, Filter
from core.synonyms.store.table_task import TableOrder
from core.synonyms.verdicts import VERDICTS, Verdict

_BESIDE: Final = 74
"""Width in lines of text from which the evidence of the row stands beside the table."""
_EVIDENCE: Final = 28
"""Width in lines of text that the evidence keeps before the table gets room for all its columns."""
_CHARACTERS: Final = 8
"""Characters of a word that are shown where there is room: as many as words are gathered with."""
MOST_AT_ONCE: Final = 1000
"""Pairs judged by one key: so many are on the disk before anybody feels a wait."""
_GROWING_EVERY: Final = 1500
"""Milliseconds between two looks at a store that is being filled."""

_SYMBOLS: Final = {"u": WORD1, "v_word": WORD2, "cos": COSINE}
"""The symbols that columns stand for, with the columns' names."""


class TablePage(SynonymsPage):
    """The table. The order comes from a worker, the rows on the screen from the store itself."""

    page_id = "synonyms.table"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        look, session, background = workspace.look, workspace.session, workspace.background
        super().__init__(look, parent)
        self.session, self.mining = session, workspace.mining
        self._background = background
        self._is_warm = False
        self._visited: int | None = None
        self._run = CurrentRun(
            background, TABLE_LANE, type(None), self, progressed=self._on_progressed, failed=self._on_failed
        )
        self._order: Sort = AS_ADDED
        self._where = Filter()
        self._total = 0
        self._is_open = False
        self._is_other = False
        self.waited = QElapsedTimer()
        self.milliseconds = 0.0
        self.sidebar: FilterSidebar = FilterSidebar(look, workspace.keys)
        self.model = CandidateModel(look, self._fetch, self)
        self.view = PairTable()
        self.view.setModel(self.model)
        self.evidence = EvidencePanel(look)
        self.status_bar: TableStatusBar = TableStatusBar(look)
        self.place = TablePlace(self.view, self.model)
        self._growing = QTimer(self)
        self._growing.setSingleShot(True)
        self._growing.setInterval(_GROWING_EVERY)
        self._growing.timeout.connect(self.reload)
        self._lay_out()
        link_columns(self.symbol_links, self.view, tuple(_SYMBOLS), self._column_of)
        self.evidence.bars.link_symbols(self.symbol_links)
        self.sidebar.wanted.connect(self._on_filter)
        session.pairs_changed.connect(self._on_pairs_changed)
        session.opened.connect(self._on_store)
        session.evidence_arrived.connect(self._on_evidence)
        session.card_changed.connect(self._on_card)
        session.settled.connect(self._on_settled)
        for signal in (self.mining.grew, self.mining.ended):
            signal.connect(self._on_grew)
        self._retranslate()
        self._restyle(look.theme.theme)

    def _column_of(self, symbol: str) -> int:
        name, columns = _SYMBOLS[symbol], self.model.columns
        return columns.index(name) if name in columns else -1

    def _lay_out(self) -> None:
        view = self.view
        header = view.horizontalHeader()
        header.setSortIndicatorShown(True)
        header.setSectionsClickable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSortIndicatorClearable(True)
        header.sortIndicatorChanged.connect(self._on_sorted)
        view.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        view.verticalHeader().setHighlightSections(False)
        view.selectionModel().selectionChanged.connect(self._on_selection)
        view.selectionModel().currentRowChanged.connect(self._on_row)
        view.opened.connect(self._on_opened)
        self._empty = QLabel(view.viewport())
        self._empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._empty.setWordWrap(True)
        self._empty.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_style(self._empty, kind="muted")
        self.show_all = QPushButton()
        self.show_all.setObjectName("show_all")
        set_style(self.show_all, primary=True)
        self.bind_text(self.show_all.setText, N_("Show everything"))
        self.show_all.clicked.connect(self.sidebar.show_everything)
        self._cover = QVBoxLayout(view.viewport())
        self._cover.addStretch(1)
        self._cover.addWidget(self._empty)
        self._cover.addWidget(self.show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        self._cover.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(view, 13)
        self._row.addWidget(self.evidence, 7)

    def connect_actions(self, actions: Actions) -> None:
        """Give digits their meaning here, and find the way to the search field from every page."""
        for spec in VERDICTS:
            actions.on(f"syn_table_{spec.verdict}", partial(self.decide, spec.verdict))
        actions.on("syn_table_undo", self.session.decisions.undo)
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
        self.reload()
        self.take_focus()

    def take_focus(self) -> None:
        """Let the arrows walk through the rows."""
        self.view.setFocus()

    def left(self) -> None:
        """Follow the store no more."""
        self._is_open = False
        self._growing.stop()

    @Slot()
    def _on_grew(self) -> None:
        """Pairs were added: show them soon, but not at every one."""
        config = self.mining.config
        is_here = config is not None and config.database == self.session.address
        if self._is_open and is_here and not self._growing.isActive():
            self._growing.start()

    @Slot()
    def reload(self) -> None:
        """Ask which pairs match, in which order."""
        if not self.session.address:
            return
        self.waited.start()
        self._run.start(
            "core.synonyms.store.table_task:order_table",
            store=self.session.address, where=self._where, order=self._order,
        )  # fmt: skip

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
            self.message.emit("info", Sentence(N_("Select pairs first: with the arrow keys, or by dragging.")))
            return
        if count > MOST_AT_ONCE:
            self.message.emit("info", Sentence(N_("Select at most {n:,} pairs at once."), {"n": MOST_AT_ONCE}))
            return
        pairs = self.selected()
        row = self.view.currentIndex().row()
        is_written = self.session.decisions.decide_all(pairs, verdict)
        if is_written and len(pairs) == 1 and row + 1 < self.model.rowCount():
            self.view.make_current(row + 1, select=True)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._row.setSpacing(em(1))
        self._cover.setSpacing(em(0.5))
        self.view.verticalHeader().setDefaultSectionSize(em(1.5))
        self.view.setIconSize(QSize(em(0.875), em(0.875)))
        self.model.forget_icons()
        self._size_columns()
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the row's evidence where there is room beside the table."""
        super().resizeEvent(event)
        self._arrange()

    def _retranslate(self) -> None:
        self.view.setAccessibleName(_("Candidate pairs"))
        self.evidence.show_hint(
            _(
                "A click on a row, or Enter, opens its card; a verdict or Esc leads back.\n\n"
                "Ctrl, Shift, dragging and the numbers at the left select several pairs; the keys 1 to 6 then judge "
                "them all at once.\n\n"
                "While you move with the arrow keys, what is known of the pair stands here."
            )
        )
        self.model.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.model.columnCount() - 1)
        self.model.refresh()
        self._size_columns()
        self._show_counts()

    def _arrange(self) -> None:
        em = self.look.scale.em
        self.evidence.setVisible(self.width() >= em(_BESIDE))
        room = self.width() - em(_EVIDENCE) - em(1) - 2 * em(0.75)
        wishes = (self.view.wished_width(full=True), self.view.wished_width(full=False))
        self.view.setMinimumWidth(next((wish for wish in wishes if wish <= room), 0))

    def _size_columns(self) -> None:
        em = self.look.scale.em
        metrics = QFontMetricsF(self.look.scale.font())
        least, full = [], {}
        for section, column in enumerate(self.model.columns):
            title = metrics.horizontalAdvance(str(self.model.headerData(section, Qt.Orientation.Horizontal)))
            texts = max((metrics.horizontalAdvance(text) for text in self.model.widest(column)), default=em(4.25))
            sign = em(1.75) if column in (VERDICT, KNOWN, FLAGGED) else 0
            least.append(round(max(title + em(1.5), texts + sign + em(1.25))))
            if column in (WORD1, WORD2):
                full[section] = round(metrics.horizontalAdvance("国" * _CHARACTERS) + em(1.25))
        self.view.size_columns(least, full)
        self._arrange()

    def _fetch(self, ids: Sequence[int]) -> list[Row]:
        store = self.session.store
        if store is None:
            return []
        try:
            return store.table_query().rows(ids)
        except SynonymsError as error:
            self.session.failed.emit(str(error))
            return []

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        found = next((payload for payload in payloads if isinstance(payload, TableOrder)), None)
        if found is not None:
            self._show_order(found)

    def _show_order(self, found: TableOrder) -> None:
        self.milliseconds = self.waited.nsecsElapsed() / 1e6
        self._total = found.total
        before = self.view.currentIndex().row()
        kept = self.model.pair_at(before) if 0 <= before < self.model.rowCount() else None
        was_selected = any(top <= before <= bottom for top, bottom in self.view.selected_rows())
        columns = self.model.columns
        self.model.show_ids(found.ids, found.scores)
        if self.model.columns != columns:
            self._size_columns()
            self._show_people(found.scores)
        self._show_sorting()
        self._keep_current(kept, before, select=was_selected)
        self.place.rows_arrived()
        self._arrange()
        self._show_counts()

    def _keep_current(self, pair: int | None, row: int, *, select: bool) -> None:
        """Keep the current pair current, if it is still in the table.

        Another filter or order is shown from its first row. A pair that is not in sight there is current no more: no
        key shall judge what nobody sees. Where a pair has left the table, for it has been judged and matches no more,
        the arrows and Enter go on from its place; but what has moved up there is not selected.

        Args:
            pair: the current one; None where none was.
            row: where it stood.
            select: whether it was selected, too.
        """
        place = self.model.place_of(pair) if pair is not None else None
        has_left = pair is not None and place is None and not self._is_other and self.model.rowCount() > 0
        if self._is_other:
            self._is_other = False
            self.view.scrollToTop()
            if place is not None and place >= self.view.rows_in_sight():
                place = None
        if place is not None:
            self.view.make_current(place, select=select)
        elif has_left:
            self.view.make_current(min(row, self.model.rowCount() - 1), select=False)
        else:
            self._show_row(None)

    def _show_people(self, scores: Iterable[str]) -> None:
        store = self.session.store
        self.sidebar.show_store([] if store is None else [each.name for each in store.annotators()], scores)

    def _show_sorting(self) -> None:
        """Mark the column by which the rows are sorted."""
        header, columns = self.view.horizontalHeader(), self.model.columns
        section = columns.index(self._order.column) if self._order.column in columns else -1
        orders = Qt.SortOrder
        header.blockSignals(True)  # it is so already
        header.setSortIndicator(section, orders.DescendingOrder if self._order.descending else orders.AscendingOrder)
        header.blockSignals(False)

    def _on_failed(self, failure: Failure) -> None:
        self.session.failed.emit(Sentence(N_("The table cannot be shown: {reason}"), {"reason": failure.message}))

    @Slot(object)
    def _on_filter(self, where: object) -> None:
        assert isinstance(where, Filter)
        self._where = where
        self._is_other = True
        self.reload()

    @Slot(int, Qt.SortOrder)
    def _on_sorted(self, section: int, order: Qt.SortOrder) -> None:
        if 0 <= section < len(self.model.columns):
            self._order = Sort(self.model.columns[section], order == Qt.SortOrder.DescendingOrder)
        else:
            self._order = AS_ADDED
        self._is_other = True
        self.reload()

    @Slot(object)
    def _on_pairs_changed(self, pairs: object) -> None:
        assert isinstance(pairs, list)
        self.model.refresh(pairs)

    @Slot()
    def _on_store(self) -> None:
        self.model.show_ids(self.model.ids[:0], ())
        if self._is_open:
            self.reload()

    @Slot()
    def _on_selection(self) -> None:
        self._show_counts()

    @Slot(QModelIndex, QModelIndex)
    def _on_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        self._show_row(self.model.row_at(current.row()) if current.isValid() else None)

    def _show_row(self, row: Row | None) -> None:
        self.explanation_changed.emit()
        if row is None:
            self.evidence.show_pair(("", ""), {}, (), ((), ()))
        else:
            pair = (row.word1, row.word2)
            found = self.session.state.found.get(pair)
            self.evidence.show_pair(pair, dict(row.scores), row.sources, row.codes, found)
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
        self.session.reopen(pair)

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
        if self.session.state.card is not None and not self._is_warm:
            self._is_warm = True
            self._background.warm(TABLE_LANE)

    def _show_counts(self) -> None:
        shown = self.model.rowCount()
        self._empty.setVisible(shown == 0)
        self.show_all.setVisible(shown == 0 and self._total > 0)
        if shown == 0:
            self._empty.setText(
                _("No pair matches your choices.")
                if self._total
                else _("There are no pairs yet. Gather some under Sources ({key}).").format(key=key_name("F5"))
            )
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
            "sort": [self._order.column, self._order.descending],
            "place": self.place.save(),
            "evidence": self.evidence.scroll_place.save(),
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Filter and sort as it was; the place is found again when the rows are there."""
        scores = self._scores()
        self._show_people(scores)
        restore_controls(self.sidebar.controls(), state.get("filter"))
        self._where = self.sidebar.filter()
        self._order = _sort_in(state.get("sort"), {*self.model.columns, *scores}) or self._order
        self.place.restore(state.get("place"))
        self.evidence.scroll_place.restore(state.get("evidence"))
        self._is_other = True
        self.reload()

    def _scores(self) -> list[str]:
        store = self.session.store
        try:
            return [] if store is None else store.table_query().scores()
        except SynonymsError:  # whoever reads it next says what is wrong
            return []


def _sort_in(saved: object, columns: Container[str]) -> Sort | None:
    """Return the order that was saved, if the table can be in it."""
    match saved:
        case [str(column), bool(descending)] if column == AS_ADDED.column or column in columns:
            return Sort(column, descending)
        case _:
            return None
