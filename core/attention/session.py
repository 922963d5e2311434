"""A session kept as a file: what was being looked at, to be opened again next lecture."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, Final, get_args, get_type_hints

from core.attention.errors import AttentionError
from core.attention.files import replacing
from core.attention.requests import (
    READINGS,
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
    "reading": READINGS,
    "stack": (*STACKS, None),
}
"""Fields of a request that are one of a few words."""


@dataclass(frozen=True, slots=True)
class Session:
    """What was on the screen.

    Attributes:
        requests: the maps shown, the left one first.
        view: what the window adds: scale, colours, pins, zoom. Plain JSON values; core doesn't look inside.
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
        content = json.loads(path.read_text("utf-8"))
        if content["kind"] != KIND or content["version"] != VERSION:
            raise ValueError(_("it is of another kind or version"))
        requests = tuple(_request(given) for given in content["requests"])
        if not requests or not isinstance(content["view"], dict):
            raise ValueError(_("parts of it are missing"))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise AttentionError(
            _("{path} can't be opened as a session ({reason}).").format(path=path, reason=error)
        ) from error
    return Session(requests, content["view"])


def _request(given: Any) -> AttentionRequest:
    source = _checked(Source, given["source"])
    rest = {name: value for name, value in given.items() if name != "source"}
    _check(AttentionRequest, {name: value for name, value in rest.items() if name not in CHOICES})
    for name, allowed in CHOICES.items():
        if name in rest and rest[name] not in allowed:
            raise ValueError(_("{name} can't be {value}").format(name=name, value=rest[name]))
    return AttentionRequest(source, **rest)


def _checked(kind: type[Source], given: Any) -> Source:
    _check(kind, given)
    return kind(**given)


def _check(kind: type, given: Any) -> None:
    """Raise TypeError or ValueError unless ``given`` has fields of ``kind`` and values of their types."""
    hints = get_type_hints(kind)
    known = {one.name for one in fields(kind)}
    for name, value in given.items():
        if name not in known:
            raise ValueError(_("it holds an unknown entry {name}").format(name=name))
        plain = [hint for hint in get_args(hints[name]) or (hints[name],) if isinstance(hint, type)]
        if plain and type(value) not in plain:
            raise ValueError(_("{name} can't be {value}").format(name=name, value=value))
