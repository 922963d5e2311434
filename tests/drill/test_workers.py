"""Killed windows and workers in every tab: work goes on, nothing lives on alone, nothing is lost."""

from __future__ import annotations

import json
import os
import shutil
import time

import pytest

from core.synonyms.store import Store
from tests.app.synonyms.small_store import make_store, many_pairs
from tests.drill.ledger import ANNOTATOR, actions_of, differences, presses, read_ledger, read_rows
from tests.drill.plan import SEED, cases, seconds
from tests.drill.window import LOADING, Window, longest_gaps, remember


@pytest.fixture
def home(tmp_path, parsed_material):
    """A home in which shipped material has been read before, so that the drill is about other things."""
    home = tmp_path / "drill"
    for kind in parsed_material.iterdir():
        shutil.copytree(kind, home / "data" / kind.name, copy_function=os.link)
    remember(home, queue={"annotator": ANNOTATOR})
    return home


@pytest.mark.drill
@pytest.mark.timeout(seconds("workers") + 3600)
def test_work_goes_on_when_workers_are_killed_at_random_moments(home, tmp_path, figures):
    path = make_store(home / "data" / "synonyms.db", many_pairs(400))
    export = tmp_path / "pairs.csv"
    with Window(home, "killer:kill_workers", f"{SEED} 0", seconds("workers"), export=str(export)) as window:
        window.wait_for("labels")
        figures.update(window.wait(seconds("workers") + 3000))
        assert window.troubles() == []
    pressed = presses(read_ledger(home / "ledger"))
    figures.update(entered=len(pressed), longest_gap=longest_gaps(home))
    assert {press.outcome for press in pressed} == {"stored"}
    assert differences(pressed, actions_of(read_rows(path, ANNOTATOR))) == []
    with Store(path) as store:
        assert store.check() == []
        assert store.table_query().count() > 400


@pytest.mark.drill
@pytest.mark.timeout(seconds("tabs") + 1800)
@pytest.mark.parametrize("hands", ["killer:train", "killer:type_text"])
def test_a_window_killed_at_work_leaves_no_worker_and_opens_again(home, figures, hands):
    for case, random in cases("tabs", least=2):
        with Window(home, hands, f"{SEED} {case}", 3600) as window:
            window.wait_for("works", LOADING)
            time.sleep(random.uniform(0, 6))
            window.kill()  # sees that its workers end
            assert window.troubles() == []
        json.loads((home / "settings" / "settings.json").read_text(encoding="utf-8"))
        figures.update(kills=case + 1, longest_gap=longest_gaps(home))
        assert len(list((home / "log").glob("running-*.txt"))) == 1
