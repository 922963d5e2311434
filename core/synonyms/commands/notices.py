"""What a command says of the store and the files it is given, beside what it does."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, TextIO

from core.command_line import say
from core.synonyms.pairs import SynonymsError
from core.synonyms.progress import FaultyLines
from core.synonyms.store.database import Database

_SHOWN: Final = 5


def say_faulty(files: Iterable[FaultyLines], err: TextIO) -> None:
    """Say which lines of files were not as they should be, and what became of them."""
    for file in files:
        for n, line in enumerate(file.words(_SHOWN)):
            say(err, "  " * bool(n) + line)


def say_notice(address: str, err: TextIO, *, create: bool) -> None:
    """Put a log aside that belongs to another file than lies there, and say so; usually there is none.

    Args:
        address: of the store.
        err: where it is said.
        create: the command makes a new store where there is none.
    """
    try:
        database = Database(address)
        notice = "" if database.is_blank and not create else database.part_from_log()
    except SynonymsError:  # the command will meet and say it
        return
    if notice:
        say(err, notice)
