"""Takes the pages of lectures anew, through the real window, after a page has learned to save something else.

    python resources/lectures/take.py [FILE ...]

Each scene is put up, waited for, and taken again as "Take this page for the chosen scene" does; words, runs and order
stay. Without a file, all lectures that come with the program are taken.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
if not os.environ.get("DISPLAY"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

if TYPE_CHECKING:
    from app.main_window import MainWindow
    from core.lecture.lecture import Scene

PATIENCE = 120.0
"""Seconds for a scene to come to where it is."""
STEADY = 0.7
"""Seconds that a page says the same, and then counts as come."""


def main(path: Path) -> None:
    """Take all scenes of the lecture in ``path`` anew."""
    from app.application import Laboratory, new_application
    from app.tabs import known_to_lectures
    from core.lecture.lecture_file import read_lecture, write_lecture

    with tempfile.TemporaryDirectory(prefix="yaya-lab-lecture-") as home:
        os.environ["YAYA_LAB_HOME"] = home
        lecture = read_lecture(path, known_to_lectures())
        application = new_application()
        laboratory = Laboratory(application)
        laboratory.use_language(lecture.language)
        laboratory.window.resize(1280, 800)
        laboratory.show()
        scenes = []
        for number, scene in enumerate(lecture.scenes, start=1):
            scenes.append(_taken(application, laboratory.window, scene))
            print(f"{path.name} {number}/{len(lecture.scenes)} {scene.page}", flush=True)
        laboratory.close()
        write_lecture(path, replace(lecture, scenes=tuple(scenes)))


def _taken(application: Any, window: MainWindow, scene: Scene) -> Scene:
    """Return ``scene`` as its page says it, once that says the same for a while."""
    stage = window.lectures.stage
    stage.show(replace(scene, run=None))
    began = since = time.monotonic()
    before: Scene | None = None
    while time.monotonic() - began < PATIENCE:
        application.processEvents()
        time.sleep(0.02)
        if time.monotonic() - since < STEADY / 4:
            continue
        now = stage.take(scene) if stage.is_settled else None
        if now is None or now != before:
            before, since, steady_from = now, time.monotonic(), time.monotonic()
        elif time.monotonic() - steady_from > STEADY:
            return now
        else:
            since = time.monotonic()
    sys.exit(f"{scene.page} does not come to rest: {scene.caption}")


def _shipped() -> list[Path]:
    return sorted(Path(__file__).parent.glob("*.json"))


if __name__ == "__main__":
    files = [Path(name) for name in sys.argv[1:]] or _shipped()
    if len(files) == 1:
        main(files[0])
    for file in files if len(files) > 1 else ():  # one window a process
        subprocess.run([sys.executable, __file__, str(file)], check=True)  # noqa: S603  our own file
