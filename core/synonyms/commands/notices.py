"""What a command says of the store it is given before it works on it."""

from __future__ import annotations

from typing import TextIO

from core.command_line import say
from core.synonyms.pairs import SynonymsError
from core.synonyms.store.database import Database


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
