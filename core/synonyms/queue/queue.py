"""One annotator's queue: the card now, the next ones ready, decisions entered, undo, pace and progress.

It runs where the cards are shown, and never waits for the planner: while a new plan is made the queue goes on
with the old one, and cards are fetched ahead, so that fast keys don't outrun it.
"""

from __future__ import annotations

import threading
import time
from collections import deque
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import isnan
from typing import Final

from sqlalchemy import Connection, false, select

from core.language import _
from core.synonyms.pairs import SynonymsError
from core.synonyms.queue.config import REPLAN_AFTER, Only, QueueConfig, QueuePlan
from core.synonyms.store import Row, Store, StoreError
from core.synonyms.store.people import place_of
from core.synonyms.store.reading.checks import DamagedRowsError
from core.synonyms.store.reading.pairs import fetch_usable_rows
from core.synonyms.store.schema import judgements
from core.synonyms.verdicts import Decision, Verdict

AHEAD: Final = 30
"""Cards kept ready."""

_PACE_FROM: Final = 5
"""Decisions before which a pace says nothing."""
_PACE_OVER: Final = 20
_MOST_NEWS: Final = 400
"""Pairs decided elsewhere that are looked at one by one; after more, everything is planned anew."""
_LONGEST_LOOK: Final = 60.0
"""Seconds on one card that count for the pace; beyond it, somebody went for tea."""


@dataclass(frozen=True, slots=True)
class Card:
    """A pair as it is shown to be judged.

    Attributes:
        row: the candidate.
        probability: of a synonym by the model; None before it had learnt.
        low, high: one standard deviation of the logit below and above.
    """

    row: Row
    probability: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the annotator has come.

    Attributes:
        session: decisions of this session that stand.
        today: pairs judged since the start of the day, here or in the table.
        waiting: pairs left in the queue; None before it was put in order.
        shared_out: open pairs beside them that are in the share of other annotators.
        pace: decisions a minute over the last twenty; None before there are five.
        minutes: since the session began.
    """

    session: int
    today: int
    waiting: int | None
    pace: float | None
    minutes: float
    shared_out: int = 0


class Queue:
    """Hands out cards in the order of a plan.

    Call ``take`` with each new plan. Ask for one whenever ``wants_plan`` says so.

    One thread may enter, take and read anew, and wait for the store, while another looks at the card and the progress:
    what it sees was so a moment ago. No lock is held while the store is waited for.

    Attributes:
        config: whose queue, in which order, how long.
        damage: what is wrong with pairs that could not be read, and are not asked; None where all are sound.
    """

    def __init__(
        self,
        store: Store,
        config: QueueConfig,
        *,
        day_began: datetime | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Begin a session.

        Args:
            store: where candidates and decisions are.
            config: whose queue, in which order, how long.
            day_began: midnight of the annotator's day; decisions since then are "today".
            clock: seconds that only grow.

        Raises:
            StoreError: the store cannot be read.
        """
        self._store = store
        self.config = config
        self.damage: DamagedRowsError | None = None
        self._clock = clock
        self._began = clock()
        self._lock = threading.RLock()
        self._ids: deque[int] = deque()
        self._guesses: dict[int, tuple[float, float, float]] = {}
        self._ready: deque[Card] = deque()
        self._gone: set[int] = set()
        self._brought_back: set[int] = set()
        self._forwarded: int | None = None
        self._looks: deque[float] = deque(maxlen=_PACE_OVER)
        self._shown_at = self._began
        self._entered: set[int] = set()
        self._elsewhere: set[int] = set()
        self._day_began = day_began
        self._today: set[int] = set()
        self._read_today()
        self._waiting = self._shared_out = 0
        self._since_plan = REPLAN_AFTER
        self._planned = False

    @property
    def card(self) -> Card | None:
        """The pair to judge now; None while there is no plan, at the end of the queue or of the session."""
        with self._lock:
            return self._ready[0] if self._ready and not self.session_over else None

    @property
    def upcoming(self) -> tuple[Card, ...]:
        """The cards that are ready, the current one first."""
        with self._lock:
            return tuple(self._ready)

    @property
    def session_over(self) -> bool:
        """Whether the session's pairs or minutes are used up.

        What was taken back after the end is still asked: otherwise it would stay open without a word.
        """
        with self._lock:
            return self._is_used_up and not (self._ready and self._ready[0].row.id in self._brought_back)

    @property
    def _is_used_up(self) -> bool:
        pairs, minutes = self.config.pairs, self.config.minutes
        return (pairs is not None and len(self._entered) >= pairs) or (
            minutes is not None and self._clock() - self._began >= 60 * minutes
        )

    @property
    def is_planned(self) -> bool:
        """Whether it was put in order; before that nothing is known of its pairs, not even that there are none."""
        return self._planned

    @property
    def finished(self) -> bool:
        """Whether every pair of the queue has been judged."""
        with self._lock:
            return self._planned and not self._ready and not self._waiting

    @property
    def wants_plan(self) -> bool:
        """Whether it is time to plan: never done, enough judged since, or the plan runs out."""
        running_out = len(self._ids) + len(self._ready) < AHEAD and self._waiting > len(self._ready)
        return self._since_plan >= REPLAN_AFTER or (running_out and self._since_plan > 0)

    @property
    def progress(self) -> Progress:
        """How far the annotator has come."""
        with self._lock:
            looked = sum(self._looks)
            return Progress(
                session=len(self._entered),
                today=len(self._today),
                waiting=self._waiting if self._planned else None,
                pace=60 * len(self._looks) / looked if len(self._looks) >= _PACE_FROM and looked > 0 else None,
                minutes=(self._clock() - self._began) / 60,
                shared_out=self._shared_out,
            )

    def take(self, plan: QueuePlan) -> None:
        """Go on with a new plan. The card on the screen stays; those behind it are the plan's.

        Raises:
            StoreError: the next cards cannot be read.
        """
        with self._lock:
            current = self._ready[0] if self._ready else None
            self._guesses = {
                int(pair): (float(p), float(low), float(high))
                for pair, p, low, high in zip(plan.ids, plan.probability, plan.low, plan.high, strict=True)
            }
            self._waiting = plan.waiting - sum(pair in self._gone for pair in self._guesses)
            self._shared_out = plan.shared_out
            self._elsewhere = {entry for entry in self._elsewhere if entry > plan.seen}
            self._since_plan = sum(entry > plan.seen for entry in self._entered) + len(self._elsewhere)
            self._planned = True
            self._ids = deque(int(pair) for pair in plan.ids if int(pair) not in self._gone)
            self._ready.clear()
            if current is not None:
                # One that was brought forward had no guess yet.
                self._ready.append(self._card(current.row) if current.row.id == self._forwarded else current)
                self._forwarded = None
                if current.row.id in self._guesses:
                    self._ids.remove(current.row.id)
        self._fill()

    def probabilities(self, pairs: Iterable[int]) -> dict[int, float]:
        """Return, of those of ``pairs`` that the plan holds, how likely the model thinks they are synonyms."""
        found = {pair: self._guesses[pair][0] for pair in pairs if pair in self._guesses}
        return {pair: probability for pair, probability in found.items() if not isnan(probability)}

    @property
    def looked(self) -> float:
        """Seconds since the current card appeared."""
        return self._clock() - self._shown_at

    def shown(self) -> None:
        """Say that the current card has just appeared: its time begins."""
        self._shown_at = self._clock()

    def decide(
        self,
        verdict: Verdict,
        *,
        note: str | None = None,
        flagged: bool | None = None,
        seconds: float | None = None,
        action: str | None = None,
    ) -> Decision:
        """Enter a verdict on the current card and go to the next.

        Args:
            verdict: what the annotator says.
            note: free text; None leaves their note as it is.
            flagged: come back to this one; None leaves their flag as it is.
            seconds: how long they looked; None for the time since the card appeared.
            action: name of the action; repeated with the same name, it enters nothing twice.

        Returns:
            The entry, on the disk. The card stays where it was if there is an error.

        Raises:
            StoreError: nothing was entered, and why.
            SynonymsError: there is no card.
        """
        card = self.card
        if card is None:
            raise SynonymsError(_("There is no pair to judge. Start a session, or choose another order."))
        seconds = self.looked if seconds is None else seconds
        (entry,) = self._store.decide(
            card.row.id,
            verdict,
            self.config.annotator,
            seconds=seconds,
            note=note,
            flagged=flagged,
            model_score=card.probability,
            adjudicates=self.config.settles,
            action=action,
        )
        with self._lock:
            if self._ready and self._ready[0].row.id == card.row.id:
                self._ready.popleft()
            self._gone.add(card.row.id)
            self._brought_back.discard(card.row.id)
            self._looks.append(min(seconds, _LONGEST_LOOK))
            self._entered.add(entry.id)
            self._count_today(entry)
            self._since_plan += 1
            self._waiting = max(0, self._waiting - 1)
        with suppress(StoreError):  # the verdict is on the disk; who cannot read the next ones now does so next time
            self._fill()
        self.shown()
        return entry

    def judged_elsewhere(self, entries: Iterable[Decision]) -> None:
        """Count what was judged past the queue, in the table or on a card opened by hand: it teaches the model too."""
        ids = {entry.id for entry in entries}
        with self._lock:
            self._elsewhere |= ids
            self._since_plan += len(ids)

    def undo(self, *, action: str | None = None) -> list[Decision]:
        """Take back the annotator's last action and put its pair in front again; without end.

        A pair that keeps a verdict stays where it is: only a flag, a note or a change was taken back. Of many pairs
        judged at once in the table, none comes to the card; the next plan puts them where they belong.

        Args:
            action: name of the action, for a call that may have to be repeated.

        Returns:
            The entries taken back; empty where nothing is left.

        Raises:
            StoreError: nothing was taken back, and why.
        """
        taken = self._store.undo(self.config.annotator, action=action)
        pairs = [entry.candidate for entry in taken]
        with self._store.database.reading() as connection:
            rows = self._rows(connection, self._asked(connection, pairs))
        with self._lock:
            open_again = [row for row in rows if self._belongs(row)]
            asked = [row for row in open_again if row.id in self._gone or len(pairs) == 1]
            back = {row.id for row in asked}
            self._waiting += len(back - {card.row.id for card in self._ready})
            self._gone -= back
            self._ready = deque(card for card in self._ready if card.row.id not in back)
            self._ready.extendleft(self._card(row) for row in reversed(asked))
            if len(asked) < len(open_again):
                self._since_plan = REPLAN_AFTER
            ids = {entry.id for entry in taken}
            self._entered -= ids
            self._elsewhere -= ids
            if self._is_used_up:
                self._brought_back |= back
        self._read_today()
        self.shown()
        return taken

    def bring_forward(self, pair: int) -> bool:
        """Put ``pair`` in front, if this queue asks for it at all; return whether it does.

        Raises:
            StoreError: it cannot be read.
        """
        with self._store.database.reading() as connection:
            rows = [row for row in self._rows(connection, self._asked(connection, [pair])) if self._belongs(row)]
        if not rows:
            return False
        with self._lock:
            self._ready = deque(card for card in self._ready if card.row.id != pair)
            self._ids = deque(each for each in self._ids if each != pair)
            self._ready.appendleft(self._card(rows[0]))
            self._forwarded = pair
        self.shown()
        return True

    def take_news(self, pairs: Collection[int]) -> None:
        """Take up what was decided on ``pairs`` by another program, or taken back there.

        What this annotator has judged elsewhere is not asked here again, and counts; what was taken back comes again
        where the next plan puts it.

        Raises:
            StoreError: the cards cannot be read.
        """
        if self.config.only in {Only.DISPUTED, Only.FLAGGED} or len(pairs) > _MOST_NEWS:
            self._since_plan = REPLAN_AFTER
            self.refresh()
            return
        with self._store.database.reading() as connection:
            asked = set(self._asked(connection, list(pairs)))
        with self._lock:
            done = {pair for pair in pairs if pair in self._guesses and pair not in asked} - self._gone
            back = asked & self._gone
            self._waiting = max(0, self._waiting - len(done))
            self._since_plan = REPLAN_AFTER if back else self._since_plan + len(done)
            self._gone = (self._gone | done) - back
            self._ready = deque(card for card in self._ready if card.row.id not in done)
            self._ids = deque(pair for pair in self._ids if pair not in done)
        self._fill()
        self._read_today()

    def refresh(self) -> None:
        """Read the cards that are ready anew, after pairs were judged elsewhere in the program.

        Raises:
            StoreError: they cannot be read.
        """
        with self._lock:
            ids = deque([*(card.row.id for card in self._ready), *self._ids])
        self._read_ahead(ids, deque())
        self._read_today()

    def _fill(self) -> None:
        with self._lock:
            ids, ready = deque(self._ids), deque(self._ready)
        self._read_ahead(ids, ready)

    def _read_ahead(self, ids: deque[int], ready: deque[Card]) -> None:
        """Fetch cards ahead, half a store at a time, leaving out what was judged meanwhile; all of it or nothing."""
        gone = 0
        while len(ready) < AHEAD // 2 and ids:
            wanted = [ids.popleft() for _place in range(min(AHEAD, len(ids)))]
            with self._store.database.reading() as connection:
                asked = self._asked(connection, wanted)
                rows = self._rows(connection, [pair for pair in asked if pair not in self._gone])
            still = [row for row in rows if self._belongs(row)]
            gone += len(wanted) - len(still)
            ready.extend(self._card(row) for row in still)
        with self._lock:
            self._ids, self._ready = ids, ready
            self._waiting = max(0, self._waiting - gone)

    def _rows(self, connection: Connection, pairs: list[int]) -> list[Row]:
        """Return those of the pairs that are sound; what is not cannot be asked, and is named in ``damage``."""
        read = fetch_usable_rows(connection, pairs, self.config.seen_by)
        self.damage = read.error or self.damage
        return read.found

    def _belongs(self, row: Row) -> bool:
        if self.config.only is Only.DISPUTED:
            return row.disputed
        return row.flagged if self.config.only is Only.FLAGGED else True

    def _asked(self, connection: Connection, pairs: list[int]) -> list[int]:
        """Return those of ``pairs`` on which the annotator's standing verdict, or none, lets them come.

        They may have been judged in another window meanwhile.
        """
        if self.config.only in {Only.DISPUTED, Only.FLAGGED}:
            return pairs
        query = select(judgements.c.candidate_id, judgements.c.verdict).where(
            judgements.c.candidate_id.in_(pairs),
            judgements.c.verdict.is_not(None),
            judgements.c.annotator_id == place_of(connection, self.config.annotator),
        )
        if self.config.only.own_verdict is not None:
            query = query.where(judgements.c.adjudicates == false())
        standing = {row.candidate_id: row.verdict for row in connection.execute(query)}
        return [pair for pair in pairs if standing.get(pair) == self.config.only.own_verdict]

    def _card(self, row: Row) -> Card:
        guess = self._guesses.get(row.id)
        # NaN is how a plan says that there was no model.
        return Card(row) if guess is None or isnan(guess[0]) else Card(row, *guess)

    def _count_today(self, entry: Decision) -> None:
        """Count a decision; the first one after midnight begins another day."""
        if self._day_began is not None and entry.at >= self._day_began + timedelta(days=1):
            self._day_began = entry.at.astimezone().replace(hour=0, minute=0, second=0, microsecond=0)
            self._today.clear()
        self._today.add(entry.candidate)

    def _read_today(self) -> None:
        if self._day_began is not None:
            self._today = self._store.judged_since(self.config.annotator, self._day_began)
