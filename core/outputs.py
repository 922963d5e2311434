"""What a command or the window is about to write, checked before any work: nothing of a person's is overwritten.

``core.files`` guards each file while it is written; here all that one piece of work writes is compared with all it
reads, with the store it works on, and with each other.
"""

from __future__ import annotations

import os
import stat
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryFile
from typing import Final

from core.files import STANDARD_OUTPUT, check_replaceable, is_file, is_folder, is_standard_output, is_there
from core.language import N_, _
from core.one_line import system_reason
from core.spoken_error import SpokenError

STANDARD_INPUT: Final = Path("-")
"""Stands for the standard input among what is kept."""

_REFUSED: Final = N_("{path} can't be written ({reason}). Choose another place.")


class OutputRefusedError(SpokenError):
    """A file may not be written there; one line says which of the outputs it is, why, and what to do.

    Attributes:
        output: which of the outputs, as it was called.
        reason: the line without that.
    """

    def __init__(self, output: str, reason: str) -> None:
        super().__init__(f"{output}: {reason}")
        self.output = output
        self.reason = reason


class UnwritableError(SpokenError):
    """What was to be written can't be; one line says which file it is, why, and what to do."""


def check_outputs(outputs: Mapping[str, Path | None], kept: Iterable[Path | None] = ()) -> None:
    """See, before any work, that each output can be written and destroys nothing.

    Args:
        outputs: what is to be written, by the name of its option; None where it was not asked for.
        kept: what the work reads or works on, such as inputs and a store's files; of a folder, all files in it; ``-``
            is what the standard input comes from. Pipes and devices lose nothing by being written to.

    Raises:
        OutputRefusedError: for the first output that is refused.
    """
    wanted = {name: path for name, path in outputs.items() if path is not None}
    inputs = list(_files(path for path in kept if path is not None))
    for name, path in wanted.items():
        _check_place(name, path)
        for read in inputs:
            if _is_read(path, read):
                raise OutputRefusedError(
                    name,
                    _("{path} is used by this very work and would be lost. Choose another name.").format(path=path),
                )
    names = list(wanted)
    for place, name in enumerate(names):
        for other in names[:place]:
            if same_file(wanted[name], wanted[other]) and not _takes_anything(wanted[name]):
                raise OutputRefusedError(
                    name,
                    _("{one} and {other} name the same file, {path}. Give each a file of its own.").format(
                        one=other, other=name, path=wanted[name]
                    ),
                )


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Let the system's refusals within the block say which file could not be written; a full disk names none.

    Raises:
        UnwritableError: it can't be written.
    """
    try:
        yield
    except OSError as error:
        raise UnwritableError(_(_REFUSED).format(path=path, reason=system_reason(error))) from error


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths are one file: by links, by second names, or by letters that the folder takes for equal."""
    if is_standard_output(one) and is_standard_output(other):
        return True
    first, second = _identity(one), _identity(other)
    if first is not None or second is not None:
        return first == second
    if is_standard_output(one) or is_standard_output(other):
        return False
    here, there = Path(os.path.realpath(one)), Path(os.path.realpath(other))
    if here == there:
        return True
    if _identity(here.parent) is None or _identity(here.parent) != _identity(there.parent):
        return False
    return here.name == there.name or (_folded(here.name) == _folded(there.name) and _ignores_case(here.parent))


def free_name(path: Path) -> Path:
    """Return ``path``, or where a file is there already the first of ``name-2.csv``, ``name-3.csv`` … that is free.

    What is no plain file, such as a pipe or the standard output, loses nothing when it is written to.
    """
    if is_standard_output(path) or (path.exists() and not path.is_file()):
        return path
    found, number = path, 1
    while os.path.lexists(found):
        number += 1
        found = path.with_name(f"{path.stem}-{number}{path.suffix}")
    return found


def _files(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield the files of ``paths``; what a person typed may be no path at all."""
    for path in paths:
        if is_folder(path):
            with suppress(OSError):  # it may be entered and not listed
                yield from (file for file in path.iterdir() if file.is_file())
        elif is_file(path) or not is_there(path):
            yield path


def _is_read(output: Path, read: Path) -> bool:
    """Whether ``output`` is the file ``read``, or for ``-`` the file that the standard input comes from."""
    if read != STANDARD_INPUT:
        return same_file(output, read)
    try:
        state = os.fstat(sys.stdin.fileno())
    except (OSError, ValueError, AttributeError):  # there is none, or it is no file of the system
        return False
    return stat.S_ISREG(state.st_mode) and _identity(output) == (state.st_dev, state.st_ino)


def _check_place(name: str, path: Path) -> None:
    """See that a file can be put at ``path``; a pipe or a device is taken at its word.

    Raises:
        OutputRefusedError: not so.
    """
    try:
        if path.is_dir():
            raise OutputRefusedError(name, _("{path} is a folder. Name a file in it.").format(path=path))
        check_replaceable(path)
        if is_standard_output(path) or path.exists():
            return
        with suppress(FileNotFoundError, NotADirectoryError):
            path.lstat()  # says where a name is too long
        folder = Path(os.path.realpath(path)).parent
        if not folder.is_dir():
            raise OutputRefusedError(
                name, _("There is no folder {folder}. Make it first, or name another.").format(folder=folder)
            )
        with TemporaryFile(dir=folder):
            pass
    except OSError as error:
        reason = system_reason(error)
        raise OutputRefusedError(name, _(_REFUSED).format(path=path, reason=reason)) from error
    except ValueError as error:  # a NUL, or half of a character
        raise OutputRefusedError(
            name, _(_REFUSED).format(path=repr(str(path)), reason=_("no file has such a name"))
        ) from error


def _identity(path: Path) -> tuple[int, int] | None:
    """Return what names the file on this machine; None where there is none."""
    try:
        if path == STANDARD_OUTPUT:
            state = os.fstat(sys.__stdout__.fileno() if sys.__stdout__ is not None else 1)
        else:
            state = path.stat()
    except (OSError, ValueError):
        return None
    return state.st_dev, state.st_ino


def _takes_anything(path: Path) -> bool:
    """Whether everything written there vanishes."""
    return path == Path(os.devnull)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _ignores_case(folder: Path) -> bool:
    """Whether names that differ in case only are one file in ``folder``, as far as can be told without writing."""
    if sys.platform in ("win32", "darwin"):
        return True
    with suppress(OSError):  # it may be entered and not listed
        for file in folder.iterdir():
            other = file.with_name(file.name.swapcase())
            if other != file:
                return _identity(other) is not None and _identity(other) == _identity(file)
    other = folder.with_name(folder.name.swapcase())
    return other != folder and _identity(other) is not None and _identity(other) == _identity(folder)
