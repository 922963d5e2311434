"""A copy of the program to which a toy is added in the way docs/extending.md says: in the source."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.program import PATIENCE, environment

ROOT = Path(__file__).parents[2]


class Copy:
    """The program in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        for name in ("app", "core"):
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copy(ROOT / "main.py", folder)
        (folder / "resources").symlink_to(ROOT / "resources")

    def add_file(self, name: str, text: str) -> None:
        """Write a new file."""
        path = self.folder / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def add_row(self, name: str, before: str, text: str) -> None:
        """Put ``text`` before the one place in a file where ``before`` stands."""
        path = self.folder / name
        source = path.read_text(encoding="utf-8")
        assert source.count(before) == 1, f"{before!r} stands {source.count(before)} times in {name}"
        path.write_text(source.replace(before, text + before), encoding="utf-8")

    def run(self, *arguments: str) -> str:
        """Run Python with ``arguments`` in the copy, without a display; return what it wrote."""
        done = subprocess.run(
            [sys.executable, *arguments],
            cwd=self.folder,
            env=environment(self.folder / "home", QT_QPA_PLATFORM="offscreen", PYTHONPATH=str(self.folder)),
            capture_output=True,
            encoding="utf-8",
            timeout=PATIENCE,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout
