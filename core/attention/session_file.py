"""A session kept as a file: what was being looked at, to be opened again next lecture."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final, TypeVar

from core.attention.errors import AttentionError
from core.attention.export.writing import replacing
from core.attention.requests import AttentionRequest, Source
from core.decode import DecodeError, decode
from core.files import check_plain
from core.json_text import to_json
from core.language import _
from core.one_line import system_reason

KIND: Final = "yaya-lab attention session"
VERSION: Final = 1
_FORMER: Final = {"reading": "aggregation"}
"""What entries of a request were called in earlier versions, and what they are called now."""
MOST_REQUESTS: Final = 16
"""Maps of one session: a view shows two at most."""
MOST_BYTES: Final = 2**20
"""Of a session's file: a text has at most 20,000 characters, of which each map names two."""
_SHOWN: Final = 60
"""Characters of a name that are said."""
_GONE: Final = frozenset({"gallery"})
"""Entries that earlier versions wrote and that say nothing of a map."""

_WEIGHTS: Final = re.compile(rb'"weights"\s*:')
"""What begins the array in a file of arrays."""

Part = TypeVar("Part")


@dataclass(frozen=True, slots=True)
class Session:
    """What was on the screen.

    Attributes:
        requests: the maps shown, the left one first.
        view: what the window adds: its options, and what was picked and laid out by hand. Plain JSON values; core
            doesn't look inside.
    """

    requests: tuple[AttentionRequest, ...]
    view: Mapping[str, Any] = field(default_factory=dict)


def save_session(path: Path, session: Session) -> None:
    """Write ``session``.

    Raises:
        AttentionError: the file can't be written.
    """
    content = {
        "kind": KIND,
        "version": VERSION,
        "requests": [asdict(request) for request in session.requests],
        "view": dict(session.view),
    }
    with replacing(path) as beside:
        beside.write_text(to_json(content) + "\n", "utf-8")


def load_session(path: Path) -> Session:
    """Read what ``save_session`` wrote.

    Raises:
        AttentionError: it can't be read or is no session; nothing of it is used then.
    """
    try:
        content = _content(path)
        version = content.get("version")
        if content.get("kind") == KIND and type(version) is int and version > VERSION:
            raise _DamagedError(_("a newer version of this program has made it; update the program"))
        if content.get("kind") != KIND or version != VERSION:
            raise _DamagedError(_("it is of another kind or version"))
        given, view = content.get("requests"), content.get("view")
        if not isinstance(given, list) or not given or not isinstance(view, dict):
            raise _DamagedError(_("parts of it are missing"))
        if len(given) > MOST_REQUESTS:
            raise _DamagedError(
                _("it holds {n} maps; a session has at most {most}").format(n=len(given), most=MOST_REQUESTS)
            )
        requests = tuple(_request(one) for one in given)
        _check_models([*(request.source.model for request in requests), *_models_in(view.get("options"))])
    except _DamagedError as error:
        raise not_a_session(path, str(error)) from error
    return Session(requests, view)


def may_be_session(path: Path) -> bool:
    """Return whether a JSON file is not plainly something else: one that has weights, or is too large for a session."""
    try:
        check_plain(path)
        with path.open("rb") as file:
            start = file.read(MOST_BYTES + 1)
    except OSError:
        return True  # opening it says what is wrong
    return KIND.encode() in start or not (len(start) > MOST_BYTES or _WEIGHTS.search(start))


def not_a_session(path: Path, reason: str) -> AttentionError:
    """Return the error that says why ``path`` can't be opened."""
    return AttentionError(_("{path} can't be opened as a session ({reason}).").format(path=path, reason=reason))


class _DamagedError(Exception):
    """A file is no session; the text says why."""


def _content(path: Path) -> dict[str, Any]:
    try:
        check_plain(path)
        with path.open("rb") as file:
            written = file.read(MOST_BYTES + 1)
        if len(written) > MOST_BYTES:
            raise _DamagedError(_("it is far larger than a session"))
        content = json.loads(written.decode())
    except OSError as error:
        raise _DamagedError(system_reason(error)) from error
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, or JSON nested a thousand times
        raise _DamagedError(_("it isn't written as JSON")) from error
    if not isinstance(content, dict):
        raise _DamagedError(_("parts of it are missing"))
    return content


def _models_in(options: object) -> list[object]:
    """Return the models that the window's part of a session names."""
    return [options.get(name) for name in ("model", "other_model")] if isinstance(options, dict) else []


def _check_models(names: list[object]) -> None:
    """See that no model lies on another computer: merely looking for it there would tell that one who asks."""
    for name in names:
        if isinstance(name, str) and name.replace("\\", "/").startswith("//"):
            raise _DamagedError(_("it names a model on another computer, {name}").format(name=name[:_SHOWN]))


def _request(given: Any) -> AttentionRequest:
    if not isinstance(given, dict):
        raise _DamagedError(_("parts of it are missing"))
    known = {name: value for name, value in given.items() if name not in _GONE}
    return _decoded(AttentionRequest, known | {"source": _decoded(Source, given.get("source"))})


def _decoded(kind: type[Part], given: Any) -> Part:
    """Return ``given`` as ``kind``, or say which entry is wrong."""
    try:
        return decode(kind, given, _FORMER)
    except DecodeError as error:
        if error.reason == "unknown":
            raise _DamagedError(_("it contains an unknown entry {name}").format(name=error.field)) from error
        now = {_FORMER.get(name, name): value for name, value in given.items()} if isinstance(given, dict) else {}
        if error.field not in now:
            raise _DamagedError(_("parts of it are missing")) from error
        raise _DamagedError(_("{name} can't be {value}").format(name=error.field, value=now[error.field])) from error
