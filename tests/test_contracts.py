"""The import contracts hold, and they are awake: a planted violation is seen."""

import re
import shutil
import subprocess
import sys
from collections import Counter
from graphlib import TopologicalSorter
from pathlib import Path

import grimp
import pytest

ROOT = Path(__file__).parents[1]


def lint(folder):
    command = [
        sys.executable,
        "-c",
        "from importlinter.cli import lint_imports_command; lint_imports_command()",
        "--no-cache",
    ]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False, timeout=110)


@pytest.fixture
def copy(tmp_path):
    for name in ("app", "core"):
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / ".importlinter", tmp_path)
    return tmp_path


def test_the_contracts_hold():
    result = lint(ROOT)
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("contract", "file", "planted"),
    [
        ("core never imports the window or Qt", "core/policy_gradient/returns.py", "import PySide6.QtCore"),
        ("core never imports the window or Qt", "core/runtime/pace.py", "import app.theme"),
        ("the subjects of core do not know each other", "core/attention/align.py", "import core.synonyms.pairs"),
        ("the tabs of app do not know each other", "app/policy_gradient/state.py", "import app.synonyms"),
        ("the shared rooms of app know no tab", "app/plots/axis.py", "import app.policy_gradient.state"),
        ("the shared rooms of app know no tab", "app/widgets/transport.py", "import app.attention.state"),
        ("the rows of the table of actions know no widget", "app/synonyms/actions.py", "import app.panel"),
    ],
)
def test_a_planted_violation_is_seen(copy, contract, file, planted):
    path = copy / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{planted}\n", encoding="utf-8")
    result = lint(copy)
    assert result.returncode == 1
    assert f"{contract} BROKEN" in result.stdout


def test_every_contract_has_a_planted_violation():
    named = set(re.findall(r"^name = (.+)$", (ROOT / ".importlinter").read_text(encoding="utf-8"), re.MULTILINE))
    planted = {case[0] for mark in test_a_planted_violation_is_seen.pytestmark for case in mark.args[1]}
    assert planted == named


def test_no_import_runs_in_a_circle():
    graph = grimp.build_graph("app", "core", exclude_type_checking_imports=True)
    order = TopologicalSorter({module: graph.find_modules_directly_imported_by(module) for module in graph.modules})
    order.prepare()  # raises CycleError, which names the circle


ONE_FILE_A_FORMAT = {"core/synonyms/exchange"}
"""Folders that may hold more, since each file is one of a kind."""


def test_a_folder_holds_what_a_person_can_overlook():
    folders = Counter(
        path.parent.relative_to(ROOT).as_posix()
        for name in ("app", "core")
        for path in (ROOT / name).rglob("*.py")
        if path.name != "__init__.py"
    )
    crowded = {folder for folder, files in folders.items() if files > 16}
    assert crowded <= {"app", *ONE_FILE_A_FORMAT}
