"""From plain JSON values to the frozen dataclasses of this program: every field is of its type, or it is named.

What a field may hold is said by its type alone, also where that is narrower than Python's own
(``Annotated[float, msgspec.Meta(ge=0)]``, ``Literal["en", "zh_CN"]``). Two ways to read: :func:`decode` takes a file
that was written on purpose, and refuses it at the first wrong field; :func:`decode_usable` takes what was remembered,
and leaves at its default whatever is wrong.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import MISSING, Field, fields, replace
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

import msgspec

Decoded = TypeVar("Decoded")


class DecodeError(Exception):
    """A value is not what its field may hold.

    Attributes:
        field: which; empty where the whole is no object.
        reason: what was expected, as the decoder says it.
    """

    def __init__(self, field: str, reason: str) -> None:
        super().__init__(f"{field}: {reason}" if field else reason)
        self.field = field
        self.reason = reason


def decode(kind: type[Decoded], values: object, former: Mapping[str, str] | None = None) -> Decoded:
    """Return ``values`` as ``kind``.

    Args:
        kind: a dataclass.
        values: what JSON gave.
        former: names that fields had in earlier versions, and what they are called now.

    Raises:
        DecodeError: it is no object, a field is missing, unknown, or not of its type.
    """
    named = _named(values, former)
    known, hints = _fields(kind), _hints(kind)
    for name in named:
        if name not in known:
            raise DecodeError(name, "unknown")
    taken = {name: _convert(hints[name], name, value) for name, value in named.items()}
    for name, field in known.items():
        if name not in taken and field.default is MISSING and field.default_factory is MISSING:
            raise DecodeError(name, "missing")
    return kind(**taken)


def decode_row(kind: type[Decoded], values: Mapping[str, Any]) -> Decoded:
    """Return a row of a database as ``kind``, a dataclass with its columns as fields; other columns are passed over.

    All fields are converted at once, and one by one only where something is wrong.

    Raises:
        DecodeError: the first field that is missing or not of its type.
    """
    plain = {str(name): value for name, value in values.items()}  # drivers name columns by kinds of str of their own
    try:
        return msgspec.convert(plain, kind)
    except (msgspec.ValidationError, UnicodeEncodeError) as error:  # the latter for half a character in a choice
        for name, hint in _hints(kind).items():
            _convert(hint, name, plain.get(name))
        raise DecodeError("", str(error)) from error


def decode_rows(kind: type[Decoded], rows: Sequence[Mapping[str, Any]]) -> list[Decoded | DecodeError]:
    """Return rows of a database, each as :func:`decode_row` does, or why it can't be.

    All are converted at once, and one by one only where something is wrong.

    Args:
        kind: a dataclass.
        rows: their values by column, all names plain text.
    """
    try:
        return list(msgspec.convert(rows, list[kind]))  # type: ignore[valid-type]  # a class is given
    except (msgspec.ValidationError, UnicodeEncodeError):
        return [_decoded(kind, row) for row in rows]


def _decoded(kind: type[Decoded], row: Mapping[str, Any]) -> Decoded | DecodeError:
    try:
        return decode_row(kind, row)
    except DecodeError as error:
        return error


def decode_usable(
    default: Decoded, values: object, former: Mapping[str, str] | None = None
) -> tuple[Decoded, tuple[str, ...]]:
    """Return ``default`` with what can be used of ``values``, and the names of the fields that could not be.

    Fields this version does not know are passed over in silence: a newer version may have written them.

    Args:
        default: a dataclass object.
        values: what JSON gave; anything that is no object changes nothing.
        former: as for :func:`decode`.
    """
    kind: type[Any] = type(default)
    known, hints = _fields(kind), _hints(kind)
    taken: dict[str, Any] = {}
    unusable = []
    for name, value in (_named(values, former) if isinstance(values, Mapping) else {}).items():
        if name in known:
            try:
                taken[name] = _convert(hints[name], name, value)
            except DecodeError:
                unusable.append(name)
    changed: Decoded = replace(default, **taken)  # type: ignore[type-var]  # it is a dataclass, as said above
    return changed, tuple(unusable)


def _convert(hint: Any, name: str, value: object) -> Any:
    try:
        return msgspec.convert(value, hint, dec_hook=_other)
    except (msgspec.ValidationError, ValueError, TypeError) as error:
        raise DecodeError(name, str(error)) from error


def _other(kind: type[Any], value: Any) -> Any:
    """Take what JSON has no form for: a path is written as text; no system has one with a NUL in it."""
    if issubclass(kind, Path) and isinstance(value, str) and "\0" not in value:
        return Path(value)
    message = f"Expected `{kind.__name__}`, got `{type(value).__name__}`"
    raise ValueError(message)


def _named(values: object, former: Mapping[str, str] | None) -> dict[str, Any]:
    if not isinstance(values, Mapping):
        raise DecodeError("", f"Expected `object`, got `{type(values).__name__}`")
    return {(former or {}).get(name, name): value for name, value in values.items()}


def _fields(kind: type[Any]) -> dict[str, Field[Any]]:
    return {field.name: field for field in fields(kind) if field.init}


def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind, include_extras=True)
