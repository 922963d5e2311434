"""The import contracts hold, and they are awake: a planted violation is seen."""

import shutil
import subprocess
import sys
from pathlib import Path

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
    ("file", "planted"),
    [
        ("core/policy_gradient/returns.py", "import PySide6.QtCore"),
        ("core/runtime/pace.py", "import app.theme"),
        ("app/policy_gradient/state.py", "import app.synonyms"),
    ],
)
def test_a_planted_violation_is_seen(copy, file, planted):
    path = copy / file
    path.write_text(path.read_text(encoding="utf-8") + f"\n{planted}\n", encoding="utf-8")
    result = lint(copy)
    assert result.returncode == 1
    assert "BROKEN" in result.stdout
