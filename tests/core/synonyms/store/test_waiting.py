"""A writer beside others that write all the time."""

import sqlite3
import threading
import time

from core.synonyms.pairs import Candidate
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict


def test_a_decision_finds_the_gap_of_a_program_that_holds_the_lock_nearly_always(tmp_path):
    path = tmp_path / "busy.db"
    with Store(path, patience=1.0) as store:
        store.add([Candidate(f"甲{n:02d}", f"甲{n:02d}乙") for n in range(20)])
        pairs = store.table_query().ids().tolist()
        stop = threading.Event()

        def hold():
            other = sqlite3.connect(path, isolation_level=None, timeout=5)
            while not stop.is_set():
                other.execute("BEGIN IMMEDIATE")
                time.sleep(0.05)  # a batch of mined pairs
                other.execute("COMMIT")
                time.sleep(0.002)  # the next one is put together
            other.close()

        holder = threading.Thread(target=hold)
        holder.start()
        try:
            waits = []
            for pair in pairs:
                begin = time.monotonic()
                store.decide(pair, Verdict.NOT, "anna")
                waits.append(time.monotonic() - begin)
        finally:
            stop.set()
            holder.join()
        assert len(store.history()) == 20
        assert max(waits) < 1.0
