"""The table: every pair of the store, searched, sorted, filtered, and judged many at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from PySide6.QtCore import QElapsedTimer, QItemSelectionModel, QModelIndex, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QFontMetricsF, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QLabel, QPushButton, QVBoxLayout, QWidget

from app.actions import key_name
from app.background import Background
from app.current_run import CurrentRun, Failure
from app.panel import Look, Panel
from app.sentence import Sentence
from app.style import mark
from app.synonyms.annotation.session import TABLE_LANE, LabelSession
from app.synonyms.evidence.panel import EvidencePanel
from app.synonyms.table.filter_sidebar import FilterSidebar
from app.synonyms.table.model import CandidateModel
from app.synonyms.table.status_bar import TableStatusBar
from app.synonyms.table.view import PairTable
from app.theme import Theme
from core.language import N_, _
from core.runtime.events import Payload
from core.synonyms.pairs import SynonymsError
from core.synonyms.store import Row, Sort
from core.synonyms.store.rows import AS_ADDED, FLAGGED, KNOWN, VERDICT, WORD1, WORD2, Filter
from core.synonyms.store.table_task import TableOrder
from core.synonyms.verdicts import Verdict

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


class TablePage(Panel):
    """The table with its foot. The order comes from a worker, the rows on the screen from the store itself.

    Signals:
        card_wanted: id of the pair to put on the card.
        told: kind and text of a message for the person at the screen.
    """

    card_wanted = Signal(int)
    told = Signal(str, object)

    def __init__(
        self, look: Look, session: LabelSession, background: Background, sidebar: FilterSidebar,
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(look, parent)
        self.session = session
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
        self.sidebar = sidebar
        self.model = CandidateModel(look, self._fetch, self)
        self.view = PairTable()
        self.view.setModel(self.model)
        self.evidence = EvidencePanel(look)
        self.status_bar = TableStatusBar(look)
        self._growing = QTimer(self)
        self._growing.setSingleShot(True)
        self._growing.setInterval(_GROWING_EVERY)
        self._growing.timeout.connect(self.reload)
        self._lay_out()
        sidebar.wanted.connect(self._on_filter)
        session.pairs_changed.connect(self._on_pairs_changed)
        session.opened.connect(self._on_store)
        session.evidence_arrived.connect(self._on_evidence)
        self._retranslate()
        self._restyle(look.theme.theme)

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
        mark(self._empty, kind="muted")
        self.show_all = QPushButton()
        self.show_all.setObjectName("show_all")
        mark(self.show_all, primary=True)
        self.say(self.show_all.setText, N_("Show everything"))
        self.show_all.clicked.connect(self.sidebar.show_everything)
        self._cover = QVBoxLayout(view.viewport())
        self._cover.addStretch(1)
        self._cover.addWidget(self._empty)
        self._cover.addWidget(self.show_all, 0, Qt.AlignmentFlag.AlignHCenter)
        self._cover.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(view, 13)
        self._row.addWidget(self.evidence, 7)

    def entered(self) -> None:
        """The page has come to the front: show what is in the store now."""
        self._is_open = True
        self.reload()
        self.view.setFocus()

    def left(self) -> None:
        """Another page has come to the front."""
        self._is_open = False
        self._growing.stop()

    def grow(self) -> None:
        """Pairs were added: show them soon, but not at every one."""
        if self._is_open and not self._growing.isActive():
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
        for top, bottom in self._spans():
            ids.update(dict.fromkeys(self.model.ids[top : bottom + 1].tolist()))
        return list(ids)

    def _spans(self) -> Iterator[tuple[int, int]]:
        """Yield first and last row of each run of selected rows."""
        selection = self.view.selectionModel().selection()
        for index in range(selection.count()):
            yield selection.at(index).top(), selection.at(index).bottom()

    def decide(self, verdict: Verdict) -> None:
        """Enter ``verdict`` on all selected pairs; a single one hands the selection on to the row below."""
        count = sum(bottom - top + 1 for top, bottom in self._spans())
        if not count:
            self.told.emit("info", Sentence(N_("Select pairs first: with the arrow keys, or by dragging.")))
            return
        if count > MOST_AT_ONCE:
            self.told.emit("info", Sentence(N_("Select at most {n:,} pairs at once."), {"n": MOST_AT_ONCE}))
            return
        pairs = self.selected()
        row = self.view.currentIndex().row()
        if self.session.decide_all(pairs, verdict) and len(pairs) == 1 and row + 1 < self.model.rowCount():
            below = self.model.index(row + 1, 0)
            flags = QItemSelectionModel.SelectionFlag
            self.view.selectionModel().setCurrentIndex(below, flags.ClearAndSelect | flags.Rows)

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
        was_selected = any(top <= before <= bottom for top, bottom in self._spans())
        columns = self.model.columns
        self.model.show_ids(found.ids, found.scores)
        if self.model.columns != columns:
            self._size_columns()
            self.sidebar.show_store(self._people(), found.scores)
        self._restore(kept, before, select=was_selected)
        self._arrange()
        self._show_counts()

    def _restore(self, pair: int | None, row: int, *, select: bool) -> None:
        """Keep the current pair current, if it is still in the table.

        Another filter or order is shown from its first row. A pair that is not in sight there is current no more: no
        key shall judge what nobody sees. Where a pair has left the table, for it has been judged and matches no more,
        the arrows and Enter go on from its place; but what has moved up there is not selected.

        Args:
            pair: the current one; None where none was.
            row: where it stood.
            select: whether it was selected, too.
        """
        flags = QItemSelectionModel.SelectionFlag
        place = self.model.place_of(pair) if pair is not None else None
        has_left = pair is not None and place is None and not self._is_other and self.model.rowCount() > 0
        if self._is_other:
            self._is_other = False
            self.view.scrollToTop()
            if place is not None and place >= self.view.rows_in_sight():
                place = None
        if place is not None:
            selecting = flags.ClearAndSelect | flags.Rows if select else flags.NoUpdate
            self.view.selectionModel().setCurrentIndex(self.model.index(place, 0), selecting)
        elif has_left:
            there = self.model.index(min(row, self.model.rowCount() - 1), 0)
            self.view.selectionModel().setCurrentIndex(there, flags.NoUpdate)
        else:
            self._show_row(None)

    def _people(self) -> list[str]:
        store = self.session.store
        return [] if store is None else [each.name for each in store.annotators()]

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
        self.card_wanted.emit(self.model.pair_at(row))

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
        chosen = sum(bottom - top + 1 for top, bottom in self._spans())
        self.status_bar.show_counts(shown, self._total, chosen)
