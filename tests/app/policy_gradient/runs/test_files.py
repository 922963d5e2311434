"""Runs in the window: saved, opened, dropped; after its end, the trained agent is watched."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from app.policy_gradient.session import Phase
from core.policy_gradient.runs.folder import load_run, save_run
from core.policy_gradient.runs.history import RunHistory
from tests.app.documents.drops import drop
from tests.app.policy_gradient.replay.test_page import CONFIG, LOADING, train


@pytest.fixture
def tab(laboratory, qtbot):
    """The tab with a finished run, and what it says."""
    tab = laboratory.window.tab("policy_gradient")
    train(tab, qtbot)
    tab.said = []
    tab.message.connect(lambda kind, text: tab.said.append((kind, str(text))))
    return tab


def test_a_run_is_saved_and_opened_again(tab, qtbot, tmp_path):
    durations = tab.session.state.durations.values.tolist()
    tab.files.save(tmp_path / "run")
    tab.files.save(tmp_path / "other")
    assert tab.said[-1][0] == "error", "one at a time"
    qtbot.waitUntil(lambda: not tab.files.is_busy, timeout=LOADING)
    assert tab.said[-1] == ("success", f"The run is saved in {tmp_path / 'run'}.")
    assert load_run(tmp_path / "run").ending == "finished"
    train(tab, qtbot, replace(CONFIG, seed=1))
    assert len(tab.session.shelf.runs) == 1
    assert drop(tab.window(), tmp_path / "run")
    qtbot.waitUntil(lambda: tab.session.begun == CONFIG, timeout=LOADING)
    assert tab.session.phase is Phase.FINISHED
    assert tab.session.state.durations.values.tolist() == durations
    assert [run.config.seed for run in tab.session.shelf.runs] == [1], "the run itself stands on the shelf no more"
    tab.shelf_view.box.setCurrentIndex(1)
    tab.shelf_view.box.activated.emit(1)
    assert tab.session.begun.seed == 1
    tab.files.open(tmp_path)
    qtbot.waitUntil(lambda: not tab.files.is_busy, timeout=LOADING)
    assert tab.said[-1][0] == "error"
    assert "no saved run" in tab.said[-1][1]
    assert tab.session.begun.seed == 1, "what can't be opened changes nothing"


@pytest.mark.parametrize(("answer", "seed"), [("No", 1), ("Yes", CONFIG.seed)])
def test_a_saved_run_is_replaced_from_the_dialog_only_by_a_yes(tab, qtbot, tmp_path, answer, seed):
    other = RunHistory(replace(CONFIG, seed=1))
    other.ending = "finished"
    save_run(tmp_path / "mine", other)
    tab.files.ask_where_to_save()
    dialog = QApplication.activeModalWidget()
    dialog.setDirectory(str(tmp_path))
    dialog.selectFile(str(tmp_path / "mine"))
    dialog.accept()
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    assert "mine already exists" in box.text()
    box.button(QMessageBox.StandardButton[answer]).click()
    qtbot.waitUntil(lambda: not tab.files.is_busy, timeout=LOADING)
    assert load_run(tmp_path / "mine").config.seed == seed


def test_an_episode_is_saved_as_a_video(tab, qtbot, tmp_path):
    tab.files.record(tab.session.shelf.current, 3, str(tmp_path / "third"), "Animated picture (*.gif)")
    qtbot.waitUntil(lambda: not tab.files.is_busy, timeout=LOADING)
    assert tab.said[-1] == ("success", f"The episode is saved in {tmp_path / 'third.gif'}.")
    assert (tmp_path / "third.gif").read_bytes().startswith(b"GIF8")


def test_a_run_that_was_stopped_goes_on_where_it_was(tab, qtbot, tmp_path):
    run = tab.session.shelf.current
    run.ending = "interrupted"
    run.episodes, run.updates, run.evaluations, run.env_steps = run.episodes[:4], run.updates[:1], [], 0
    run.env_steps = run.episodes[-1].env_steps
    tab.session.open_run(run)
    qtbot.waitUntil(lambda: tab.session.phase is Phase.PAUSED, timeout=LOADING)
    assert len(tab.session.state.durations) == 4
    tab.session.toggle()
    qtbot.waitUntil(lambda: tab.session.phase is Phase.FINISHED, timeout=LOADING)
    assert len(tab.session.state.durations) == 8


def test_after_the_end_play_watches_the_trained_agent_and_loses_nothing(tab, qtbot):
    session, transition = tab.session, tab.session.state.transition
    session.toggle()
    assert session.phase is Phase.WATCHING
    assert session.speed == "real"
    qtbot.waitUntil(lambda: (session.state.frame.transition or transition).env_steps not in {0, transition.env_steps},
                    timeout=LOADING)  # fmt: skip
    assert session.state.transition == transition
    assert len(session.shelf.current.episodes) == 8
    session.set_speed("slow")
    saved = session.save_run()
    session.toggle()
    assert session.phase is Phase.FINISHED
    assert session.save_run() == saved
    assert saved.is_finished
    session.want(replace(CONFIG, seed=5))
    session.toggle()
    assert session.phase is Phase.PLAYING, "another run is wanted"
    assert [run.config for run in session.shelf.runs] == [CONFIG]
