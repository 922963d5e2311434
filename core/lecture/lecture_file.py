"""A lecture as a file: one readable JSON text, checked whole before any of it is used."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final, NoReturn, TypeVar

from core.decode import DecodeError, decode
from core.files import check_plain
from core.json_text import to_json, write_json
from core.language import _
from core.lecture.checks import check_state
from core.lecture.errors import LectureError
from core.lecture.known import Known
from core.lecture.lecture import LONGEST_CAPTION, LONGEST_NOTES, MOST_SCENES, Lecture, Scene
from core.one_line import system_reason

KIND: Final = "yaya-lab lecture"
VERSION: Final = 1
ENDING: Final = ".lecture.json"
"""What the name of a lecture's file ends with, where a person names none."""
MOST_BYTES: Final = 4 * 2**20
"""Of a file: the shipped ones have a fiftieth of it."""

_Part = TypeVar("_Part")


def write_lecture(path: Path, lecture: Lecture) -> None:
    """Write ``lecture`` beside and put it in the place of ``path``; what is at its default is left out.

    Raises:
        LectureError: it can't be written, or could not be read again.
    """
    content = {
        "kind": KIND,
        "version": VERSION,
        "title": lecture.title,
        "language": lecture.language,
        "scenes": [_scene_values(scene) for scene in lecture.scenes],
    }
    if len(lecture.scenes) > MOST_SCENES or len(to_json(content).encode()) > MOST_BYTES:
        raise LectureError(
            _("A lecture has at most {most} scenes and {size} MB. Remove some scenes, then save it.").format(
                most=MOST_SCENES, size=MOST_BYTES // 2**20
            )
        )
    try:
        write_json(path, content)
    except OSError as error:
        raise LectureError(
            _("The lecture can't be saved as {path} ({reason}). Choose another name or folder.").format(
                path=path, reason=system_reason(error)
            )
        ) from error


def _scene_values(scene: Scene) -> dict[str, Any]:
    """Return what differs from a scene's defaults, the words first: a file is read by people, too."""
    usual = asdict(Scene(scene.page))
    values = {name: value for name, value in asdict(scene).items() if name == "page" or value != usual[name]}
    state = values.pop("state", None)
    order = ("caption", "section", "notes", "page", "zoom", "explain", "run")
    ordered = {name: values[name] for name in order if name in values}
    return ordered if state is None else {**ordered, "state": state}


def read_lecture(path: Path, known: Known) -> Lecture:
    """Return the lecture in ``path``.

    Args:
        path: a file.
        known: the pages and runs that it may name.

    Raises:
        LectureError: it can't be read, or something in it is not what a lecture holds; nothing of it was used.
    """
    values = _read_json(path)
    if not isinstance(values, dict) or values.get("kind") != KIND:
        raise LectureError(_("{path} is no lecture of this program.").format(path=path))
    version = values.get("version")
    if type(version) is not int or version < 1:
        raise LectureError(_("{path} doesn't say which version of a lecture it is.").format(path=path))
    if version > VERSION:
        raise LectureError(
            _("{path} was made by a newer version of this program (format {version}). Update the program.").format(
                path=path, version=version
            )
        )
    head = {name: value for name, value in values.items() if name not in {"kind", "version", "scenes"}}
    scenes = values.get("scenes")
    if not isinstance(scenes, list) or len(scenes) > MOST_SCENES:
        raise LectureError(
            _("{path} has no list of scenes, or more than {most} of them.").format(path=path, most=MOST_SCENES)
        )
    lecture = _decode(Lecture, head, path.name)
    read = tuple(_read_scene(scene, number, known) for number, scene in enumerate(scenes, start=1))
    return Lecture(lecture.title, lecture.language, read)


def _read_scene(values: object, number: int, known: Known) -> Scene:
    where = _("Scene {number}").format(number=number)
    scene = _decode(Scene, values, where)
    for field, text in (("caption", scene.caption), ("section", scene.section)):
        if not text.isprintable():
            raise LectureError(_('{where}: "{field}" has more than one line.').format(where=where, field=field))
    known.check(scene, where)
    check_state(scene.state, where)
    return scene


def _decode(kind: type[_Part], values: object, where: str) -> _Part:
    try:
        return decode(kind, values)
    except DecodeError as error:
        if error.reason == "unknown":
            words = _('{where} has a field "{field}", which a lecture of this version doesn\'t have.')
        elif isinstance(values, Mapping) and isinstance(values.get(error.field), str):
            words = _(
                '{where}: "{field}" is too long or not what it may be; a caption, a section and a title have at most '
                "{caption} characters, notes {notes}."
            )
        else:
            words = _('{where}: "{field}" is missing or not what it may be.')
        shown = error.field[:60] or "{}"
        raise LectureError(
            words.format(where=where, field=shown, caption=LONGEST_CAPTION, notes=LONGEST_NOTES)
        ) from error


def _read_json(path: Path) -> object:
    try:
        check_plain(path)
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = system_reason(error)
        raise LectureError(_("{path} can't be read ({reason}).").format(path=path, reason=reason)) from error
    if len(content) > MOST_BYTES:
        raise LectureError(
            _("{path} is larger than {most} MB, which no lecture is.").format(path=path, most=MOST_BYTES // 2**20)
        )
    try:
        return json.loads(content.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        raise LectureError(
            _("{path} isn't JSON that can be read. If it was edited by hand, look for a comma or a quote.").format(
                path=path
            )
        ) from error


def _no_number(name: str) -> NoReturn:
    message = f"{name} is no JSON"
    raise ValueError(message)
