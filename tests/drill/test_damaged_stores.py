"""Stores with bytes changed, pages of noise, the end cut off, or a stranger's tables, also while open: one sentence."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing

from app.synonyms.annotation.opening import open_store
from core.runtime.events import Failed
from core.runtime.inline import run_inline
from core.runtime.task import Job
from core.synonyms.agreement.report import AgreementConfig
from core.synonyms.exchange.config import ExportConfig
from core.synonyms.pairs import SynonymsError
from core.synonyms.queue.config import QueueConfig
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.small_store import make_store, many_pairs
from tests.drill.ledger import ANNOTATOR, OTHER
from tests.drill.plan import cases, marks

pytestmark = marks("damage")
PAIRS = 300
PAGE = 4096


def test_a_damaged_store_is_read_or_refused_in_one_sentence(tmp_path, figures):
    whole = make_store(tmp_path / "whole.db", many_pairs(PAIRS))
    with Store(whole) as store:
        for pair in range(1, 60):
            store.decide(pair, list(Verdict)[pair % 4], (ANNOTATOR, OTHER)[pair % 2])
    figures.update(stores=0, open=0, refused=0)
    for case, random in cases("damage", least=len(DAMAGES)):
        path = tmp_path / f"{case}" / "pairs.db"
        path.parent.mkdir()
        shutil.copyfile(whole, path)
        store = None
        if random.random() < 0.3:  # what lies over an open store is waited for as if another program held it
            store, _queue = open_store(QueueConfig(str(path), ANNOTATOR), create=False)
            store.decide(3, Verdict.NOT, ANNOTATOR)
        DAMAGES[case % len(DAMAGES)](path, random)
        questions = [*window_asks(store, path, random), *workers_ask(path)]
        random.shuffle(questions)
        refused = [spoken for ask in questions if (spoken := ask())]
        if store is not None:
            store.close()
        assert not [text for text in refused if "\n" in text], f"case {case}: {refused}"
        figures["stores"] += 1
        figures["open"] += store is not None
        figures["refused"] += len(refused)
        shutil.rmtree(path.parent)


def some_bytes(path, random):
    """Change up to two hundred bytes."""
    content = bytearray(path.read_bytes())
    for _byte in range(random.randint(1, 200)):
        content[random.randrange(len(content))] = random.randrange(256)
    lay_over(path, bytes(content))


def some_pages(path, random):
    """Fill up to eight pages with noise."""
    content = bytearray(path.read_bytes())
    for _page in range(random.randint(1, 8)):
        at = PAGE * random.randrange(len(content) // PAGE)
        content[at : at + PAGE] = random.randbytes(PAGE)
    lay_over(path, bytes(content))


def the_end(path, random):
    """Cut the end off."""
    os.truncate(path, random.randrange(path.stat().st_size))


def other_tables(path, _random):
    """Lay another program's database over it, with tables of the same names."""
    other = path.with_name("other.db")
    with closing(sqlite3.connect(other)) as connection:
        for table in ("candidates", "decisions", "judgements", "annotators", "words"):
            connection.execute(f"CREATE TABLE {table} (pond TEXT)")
        connection.execute("CREATE TABLE info (key TEXT, value TEXT)")
        connection.execute("INSERT INTO info VALUES ('schema_version', '2')")
        connection.commit()
    lay_over(path, other.read_bytes())


def text(path, _random):
    """Lay a text over it."""
    lay_over(path, b"not a database at all\n" * 500)


DAMAGES = (some_bytes, some_pages, the_end, other_tables, text)


def lay_over(path, content):
    """Write ``content`` into the file that lies there."""
    with path.open("r+b") as file:
        file.write(content)
        file.truncate()


def window_asks(store, path, random):
    """Return what the window asks of the open store, and that it opens it again; each returns a refusal, or None."""

    def reopen():
        opened, _queue = open_store(QueueConfig(str(path), ANNOTATOR), create=True)
        with opened:
            opened.table_query().usable_rows(range(1, PAIRS + 1))

    asked = [reopen]
    if store is not None:
        pair = random.randint(1, PAIRS)
        asked += [
            lambda: store.decide(pair, Verdict.NOT, ANNOTATOR), lambda: store.undo(ANNOTATOR), lambda: store.row(pair),
            lambda: store.news((0, 0)), store.check, store.verdict_counts, store.annotators,
            store.database.look_after_file, lambda: store.table_query().usable_rows(store.table_query().ids()),
        ]  # fmt: skip
    return [lambda ask=ask: refusal(ask) for ask in asked]


def refusal(ask):
    """Return what is said where something is refused; an error of any other kind goes on to the test."""
    try:
        ask()
    except SynonymsError as error:
        return str(error)
    return None


def workers_ask(path):
    """Return what workers ask of the file; each returns a refusal, or None, and fails where a log gets a traceback."""
    tasks = {
        "queue.planner:plan_queue": {"config": QueueConfig(str(path), ANNOTATOR)},
        "agreement.task:measure_agreement": {"config": AgreementConfig(str(path))},
        "store.table_task:order_table": {"store": str(path)},
        "exchange.exporting:export_pairs": {"config": ExportConfig(str(path), path.with_name("pairs.csv"), "csv")},
    }

    def ask(task, given):
        event = list(run_inline(Job(f"core.synonyms.{task}", given)))[-1]
        if isinstance(event, Failed):
            assert event.traceback == ""
            return event.message
        return None

    return [lambda task=task, given=given: ask(task, given) for task, given in tasks.items()]
