"""A session kept as a file: what was being looked at, to be opened again next lecture."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

from core.attention.errors import AttentionError
from core.attention.export.writing import replacing
from core.attention.requests import (
    AGGREGATIONS,
    STACKS,
    UNITS,
    AttentionRequest,
    Source,
)
from core.language import _

KIND: Final = "yaya-lab attention session"
VERSION: Final = 1
CHOICES: Final[dict[str, tuple[str | None, ...]]] = {
    "unit": UNITS,
    "aggregation": AGGREGATIONS,
    "stack": (*STACKS, None),
}
"""Fields of a request that are one of a few words."""


@dataclass(frozen=True, slots=True)
class Session:
    """What was on the screen.

    Attributes:
        requests: the maps shown, the left one first.
        view: what the window adds: its options, what is picked, zoom. Plain JSON values; core doesn't look inside.
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
        beside.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", "utf-8")


def load_session(path: Path) -> Session:
    """Read what ``save_session`` wrote.

    Raises:
        AttentionError: it can't be read or is no session; nothing of it is used then.
    """
    try:
        content = _content(path)
        if content.get("kind") != KIND or content.get("version") != VERSION:
            raise _DamagedError(_("it is of another kind or version"))
        given, view = content.get("requests"), content.get("view")
        if not isinstance(given, list) or not given or not isinstance(view, dict):
            raise _DamagedError(_("parts of it are missing"))
        requests = tuple(_request(one) for one in given)
    except _DamagedError as error:
        raise not_a_session(path, str(error)) from error
    return Session(requests, view)


def not_a_session(path: Path, reason: str) -> AttentionError:
    """Return the error that says why ``path`` can't be opened."""
    return AttentionError(_("{path} can't be opened as a session ({reason}).").format(path=path, reason=reason))


class _DamagedError(Exception):
    """A file is no session; the text says why."""


def _content(path: Path) -> dict[str, Any]:
    try:
        content = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise _DamagedError(error.strerror or type(error).__name__) from error
    except (ValueError, RecursionError) as error:  # no UTF-8, no JSON, or JSON nested a thousand times
        raise _DamagedError(_("it isn't written as JSON")) from error
    if not isinstance(content, dict):
        raise _DamagedError(_("parts of it are missing"))
    return content


def _request(given: Any) -> AttentionRequest:
    if not isinstance(given, dict):
        raise _DamagedError(_("parts of it are missing"))
    source = _source(given.get("source"))
    rest = {name: value for name, value in given.items() if name != "source"}
    _check(AttentionRequest, {name: value for name, value in rest.items() if name not in CHOICES})
    for name, allowed in CHOICES.items():
        if name in rest and rest[name] not in allowed:
            raise _DamagedError(_("{name} can't be {value}").format(name=name, value=rest[name]))
    return AttentionRequest(source, **rest)


def _source(given: Any) -> Source:
    if not isinstance(given, dict) or "text" not in given:
        raise _DamagedError(_("parts of it are missing"))
    _check(Source, given)
    return Source(**given)


def _check(kind: type, given: Mapping[str, Any]) -> None:
    """Raise an error unless ``given`` has fields of ``kind`` only, with values of their types."""
    hints = get_type_hints(kind)
    known = {one.name for one in fields(kind)}
    for name, value in given.items():
        if name not in known:
            raise _DamagedError(_("it holds an unknown entry {name}").format(name=name))
        plain = [hint for hint in get_args(hints[name]) or (hints[name],) if isinstance(hint, type)]
        if plain and type(value) not in plain:
            raise _DamagedError(_("{name} can't be {value}").format(name=name, value=value))
