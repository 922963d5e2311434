"""The border to a store's file: what a row may hold is checked where it is fetched.

SQLite keeps any value in any column, whatever the schema says, and other programs write into a store, too. What is
wrong becomes one error that names the store, the row and what to do; the rows beside it can still be used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Final, Generic, TypeVar

from msgspec import Meta
from sqlalchemy import Connection, Result

from core.decode import Decoded, DecodeError, decode_row, decode_rows
from core.language import _
from core.synonyms.store.errors import StoreError

Found = TypeVar("Found")

Id = Annotated[int, Meta(ge=1, le=2**63 - 1)]
Rank = Annotated[int, Meta(ge=1, le=2**31 - 1)]
Count = Annotated[int, Meta(ge=0, le=2**31 - 1)]
Number = Annotated[float, Meta(ge=-1.7e308, le=1.7e308)]
"""Finite: neither infinite nor not a number."""
Micros = Annotated[int, Meta(ge=0, le=32_503_680_000_000_000)]
"""A moment from 1970 to 3000, UTC, which every clock and calendar can show."""
Word = Annotated[str, Meta(pattern="^[^\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]+\\Z")]
"""As :func:`core.synonyms.pairs.is_word` says."""
Words = Annotated[str, Meta(pattern="^[^\x00\ud800-\udfff]*\\Z")]
"""Any text that was decoded."""

_SHOWN: Final = 60
"""Characters of a wrong value that are quoted."""


@dataclass(frozen=True, slots=True)
class Damage:
    """A value that cannot be one of its column.

    Attributes:
        table: where it stands.
        row: id of its row.
        column: its name.
        value: what stands there; None also where the value is missing.
    """

    table: str
    row: object
    column: str
    value: object

    def words(self) -> str:
        """Return where it stands, and what."""
        told = _("{table} {row}: {column} is {value}")
        return told.format(
            table=self.table, row=self.row, column=self.column, value=ascii(self.value)[:_SHOWN]
        )  # fmt: skip


class DamagedRowsError(StoreError):
    """Some rows of a store hold what no row can hold.

    Attributes:
        where: the store.
        damages: what is wrong.
    """

    def __init__(self, where: str, damages: tuple[Damage, ...]) -> None:
        self.where = where
        self.damages = damages
        first, others = damages[0].words(), len(damages) - 1
        told = _("{where} holds a row that cannot be read ({first}).")
        if others:
            told = _("{where} holds rows that cannot be read ({first}; and {n:,} more).")
        remedy = _("The others can be used. Put it right with a database program, or open an earlier copy.")
        super().__init__(f"{told.format(where=where, first=first, n=others)} {remedy}")


@dataclass(frozen=True, slots=True)
class Usable(Generic[Found]):
    """What could be read of the rows that were asked for.

    Attributes:
        found: what is sound.
        error: names what is not; None where everything is sound.
    """

    found: list[Found]
    error: DamagedRowsError | None = None

    def all(self) -> list[Found]:
        """Return what was found.

        Raises:
            DamagedRowsError: something is not sound.
        """
        if self.error is not None:
            raise self.error
        return self.found


def usable(connection: Connection, found: list[Found], damages: list[Damage]) -> Usable[Found]:
    """Return what was found beside ``damages``."""
    return Usable(found, DamagedRowsError(where_of(connection), tuple(damages)) if damages else None)


def checked(kind: type[Decoded], values: Mapping[str, Any], table: str, row: object) -> Decoded | Damage:
    """Return a row's ``values`` as ``kind``, or what is wrong with them."""
    try:
        return decode_row(kind, values)
    except DecodeError as error:
        return Damage(table, row, error.field, values.get(error.field))


def read_checked(
    kind: type[Decoded], result: Result[Any], table: str, key: str = "id"
) -> Iterator[tuple[dict[str, Any], Decoded | Damage]]:
    """Yield the values of each row that was found, by column, and the row as ``kind`` or what is wrong with it.

    Args:
        kind: a dataclass whose fields are among the columns.
        result: what the store answered.
        table: where the rows stand.
        key: the column that says which row it is.
    """
    names = list(map(str, result.keys()))  # drivers name columns by kinds of str of their own
    # Fetched all at once: one by one, the driver and SQLAlchemy take twice as long.
    rows = [dict(zip(names, row, strict=True)) for row in result.fetchall()]
    for values, row in zip(rows, decode_rows(kind, rows), strict=True):
        if isinstance(row, DecodeError):
            yield values, Damage(table, values[key], row.field, values.get(row.field))
        else:
            yield values, row


def where_of(connection: Connection) -> str:
    """Return the address of a connection's store as a person may read it: without its password."""
    url = connection.engine.url
    if url.get_backend_name() == "sqlite":
        return url.database or ""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)
