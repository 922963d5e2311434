"""Promises of the installed program: a wheel holds all it needs, and ``yaya-lab`` runs in any folder."""

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests import program

ROOT = Path(__file__).parents[2]
PACKAGES = ("app", "core", "resources")
FILES = ("main.py", "pyproject.toml", "README.md", "LICENSE")

pytestmark = pytest.mark.timeout(300)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """The program as a wheel, built from a copy without what the sources hold besides."""
    folder = tmp_path_factory.mktemp("wheel")
    copy = folder / "sources"
    for name in PACKAGES:
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, copy)
    pip("wheel", "--no-build-isolation", "--wheel-dir", str(folder), str(copy))
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A folder in which pip put the wheel; what it needs besides is there already."""
    folder = tmp_path_factory.mktemp("installed")
    pip("install", "--target", str(folder), str(wheel))
    return folder


def pip(*arguments):
    command = [sys.executable, "-m", "pip", arguments[0], "-q", "--no-deps", "--no-index", *arguments[1:]]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", timeout=program.PATIENCE, check=False)
    assert done.returncode == 0, done.stderr


@pytest.fixture
def yaya_lab(installed, own_home, tmp_path):
    """Run ``yaya-lab`` in a folder that knows nothing of the sources."""
    script = next(
        installed / folder / name for folder in ("bin", "Scripts") for name in ("yaya-lab", "yaya-lab.exe")
        if (installed / folder / name).exists()
    )  # fmt: skip
    environment = program.environment(own_home, PYTHONPATH=str(installed))

    def run(*arguments):
        return subprocess.run(
            [str(script), *arguments], cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8",
            timeout=program.PATIENCE, check=False,
        )  # fmt: skip

    return run


def test_the_wheel_holds_every_resource_and_every_module(wheel):
    sources = {
        file.relative_to(ROOT).as_posix()
        for folder in PACKAGES
        for file in (ROOT / folder).rglob("*")
        if file.is_file() and "__pycache__" not in file.parts
    }
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if "dist-info" not in name}
    assert len(sources) > 300
    assert held == sources | {"main.py"}


@pytest.mark.long
def test_the_commands_run_elsewhere(yaya_lab, tmp_path):
    assert yaya_lab("--version").stdout.startswith("Yaya Lab ")
    trained = yaya_lab("train", "--episodes", "3", "--eval-episodes", "1", "--json", "run.json")
    assert trained.returncode == 0, trained.stderr
    assert len(json.loads((tmp_path / "run.json").read_text(encoding="utf-8"))["durations"]) == 3
    seen = yaya_lab("attend", "the cat sat", "--model", "minilm", "--unit", "word", "--csv", "map.csv")
    assert seen.returncode == 0, seen.stderr
    assert "cat" in (tmp_path / "map.csv").read_text(encoding="utf-8-sig")


def test_the_window_finds_its_words_letters_and_workers_elsewhere(yaya_lab, tmp_path):
    toured = yaya_lab("tour", "--only", "start", "--out", "pictures", "--language", "zh_CN")
    assert toured.returncode == 0, toured.stdout + toured.stderr
    assert json.loads((tmp_path / "pictures" / "tour.json").read_text(encoding="utf-8"))["ok"]


@pytest.mark.parametrize("arguments", [("bench",), ("bench", "--help"), ("bench", "--only", "fast")])
def test_what_only_the_sources_have_is_told_in_a_sentence(yaya_lab, arguments):
    done = yaya_lab(*arguments)
    assert (done.returncode, done.stdout) == (1, "")
    (line,) = done.stderr.splitlines()
    assert "python main.py bench" in line


def test_an_installation_of_the_sources_measures_in_any_folder(own_home, tmp_path):
    """As with ``pip install -e``: the packages are found, the tests are not, but the sources are there."""
    (tmp_path / "links").mkdir()
    for name in PACKAGES:
        (tmp_path / "links" / name).symlink_to(ROOT / name)
    done = subprocess.run(
        [sys.executable, "-P", str(ROOT / "main.py"), "bench", "--help"],
        cwd=tmp_path, env=program.environment(own_home, PYTHONPATH=str(tmp_path / "links")), capture_output=True,
        encoding="utf-8", timeout=program.PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert "usage:" in done.stdout
