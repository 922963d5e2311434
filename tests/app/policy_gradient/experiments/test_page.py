"""The page: run, stop, resume, export, come back; and once with the real window and real processes."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from app.policy_gradient.experiments.experiment import Phase
from app.policy_gradient.experiments.page import ExperimentsPage
from app.policy_gradient.session import Phase as Training
from app.policy_gradient.session import TrainingSession
from core.policy_gradient.config import ARTICLE

LOADING = 90_000
TINY = replace(ARTICLE, episodes=3, eval_episodes=1, evaluate_every=None)


@pytest.fixture
def page(look, background, qtbot, monkeypatch, tmp_path):
    """The page beside a training that has not begun, with three seeds of its settings chosen."""
    monkeypatch.setenv("YAYA_LAB_HOME", str(tmp_path))
    background.lanes.append(TrainingSession.LANE)
    session = TrainingSession(background)
    session.choose(TINY)
    page = ExperimentsPage(look, session)
    qtbot.addWidget(page)
    page.resize(1100, 700)
    page.show()
    page.choices.choose(["sidebar"])
    page.choices.seeds.setValue(3)
    page.session = session  # kept as long as the page
    return page


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


def saved_by(page):
    return json.loads(json.dumps(page.save_state()))


def test_it_says_what_to_do_then_runs_to_the_end(page, background):
    assert page.empty.isVisible()
    page.choices.choose([])
    assert not page.choices.button.isEnabled()
    page.choices.choose(["sidebar"])
    page.choices.button.click()
    assert (page.choices.button.text(), page.bar.isVisible(), page.empty.isVisible()) == ("Stop", True, False)
    background.go()
    assert page.experiment.phase is Phase.FINISHED
    assert rows(page)[0][:3] == ["your settings", "0 of 3", "–"]
    assert len(page.plot.drawn("sidebar")[0]) == 3
    assert (page.choices.button.text(), page.bar.isVisible()) == ("Run", False)
    assert page.words.text() == "3 of 3 runs · finished"


def test_the_settings_at_the_left_are_frozen_when_it_begins(page, background):
    page.choices.button.click()
    page.session.choose(replace(TINY, gamma=0.5))
    background.go()
    assert {record.config["gamma"] for record in page.experiment.schedule.records["sidebar"].values()} == {0.99}
    page.choices.button.click()
    background.go()
    assert {record.config["gamma"] for record in page.experiment.schedule.records["sidebar"].values()} == {0.5}


def test_stop_and_resume(page, background):
    page.choices.button.click()
    background.go(1)
    page.choices.button.click()
    assert page.experiment.phase is Phase.STOPPED
    assert page.choices.button.text() == "Resume"
    page.choices.seeds.setValue(2)
    assert page.choices.button.text() == "Run", "another experiment is chosen"
    page.choices.seeds.setValue(3)
    page.choices.button.click()
    background.go()
    assert page.experiment.phase is Phase.FINISHED
    assert page.words.text() == "3 of 3 runs · finished"


@pytest.mark.parametrize("is_stopped", [False, True])
def test_it_is_brought_back_exactly(page, background, is_stopped):
    page.choices.button.click()
    background.go(1 if is_stopped else 10_000)
    if is_stopped:
        page.choices.button.click()
        background.go()
    before, saved = shown(page), saved_by(page)
    page.choices.choose(["adam"])
    page.choices.seeds.setValue(7)
    page.session.choose(replace(TINY, gamma=0.5))
    page.restore_state(saved)
    background.go()
    assert shown(page) == before, "the seconds, too: the runs were found"
    assert saved_by(page) == saved


def test_what_is_exported(page, background, tmp_path):
    assert page.saved_plot() is None
    assert not page.export_button.isEnabled()
    page.choices.button.click()
    background.go()
    assert page.export_button.isEnabled()
    plot = page.saved_plot()
    assert plot.parts == (page.plot,)
    (_words, write) = plot.more[".json"]
    write(tmp_path / "a.json")
    assert json.loads((tmp_path / "a.json").read_text("utf-8"))["variants"]["sidebar"]["solved_fraction"] == 0
    assert plot.table().rows[0][:4] == ["variant", "sidebar", 3, 0]
    assert plot.origin["seeds"] == [0, 1, 2]
    assert "seeds 0 to 2" in plot.caption[1]


def test_where_there_is_no_room_the_button_stands_beside_the_progress(page, background):
    page.choices.button.click()
    assert page.choices.isVisible()
    assert not page.button.isVisible()
    page.present(True)
    assert not page.choices.isVisible()
    assert (page.button.isVisible(), page.button.text()) == (True, "Stop")
    background.go()
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
def test_rubbish_from_a_file_is_left_alone(page, state):
    page.restore_state(state)
    assert page.choices.seeds.value() == 3
    assert page.save_state()["study"] is None


@pytest.mark.long
def test_in_the_window_with_real_processes_while_training_goes_on(laboratory, qtbot):
    tab = laboratory.window.tab("policy_gradient")
    qtbot.waitUntil(lambda: tab.session.phase is Training.READY, timeout=LOADING)
    tab.session.choose(replace(ARTICLE, episodes=100_000))
    tab.session.toggle()
    laboratory.window.actions_table["pg_page_experiments"].trigger()
    page = tab.page
    qtbot.waitUntil(lambda: tab.session.state.transition is not None, timeout=LOADING)
    tab.session.want(TINY)
    page.choices.choose(["sidebar"])
    page.choices.seeds.setValue(2)
    steps = tab.session.state.transition.env_steps
    page.choices.button.click()
    qtbot.waitUntil(lambda: page.experiment.phase is Phase.FINISHED, timeout=LOADING)
    assert rows(page)[0][1] == "0 of 2"
    assert tab.session.phase is Training.PLAYING
    qtbot.waitUntil(lambda: tab.session.state.transition.env_steps > steps, timeout=LOADING)
