"""The page with the real window and real processes: run, stop, resume, export, come back; training goes on."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.policy_gradient.experiments.experiment import Phase
from app.policy_gradient.experiments.page import ExperimentsPage
from app.policy_gradient.session import Phase as Training
from core.policy_gradient.config import ARTICLE

LOADING = 90_000
TINY = replace(ARTICLE, episodes=3, eval_episodes=1, evaluate_every=None)


@pytest.fixture
def tab(laboratory, qtbot):
    tab = laboratory.window.tab("policy_gradient")
    qtbot.waitUntil(lambda: tab.session.phase is Training.READY, timeout=LOADING)
    tab.session.choose(TINY)
    laboratory.window.actions_table["pg_page_experiments"].trigger()
    assert isinstance(tab.page, ExperimentsPage)
    return tab


def rows(page):
    model = page.table.model
    return [
        [model.index(row, column).data() for column in range(model.columnCount())] for row in range(model.rowCount())
    ]


def shown(page):
    return {
        "rows": rows(page),
        "words": page.words.text(),
        "button": page.choices.button.text(),
        "chosen": page.choices.chosen,
        "seeds": page.choices.seeds.value(),
        "curve": page.plot.drawn("sidebar"),
    }


def test_run_export_and_come_back_while_training_goes_on(tab, qtbot, tmp_path, laboratory):
    page = tab.page
    tab.session.choose(replace(ARTICLE, episodes=100_000))
    tab.session.set_speed("fast")
    tab.session.toggle()
    qtbot.waitUntil(lambda: tab.session.state.transition is not None, timeout=LOADING)
    page.choices.choose(["sidebar"])
    page.choices.seeds.setValue(3)
    tab.session.wanted = TINY  # as if the settings at the left had been changed for the next run
    steps = tab.session.state.transition.env_steps
    page.choices.button.click()
    assert page.experiment.is_working
    assert page.choices.button.text() == "Stop"
    qtbot.waitUntil(lambda: page.experiment.phase is Phase.FINISHED, timeout=LOADING)
    assert tab.session.phase is Training.PLAYING
    qtbot.waitUntil(lambda: tab.session.state.transition.env_steps > steps, timeout=LOADING)
    assert rows(page)[0][:2] == ["your settings", "0 of 3"]
    assert len(page.plot.drawn("sidebar")[0]) == 3
    assert page.choices.button.text() == "Run"

    said = []
    tab.message.connect(lambda kind, text: said.append((kind, str(text))))
    for name in ("a.csv", "a.json", "a.png", "a.txt"):
        page.exporter.export(tmp_path / name)
    assert [kind for kind, _text in said] == ["success", "success", "success", "error"]
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["variants"]["sidebar"]["solved_fraction"] == 0
    assert not (tmp_path / "a.txt").exists()

    before, saved = shown(page), json.loads(json.dumps(page.save_state()))
    page.choices.choose(["adam"])
    page.choices.seeds.setValue(7)
    page.restore_state(saved)
    assert page.save_state()["chosen"] == ["sidebar"]
    qtbot.waitUntil(lambda: page.experiment.phase is Phase.FINISHED, timeout=LOADING)
    assert shown(page) == before, "the seconds, too: the runs were found"
    assert page.save_state() == saved


def test_an_experiment_that_was_stopped_comes_back_stopped(tab, qtbot, laboratory):
    page = tab.page
    page.choices.choose(["sidebar"])
    page.choices.seeds.setValue(200)
    page.choices.button.click()
    qtbot.waitUntil(lambda: page.experiment.schedule.done >= 2, timeout=LOADING)
    page.choices.button.click()
    assert page.experiment.phase is Phase.STOPPED
    assert page.choices.button.text() == "Resume"
    saved = json.loads(json.dumps(page.save_state()))
    done = page.experiment.schedule.done
    page.restore_state(saved)
    qtbot.waitUntil(lambda: page.experiment.phase is Phase.STOPPED, timeout=LOADING)
    assert page.experiment.schedule.done >= done
    page.choices.button.click()
    assert page.experiment.is_working, "it goes on"
    page.choices.button.click()
    page.choices.seeds.setValue(5)
    assert page.choices.button.text() == "Run", "another experiment is chosen"


def test_where_there_is_no_room_the_button_stands_beside_the_progress(tab, qtbot, laboratory):
    page = tab.page
    assert page.choices.isVisible()
    assert not page.export_button.isEnabled()
    page.choices.choose([])
    assert not page.choices.button.isEnabled()
    page.choices.choose(["sidebar"])
    page.choices.button.click()
    laboratory.window.actions_table["present"].setChecked(True)
    assert not page.choices.isVisible()
    assert page.button.isVisible()
    qtbot.waitUntil(lambda: page.experiment.phase is Phase.FINISHED, timeout=LOADING)
    assert page.button.text() == "Run"


@pytest.mark.parametrize(
    "state",
    [
        {},
        {"chosen": 5, "seeds": "many", "study": []},
        {"chosen": ["no such"], "seeds": 10**9, "study": {"variants": ["no such"], "seeds": 3}},
        {"study": {"variants": [], "seeds": 0}},
        {"study": {"variants": ["fast"], "seeds": 3, "done": [["fast", -1]]}},
    ],
)
def test_rubbish_from_a_file_is_left_alone(tab, state):
    before = tab.page.save_state()
    tab.page.restore_state(state)
    after = tab.page.save_state()
    assert after["seeds"] == before["seeds"]
    assert after["study"] is None
