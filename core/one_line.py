"""What others say, in one line: messages of libraries and of foreign code may be empty, long or of many lines."""

from __future__ import annotations

import errno
import json
import os
from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from core.decode import DecodeError
from core.language import N_, _

_MOST: Final = 300
"""Characters that are kept of a message."""
_WORDS: Final[Mapping[int, str]] = MappingProxyType({
    errno.EPERM: N_("Operation not permitted"),
    errno.ENOENT: N_("No such file or directory"),
    errno.EIO: N_("Input/output error"),
    errno.EACCES: N_("Permission denied"),
    errno.EBUSY: N_("Device or resource busy"),
    errno.EEXIST: N_("File exists"),
    errno.ENOTDIR: N_("Not a directory"),
    errno.EISDIR: N_("Is a directory"),
    errno.EINVAL: N_("Invalid argument"),
    errno.EMFILE: N_("Too many open files"),
    errno.EFBIG: N_("File too large"),
    errno.ENOSPC: N_("No space left on device"),
    errno.EROFS: N_("Read-only file system"),
    errno.EPIPE: N_("Broken pipe"),
    errno.ENAMETOOLONG: N_("File name too long"),
    errno.ELOOP: N_("Too many levels of symbolic links"),
    errno.EDQUOT: N_("Disk quota exceeded"),
    errno.ECONNREFUSED: N_("Connection refused"),
    errno.ECONNRESET: N_("Connection reset by peer"),
    errno.ETIMEDOUT: N_("Connection timed out"),
})  # fmt: skip
"""What the C library of Linux says, for the numbers that a person meets."""


def one_line(text: str) -> str:
    """Return ``text`` in one line of at most 300 characters, each of which can be printed."""
    seen = "".join(character if character.isprintable() else " " for character in text)
    words = " ".join(seen.split())
    return words if len(words) <= _MOST else words[: _MOST - 1] + "…"


def reason_of(error: BaseException) -> str:
    """Return what went wrong in one line: the class of the error, and its message if it has one."""
    kind = type(error).__name__
    try:
        said = one_line(str(error))
    except Exception:  # a message of foreign code, which can fail like all of it
        said = ""
    return f"{kind}: {said}" if said else kind


def system_reason(error: BaseException) -> str:
    """Return why the system refused, without a full stop; for another error its own message in one line."""
    words = _WORDS.get(error.errno or 0) if isinstance(error, OSError) and _is_the_systems(error) else None
    if words is not None:
        return _(words)
    return getattr(error, "strerror", None) or one_line(str(error)) or type(error).__name__


class DamagedError(ValueError):
    """A file is not as it was written; the text says what is wrong with it, as the end of a sentence for a person."""


def damage_of(error: BaseException) -> str:
    """Return what is wrong with a file, in words that end a sentence, for whatever reading it has raised.

    The messages of Python and of libraries speak of their own insides there.
    """
    match error:
        case DamagedError():
            reason = str(error)
        case DecodeError(field=""):
            reason = _("it is no object")
        case DecodeError(field=field):
            reason = _('"{name}" is missing or not what it may be').format(name=one_line(field))
        case KeyError(args=(str(name),)) if name.isidentifier():
            reason = _('"{name}" is missing or not what it may be').format(name=name)
        case OSError():
            reason = system_reason(error)
        case UnicodeDecodeError():
            reason = _("it is not in UTF-8")
        case json.JSONDecodeError(lineno=line):
            reason = _("line {n} is no JSON").format(n=line)
        case MemoryError() | RecursionError() | OverflowError():
            reason = _("it is too large, or lists lie too deep in each other")
        case _others:
            reason = _("it does not hold what belongs there")
    return reason


def _is_the_systems(error: OSError) -> bool:
    """Whether the words are the system's own, not those of who raised it."""
    return error.errno is not None and (
        error.strerror == os.strerror(error.errno) or getattr(error, "winerror", None) is not None
    )
