"""What a stranger's scene may not hold, whichever page it is for.

Nothing in a lecture is ever run as code. What a page takes up may however name things: an environment, whose name can
ask for a module to be imported, a model, whose name can be a folder anywhere on the disk, or files that a form has
chosen and a page would look into. A lecture names none of them, and no page that names one becomes a scene.
"""

from __future__ import annotations

import ntpath
import posixpath
from collections.abc import Iterator, Mapping
from typing import Any, Final

from core.language import _
from core.lecture.errors import LectureError

DEEPEST: Final = 16
"""Objects and lists in each other: the pages' own states go to 6."""
MOST_VALUES: Final = 50_000
"""Of one scene's state."""

_ENVIRONMENTS: Final = frozenset({"env_id"})
_MODELS: Final = frozenset({"model", "other_model"})
_FILES: Final = frozenset({"file", "vectors", "lexicons", "english", "corpora", "pairs"})
"""What the fields in which files are chosen are called in pages' states."""
_SHOWN: Final = 60


def check_state(state: Mapping[str, Any], where: str) -> None:
    """See that a page may be given ``state``.

    Args:
        state: plain JSON values.
        where: the scene, for the sentence.

    Raises:
        LectureError: it is too deep or too large, or names what a lecture may not name.
    """
    for count, (key, value, depth) in enumerate(_values(state, 1), start=1):
        if depth > DEEPEST or count > MOST_VALUES:
            raise LectureError(_("{where} holds more than a page can have said. Remove the scene.").format(where=where))
        if not isinstance(value, str):
            continue
        if key in _ENVIRONMENTS and ":" in value:
            raise LectureError(
                _(
                    '{where} asks for the environment "{name}", which would load a module. A lecture names '
                    "Gymnasium's own environments only."
                ).format(where=where, name=value[:_SHOWN])
            )
        if key in _MODELS and _is_outside(value):
            raise LectureError(
                _(
                    '{where} asks for the model in the folder "{name}". A lecture names models by their names only.'
                ).format(where=where, name=value[:_SHOWN])
            )
        if key in _FILES and value:
            raise LectureError(
                _('{where} asks for the file "{name}". A lecture opens no files of the machine it is given on.').format(
                    where=where, name=value[:_SHOWN]
                )
            )


def _values(value: object, depth: int, key: str = "") -> Iterator[tuple[str, object, int]]:
    """Yield all values below ``value`` with the name they stand under and how deep they lie; not too deep."""
    yield key, value, depth
    if depth > DEEPEST:
        return
    if isinstance(value, Mapping):
        for name, held in value.items():
            yield from _values(held, depth + 1, name)
    elif isinstance(value, list):
        for held in value:
            yield from _values(held, depth + 1, key)


def _is_outside(name: str) -> bool:
    """Return whether the name of a model is a path that leads somewhere else, on this system or another."""
    parts = name.replace("\\", "/").split("/")
    is_absolute = posixpath.isabs(name) or ntpath.isabs(name) or bool(ntpath.splitdrive(name)[0])
    return is_absolute or name.startswith("~") or ".." in parts or "." in parts or "\0" in name
