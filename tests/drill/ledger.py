"""What was pressed and what the window acknowledged, written down as it happens; and the store compared with it."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

ANNOTATOR: Final = "anna"
OTHER: Final = "ben"
UNDO: Final = "undo"
"""The signature of an undo of which nothing was heard."""


class Ledger:
    """Lines that are on the disk when :meth:`write` returns, whatever happens to the process next."""

    def __init__(self, path: Path) -> None:
        self._file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)

    def write(self, kind: str, **what: Any) -> None:
        """Add a line of this kind."""
        os.write(self._file, (json.dumps({"kind": kind, **what}, ensure_ascii=False) + "\n").encode())
        os.fsync(self._file)


def read_ledger(path: Path) -> list[dict[str, Any]]:
    """Return the lines; a last one that was cut off by a kill was never written."""
    if not path.exists():
        return []
    whole, _newline, _cut = path.read_text(encoding="utf-8").rpartition("\n")
    return [json.loads(line) for line in whole.splitlines()]


@dataclass(frozen=True, slots=True)
class Press:
    """One thing that was entered.

    Attributes:
        signature: what it is to be in the store; see :func:`signature`.
        outcome: ``stored`` (the window showed it as done), ``refused`` (the window said that it was not stored), or
            ``open`` (the window was killed before it said either). What was waiting for the store when the window was
            killed is ``open`` until the next start has had the store, and ``stored`` from then on.
    """

    signature: str
    outcome: str


def presses(lines: Iterable[dict[str, Any]]) -> list[Press]:
    """Return what was entered, in its order. Of which pairs an undo was is known once it is stored."""
    found: list[list[str]] = []
    for line in lines:
        if line["kind"] == "before":
            found.append([line["signature"], "open"])
        elif line["kind"] == "waits":
            found[-1][1] = "waits"
        elif line["kind"] == "labels" and found and found[-1][1] == "waits":
            found[-1][1] = "stored"
        elif line["kind"] == "after":
            found[-1] = [line["signature"], line["outcome"]]
    return [Press(said, "open" if outcome == "waits" else outcome) for said, outcome in found]


def signature(what: str, pairs: Sequence[int], value: object = None) -> str:
    """Return one text for an action: ``judge``, ``flag``, ``note`` or ``undo`` of these pairs."""
    return f"{what} {sorted(pairs)} {value}"


@dataclass(frozen=True, slots=True)
class Action:
    """One action in the store.

    Attributes:
        signatures: what may have been pressed for it.
        is_last_undone: it takes nothing back, or exactly the annotator's last action that stood.
    """

    signatures: frozenset[str]
    is_last_undone: bool = True


Rows = list[tuple[Any, ...]]
_HISTORY: Final = """
    SELECT d.id, d.action, d.candidate_id, d.verdict, d.note, d.flagged, d.undoes FROM decisions d
    JOIN annotators a ON a.id = d.annotator_id WHERE a.name = ? ORDER BY d.id
"""


def read_rows(path: Path, annotator: str) -> Rows:
    """Return this annotator's rows in a store's file, by a connection that knows nothing of the program."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(_HISTORY, (annotator,)).fetchall()


def actions_of(rows: Rows) -> list[Action]:
    """Return what the rows of one annotator amount to, action by action, in their order."""
    grouped: dict[str, Rows] = {}
    for row in rows:
        grouped.setdefault(row[1], []).append(row)
    standing: list[set[int]] = []
    actions = []
    for group in grouped.values():
        pairs = [row[2] for row in group]
        taken_back = {row[6] for row in group if row[6] is not None}
        if taken_back:
            is_last = bool(standing) and standing.pop() == taken_back
            actions.append(Action(frozenset({UNDO, signature(UNDO, pairs)}), is_last))
            continue
        standing.append({row[0] for row in group})
        _id, _action, _pair, verdict, note, flagged, _undoes = group[0]
        named = {signature("judge", pairs, verdict), signature("flag", pairs, bool(flagged))}
        actions.append(Action(frozenset(named | {signature("note", pairs, note)})))
    return actions


def differences(pressed: Sequence[Press], actions: Sequence[Action]) -> list[str]:
    """Return what is wrong with a store in which ``pressed`` is to be found: each stored press once, in order.

    What is ``open`` may be there or not; what is ``refused`` may not.
    """
    wrong = [
        f"action {at} takes back another than the last" for at, each in enumerate(actions) if not each.is_last_undone
    ]
    reached = {0}  # how many actions may be explained by the presses so far
    for number, press in enumerate(pressed):
        taken = {at + 1 for at in reached if at < len(actions) and press.signature in actions[at].signatures}
        if press.outcome == "stored":
            if not taken:
                there = [sorted(each.signatures) for each in actions[max(reached) : max(reached) + 3]]
                return [*wrong, f"press {number} ({press.signature}) is not where it should be: the store has {there}"]
            reached = taken
        elif press.outcome == "open":
            reached |= taken
    if len(actions) not in reached:
        return [*wrong, f"{len(actions) - max(reached)} actions that nobody pressed, or that are there twice"]
    return wrong
