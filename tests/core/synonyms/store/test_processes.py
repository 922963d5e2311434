"""Programs that share a store, and programs that are killed."""

from __future__ import annotations

import subprocess
import sys

import pytest

from core.synonyms.store import Store
from tests.benchmarks.probes.killing import kills
from tests.core.synonyms.store.conftest import candidate

KILLS = 8
"""How often the annotator is killed here; the benchmark does it 200 times."""

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


@pytest.mark.sweep(1)
@pytest.mark.timeout(60 + 3 * KILLS)
def test_kill_at_any_moment_loses_nothing_that_was_confirmed(address):
    found = kills(address, KILLS)
    assert (found["lost"], found["doubled"], found["surplus"], found["complaints"]) == (0, 0, 0, [])
    assert found["confirmed"] > KILLS
