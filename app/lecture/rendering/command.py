"""The ``lecture`` command: every scene of a lecture as a picture, and all of it as a handout, without a display."""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Final

from PySide6.QtGui import QImage

from app.application import Laboratory, new_application
from app.interruption import Interruption
from app.lecture.rendering.handout import write_handout
from app.lecture.rendering.render import Renderer
from app.offscreen import PLATFORM, SETTINGS_HOME, environment, offscreen
from app.tabs import known_to_lectures
from app.theme import THEME_NAMES
from core.command_line import FAILED, INTERRUPTED, WRONG_USE, end, say
from core.files import replacing
from core.json_text import to_json
from core.language import _, listed, ngettext, system_language
from core.lecture.differences import Difference
from core.lecture.errors import LectureError
from core.lecture.lecture import Lecture
from core.lecture.lecture_file import read_lecture
from core.lecture.shipped import SHIPPED
from core.one_line import one_line, system_reason
from core.outputs import OutputRefusedError, check_outputs

_SIZE: Final = re.compile(r"([1-9]\d{2,3})x([1-9]\d{2,3})")
_HANDOUT: Final = "handout.pdf"
_MOST_TOLD: Final = 5
"""Differences of one scene that are named."""


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    names = listed(one.name for one in SHIPPED)
    parser.add_argument(
        "file", metavar="FILE", help=_("a lecture's file, or one that comes along: {names}").format(names=names)
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help=_("folder for the pictures"))
    parser.add_argument("--pdf", action="store_true", help=_("also a handout: pictures, captions and notes"))
    parser.add_argument("--theme", choices=THEME_NAMES, default="projector", help=_("of the window"))
    parser.add_argument(
        "--size", type=_size, default=(1920, 1080), metavar="WxH", help=_("of the pictures (default: 1920x1080)")
    )


def run(args: argparse.Namespace) -> int:
    """Render a lecture as ``args`` say and return the exit code."""
    path = _file(args.file)
    try:
        lecture = read_lecture(path, known_to_lectures())
        args.out.mkdir(parents=True, exist_ok=True)
        files = [args.out / _name(number) for number in range(len(lecture.scenes))]
        if args.pdf:
            files.append(args.out / _HANDOUT)
        check_outputs({f"--out {file.name}": file for file in files}, [path])
    except (LectureError, OutputRefusedError) as error:
        return end(sys.stderr, str(error), WRONG_USE)
    except OSError as error:
        words = _("The folder {folder} cannot be made ({reason}). Name another.")
        return end(sys.stderr, words.format(folder=args.out, reason=system_reason(error)), WRONG_USE)
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yaya-lab-lecture-")))
        stack.enter_context(environment(SETTINGS_HOME, str(home)))
        stack.enter_context(environment(PLATFORM, offscreen(home, *args.size)))
        pictures, differing, is_whole = _render(lecture, path, args)
    if not is_whole:
        return INTERRUPTED
    if args.pdf:
        with replacing(args.out / _HANDOUT) as beside:
            write_handout(beside, lecture, pictures)
    told = ngettext("{count} scene is in {folder}.", "{count} scenes are in {folder}.", len(pictures))
    say(sys.stdout, told.format(count=len(pictures), folder=args.out.resolve()))
    return 0 if len(pictures) == len(lecture.scenes) and not differing else FAILED


def _render(lecture: Lecture, path: Path, args: argparse.Namespace) -> tuple[list[QImage], int, bool]:
    """Render the scenes, each written as soon as it is taken.

    Returns:
        the pictures, how many scenes are not as they were saved, and whether nobody interrupted.
    """
    application = new_application()
    interruption = Interruption()
    laboratory = Laboratory(application)
    window = laboratory.window
    pictures: list[QImage] = []
    differing: list[int] = []
    numbers: list[int] = []

    def keep(number: int, picture: QImage, differences: tuple[Difference, ...]) -> None:
        with replacing(args.out / _name(number)) as beside:
            picture.save(str(beside))
        pictures.append(picture)
        say(sys.stdout, f"[{number + 1}/{len(lecture.scenes)}] {lecture.scenes[number].caption}")
        if differences:
            differing.append(number)
            say(sys.stderr, _not_as_saved(number + 1, differences))

    def leave(number: int) -> None:
        numbers.append(number)
        application.quit()

    laboratory.use_language(lecture.language)
    laboratory.use_theme(args.theme)
    window.resize(*args.size)
    laboratory.show()
    window.lectures.open(path)
    renderer = Renderer(window.lectures, window)
    renderer.rendered.connect(keep)
    renderer.finished.connect(application.quit)
    interruption.heard.connect(leave)
    window.painted.connect(renderer.start)
    application.exec()
    renderer.stop()
    laboratory.close()
    interruption.close()
    return pictures, len(differing), not numbers


def _not_as_saved(number: int, differences: Sequence[Difference]) -> str:
    words = _("Scene {n} can't be shown as it was saved: {differences}.")
    each = _("{name} is {shown}, not {wanted}")
    told = [each.format(name=name, shown=_shown(shown), wanted=_shown(wanted)) for name, wanted, shown in differences]
    return words.format(n=number, differences=listed(told[:_MOST_TOLD]))


def _shown(value: object) -> str:
    return one_line(to_json(value, indent=None))[:60]


def _file(name: str) -> Path:
    """Return the file of a lecture that is named; one that comes along in the language in use."""
    shipped = next((one for one in SHIPPED if one.name == name), None)
    return Path(name) if shipped is None else shipped.path(system_language())


def _name(number: int) -> str:
    return f"scene-{number + 1:02}.png"


def _size(text: str) -> tuple[int, int]:
    found = _SIZE.fullmatch(text)
    if found is None:
        raise argparse.ArgumentTypeError(_("give width and height, each from 100 to 9999, as in 1920x1080"))
    return int(found[1]), int(found[2])
