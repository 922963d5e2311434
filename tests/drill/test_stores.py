"""Labelling on a full disk, and while others lock, protect, replace or take away the store."""

from __future__ import annotations

import shutil
import sqlite3
import time
from contextlib import closing, contextmanager

import pytest

from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.small_store import make_store, many_pairs
from tests.drill.conftest import small_disk
from tests.drill.ledger import ANNOTATOR, OTHER, actions_of, differences, presses, read_ledger, read_rows
from tests.drill.plan import SEED, cases, marks, some_of
from tests.drill.window import Window, remember

pytestmark = marks("stores")
PAIRS = 300
SEEN_WITHIN = 60
"""Seconds until a window on a busy machine has seen that its file has gone; on a free one it takes one."""
DISK = 12
"""MiB of the small disk."""


@contextmanager
def locked(path, _random):
    """Another program holds the store."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=30)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full(path, _random):
    """The disk is full to the last byte."""
    filler = path.with_name("filler")
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(bytes(4096))
        except OSError:
            pass
    yield
    filler.unlink()


@contextmanager
def busy(path, random):
    """Another annotator writes all the time."""
    end = time.monotonic() + random.uniform(0.5, 3)
    while time.monotonic() < end:
        with Store(path) as store:
            store.decide(random.randint(1, PAIRS), random.choice(list(Verdict)), OTHER)
    yield


PASSING = (locked, full, busy)
"""Troubles that pass, so that the same window goes on."""


def test_nothing_is_lost_on_a_full_disk_or_while_others_hold_the_store(tmp_path, figures):
    home = tmp_path / "drill"
    with small_disk(tmp_path / "disk", DISK) as disk:
        path = make_store(disk / "pairs.db", many_pairs(PAIRS))
        remember(home, store=str(path), queue={"annotator": ANNOTATOR})
        figures.update({trouble.__name__: 0 for trouble in PASSING})
        for case, random in cases("stores", least=len(PASSING)):
            with Window(home, "labeller:label", f"{SEED} {case}", 3600) as window:
                window.wait_for("labels")
                killed_within = random.random() < 0.5
                for trouble in some_of(PASSING, case, random, 4):
                    time.sleep(random.uniform(0, 2))
                    figures[trouble.__name__] += 1
                    with trouble(path, random):
                        time.sleep(random.uniform(0.1, 4))
                    assert window.process.poll() is None, window.told()
                if killed_within:
                    with random.choice(PASSING)(path, random):
                        time.sleep(random.uniform(0.1, 3))
                        window.kill()
                window.kill()
                assert window.troubles() == []
            pressed = presses(read_ledger(home / "ledger"))
            figures.update(
                kills=case + 1, entered=len(pressed), stored=sum(press.outcome == "stored" for press in pressed),
                refused=sum(press.outcome == "refused" for press in pressed),
                waited=sum(line["kind"] == "waits" for line in read_ledger(home / "ledger")),
            )  # fmt: skip
            assert differences(pressed, actions_of(read_rows(path, ANNOTATOR))) == []
            with Store(path) as store:
                assert store.check() == []
    assert figures["stored"]


def replaced(path, other):
    """Another file takes the place of the store."""
    shutil.copyfile(other, path.with_name("new"))
    path.with_name("new").replace(path)


def laid_over(path, other):
    """The content of another file is written over the store's."""
    with path.open("r+b") as target:
        target.write(other.read_bytes())
        target.truncate()


def deleted(path, _other):
    """The store is deleted."""
    path.unlink()


def moved(path, _other):
    """The store is moved to another folder."""
    (path.parent / "elsewhere").mkdir(exist_ok=True)
    path.rename(path.parent / "elsewhere" / "moved.sqlite")


@pytest.mark.parametrize("trouble", [replaced, laid_over, deleted, moved])
def test_nothing_that_was_stored_is_lost_when_the_file_goes(tmp_path, figures, trouble):
    for case, random in cases("stores"):
        home = tmp_path / f"{case}"
        path = home / "store" / "pairs.db"
        path.parent.mkdir(parents=True)
        make_store(path, many_pairs(PAIRS))
        other = make_store(home / "other.sqlite", many_pairs(50))
        with Store(other) as store:
            store.decide(7, Verdict.NOT, OTHER)
        remember(home, store=str(path), queue={"annotator": ANNOTATOR})
        with Window(home, "labeller:label", f"{SEED} {case}", 3600) as window:
            window.wait_for("after")
            time.sleep(random.uniform(0, 4))
            trouble(path, other)
            if trouble is not laid_over:
                wait_for_copy(path.parent)
            time.sleep(random.uniform(0.5, 3))
            window.kill()
            assert window.troubles() == []
        is_there = trouble in (replaced, laid_over)
        for _start in range(2):  # what a start finds must not make it worse, nor the second what the first left
            with Window(home, "labeller:label", f"{SEED} {case} again", 0) as window:
                # Before anybody else looks into the file: SQLite itself would play a log of the former one into it.
                window.wait_for("labels" if is_there else "ready")
                window.kill()
                assert window.troubles() == []
        pressed = presses(read_ledger(home / "ledger"))
        figures.update(cases=case + 1, stored=sum(press.outcome == "stored" for press in pressed))
        if trouble is not laid_over:  # what was in that file is gone
            assert not differences_anywhere(home / "store", pressed)
        if is_there:
            with closing(sqlite3.connect(path)) as connection:
                assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            assert [(row[2], row[3]) for row in read_rows(path, OTHER)] == [(7, "not")]


def wait_for_copy(folder):
    """Wait until the window has seen, as it does each second, that its file has gone, and saved what was in it."""
    end = time.monotonic() + SEEN_WITHIN
    while not list(folder.glob("pairs-saved-*.db")):
        assert time.monotonic() < end, f"no copy in {folder} after {SEEN_WITHIN} s"
        time.sleep(0.05)


def differences_anywhere(folder, pressed):
    """Return what is missing in the best of all files that lie in ``folder``, a log put aside beside its file."""
    found = []
    for file in [*folder.rglob("*.db"), *folder.rglob("*.sqlite")]:
        copy = file.with_name(f"look-at-{file.name}")
        shutil.copyfile(file, copy)
        log = file.with_name(f"{file.name}-wal")
        if log.exists():
            shutil.copyfile(log, f"{copy}-wal")
        try:
            found.append(differences(pressed, actions_of(read_rows(copy, ANNOTATOR))))
        except sqlite3.DatabaseError as error:
            found.append([f"{file.name}: {error}"])
        finally:
            for rest in copy.parent.glob(f"{copy.name}*"):
                rest.unlink()
    return min(found, key=len, default=["there is no file"])
