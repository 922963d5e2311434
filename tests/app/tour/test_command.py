import json
from pathlib import Path

import numpy as np
import pytest
from PySide6.QtGui import QImage

from app.attention.views import VIEWS
from app.offscreen import offscreen
from app.tour import command
from app.tour.player import Player, StepFailedError, Until, expect, still, turns
from app.tour.report import Record, Report
from core.policy_gradient.config import FAST
from core.runtime.events import Finished
from core.runtime.inline import run_inline
from core.runtime.task import Job
from tests import program

pytestmark = pytest.mark.timeout(400)

STEPS = (
    "start", "step-transition", "step-episode", "step-update", "presentation", "edited", "wrong-input", "solved",
    "solved-zh-dark-1024x768", "plane", "replay", "worker-lost", "key-sheet", "attention", "attention-typing",
    "attention-steps", "attention-alignment", "attention-too-long", "attention-map-zh-dark-1024x768",
)  # fmt: skip


class Tour:
    """A tour that was taken, as it lies in its folder."""

    def __init__(self, folder, home, done):
        self.folder, self.home, self.done = folder, home, done
        self.report = json.loads((folder / "tour.json").read_text(encoding="utf-8"))
        self.steps = {step["id"]: step for step in self.report["steps"]}

    def figures(self, step_id):
        return self.steps[step_id]["figures"]

    def picture(self, step_id):
        return QImage(str(self.folder / self.steps[step_id]["file"]))


@pytest.fixture(scope="module")
def tour(tmp_path_factory):
    folder, home = tmp_path_factory.mktemp("tour") / "pictures", tmp_path_factory.mktemp("home") / "of a person"
    asked = ("tour", "--out", folder, "--language", "en", "--only", *STEPS)
    done = program.run(*asked, home=home, cwd=folder.parent, patience=350)
    assert (folder / "tour.json").exists(), done.stderr
    return Tour(folder, home, done)


def pixels(image):
    image = image.convertToFormat(QImage.Format.Format_RGB888)
    # A copy: the image takes its own memory with it.
    rows = np.array(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine())
    return rows[:, : 3 * image.width()].reshape(image.height(), image.width(), 3)


def test_every_step_comes_to_its_end(tour):
    assert [step["problem"] for step in tour.report["steps"]] == [""] * len(STEPS)
    assert tour.done.returncode == 0, tour.done.stderr
    assert tour.report["complete"]
    assert tour.report["ok"]


def test_the_report_names_the_steps_that_were_asked_for_in_their_order(tour):
    ids = [step.id for step in command.all_steps()]
    assert list(tour.steps) == [step_id for step_id in ids if step_id in STEPS]
    assert len(tour.steps) == len(STEPS)


def test_the_folder_holds_a_picture_for_each_step_and_nothing_else(tour):
    assert {path.name for path in tour.folder.iterdir()} == {"tour.json", *(f"{step_id}.png" for step_id in STEPS)}


@pytest.mark.parametrize("step_id", STEPS)
def test_a_picture_shows_something_in_the_size_that_is_told(tour, step_id):
    picture = tour.picture(step_id)
    assert (picture.width(), picture.height()) == (tour.steps[step_id]["width"], tour.steps[step_id]["height"])
    # A window has a ground, words in many shades, and several colours; a blank one has a single colour.
    packed = pixels(picture).astype(np.uint32) @ np.array([1 << 16, 1 << 8, 1], np.uint32)
    colours, counts = np.unique(packed, return_counts=True)
    assert len(colours) > 50
    assert counts.max() < 0.995 * counts.sum()


@pytest.mark.parametrize(
    ("step_id", "size"),
    [("start", (1280, 800)), ("solved-zh-dark-1024x768", (1024, 768)), ("presentation", (1920, 1080))],
)
def test_pictures_have_the_sizes_of_real_screens(tour, step_id, size):
    assert (tour.steps[step_id]["width"], tour.steps[step_id]["height"]) == size


def test_a_dark_picture_is_dark_and_chinese(tour):
    step = tour.steps["solved-zh-dark-1024x768"]
    assert (step["language"], step["theme"]) == ("zh_CN", "dark")
    # The environment's own picture stays white; the choices at the left are the window's.
    assert pixels(tour.picture("solved-zh-dark-1024x768"))[:, :100].mean() < 80
    assert pixels(tour.picture("solved"))[:, :100].mean() > 200


def test_the_solved_run_is_the_run_that_core_computes(tour):
    *_before, finished = run_inline(Job("core.policy_gradient.train:Training", {"config": FAST}))
    assert isinstance(finished, Finished)
    figures = tour.figures("solved")
    assert figures["seed"] == FAST.seed
    assert figures["solved_episode"] == finished.result.solved_episode
    assert figures["env_steps"] == finished.result.env_steps
    assert figures["greedy_mean"] == round(finished.result.greedy_mean, 2)
    assert figures["greedy_mean"] >= 475


@pytest.mark.parametrize("step_id", ["step-transition", "step-episode", "step-update"])
def test_a_key_that_steps_takes_exactly_one_step(tour, step_id):
    assert tour.figures(step_id)["after"] == tour.figures(step_id)["before"] + 1


def test_the_stage_grows_for_the_audience(tour):
    figures = tour.figures("presentation")
    assert figures["stage_width_after"] > figures["stage_width_before"]


def test_an_edit_in_mid_run_counts_when_it_should(tour):
    assert tour.figures("edited") == {
        "learning_rate_of_this_run": 0.005,
        "gamma_of_this_run": 0.99,
        "gamma_of_the_next": 0.9,
    }


def test_a_lost_worker_is_told_within_a_second_and_its_curves_are_kept(tour):
    assert tour.figures("worker-lost")["seconds_until_said"] <= 1
    assert tour.figures("worker-lost")["episodes_kept"] >= 150


def test_the_tour_neither_reads_nor_writes_what_the_person_keeps(tour):
    assert not tour.home.exists()


def test_the_terminal_tells_each_step_and_where_the_pictures_lie(tour):
    lines = tour.done.stdout.splitlines()
    assert len(lines) == len(STEPS) + 1
    assert all(line.startswith(f"[{at}/{len(STEPS)}] ") for at, line in enumerate(lines[:-1], 1))
    assert str(tour.folder) in lines[-1]
    assert tour.done.stderr == ""


def test_steps_have_a_name_and_words_of_their_own():
    steps = command.all_steps()
    assert len({step.id for step in steps}) == len(steps)
    assert len({step.done() for step in steps}) == len(steps)


def test_every_state_is_looked_at_in_both_languages_all_themes_and_two_sizes():
    ids = {step.id for step in command.all_steps()}
    for state in ("start", "training", "solved"):
        looks = {
            f"{state}-{language}-{theme}-{size}"
            for language in ("zh", "en")
            for theme in ("light", "dark", "projector")
            for size in ("1024x768", "1920x1080")
        }
        assert looks < ids


@pytest.mark.parametrize("view", [view.id for view in VIEWS])
def test_every_view_is_looked_at_with_a_short_and_a_long_text_in_both_languages_and_all_themes(view):
    ids = {step.id for step in command.all_steps()}
    for text, size in (("", "1920x1080"), ("-long", "1024x768")):
        looks = {
            f"attention-{view}{text}-{language}-{theme}-{size}"
            for language in ("zh", "en")
            for theme in ("light", "dark", "projector")
        }
        assert looks < ids


def test_only_takes_names_and_patterns():
    assert command._wanted("details") == ["details"]
    assert command._wanted("solved-zh-dark-*") == ["solved-zh-dark-1024x768", "solved-zh-dark-1920x1080"]
    with pytest.raises(command.argparse.ArgumentTypeError, match="nowhere"):
        command._wanted("nowhere")


def test_without_a_display_the_pictures_go_where_they_can_be_written(monkeypatch, tmp_path, own_home):
    monkeypatch.chdir(tmp_path)
    assert command._sensible_folder().resolve() == tmp_path / "yaya-lab-tour"
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    assert command._sensible_folder() == own_home / "data" / "yaya-lab-tour"


@pytest.mark.parametrize(
    ("said", "known"),
    [({}, False), ({"LANG": "C.UTF-8"}, False), ({"LC_ALL": "POSIX"}, False), ({"LANG": "zh_CN.UTF-8"}, True),
     ({"YAYA_LANG": "en"}, True)],
)  # fmt: skip
def test_the_language_is_known_when_the_system_names_one(monkeypatch, said, known):
    for name in ("YAYA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    assert command._is_language_known() is known


def test_a_screen_is_asked_for_only_by_a_path_that_qt_can_read(monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    assert offscreen(tmp_path, 640, 480) == "offscreen:configfile=screen.json"
    assert json.loads((tmp_path / "screen.json").read_text())["screens"][0]["width"] == 640
    colon = tmp_path / "a:b"
    colon.mkdir()
    assert offscreen(colon, 640, 480) == "offscreen"


@pytest.fixture
def play(qtbot):
    """Play scripts to the end and return the outcomes by index."""

    def play_all(*scripts):
        begun, outcomes = [], {}
        player = Player(scripts, begun.append, outcomes.__setitem__)
        with qtbot.waitSignal(player.finished):
            player.start()
        assert begun == sorted(outcomes)
        return outcomes

    return play_all


def test_scripts_are_played_in_order_and_give_their_figures(play):
    seen = []

    def script(name):
        seen.append(name)
        yield turns(2)
        seen.append(name)
        return {"name": name}

    outcomes = play(lambda: script("a"), lambda: script("b"))
    assert seen == ["a", "a", "b", "b"]
    assert [outcomes[at].figures for at in (0, 1)] == [{"name": "a"}, {"name": "b"}]
    assert [outcomes[at].problem for at in (0, 1)] == ["", ""]


def test_what_does_not_come_is_a_problem_and_the_next_step_is_played(play):
    closed = []

    def waits():
        try:
            yield Until(lambda: False, "the end of the rain", 0.05)
        finally:
            closed.append(True)
        return {}

    def goes_on():
        yield turns(1)
        return {"played": True}

    outcomes = play(waits, goes_on)
    assert "the end of the rain" in outcomes[0].problem
    assert outcomes[0].seconds >= 0.05
    assert closed == [True]
    assert outcomes[1].figures == {"played": True}


@pytest.mark.parametrize(
    ("error", "problem"), [(StepFailedError("no duck"), "no duck"), (ZeroDivisionError("oh"), "ZeroDivisionError: oh")]
)
def test_an_error_in_a_step_is_its_problem(play, error, problem):
    def fails():
        yield turns(1)
        raise error

    def fails_while_waiting():
        def condition():
            raise error

        yield Until(condition, "anything")
        return {}

    outcomes = play(fails, fails_while_waiting)
    assert [outcomes[at].problem for at in (0, 1)] == [problem, problem]


def test_a_stopped_tour_closes_the_step_under_way(qtbot):
    closed, outcomes = [], {}

    def endless():
        player.stop()  # as a signal handler does: in the middle of a step
        try:
            yield Until(lambda: False, "never")
        finally:
            closed.append(True)
        return {}

    player = Player([endless], lambda _at: None, outcomes.__setitem__)
    with qtbot.waitSignal(player.finished):
        player.start()
    assert closed == [True]
    assert outcomes == {}


def test_turns_wait_for_exactly_so_many_ticks():
    waiting = turns(3)
    waiting.begin()
    assert [waiting.is_over() for _tick in range(4)] == [False, False, False, True]


def test_still_waits_for_a_value_that_rests(qtbot):
    values = iter([1, 2, 3])
    now = [0]

    def value():
        now[0] = next(values, now[0])
        return now[0]

    waiting = still(value, 0.02)
    waiting.begin()
    assert not waiting.is_over()
    qtbot.waitUntil(waiting.is_over)
    assert now == [3]


def test_expect_says_what_is_missing():
    expect(True, "nothing")
    with pytest.raises(StepFailedError, match="a duck"):
        expect([], "a duck")


def record(step_id, problem=""):
    return Record(step_id, "done", f"{step_id}.png", 4, 3, "en", "light", {"n": 1}, 0.5, problem)


def test_the_report_is_true_after_every_step(tmp_path):
    def written():
        return json.loads((tmp_path / "tour.json").read_text(encoding="utf-8"))

    report = Report(tmp_path)
    assert (written()["complete"], written()["steps"]) == (False, [])
    report.add(record("one"))
    assert (written()["complete"], written()["ok"]) == (False, False)
    report.write(complete=True)
    assert (written()["complete"], written()["ok"], written()["seconds"]) == (True, True, 0.5)
    report.add(record("two", "it rained"))
    report.write(complete=True)
    assert written()["ok"] is False
    assert [step["problem"] for step in written()["steps"]] == ["", "it rained"]


def test_a_picture_that_cannot_be_written_is_an_error(tmp_path):
    report = Report(tmp_path)
    with pytest.raises(OSError, match="nothing"):
        report.keep_picture(QImage(), "nothing")
    assert {path.name for path in Path(tmp_path).iterdir()} == {"tour.json"}


def test_chinese_typed_phrase_by_phrase_becomes_a_map_of_as_many_characters(tour):
    assert tour.figures("attention")["rows"] == len("他在银行门口行走。")
    typed = tour.figures("attention-typing")
    assert (typed["phrases"], typed["rows"]) == (9, len("银行门口的人都在等行长。"))
    assert 0 < typed["largest_weight"] < 1


def test_the_three_steps_end_in_weights_that_sum_to_1(tour):
    assert tour.figures("attention-steps")["sum_of_weights"] == pytest.approx(1, abs=1e-4)
    assert tour.figures("attention-steps")["keys"] == tour.figures("attention")["tokens"]


def test_a_translation_is_linked_in_the_middle_layer(tour):
    found = tour.figures("attention-alignment")
    assert found["layer"] == 6
    assert found["links"] >= 5


def test_a_text_that_is_too_long_is_refused_with_its_limit(tour):
    assert "1200" in tour.figures("attention-too-long")["said"]


def test_the_map_is_white_to_deep_red_also_in_the_dark(tour):
    seen = pixels(tour.picture("attention-map-zh-dark-1024x768")).reshape(-1, 3).astype(int)
    deep = (seen[:, 0] > 90) & (seen[:, 1] < 30) & (seen[:, 2] < 40)
    assert deep.sum() > 500
    assert (seen.sum(axis=1) > 740).sum() > 500
