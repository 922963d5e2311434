"""An hour of anything, on every page: nothing raises, the window answers, and memory stays what it is."""

from __future__ import annotations

import os
import shutil
import time

import numpy as np

from core.synonyms.store import Store
from tests.app.synonyms.small_store import make_store, many_pairs
from tests.drill.ledger import ANNOTATOR, read_ledger
from tests.drill.plan import SEED, chance, marks, seconds
from tests.drill.window import LOADING, Window, longest_gaps, remember

pytestmark = marks("monkey")

WINDOW_GROWS = 60.0
"""MiB that a line through the second half of the window's memory may rise from its begin to its end."""
WORKERS_GROW = 300.0
"""The same of all workers together: which of them are up, and which model is open, changes under random keys."""
SAMPLES_EVERY = 2.0


def test_random_keys_clicks_and_turns_raise_nothing_and_leave_memory_flat(tmp_path, parsed_material, figures):
    home = tmp_path / "drill"
    for kind in parsed_material.iterdir():
        shutil.copytree(kind, home / "data" / kind.name, copy_function=os.link)
    path = make_store(home / "data" / "synonyms.db", many_pairs(2000))
    remember(home, queue={"annotator": ANNOTATOR})
    seed = chance("monkey", 0).random()
    sizes = []
    with Window(home, "monkey:press_anything", f"{SEED} {seed}", seconds("monkey")) as window:
        window.wait_for("works", 2 * LOADING)
        while window.process.poll() is None:
            sizes.append((time.monotonic(), *window.memory()))
            time.sleep(SAMPLES_EVERY)
        figures.update(longest_gap=longest_gaps(home), samples=len(sizes))
        assert window.troubles() == []
        did = window.wait(1)
    later = sizes[len(sizes) // 2 : -1]
    grown = [rise(later, column) for column in (1, 2)]
    tens = (later[-1][0] - later[0][0]) / 600
    figures.update(did, done=sum(n for name, n in did.items() if name.startswith("did_")),
                   window_mib=round(sizes[-2][1]), workers_mib=round(sizes[-2][2]),
                   window_grew=round(grown[0], 1), workers_grew=round(grown[1], 1),
                   window_grew_in_10_minutes=round(grown[0] / tens, 1),
                   workers_grew_in_10_minutes=round(grown[1] / tens, 1),
                   most_of_each_worker_mib=most_of_each(home))  # fmt: skip
    with Store(path) as store:
        assert store.check() == []
        assert {entry.annotator for entry in store.history()} <= {person.name for person in store.annotators()}
    assert grown[0] < WINDOW_GROWS
    assert grown[1] < WORKERS_GROW


def rise(sizes, column):
    """Return by how many MiB a straight line through the samples rises from its begin to its end."""
    samples = np.array(sizes)
    slope, _height = np.polyfit(samples[:, 0], samples[:, column], 1)
    return float(slope * (samples[-1, 0] - samples[0, 0]))


def most_of_each(home):
    """Return the most MiB that each worker came to, the largest first."""
    most = {}
    for line in read_ledger(home / "ledger"):
        for lane, mib in line["mib"].items() if line["kind"] == "sizes" else ():
            most[lane] = max(mib, most.get(lane, 0.0))
    return dict(sorted(most.items(), key=lambda item: -item[1]))
