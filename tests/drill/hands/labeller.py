"""An annotator who judges, flags, writes notes, takes back, and judges several rows of the table at once."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial
from typing import Final

from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.synonyms.annotation.session import LabelSession
from app.synonyms.tab import SynonymsTab
from app.tour.player import Script, Until, Way
from core.synonyms.verdicts import VERDICTS
from tests.drill.hands.program import Seat
from tests.drill.ledger import UNDO, signature

LOADING: Final = 500.0
PATIENCE: Final = 90.0
"""Seconds until something that was entered is stored, or refused, after whatever held it has gone."""
_LOOKS: Final = 1.5
"""Seconds that somebody looks at the first card."""
_HOLDS: Final = 0.4
"""Seconds after which the annotator writes down that an entry waits."""


class Labeller:
    """One annotator on the open tab."""

    def __init__(self, seat: Seat, tab: SynonymsTab) -> None:
        assert tab.workspace is not None
        self.seat, self.tab = seat, tab
        self.session = tab.workspace.session
        self._stored: list[list[int]] = []
        self._failed: list[str] = []
        self._entered = 0
        decisions = self.session.decisions
        for on_the_disk in (decisions.decided, decisions.marked, decisions.undone):
            on_the_disk.connect(self._stored.append)
        self.session.failed.connect(lambda said: self._failed.append(str(said)))

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        QTest.keyClick(QApplication.focusWidget() or self.tab.window(), key, modifier)

    def go_on(self) -> Way:
        """Enter one thing of a random kind, and wait until the window says what became of it."""
        state, choose = self.session.state, self.seat.random.random()
        if state.card is None:
            yield from self._empty()
        elif choose < 0.08:
            yield from self._note()
        elif choose < 0.16:
            yield from self._flag()
        elif choose < 0.28 and state.recent_decisions:
            yield from self._undo()
        elif choose < 0.33:
            yield from self._several()
        else:
            yield from self._judge()

    def _said_of_card(self, what: str, value: Callable[[], object]) -> str | None:
        card = self.session.state.card
        return None if card is None else signature(what, [card.row.id], value())

    def _judge(self) -> Way:
        spec = self.seat.random.choice(VERDICTS)
        yield from self._enter(
            lambda: self._said_of_card("judge", lambda: spec.verdict), lambda: self._press_text(spec.key)
        )

    def _flag(self) -> Way:
        flagged = partial(self._said_of_card, "flag", lambda: not self.session.state.flagged)
        yield from self._enter(flagged, lambda: self.press(Qt.Key.Key_F))

    def _note(self) -> Way:
        self._entered += 1
        text = f"{self.seat.given['seed']} {self._entered}"

        def write() -> None:
            self.press(Qt.Key.Key_N)
            note = QApplication.focusWidget()
            QTest.keyClick(note, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
            QTest.keyClicks(note, text)
            QTest.keyClick(note, Qt.Key.Key_Return)

        yield from self._enter(lambda: self._said_of_card("note", lambda: text), write)

    def _undo(self) -> Way:
        # An undo takes back a whole action; which pairs those are, the window tells afterwards.
        yield from self._enter(lambda: UNDO, lambda: self.press(Qt.Key.Key_Backspace))

    def _several(self) -> Way:
        """Judge some rows of the table with one key."""
        self.press(Qt.Key.Key_F3)
        table = self.tab.pages["table"]
        yield Until(lambda: table.model.rowCount() > 0 and table.isVisible(), "rows", PATIENCE)
        first = self.seat.random.randrange(max(1, min(20, table.model.rowCount() - 4)))
        table.view.selectRow(first)
        for row in range(first + 1, min(first + self.seat.random.randint(2, 4), table.model.rowCount())):
            index = table.model.index(row, 0)
            table.view.selectionModel().select(
                index, QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
            )
        spec = self.seat.random.choice(VERDICTS)
        # The table follows what others add and judge, so what is selected is asked in the moment of the key.
        yield from self._enter(
            lambda: signature("judge", table.selected(), spec.verdict) if table.selected() else None,
            lambda: self._press_text(spec.key),
        )
        self.press(Qt.Key.Key_F2)
        yield Until(self.tab.pages["card"].isVisible, "the card", PATIENCE)

    def _empty(self) -> Way:
        """Wait for a card; where the queue is at its end, take something back."""
        now = time.monotonic()
        yield Until(lambda: self.session.state.card is not None or time.monotonic() > now + 2, "a card", PATIENCE)
        if self.session.state.card is None and self.session.state.recent_decisions:
            yield from self._undo()

    def _press_text(self, key: str) -> None:
        QTest.keyClicks(QApplication.focusWidget() or self.tab.window(), key)

    def _enter(self, saying: Callable[[], str | None], press: Callable[[], None]) -> Way:
        """Press something and wait for what becomes of it.

        Args:
            saying: returns its signature in the moment before; None where there is nothing to press it for.
            press: presses it.
        """
        patience = self.seat.given["seconds"] + PATIENCE
        yield Until(lambda: not self.session.is_waiting, "an empty way to the disk", patience)
        self._stored.clear()
        self._failed.clear()
        wanted = saying()
        if wanted is None:
            return
        self.seat.ledger.write("before", signature=wanted)
        press()
        pressed = time.monotonic()
        told = False

        def is_settled() -> bool:
            nonlocal told
            if not told and self.session.is_waiting and time.monotonic() > pressed + _HOLDS:
                told = True
                self.seat.ledger.write("waits")
            return not self.session.is_waiting and bool(self._stored or self._failed)

        yield Until(is_settled, f"an answer to {wanted}", patience)
        stored = bool(self._stored)
        if wanted == UNDO and stored:
            wanted = signature(UNDO, self._stored[0])
        self.seat.ledger.write(
            "after", outcome="stored" if stored else "refused", signature=wanted, said=[*self._failed][:1]
        )


def open_tab(seat: Seat) -> Way:
    """Bring the synonyms tab to the front and wait until something is on the card, or it is said why nothing is."""
    window = seat.laboratory.window
    window.resize(1280, 800)
    window.activateWindow()
    window.open("synonyms")
    tab = window.tab("synonyms")
    yield Until(lambda: tab.workspace is not None, "the synonyms tab", LOADING)
    session = tab.workspace.session
    yield Until(lambda: session.state.card is not None or _is_at_end(session), "a card", LOADING)
    # What waited when the window before was killed goes in meanwhile; a person looks at the card for as long.
    seen = time.monotonic()
    yield Until(lambda: time.monotonic() > seen + _LOOKS, "a look at the card", LOADING)


def _is_at_end(session: LabelSession) -> bool:
    """Return whether a queue is there, in order, and nothing is left in it."""
    return session.queue is not None and session.state.model is not None and not session.is_planning


def label(seat: Seat) -> Script:
    """Label until the time is over."""
    yield from open_tab(seat)
    labeller = Labeller(seat, seat.laboratory.window.tab("synonyms"))
    seat.ledger.write("labels")
    while not seat.is_time_over:
        yield from labeller.go_on()
    return {}
