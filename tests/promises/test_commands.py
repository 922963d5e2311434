"""Promises of the commands, kept as a person starts them: ``python main.py …``."""

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests import program

pytestmark = pytest.mark.timeout(150)

no_ctrl_c = pytest.mark.skipif(sys.platform == "win32", reason="a process cannot be sent Ctrl-C alone")


@pytest.fixture
def run(own_home, tmp_path):
    def run_here(*arguments, **changes):
        return program.run(*arguments, home=own_home, cwd=tmp_path, **changes)

    return run_here


@pytest.fixture
def start(own_home, tmp_path):
    started = []

    def start_here(*arguments, **changes):
        started.append(program.start(*arguments, home=own_home, cwd=tmp_path, **changes))
        return started[-1]

    yield start_here
    for process in started:
        process.terminate()
        process.communicate(timeout=program.PATIENCE)


def one_line(text):
    assert text.strip()
    assert len(text.strip().splitlines()) == 1, text
    return text


def test_train_writes_what_it_says(run, tmp_path):
    done = run("train", "--preset", "article", "--episodes", "12", "--seed", "3", "--json", "run.json")
    assert done.returncode == 0, done.stderr
    content = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert (content["seed"], len(content["durations"]), content["interrupted"]) == (3, 12, False)
    assert content["env_steps"] == sum(content["durations"])
    assert f"12 episodes, {content['updates']} updates, {content['env_steps']} steps" in one_line(done.stdout)


@pytest.mark.sweep(1)
@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("train", "--learning-rate", "0"), "--learning-rate"),
        (("train", "--gamma", "nan"), "--gamma"),
        (("train", "--env", "NoSuchEnvironment-v0"), "NoSuchEnvironment-v0"),
    ],
)
def test_a_value_that_cannot_be_is_refused_in_one_line(run, arguments, said):
    done = run(*arguments)
    assert done.returncode == 2
    assert said in one_line(done.stderr)
    assert done.stdout == ""


@pytest.mark.parametrize(
    "arguments", [("fly",), ("train", "--wings", "2"), ("tour", "--only", "nowhere"), ("doctor", "now")]
)
def test_wrong_usage_is_exit_code_2(run, arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert "usage: python main.py" in done.stderr


def test_an_option_that_a_command_lacks_is_answered_with_those_it_has(run):
    done = run("train", "--batch-episodes", "0")
    assert done.returncode == 2
    assert "usage: python main.py train" in done.stderr
    assert "--batch BATCH_EPISODES" in done.stderr
    assert done.stderr.rstrip().endswith("there is no such option or argument: --batch-episodes 0")
    assert "Traceback" not in done.stderr


def test_a_place_that_cannot_be_written_to_is_wrong_usage_told_in_one_line(run, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = run("tour", "--out", "file/pictures", "--only", "start")
    assert done.returncode == 2
    assert "pictures" in one_line(done.stderr)


def test_the_doctor_finds_this_machine_fit(run, tmp_path, own_home):
    done = run("doctor", "--json", "doctor.json")
    content = json.loads((tmp_path / "doctor.json").read_text(encoding="utf-8"))
    assert done.returncode == (0 if content["ok"] else 1)
    assert content["ok"], done.stdout
    ids = {finding["id"] for finding in content["findings"]}
    assert {"python", "package-torch", "platform", "fonts", "worker", "accelerator", "memory", "cores", "settings",
            "settings-folder", "data-folder", "log-folder", "crashes", "language"} <= ids  # fmt: skip
    said = [line for line in done.stdout.splitlines() if line.startswith(("ok ", "warning ", "problem "))]
    assert len(said) == len(content["findings"])
    assert not own_home.exists()


@no_ctrl_c
def test_without_a_display_it_says_so_and_takes_the_tour_and_ctrl_c_keeps_what_was_done(start, tmp_path, own_home):
    process = start()
    said = program.read_until(process, "[2/")
    assert "no display" in said.splitlines()[0]
    assert "QT_QPA_PLATFORM" in said.splitlines()[0]
    process.send_signal(signal.SIGINT)
    rest, _nothing = process.communicate(timeout=program.PATIENCE)
    assert process.returncode == 130, rest.decode()
    assert "interrupted" in rest.decode()
    report = json.loads((tmp_path / "yaya-lab-tour" / "tour.json").read_text(encoding="utf-8"))
    assert not report["complete"]
    assert not report["ok"]
    assert [step["id"] for step in report["steps"]][:1] == ["loading"]
    for step in report["steps"]:
        assert (tmp_path / "yaya-lab-tour" / step["file"]).stat().st_size > 1000
    assert not own_home.exists()


def test_where_no_language_is_known_the_missing_display_is_told_in_both(start):
    process = start(YAYA_LANG="", LANG="C.UTF-8", LC_ALL="")
    said = program.read_until(process, "[1/")
    assert "no display" in said
    assert re.search("[\u4e00-\u9fff]", said)


@pytest.mark.sweep(1)
@no_ctrl_c
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_training_that_is_asked_to_end_keeps_what_was_done(start, tmp_path, name):
    process = start("train", "--episodes", "100000", "--json", "run.json")
    program.read_until(process, "mean")
    process.send_signal(getattr(signal, name))
    rest, _nothing = process.communicate(timeout=program.PATIENCE)
    assert process.returncode == 130, rest.decode()
    content = json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))
    assert content["interrupted"]
    assert 0 < len(content["durations"]) < 100_000


@pytest.mark.long
@no_ctrl_c
def test_training_outlives_its_terminal_long_enough_to_keep_what_was_done(own_home, tmp_path):
    import pty

    ours, theirs = pty.openpty()
    command = [sys.executable, str(program.MAIN), "train", "--episodes", "100000", "--json", "run.json"]
    # A terminal becomes the one of the first in a session that opens it.
    at_terminal = ["sh", "-c", f'exec 0<>{os.ttyname(theirs)}; stty cols 80 rows 24; exec "$@"', "sh", *command]
    process = subprocess.Popen(
        at_terminal, cwd=tmp_path, env=program.environment(own_home), stdout=theirs, stderr=theirs,
        start_new_session=True,
    )  # fmt: skip
    try:
        os.close(theirs)
        said = b""
        while b"mean" not in said:
            said += os.read(ours, 4096)
        os.close(ours)  # the system tells whoever sits at this terminal
        assert process.wait(timeout=program.PATIENCE) == 130
    finally:
        process.kill()
        process.wait()
    assert json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["interrupted"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
@pytest.mark.parametrize("given", [("--help",), ("--version",), ("train", "--help"), ("attention-train", "--list")])
def test_what_cannot_be_said_is_told_and_is_no_success(tmp_path, given):
    command = [sys.executable, str(program.MAIN), *given]
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, env=program.environment(tmp_path), cwd=tmp_path, stdout=full, stderr=subprocess.PIPE, text=True,
            check=False,
        )  # fmt: skip
    assert (done.returncode, done.stderr.splitlines()[-1]) == (1, "Failed: No space left on device")


@pytest.mark.parametrize(
    ("given", "english", "chinese"),
    [
        (("attend", "x", "--layer", "1.5"), "--layer: a whole number is wanted, not '1.5'", "参数 --layer：须为整数"),
        (
            ("attend", "x", "--unit", "y"),
            "--unit: there is no 'y'; choose one of: piece",
            "参数 --unit：没有 'y'，可选：piece",
        ),
        (("synonyms", "retrain"), "the following arguments are required: --db", "缺少必需的参数：--db"),
        (("attend", "x", "--without", "L0", "--without", "L1"), "--without is given twice", "--without 写了两次"),
    ],
)
def test_wrong_usage_is_told_in_the_language_in_use(tmp_path, given, english, chinese):
    for language, said in (("en", english), ("zh_CN", chinese)):
        done = program.run(*given, home=tmp_path, cwd=tmp_path, YAYA_LANG=language)
        assert done.returncode == 2
        assert said in done.stderr.splitlines()[-1]


def test_an_option_that_an_environment_lacks_is_named(tmp_path):
    given = ("train", "--episodes", "1", "--env-kwargs", '{"foo": 1}')
    done = program.run(*given, home=tmp_path, cwd=tmp_path)
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == '--env-kwargs: The environment CartPole-v1 has no option "foo".'
