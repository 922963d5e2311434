"""The synonyms tab of the real window under quick hands: the card, and the table of very many pairs."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from functools import partial
from typing import Any, Final

import numpy as np
from PySide6.QtCore import QAbstractTableModel, QEvent, QEventLoop, QObject, Qt, QTimer, Slot
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtSql import QSqlDatabase, QSqlQueryModel
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QLineEdit, QTableView, QWidget

from app.synonyms.annotation.session import LabelSession
from app.synonyms.card.page import CardPage
from app.synonyms.tab import SynonymsTab
from app.synonyms.table.page import TablePage
from core.synonyms.verdicts import Verdict
from tests.benchmarks.probes.memory import memory_of, memory_of_children
from tests.benchmarks.probes.window import LOAD_LIMIT, Bench, open_window

KEYS: Final = (Qt.Key.Key_4, Qt.Key.Key_1, Qt.Key.Key_4, Qt.Key.Key_2, Qt.Key.Key_5)
"""Not, synonym, not, related, unsure: what an annotator presses, roughly as often."""
TEXTS: Final = tuple(map(chr, (0x4E00, 0x4E05, 0x4E20, 0x4E80, 0x4F00)))
"""Characters of the synthetic words, from the commonest to rare ones."""
RANGES: Final = (
    ("cosine", "least", "0.5"),
    ("gloss", "most", "0.5"),
    ("rank", "most", "20000"),
    ("changed", "least", "2020-01-01"),
)
"""Columns, and the ends that are typed."""
STRIDE: Final = 37
"""Rows a frame: about a page."""


@contextmanager
def open_tab(store: str, width: int, height: int) -> Iterator[tuple[Bench, SynonymsTab]]:
    """Show the window with its synonyms tab in front and ``store`` open, for who has judged most of it."""
    with open_window(width, height) as bench:
        tab = bench.laboratory.window.tab("synonyms")
        assert isinstance(tab, SynonymsTab)
        tab.restore_settings({"store": store, "mined": "finished", "queue": {"annotator": "bench"}})
        bench.laboratory.window.actions_table["tab_3"].trigger()
        bench.wait_until(lambda: tab.workspace is not None, LOAD_LIMIT, "pages of the tab")
        _session(tab).failed.connect(bench.failures.append)
        yield bench, tab


def _session(tab: SynonymsTab) -> LabelSession:
    assert tab.workspace is not None, "its pages are built"
    return tab.workspace.session


def _card(tab: SynonymsTab) -> CardPage:
    card = tab.pages["card"]
    assert isinstance(card, CardPage)
    return card


def _table(tab: SynonymsTab) -> TablePage:
    table = tab.pages["table"]
    assert isinstance(table, TablePage)
    return table


class Painted(QObject):
    """Notes when a widget has been painted and the window's picture handed over."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__()
        self.times: list[float] = []
        self.on_paint: Callable[[], None] | None = None
        self._widget = widget
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """See a painting begin; the next turn of the event loop comes when it is over."""
        if event.type() == QEvent.Type.Paint:
            QTimer.singleShot(0, self._over)
        return False

    def forget(self) -> None:
        """Count from now on."""
        self.times.clear()

    def stop(self) -> None:
        """Watch no longer."""
        self._widget.removeEventFilter(self)

    @Slot()
    def _over(self) -> None:
        self.times.append(time.perf_counter())
        if self.on_paint is not None:
            self.on_paint()


class Witness(QObject):
    """Somebody else who has the store open, and looks into it in the moment in which the card changes."""

    def __init__(self, tab: SynonymsTab) -> None:
        super().__init__()
        self._session = _session(tab)
        self._other = sqlite3.connect(f"file:{_session(tab).address}?mode=ro", uri=True)
        self._before = _session(tab).state.card
        self.seen = 0
        self.missing = 0
        _session(tab).card_changed.connect(self._look)

    @Slot()
    def _look(self) -> None:
        card, self._before = self._before, self._session.state.card
        if card is None or card is self._before:
            return
        (last,) = self._other.execute("SELECT candidate_id FROM decisions ORDER BY id DESC LIMIT 1").fetchone()
        self.seen += 1
        self.missing += last != card.row.id

    def close(self) -> None:
        """Look no more."""
        self._session.card_changed.disconnect(self._look)
        self._other.close()


def label(store: str, width: int, height: int, decisions: int) -> dict[str, Any]:
    """Judge pairs by keys: first before a witness, then as fast as each next card is painted."""
    with open_tab(store, width, height) as (bench, tab):
        session = _session(tab)
        bench.wait_until(lambda: session.state.card is not None, LOAD_LIMIT, "first card")
        bench.wait_until(lambda: session.state.evidence is not None, LOAD_LIMIT, "what is known of the pair")
        witness = Witness(tab)
        for number in range(decisions // 4):
            _press(tab, number)
            bench.wait(0.02)
        witness.close()
        painted, waits = Painted(_card(tab).pair), []
        for number in range(decisions):
            painted.forget()
            begin = time.perf_counter()
            _press(tab, number)
            bench.wait_until(lambda: bool(painted.times), LOAD_LIMIT, "next card on the screen")
            waits.append((painted.times[0] - begin) * 1000)
        painted.stop()
        with closing(sqlite3.connect(store)) as other:
            (entries,) = other.execute("SELECT count(*) FROM decisions WHERE NOT imported").fetchone()
        assert session.store is not None
        with session.store.database.reading() as connection:
            synchronous = connection.exec_driver_sql("PRAGMA synchronous").scalar()
        return {
            "milliseconds": waits,
            "witnessed": witness.seen,
            "missing": witness.missing,
            "entries": entries,
            "synchronous": synchronous,
            "memory": {"window": memory_of(), "children": memory_of_children()},
        }


def _press(tab: SynonymsTab, number: int) -> None:
    card = _session(tab).state.card
    QTest.keyClick(QApplication.focusWidget() or _card(tab), KEYS[number % len(KEYS)])
    if _session(tab).state.card is card:
        message = "a key was pressed and the card stayed"
        raise RuntimeError(message)


def table(store: str, width: int, height: int, seconds: float) -> dict[str, Any]:
    """Open the table, filter it by what is typed and clicked, and scroll through it."""
    with open_tab(store, width, height) as (bench, tab):
        page, session = _table(tab), _session(tab)
        assert session.store is not None
        pairs = session.store.table_query().count()
        painted = Painted(page.view.viewport())
        begin = time.perf_counter()
        tab.open_page("synonyms.table")
        shown = _wait_for_rows(bench, tab, painted, lambda: page.model.rowCount() == pairs)
        seen: dict[str, Any] = {"columns": page.model.columnCount(), "pairs": pairs, "open_seconds": shown - begin}
        seen["filters"] = {name: _filter(bench, tab, painted, work) for name, work in _filters(tab).items()}
        page.sidebar.show_everything()
        bench.wait_until(lambda: page.model.rowCount() == pairs, LOAD_LIMIT, "all rows")
        page.view.scrollToTop()
        seen["scroll"] = _scroll(page.view, painted, seconds, lambda at: (at + STRIDE) % pairs)
        anywhere = np.random.default_rng(0)
        seen["drag"] = _scroll(page.view, painted, seconds, lambda _at: int(anywhere.integers(pairs)))
        painted.stop()
        return seen


def _wait_for_rows(bench: Bench, tab: SynonymsTab, painted: Painted, there: Callable[[], bool]) -> float:
    """Wait until rows are there and on the screen; return when they were (s)."""
    arrived: list[float] = []

    def note() -> None:
        if there() and not arrived:
            arrived.append(time.perf_counter())

    _table(tab).model.modelReset.connect(note)
    bench.wait_until(lambda: bool(arrived) and bool(painted.times) and painted.times[-1] > arrived[0], LOAD_LIMIT,
                     "rows on the screen")  # fmt: skip
    _table(tab).model.modelReset.disconnect(note)
    return next(at for at in painted.times if at > arrived[0])


def _filters(tab: SynonymsTab) -> dict[str, Callable[[], None]]:
    """Return, by name, what a person types or clicks."""
    sidebar = _table(tab).sidebar
    ways: dict[str, Callable[[], None]] = {f"text {text}": partial(_write, sidebar.text, text) for text in TEXTS}
    ways |= {
        f"{column} {end} {text}": partial(_write, getattr(sidebar.ranges[column], end), text)
        for column, end, text in RANGES
    }
    for verdict in (Verdict.SYNONYM, None):
        ways[f"verdict {verdict or 'none'}"] = sidebar.verdicts[verdict].click
    return ways


def _write(line: QLineEdit, text: str) -> None:
    """Hand ``text`` to a field as an input method does."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(line, event)


def _filter(bench: Bench, tab: SynonymsTab, painted: Painted, work: Callable[[], None]) -> dict[str, float]:
    """Return how long (ms) the rows that match took to be on the screen, and how many they are."""
    model = _table(tab).model
    every = len(model.ids)
    painted.forget()
    begin = time.perf_counter()
    work()
    shown = _wait_for_rows(bench, tab, painted, lambda: model.rowCount() != every)
    rows = model.rowCount()
    painted.forget()
    _table(tab).sidebar.show_everything()
    _wait_for_rows(bench, tab, painted, lambda: model.rowCount() == every)
    return {"milliseconds": (shown - begin) * 1000, "rows": rows}


def _scroll(view: QAbstractItemView, painted: Painted, seconds: float, where: Callable[[int], int]) -> dict[str, float]:
    """Scroll on as soon as a picture is painted, for ``seconds``."""
    bar = view.verticalScrollBar()
    painted.forget()
    painted.on_paint = lambda: bar.setValue(where(bar.value()))
    worked = time.thread_time()
    painted.on_paint()
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    loop.exec()
    painted.on_paint = None
    worked = time.thread_time() - worked
    gaps = np.diff(painted.times) * 1000
    return {
        "frames_per_second": len(gaps) / (painted.times[-1] - painted.times[0]),
        "frame_ms_worked": worked * 1000 / len(painted.times),
        "frame_ms_p99": float(np.percentile(gaps, 99)),
        "frame_ms_worst": float(gaps.max()),
    }


class _OneText(QAbstractTableModel):
    """Very many rows that all read alike: the least a table can have to say."""

    def __init__(self, rows: int, columns: int) -> None:
        super().__init__()
        self._size = (rows, columns)

    def rowCount(self, _parent: object = None) -> int:
        return self._size[0]

    def columnCount(self, _parent: object = None) -> int:
        return self._size[1]

    def data(self, _index: object, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        return "duck" if role == Qt.ItemDataRole.DisplayRole else None


def bare_table(rows: int, columns: int, width: int, height: int, seconds: float) -> dict[str, Any]:
    """Scroll Qt's own table over as many rows of one text, without the program's style, as ``table`` does ours."""
    _application = QApplication([])
    model, view = _OneText(rows, columns), QTableView()
    view.setModel(model)
    view.resize(width, height)
    view.show()
    painted, anywhere = Painted(view.viewport()), np.random.default_rng(0)
    return {
        "scroll": _scroll(view, painted, seconds, lambda at: (at + STRIDE) % rows),
        "drag": _scroll(view, painted, seconds, lambda _at: int(anywhere.integers(rows))),
    }


_QUERY: Final = """
SELECT c.verdict, one.text, other.text, e.score, c.known, c.flagged, c.judges
FROM candidates c JOIN words one ON one.id = c.word1_id JOIN words other ON other.id = c.word2_id
LEFT JOIN evidence e ON e.candidate_id = c.id AND e.source_id = (SELECT id FROM sources WHERE name = 'cosine')
"""


def qt_table(store: str) -> dict[str, Any]:
    """Read the same rows as Qt's own model of a query does: every row it shows is fetched before."""
    from PySide6.QtCore import QCoreApplication

    _application = QCoreApplication([])
    base = QSqlDatabase.addDatabase("QSQLITE")
    base.setDatabaseName(store)
    if not base.open():
        raise RuntimeError(base.lastError().text())
    begin = time.perf_counter()
    _fetch(_QUERY, base)
    seen: dict[str, Any] = {"open_seconds": time.perf_counter() - begin, "filters": []}
    for text in TEXTS:
        begin = time.perf_counter()
        _fetch(f"{_QUERY} WHERE one.text LIKE '%{text}%' OR other.text LIKE '%{text}%'", base)
        seen["filters"].append((time.perf_counter() - begin) * 1000)
    return seen


def _fetch(query: str, base: QSqlDatabase) -> None:
    model = QSqlQueryModel()
    model.setQuery(query, base)
    if model.lastError().isValid():
        raise RuntimeError(model.lastError().text())
    while model.canFetchMore():
        model.fetchMore()
