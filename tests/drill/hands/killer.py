"""Somebody who works in every tab while its worker processes are killed at random moments, and goes on each time."""

from __future__ import annotations

import csv
import os
import signal
import time
from collections import Counter
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from app.attention.input.text_field import TextField
from app.attention.state import Status
from app.policy_gradient.session import Phase
from app.tour.player import Figures, Script, Until, Way
from core.synonyms.exchange.config import ExportReport
from tests.drill.hands.fingers import type_into
from tests.drill.hands.labeller import LOADING, Labeller, open_tab
from tests.drill.hands.program import Seat

RECOVERS = 240.0
"""Seconds until a killed worker's successor has loaded what it needs, on a busy machine."""
_WORDS = ("他在", "银行", "门口", "行走", "。", "the cat ", "sat ", "on ", "the mat ")


def pause(seconds: float) -> Until:
    """Wait so long."""
    end = time.monotonic() + seconds
    return Until(lambda: time.monotonic() > end, "the end of a pause", seconds + RECOVERS)


class Killer:
    """Works and kills.

    Attributes:
        kills: how many workers were killed, by lane.
        slowest: the longest that it took until work went on (s), by lane.
    """

    def __init__(self, seat: Seat, labeller: Labeller) -> None:
        self.seat, self.labeller = seat, labeller
        self.window = seat.laboratory.window
        self.kills: Counter[str] = Counter()
        self._exported = 0
        self._is_refused = False
        self.slowest: dict[str, float] = {}

    def kill(self, lane: str) -> bool:
        """Kill the worker of ``lane``, if one is up."""
        pid = self.seat.laboratory.background.worker_pids().get(lane)
        if pid is None:
            return False
        os.kill(pid, signal.SIGKILL)
        self.kills[lane] += 1
        self.seat.ledger.write("kill", lane=lane)
        return True

    def turn(self, lane: str) -> Way:
        """Work so that ``lane`` is busy, kill its worker at a random moment, and see that work goes on."""
        begin = time.monotonic()
        yield from getattr(self, f"_{lane}")()
        self.slowest[lane] = max(self.slowest.get(lane, 0.0), round(time.monotonic() - begin, 1))

    def _training(self) -> Way:
        self.window.open("policy_gradient")
        session = self.window.tab("policy_gradient").session
        yield Until(lambda: session.phase is not Phase.LOADING, "a run", RECOVERS)
        if session.phase is not Phase.PLAYING:
            session.toggle()
        yield pause(self.seat.random.uniform(0, 2))
        had = len(session.state.durations)
        if not self.kill("training"):
            return
        yield Until(lambda: session.is_over, "a word about the worker that died", RECOVERS)
        assert len(session.state.durations) >= had, "the curves are kept"
        session.toggle()
        yield Until(lambda: session.phase is Phase.PLAYING and len(session.state.durations) > 0, "episodes", RECOVERS)

    def _attention(self) -> Way:
        self.window.open("attention")
        tab = self.window.tab("attention")
        session = tab.session
        yield Until(lambda: not session.is_busy, "the first map", RECOVERS)
        field = tab.findChild(TextField)
        text = "".join(self.seat.random.choices(_WORDS, k=self.seat.random.randint(1, 12)))
        field.setFocus()
        field.selectAll()
        type_into(field, text)
        yield pause(self.seat.random.uniform(0, 0.5))
        if not self.kill("attention"):
            return
        QTest.keyClicks(field, "a")
        yield Until(
            lambda: session.state.status is Status.REFUSED or self._is_read(session, f"{text}a"), "a map", RECOVERS
        )
        if session.state.status is Status.REFUSED:  # it died twice, and said so; typing starts it again
            QTest.keyClicks(field, "b")
            yield Until(lambda: self._is_read(session, f"{text}ab"), "a map after a refusal", RECOVERS)

    @staticmethod
    def _is_read(session: object, text: str) -> bool:
        return session.state.map is not None and session.state.map.texts[0] == text and not session.is_busy

    def _ranking(self) -> Way:
        yield from self._label(3)
        self.labeller.session.plan()
        yield pause(self.seat.random.uniform(0, 0.3))
        self.kill("ranking")
        yield from self._label(3)
        self.labeller.session.plan()
        yield Until(lambda: not self.labeller.session.is_planning, "a plan", RECOVERS)
        assert self.labeller.session.state.card is not None

    def _evidence(self) -> Way:
        yield from self._label(1)
        yield pause(self.seat.random.uniform(0, 0.3))
        if self.kill("evidence"):
            yield from self._label(2)
            yield Until(lambda: self.labeller.session.state.evidence is not None, "evidence on the card", RECOVERS)

    def _table(self) -> Way:
        self._show("table")
        table = self.labeller.tab.pages["table"]
        yield Until(lambda: table.model.rowCount() > 0, "rows", RECOVERS)
        search = table.sidebar.findChild(QLineEdit, "search")
        QTest.keyClicks(search, "9")
        if self.seat.random.random() < 0.7:
            yield pause(self.seat.random.uniform(0, 0.1))
        self.kill("table")
        QTest.keyClick(search, Qt.Key.Key_Backspace)
        yield pause(0.5)
        count = self.labeller.session.store.table_query().count()
        if table.model.rowCount() != count:  # it was said that the table can't be shown; asking again shows it
            QTest.keyClicks(search, "9")
            QTest.keyClick(search, Qt.Key.Key_Backspace)
        yield Until(lambda: table.model.rowCount() == count, "all rows again", RECOVERS)

    def _mining(self) -> Way:
        self._show("sources")
        form, mining = self.labeller.tab.pages["sources"].form, self.labeller.tab.workspace.mining
        form.sentences.setChecked(False)
        for name, box in form.sources.items():
            box.setChecked(name in ("reference", "gloss"))
        form.limit.setValue(1000 + 200 * self.kills["mining"])
        before = self.labeller.session.store.table_query().count()
        form.start.click()
        yield Until(lambda: "mining" in self.seat.laboratory.background.worker_pids(), "a worker", RECOVERS)
        yield pause(self.seat.random.uniform(0, 8))
        self.kill("mining")
        yield Until(lambda: not mining.is_working, "a word about the mining that died", RECOVERS)
        assert self.labeller.session.store.table_query().count() >= before, "what was added is kept"
        if mining.state.phase != "finished":
            form.start.click()
            yield Until(lambda: not mining.is_working, "the end of the mining", RECOVERS)
        assert mining.state.phase == "finished", mining.state.phase
        assert self.labeller.session.store.check() == []

    def _exchange(self) -> Way:
        self._show("exchange")
        page = self.labeller.tab.pages["exchange"]
        yield Until(lambda: not page.transfer.is_writing, "peace", RECOVERS)
        file = Path(self.seat.given["export"])
        page.transfer.exported.connect(self._on_exported)
        page.transfer.failed.connect(self._on_refused)
        page.export_to(file)
        yield pause(self.seat.random.uniform(0, 0.3))
        self.kill("exchange")
        yield Until(lambda: not page.transfer.is_writing, "the end of the export", RECOVERS)
        former, left = self._exported, _records_in(file)
        for _try in range(2):  # where the first was quicker than its death, that may meet the second, which says so
            self._exported, self._is_refused = -1, False
            page.export_to(file)
            yield Until(lambda: self._exported >= 0 or self._is_refused, "a word about the second export", RECOVERS)
            if self._exported >= 0:
                break
        page.transfer.exported.disconnect(self._on_exported)
        page.transfer.failed.disconnect(self._on_refused)
        assert _records_in(file) == self._exported
        # What a killed export left was the whole file of the one before, its own whole file, or nothing.
        assert left in (former, self._exported)

    def _on_exported(self, report: object) -> None:
        """The export was quicker than its death."""
        assert isinstance(report, ExportReport)
        self._exported = report.written

    def _on_refused(self, _said: object) -> None:
        """It was said that the export did not come to its end."""
        self._is_refused = True

    def _show(self, page: str) -> None:
        self.window.open("synonyms")
        self.labeller.tab.open_page(f"synonyms.{page}")

    def _label(self, times: int) -> Way:
        self._show("card")
        self.labeller.tab.take_focus()
        for _time in range(times):
            yield from self.labeller.go_on()


def _records_in(file: Path) -> int:
    """Return how many records a file holds that was exported; 0 where there is none."""
    if not file.exists():
        return 0
    with file.open(encoding="utf-8-sig", newline="") as text:
        return len(list(csv.DictReader(text)))


LANES = ("training", "attention", "ranking", "evidence", "table", "exchange", "mining")


def kill_workers(seat: Seat) -> Script:
    """Kill each worker in turn, in a random order, until the time is over; all of them at least once."""
    yield from open_tab(seat)
    killer = Killer(seat, Labeller(seat, seat.laboratory.window.tab("synonyms")))
    seat.ledger.write("labels")
    is_first = True
    while is_first or not seat.is_time_over:
        for lane in seat.random.sample(LANES, len(LANES)):
            if is_first or not seat.is_time_over:
                yield from killer.turn(lane)
        is_first = False
    kills: Figures = {f"killed_{lane}": count for lane, count in sorted(killer.kills.items())}
    return kills | {f"slowest_{lane}": seconds for lane, seconds in sorted(killer.slowest.items())}


def train(seat: Seat) -> Script:
    """Train in the policy gradient tab until somebody kills the window."""
    seat.laboratory.window.open("policy_gradient")
    session = seat.laboratory.window.tab("policy_gradient").session
    yield Until(lambda: session.phase is Phase.READY, "a run", LOADING)
    session.set_speed("turbo")
    session.toggle()
    seat.ledger.write("works")
    while not seat.is_time_over:
        if session.is_over:
            session.toggle()
        yield pause(0.2)
    return {}


def type_text(seat: Seat) -> Script:
    """Type in the attention tab until somebody kills the window."""
    seat.laboratory.window.open("attention")
    tab = seat.laboratory.window.tab("attention")
    yield Until(lambda: tab.session.state.map is not None, "the first map", LOADING)
    field = tab.findChild(TextField)
    seat.ledger.write("works")
    while not seat.is_time_over:
        type_into(field, seat.random.choice(_WORDS))
        yield pause(seat.random.uniform(0, 0.3))
        if seat.random.random() < 0.2:
            field.selectAll()
            QTest.keyClick(field, Qt.Key.Key_Delete)
    return {}
