import json
import sqlite3
import subprocess
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import pytest

from app.doctor import command, data, files, machine, qt, worker
from app.doctor.finding import Finding
from app.doctor.worker_probe import WorkerReport
from core.language import set_language
from core.paths import RESOURCES
from core.runtime.task import Job
from core.synonyms.pairs import Candidate
from core.synonyms.store import Store

GIB = 1024**3


def seen(**changes):
    """What the probe of Qt returns on a machine where all is well."""
    return {
        "qt": "6.11.0", "platform": "xcb", "display": True, "display_problem": "", "screen": [1920, 1080], "ratio": 1.5,
        "shipped_family": "Noto Sans SC", "fonts_problem": None, "family_of_duck": "Noto Sans SC",
        "input_methods": ["libibusplatforminputcontextplugin"],
    } | changes  # fmt: skip


@pytest.mark.parametrize(
    ("number", "python", "trapped"),
    [("6.12.0", (3, 11), True), ("6.13.1", (3, 11), True), ("7.0", (3, 11), True),
     ("6.12.0", (3, 12), False), ("6.11.3", (3, 11), False), ("6.9.0", (3, 13), False)],
)  # fmt: skip
def test_the_fatal_pair_of_versions_is_told(monkeypatch, number, python, trapped):
    monkeypatch.setattr(machine, "version", lambda _name: number)
    finding = machine.pyside_trap(python)
    assert (finding is not None) is trapped
    if finding is not None:
        assert finding.level == "problem"
        assert number in finding.text
        assert "<6.12" in finding.advice


def test_a_package_that_is_missing_is_a_problem_with_a_way_out(monkeypatch):
    def missing(name):
        raise PackageNotFoundError(name)

    monkeypatch.setattr(machine, "version", missing)
    finding = machine.package("torch")
    assert (finding.level, finding.values) == ("problem", {"version": None})
    assert "pip install" in finding.advice
    assert machine.pyside_trap((3, 11)) is None


def test_an_old_python_is_a_problem():
    assert machine.python((3, 10)).level == "problem"
    assert machine.python((3, 11)).level == "ok"


@pytest.mark.parametrize(("free", "level"), [(1.4, "warning"), (1.6, "ok")])
def test_little_memory_is_a_warning(free, level):
    finding = machine.memory(int(free * GIB), 4 * GIB)
    assert finding.level == level
    assert f"{free} of 4.0 GiB" in finding.text


def test_the_disk_is_measured_where_a_folder_will_be(tmp_path):
    assert machine.nearest(tmp_path / "not" / "yet") == tmp_path
    finding = machine.disk(tmp_path / "not" / "yet")
    assert finding.values["free_bytes"] > 0
    assert not (tmp_path / "not").exists()


def test_the_platform_without_a_display_is_a_warning():
    assert qt.platform(seen()).level == "ok"
    assert "1920 × 1080 at 1.5 ×" in qt.platform(seen()).text
    assert qt.platform(seen(display=False, platform="offscreen")).level == "warning"


def test_fonts_are_judged_by_what_draws_the_duck():
    assert qt.fonts(seen()).level == "ok"
    alone = qt.fonts(seen(shipped_family=None, fonts_problem="Fonts are missing", family_of_duck="PingFang SC"))
    assert (alone.level, alone.advice) == ("warning", "Fonts are missing")
    assert qt.fonts(seen(shipped_family=None, fonts_problem="gone", family_of_duck=None)).level == "problem"


def test_an_input_method_that_qt_lacks_is_told():
    known = ["libibusplatforminputcontextplugin"]
    assert qt.input_method(known, "") is None
    assert qt.input_method(known, "ibus").level == "ok"
    assert "QT_IM_MODULE=ibus" in qt.input_method(known, "fcitx").advice


def test_qt_is_really_tried():
    tried = qt.probe()
    assert (tried["platform"], tried["display"]) == ("offscreen", False)
    assert tried["shipped_family"] == "Noto Sans SC"
    assert tried["family_of_duck"]


def test_a_platform_that_qt_cannot_start_is_a_problem_and_not_the_end(monkeypatch):
    monkeypatch.setenv("QT_QPA_PLATFORM", "no-such-platform")
    platform = next(finding for finding in qt.look() if finding.id == "platform")
    assert platform.level == "problem"
    assert "no-such-platform" in platform.advice


def test_a_library_that_qt_lacks_is_a_problem_with_what_to_install(monkeypatch):
    """As ``import PySide6.QtGui`` ends on a bare Linux."""

    def lacking():
        raise qt.ProbeFailedError("ImportError: libEGL.so.1: cannot open shared object file: No such file or directory")

    monkeypatch.setattr(qt, "probe", lacking)
    (finding,) = qt.look()
    assert (finding.id, finding.level) == ("qt", "problem")
    assert "libEGL.so.1" in finding.advice
    assert "nstall" in finding.advice


def test_a_worker_is_really_started():
    alive, torch_found = worker.look()
    assert (alive.id, alive.level) == ("worker", "ok")
    assert alive.values["frame"] == [400, 600]
    assert alive.values["memory_bytes"] > 50 * 1024**2
    assert torch_found.id == "accelerator"


def test_a_worker_that_cannot_load_is_a_problem(monkeypatch):
    monkeypatch.setattr(worker, "Job", lambda _task: Job("app.doctor.nowhere:load"))
    (finding,) = worker.look()
    assert (finding.id, finding.level) == ("worker", "problem")
    assert "nowhere" in finding.text


def test_an_accelerator_is_named():
    report = WorkerReport(1.0, "cuda", "a card", (400, 600), 1)
    assert "a card" in worker.accelerator(report).text
    assert worker.accelerator(WorkerReport(1.0, "", "", (400, 600), 1)).values["accelerator"] is None


def test_a_folder_that_cannot_be_written_to_is_a_problem(monkeypatch, tmp_path):
    assert files.folder("data-folder", "Data", tmp_path).level == "ok"
    assert list(tmp_path.iterdir()) == []
    later = files.folder("data-folder", "Data", tmp_path / "later")
    assert (later.level, later.values["exists"]) == ("ok", False)
    monkeypatch.setattr("os.access", lambda _path, _mode: False)
    assert files.folder("data-folder", "Data", tmp_path / "later").level == "problem"

    def refuse(**_options):
        raise PermissionError

    monkeypatch.setattr("tempfile.TemporaryFile", refuse)
    finding = files.folder("data-folder", "Data", tmp_path)
    assert finding.level == "problem"
    assert "YAYA_LAB_HOME" in finding.advice


@pytest.mark.parametrize(
    ("content", "level"),
    [('{"version": 1}', "ok"), ("{", "warning"), ("[]", "warning"), ('{"version": 2}', "warning"),
     ('{"version": "x"}', "warning")],
)  # fmt: skip
def test_settings_are_judged_and_left_alone(tmp_path, content, level):
    path = tmp_path / "settings.json"
    path.write_text(content, encoding="utf-8")
    finding = files.settings(path, 1)
    assert finding.level == level
    assert path.read_text(encoding="utf-8") == content
    assert [path.name for path in tmp_path.iterdir()] == ["settings.json"]


def test_no_settings_are_fine(tmp_path):
    assert files.settings(tmp_path / "settings.json", 1).level == "ok"


def test_crash_reports_are_counted(tmp_path):
    assert files.crashes(tmp_path / "nowhere").level == "ok"
    (tmp_path / "crash-12.txt").write_text("…", encoding="utf-8")
    finding = files.crashes(tmp_path)
    assert finding.level == "warning"
    assert "crash-12.txt" in finding.text


def test_the_language_is_the_one_spoken():
    assert files.language().values["language"] == "en"
    set_language("zh_CN")
    assert files.language().values["language"] == "zh_CN"


def test_lines_stand_in_columns_in_both_languages():
    assert command.columns("鸭 yaya") == 7
    finding = Finding("x", "warning", "text", "advice")
    for language in ("en", "zh_CN"):
        set_language(language)
        first, second = command.lines(finding)
        at = command.columns(first.removesuffix("text"))
        assert second == " " * at + "→ advice"


def test_one_problem_makes_the_exit_code_1(monkeypatch, capsys, tmp_path):
    found = [Finding("a", "ok", "fine"), Finding("b", "warning", "so so"), Finding("c", "problem", "bad", "do this")]
    monkeypatch.setattr(command, "look", lambda: iter(found))
    path = tmp_path / "doctor.json"
    assert command.run(command.argparse.Namespace(json=path)) == 1
    content = json.loads(path.read_text(encoding="utf-8"))
    assert (content["ok"], content["problems"], content["warnings"]) == (False, 1, 1)
    assert [each["id"] for each in content["findings"]] == ["a", "b", "c"]
    assert "do this" in capsys.readouterr().out
    monkeypatch.setattr(command, "look", lambda: iter(found[:2]))
    assert command.run(command.argparse.Namespace(json=None)) == 0


def test_the_standard_output_gets_the_findings_and_nothing_else(monkeypatch, capsys):
    monkeypatch.setattr(command, "look", lambda: iter([Finding("a", "ok", "fine")]))
    assert command.run(command.argparse.Namespace(json=Path("-"))) == 0
    said = capsys.readouterr()
    assert json.loads(said.out)["ok"]
    assert "fine" in said.err


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no such device")
def test_findings_that_cannot_be_kept_are_told_in_one_line(monkeypatch, capsys):
    monkeypatch.setattr(command, "look", lambda: iter([Finding("a", "ok", "fine")]))
    assert command.run(command.argparse.Namespace(json=Path("/dev/full"))) == 1
    assert capsys.readouterr().err == "/dev/full can't be written (No space left on device). Choose another place.\n"


def test_the_doctor_comes_without_qt():
    code = (
        "import sys; sys.modules['PySide6'] = None\n"
        "from app.doctor import files, data, qt, worker\n"
        "print(*(finding.id for finding in files.look()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=RESOURCES.parent, capture_output=True, encoding="utf-8", check=False
    )
    assert done.stdout.split() == ["settings-folder", "data-folder", "log-folder", "crashes", "language"], done.stderr


def test_models_and_works_are_found():
    found = {finding.id: finding for finding in data.look()}
    assert all(finding.level == "ok" for finding in found.values())
    assert {"model-all-MiniLM-L6-v2", "data-CC-CEDICT"} <= set(found)
    assert not any(name.startswith("store-") for name in found)  # nobody has made one yet


def test_a_work_that_is_missing_is_a_warning_with_a_way_out():
    finding = data.work("data", "a thesaurus of ducks", "no-such-package", is_there=False)
    assert finding.level == "warning"
    assert "no-such-package" in finding.text
    assert "pip install" in finding.advice


def test_a_store_is_compared_with_its_history(own_home):
    folder = own_home / "data"
    folder.mkdir(parents=True)
    with Store(folder / "pond.db") as store:
        store.add([Candidate("凫", "鸭")])
    (found,) = [finding for finding in data.look() if finding.id == "store-pond.db"]
    assert found.level == "ok"
    with sqlite3.connect(folder / "pond.db") as connection:
        connection.execute("UPDATE candidates SET verdict = 'synonym', changed_at = 1")
    connection.close()
    assert data.store(folder / "pond.db").level == "problem"
    (folder / "torn.db").write_bytes(b"SQLite format 3\0" + bytes(50))
    assert data.store(folder / "torn.db").level == "problem"
