"""What can go wrong with a store, each in one line that says what to do."""

from __future__ import annotations

import os
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Final, NoReturn

from sqlalchemy.exc import StatementError

from core.language import _
from core.passwords import hide_passwords
from core.synonyms.pairs import SynonymsError

_PROBE: Final = 1 << 16
"""Bytes that a store and its log need at least to be opened."""


_NO_STORE: Final = (
    "not a database", "malformed", "file is encrypted", "disk i/o error", "no such table", "no such column",
)  # fmt: skip
"""What SQLite says of a file that is no store, or no longer a whole one."""


class StoreError(SynonymsError):
    """The store cannot do what was asked; nothing that it had confirmed before is lost."""


class StoreLockedError(StoreError):
    """Another program holds the store for longer than it is worth waiting."""


class StoreFullError(StoreError):
    """The disk, or the quota, is full."""


class StoreReadOnlyError(StoreError):
    """The store may be read but not written."""


class StoreDamagedError(StoreError):
    """The file is no store, or was damaged outside this program."""


class StoreVersionError(StoreError):
    """The store was written by a newer program."""


class StoreUnreachableError(StoreError):
    """The file cannot be opened, or the database server does not answer."""


class StoreAddressError(StoreUnreachableError):
    """No store can have this address, whatever becomes of disks and networks."""


class StoreAccessError(StoreUnreachableError):
    """The database server answers, and does not let this user in: trying again changes nothing."""


class StoreGoneError(StoreError):
    """The file was deleted, moved or replaced by another while it was open."""


class StoreMissingError(StoreError):
    """There is no store at the address, and none was to be made."""


PASSING: Final = (StoreLockedError, StoreFullError, StoreUnreachableError)
"""What goes by, or a person mends while the store stays open: what was entered waits for it."""


def refuse(error: BaseException, where: str, file: Path | None = None) -> NoReturn:
    """Raise what :func:`explain` makes of a database driver's error.

    What a person does to a store (locks it, fills its disk, lays another file over it) is said whole by its sentence,
    and where the driver met it tells nobody more. Whatever else a driver refuses keeps it as its cause.

    Raises:
        StoreError: always.
    """
    told = explain(error, where, file)
    raise told from (error if type(told) is StoreError else None)


def explain(error: BaseException, where: str, file: Path | None = None) -> StoreError:
    """Translate a database driver's error into one line for a person.

    Args:
        error: what the driver raised.
        where: file or address of the store, without its password.
        file: the store's file, if it is one.
    """
    said_by_driver = hide_passwords(str(error))
    if file is not None and any(sign in said_by_driver for sign in ("unable to open", "disk I/O error")):
        # SQLite says no more than that, also where the disk is full.
        said_by_driver = _why_not(file) or said_by_driver
    low = " ".join(said_by_driver.lower().split())
    # What PostgreSQL's driver adds in further lines are questions to an administrator.
    reason = " ".join(said_by_driver.strip().partition("\n")[0].split())

    def said(*signs: str) -> bool:
        return any(sign in low for sign in signs)

    state = str(getattr(error, "sqlstate", None) or "")
    if state.startswith(("08", "57P")):  # by the standard: the connection failed, or an administrator ended it
        low += " connection"
    if said("is locked", "busy", "lock timeout", "deadlock detected", "could not serialize"):
        return StoreLockedError(
            _("Another program has locked {where}. Close it or wait, then try again; nothing was lost.").format(
                where=where
            )
        )
    if said("is full", "no space left", "disk quota", "disk_full"):
        return StoreFullError(
            _("The disk of {where} is full. Free up space, then try again; all earlier verdicts are saved.").format(
                where=where
            )
        )
    if said("readonly database", "read-only", "permission denied"):
        return StoreReadOnlyError(
            _("{where} can't be written. Change its permissions, or open a copy.").format(where=where)
        )
    if said(*_NO_STORE) or isinstance(error, (UnicodeError, StatementError)):
        return StoreDamagedError(
            _("{where} is not a store of synonyms, or it is damaged. Open another file, or a copy.").format(where=where)
        )
    if said("unable to open", "connection", "could not translate host", "does not exist", "authentication"):
        about_password = _about_password(low, where)
        unreachable = _("{where} can't be opened ({reason}). Check that the address is right and that it exists.")
        is_answered = file is None and said("does not exist", "authentication", "pg_hba.conf")
        kind = StoreAccessError if about_password or is_answered else StoreUnreachableError
        return kind(about_password or unreachable.format(where=where, reason=reason[:200]))
    return StoreError(_("{where} refused: {reason}").format(where=where, reason=reason[:300]))


def _about_password(said_by_server: str, where: str) -> str:
    """Return what to do where a server wants a password, or another one; empty where that is not what it said."""
    if "no password supplied" in said_by_server:
        asked = _("{where} asks for a password. {remedy}")
    elif "password authentication failed" in said_by_server:
        asked = _("{where} does not accept this user name and password. {remedy}")
    else:
        return ""
    return asked.format(where=where, remedy=password_remedy())


def password_remedy() -> str:
    """Return where a server's password belongs, so that nobody types it every morning and no file of ours has it."""
    file = r"%APPDATA%\postgresql\pgpass.conf" if os.name == "nt" else "~/.pgpass"
    return _(
        "Store the password in {file} (a line host:port:database:user:password) or in PGPASSWORD. In an address it is "
        "used until the program ends, and never saved."
    ).format(file=file)


def _why_not(file: Path) -> str:
    """Return what the system says to a file of a few bytes beside ``file``; empty where it may be written."""
    try:
        with NamedTemporaryFile(dir=file.absolute().parent, prefix=f".{file.name}.") as probe:
            probe.write(bytes(_PROBE))
            probe.flush()
    except OSError as error:
        return str(error)
    return ""
