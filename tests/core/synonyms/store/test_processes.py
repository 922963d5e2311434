"""Programs that share a store, and programs that are killed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from collections import Counter

import pytest

from core.synonyms.store import Store
from tests.core.synonyms.store.conftest import candidate

KILLS = int(os.environ.get("YAYA_KILLS", "8"))
"""How often the annotator is killed; a release is tried with 200."""

TWO_ANNOTATORS = """
import sys
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
with Store(sys.argv[1]) as store:
    for pair in range(1, 41):
        store.decide(pair, Verdict.SYNONYM if pair % 2 else Verdict.NOT, sys.argv[2])
        if pair % 5 == 0:
            store.undo(sys.argv[2])
"""

TIRELESS_ANNOTATOR = """
import sys
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
with Store(sys.argv[1]) as store:
    print("ready", flush=True)
    key = 0
    while True:
        key += 1
        (entry,) = store.decide(1 + key % 50, list(Verdict)[key % 6], "ann", note=f"{sys.argv[2]}-{key}")
        print(entry.note, flush=True)
        if key % 7 == 0:
            print("undone", store.undo("ann")[0].note, flush=True)
"""


def test_two_programs_label_one_store_and_none_is_lost(address):
    with Store(address) as store:
        store.add([candidate(f"词{i}", f"語{i}") for i in range(40)])
    command = [sys.executable, "-c", TWO_ANNOTATORS, address]
    programs = [subprocess.Popen([*command, name], stderr=subprocess.PIPE) for name in ("ann", "bob")]
    for program in programs:
        _, said = program.communicate(timeout=60)
        assert program.returncode == 0, said.decode()
    with Store(address) as store:
        for name in ("ann", "bob"):
            assert len(store.history(annotator=name)) == 40 + 8
            assert {who.name: who.judged for who in store.annotators()}[name] == 32
        assert store.row(1).judges == 2
        assert store.row(5).judges == 0
        assert store.check() == []


@pytest.mark.timeout(60 + 3 * KILLS)
def test_kill_at_any_moment_loses_nothing_that_was_confirmed(address):
    """A scripted annotator is killed again and again, at random moments."""
    with Store(address) as store:
        store.add([candidate(f"词{i}", f"語{i}") for i in range(50)])
    rng = random.Random(5)
    confirmed, undone, total = [], [], 0
    for life in range(KILLS):
        command = [sys.executable, "-c", TIRELESS_ANNOTATOR, address, str(life)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as annotator:
            assert annotator.stdout.readline() == "ready\n"
            time.sleep(rng.uniform(0.0, 0.25))
            annotator.kill()
            lines = annotator.stdout.read().split("\n")
        # The last line may be cut short: it was being said, not confirmed.
        for line in lines[:-1]:
            (undone if line.startswith("undone ") else confirmed).append(line.removeprefix("undone "))
        with Store(address) as store:
            entries = store.history()
            assert store.check() == []
            kept = Counter(entry.note for entry in entries if entry.undoes is None)
            by_id = {entry.id: entry.note for entry in entries}
            taken_back = Counter(by_id[entry.undoes] for entry in entries if entry.undoes is not None)
        assert max(kept.values(), default=1) == 1, "a decision was entered twice"
        assert not set(confirmed) - set(kept), "a confirmed decision is lost"
        assert not set(undone) - set(taken_back), "a confirmed undo is lost"
        # Each killed life may leave at most the one action that was on its way.
        assert len(kept) + len(taken_back) - len(confirmed) - len(undone) <= life + 1
        total = len(confirmed)
    assert total > KILLS
