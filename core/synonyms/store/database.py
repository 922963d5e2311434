"""One database behind a store: how it is opened, how transactions begin, wait, fail and are repeated.

SQLite runs in WAL mode with ``synchronous=FULL``: a transaction that has returned is on the disk, readers
never wait for the writer, and a second program on the same file waits its turn. Writers begin with BEGIN
IMMEDIATE, because a transaction that reads first and writes later cannot wait for another writer in WAL mode,
it can only fail. PostgreSQL serves a team by the same code.
"""

from __future__ import annotations

import errno
import os
import random
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, nullcontext, suppress
from importlib.util import find_spec
from pathlib import Path
from typing import Final, TypeVar
from urllib.parse import unquote

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, StatementError

from core.files import note_open_database
from core.language import _
from core.one_line import system_reason
from core.passwords import remember, speakable
from core.synonyms.server import Server
from core.synonyms.store.errors import (
    StoreAddressError,
    StoreError,
    StoreGoneError,
    StoreLockedError,
    StoreUnreachableError,
    password_remedy,
    refuse,
)
from core.synonyms.store.sqlite_file.backup import rescue, said_of_log, said_of_overwritten
from core.synonyms.store.sqlite_file.guard import FileGuard
from core.synonyms.store.sqlite_file.write_ahead_log import continues, leave_marks, log_of, set_aside

Result = TypeVar("Result")

BUSY_SECONDS: Final = 1.0
"""How long SQLite itself waits for a lock at most; all waiting together ends with ``Database.patience``."""

PATIENCE_SECONDS: Final = 15.0
"""How long a write is repeated while another program holds the store."""

_LOG_PAGES: Final = 8000
"""Pages of the write-ahead log (32 MB) after which a writer moves them into the file itself."""


def store_url(address: str | Path) -> URL:
    """Return the database URL of ``address``.

    Args:
        address: a file's path, ``sqlite:///FILE``, or ``postgresql://user:password@host/database``.

    Raises:
        StoreUnreachableError: the address is of another kind, its folder is missing, or the driver is.
    """
    given = os.fspath(address)
    if "://" not in given and speakable(given) != given:
        raise StoreAddressError(_no_store(given))  # an address that lacks its beginning, not the name of a file
    try:
        url = make_url(given) if "://" in given else URL.create("sqlite", database=given)
    except (ArgumentError, ValueError):
        raise StoreAddressError(_no_store(given)) from None
    kind = url.get_backend_name()
    if kind == "sqlite":
        if not url.database or url.database == ":memory:":
            raise StoreUnreachableError(_("A store needs a file name, for example sqlite:///synonyms.db."))
        if "://" in given and "?" in given and not url.database.startswith("file:"):
            raise StoreUnreachableError(
                _('In {address} the file name ends at the "?". Give the file itself, without sqlite:///.').format(
                    address=given
                )
            )
        _check_place(file_of(url.database).absolute(), given)
        return url.set(drivername="sqlite+pysqlite")
    if kind in ("postgresql", "postgres"):
        if find_spec("psycopg") is None:
            raise StoreUnreachableError(_("PostgreSQL needs the `team` extra: pip install 'yaya-lab[team]'."))
        if "@" in (url.host or ""):
            raise StoreUnreachableError(
                _(
                    "The password in {address} contains characters that end it. Write @ as %40, / as %2F and ? as "
                    "%3F, or leave the password out. {remedy}"
                ).format(address=speakable(given), remedy=password_remedy())
            )
        return url.set(drivername="postgresql+psycopg")
    raise StoreAddressError(_no_store(given))


def file_of(database: str) -> Path:
    """Return the file of an SQLite database; a name that begins with ``file:`` is an address, maybe with options."""
    if not database.startswith("file:"):
        return Path(database)
    name = unquote(database.removeprefix("file:").partition("?")[0].partition("#")[0])
    return Path(name.removeprefix("//localhost") if name.startswith("//localhost/") else name)


def _check_place(file: Path, given: str) -> None:
    """Check that a file can have the name ``file`` at all, and that its folder is there.

    Raises:
        StoreUnreachableError: not so.
    """
    try:
        has_folder = file.parent.is_dir()
        file.stat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except ValueError:  # a NUL, or half of a character, which no file system can write
        raise StoreAddressError(_no_store(given)) from None
    except OSError as error:
        message = _("{where} can't be opened ({reason}). Check that the address is right and that it exists.")
        kind = StoreAddressError if error.errno == errno.ENAMETOOLONG else StoreUnreachableError
        raise kind(message.format(where=file, reason=system_reason(error))) from None
    if not has_folder:
        raise StoreUnreachableError(
            _("The folder {folder} does not exist. Make it first, or choose another.").format(folder=file.parent)
        )


def _no_store(address: str) -> str:
    return _("{address!r} is not the address of a store. Give a file, sqlite:///FILE or postgresql://….").format(
        address=speakable(address)
    )


_SECRETS: Final = ("password", "sslpassword")
"""What a server's address may hold that nobody else may read."""


def _without_secrets(url: URL) -> tuple[URL, dict[str, str]]:
    """Return ``url`` as it may be logged by any library, and what the driver has to be told beside it."""
    found = {} if url.password is None else {"password": str(url.password)}
    for name in _SECRETS:
        given = url.query.get(name)
        if given is not None:
            found[name] = given if isinstance(given, str) else given[-1]
    bare = URL.create(url.drivername, url.username, None, url.host, url.port, url.database, url.query)
    return bare.difference_update_query(_SECRETS), found


class Database:
    """The engine of one store, with transactions that wait and explain themselves.

    Attributes:
        url: the address, without its password.
        where: the address as a person may read it: a file's path, or the URL with stars for its password.
        patience: seconds a write is repeated while another program holds the store.
    """

    def __init__(
        self, address: str | Path, *, patience: float = PATIENCE_SECONDS, answer_within: float | None = None
    ) -> None:
        self.url, secrets = _without_secrets(store_url(address))
        remember(*secrets.values())
        self.patience = patience
        self.is_sqlite = self.url.get_backend_name() == "sqlite"
        self.where = (self.url.database or "") if self.is_sqlite else speakable(os.fspath(address))
        self._file_guard = FileGuard(self.file) if self.file is not None else None
        self._lost: StoreGoneError | None = None
        self._is_noted = False
        self._has_written = False
        self._server: Server | None = None
        if not self.is_sqlite:
            self._server = Server(self.url, secrets, patience=patience, answer_within=answer_within)
        self.engine = self._sqlite_engine() if self._server is None else self._server.engine

    def _sqlite_engine(self) -> Engine:
        made = create_engine(self.url, connect_args={"timeout": self._busy_seconds})
        event.listen(made, "connect", self._prepare_sqlite)
        event.listen(made, "connect", self._remember_file)
        event.listen(made, "begin", self._begin_sqlite)
        return made

    @property
    def _busy_seconds(self) -> float:
        return min(BUSY_SECONDS, self.patience)

    def _prepare_sqlite(self, connection: sqlite3.Connection, _record: object) -> None:
        if self._lost is not None:  # the log at that path may be another's by now
            raise self._lost
        _prepare_sqlite(connection, self.patience)

    def _begin_sqlite(self, connection: Connection) -> None:
        write = connection.get_execution_options().get("yaya_write", False)
        # A writer asks again itself, see _patiently.
        connection.exec_driver_sql(f"PRAGMA busy_timeout={0 if write else round(1000 * self._busy_seconds)}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")
        if write:
            self._check_content(_driver(connection))
            leave_marks(_driver(connection))

    @property
    def file(self) -> Path | None:
        """The file of an SQLite store."""
        return file_of(self.where) if self.is_sqlite else None

    def _remember_file(self, _connection: sqlite3.Connection, _record: object) -> None:
        if self._file_guard is not None:
            self._file_guard.note()
            if not self._is_noted:
                note_open_database(self._file_guard.file, is_open=True)
                self._is_noted = True

    def look_after_file(self) -> None:
        """Save what was written into a file that has gone meanwhile, without waiting for the next entry.

        Raises:
            StoreGoneError: see :meth:`_check_file`.
        """
        if self._has_written:
            self._check_file()

    def _check_file(self) -> None:
        """See that what is written will be found again.

        Raises:
            StoreGoneError: the file has gone or is another; what was entered before is in the copy it names.
        """
        if self._lost is None and self._file_guard is not None and self._file_guard.is_lost:
            assert self.file is not None
            # A connection that was opened before still has the old file.
            with self.engine.connect() as connection:
                self._lost = rescue(_driver(connection), self.file)
        if self._lost is not None:
            raise self._lost

    def _check_content(self, connection: sqlite3.Connection) -> None:
        """In a transaction that holds the store, see that no other file was copied over it.

        Raises:
            StoreGoneError: that has happened.
        """
        assert self._file_guard is not None, "only a file is looked at"
        assert self.file is not None
        if self._file_guard.is_overwritten(connection):
            connection.rollback()
            self._lost = said_of_overwritten(self.file, self._file_guard.keep_apart())
            raise self._lost

    def part_from_log(self) -> str:
        """Before the file is opened, put aside a log that belongs to another, and return what to say; usually nothing.

        Raises:
            StoreError: it can't be put aside.
        """
        if self.file is None:
            return ""
        with self._explained():
            try:
                if continues(self.file):
                    return ""
                written = log_of(self.file).stat().st_mtime
                aside = set_aside(self.file)
            except FileNotFoundError:  # another program did it at the same moment
                return ""
            return said_of_log(self.file, aside, written)

    @property
    def is_blank(self) -> bool:
        """Whether there is no file yet, or one without a byte. What a server has must be asked."""
        file = self.file
        return file is not None and (not file.exists() or (file.is_file() and file.stat().st_size == 0))

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one state of the store throughout.

        Raises:
            StoreError: the store cannot be read.
        """
        with self._explained(), self.engine.connect() as connection:
            # SQLite reads one state throughout by itself.
            level = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
            reader = connection.execution_options(**level)
            with reader.begin():
                yield reader

    def write(self, work: Callable[[Connection], Result], *, patience: float | None = None) -> Result:
        """Do ``work`` in one transaction that is on the disk when this returns, or has left no trace.

        While another program holds the store, the whole transaction is repeated for up to ``patience``
        seconds, so ``work`` must have no effect outside the connection.

        Args:
            work: what is done.
            patience: seconds; None for the store's own.

        Raises:
            StoreError: locked for too long, full, read only, unreachable or damaged.
        """
        done = self._patiently(lambda: self._once(work), patience)
        self._wrote()
        return done

    def _once(self, work: Callable[[Connection], Result]) -> Result:
        self._check_file()
        with self._explained(), self.engine.connect() as connection:
            writer = connection.execution_options(yaya_write=True)
            with writer.begin():
                return work(writer)

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open one long transaction to write in: on the disk when the block ends, no trace if it fails.

        Others wait to write until it ends. Only its beginning is repeated while another program writes.

        Raises:
            StoreError: locked for too long, full, read only, unreachable or damaged.
        """

        def begin() -> Connection:
            self._check_file()
            with self._explained():
                connection = self.engine.connect().execution_options(yaya_write=True)
                try:
                    connection.begin()
                except BaseException:
                    connection.close()
                    raise
                return connection

        connection = self._patiently(begin)
        # Closing what was not committed rolls it back.
        with self._explained(), closing(connection):
            yield connection
            connection.commit()
        self._wrote()

    def _wrote(self) -> None:
        """After the first transaction, begin a new log: what is entered from now on goes with no older copy."""
        if not self._has_written and self.is_sqlite:
            with suppress(DBAPIError, sqlite3.Error, StoreError), self.engine.connect() as connection:
                driver = _driver(connection)
                driver.execute("PRAGMA busy_timeout=0")
                driver.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        self._has_written = True

    def _patiently(self, attempt: Callable[[], Result], patience: float | None = None) -> Result:
        """Repeat ``attempt`` while another program holds the store, for up to ``patience`` seconds."""
        deadline = time.monotonic() + (self.patience if patience is None else patience)
        # SQLite hands its lock to whoever asks at the right moment, and itself asks ten times a second: beside a
        # program that writes all the time it would wait for seconds. Asking often finds the first gap.
        pause = 0.001
        while True:
            try:
                return attempt()
            except StoreLockedError:
                if time.monotonic() + pause > deadline:
                    raise
            # Two programs that wait in step would meet again each time.
            time.sleep(pause * random.uniform(0.5, 1.5))  # noqa: S311  no secret depends on it
            pause = min(pause * 1.005, 0.05)

    @contextmanager
    def _explained(self) -> Iterator[None]:
        try:
            with nullcontext() if self._server is None else self._server.bounded():
                yield
        except StoreError:
            raise
        except DBAPIError as error:
            refuse(error.orig or error, self.where, self.file)
        except (sqlite3.Error, OSError) as error:
            refuse(error, self.where, self.file)
        except (UnicodeError, StatementError) as error:
            # SQLite quotes what a damaged file says of its tables, and its driver reads it; or what another program
            # wrote into a column is no text or no number, and can't be asked about.
            refuse(error, self.where, self.file)

    def checkpoint(self) -> None:
        """Move what the write-ahead log holds into the file, as far as nobody has to wait for it.

        Whoever labels must not pay for it with a slow key: the log may grow to ``_LOG_PAGES``, and a program
        in the background calls this. A server does it by itself.

        Raises:
            StoreError: the store cannot be written.
        """
        if self.is_sqlite:
            self._check_file()
            with self._explained(), self.engine.connect() as connection:
                _driver(connection).execute("PRAGMA wal_checkpoint(PASSIVE)").fetchall()

    def close(self) -> None:
        """Close all connections, also under a transaction in another thread that still waits for a server.

        What was written into a file that is gone by now is saved in a copy.
        """
        if self._server is not None:
            self._server.close()
        if self._file_guard is not None and self._lost is None:
            with suppress(StoreError, DBAPIError, sqlite3.Error):
                self.look_after_file()
            self._file_guard.look_back()
            self._file_guard = FileGuard(self._file_guard.file)
        self.engine.dispose()
        if self._is_noted and self.file is not None:
            self._is_noted = False
            note_open_database(self.file, is_open=False)


def _driver(connection: Connection) -> sqlite3.Connection:
    driver = connection.connection.driver_connection
    assert isinstance(driver, sqlite3.Connection), "only SQLite is spoken to directly"
    return driver


def _prepare_sqlite(connection: sqlite3.Connection, patience: float) -> None:
    # Transactions begin where _begin_sqlite says; the driver's own implicit BEGIN could not take the lock
    # early.
    connection.isolation_level = None
    # A text that is none must not make its neighbours unreadable; it is named where rows are checked.
    connection.text_factory = _text
    cursor = connection.cursor()
    try:
        _set_wal(cursor, patience)
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA fullfsync=ON")  # macOS alone: an ordinary fsync stays in the drive's cache there
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA wal_autocheckpoint={_LOG_PAGES}")
        cursor.execute("PRAGMA cache_size=-32768")
        # Not mapped into memory: the window would hold the whole file, and one cut short by another program would
        # kill the process instead of raising an error.
        cursor.execute("PRAGMA mmap_size=0")
        cursor.execute("PRAGMA temp_store=MEMORY")
    finally:
        cursor.close()


def _text(stored: bytes) -> str:
    return stored.decode("utf-8", "surrogateescape")


def _set_wal(cursor: sqlite3.Cursor, patience: float) -> None:
    """Switch to WAL. Programs that open a new file at once must take turns, and SQLite does not wait here."""
    deadline = time.monotonic() + patience
    while True:
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            # A store on a read-only medium keeps the mode it has.
            if "readonly" in str(error):
                return
            if "locked" not in str(error) or time.monotonic() > deadline:
                raise
            time.sleep(0.02)
        else:
            return


def lock_schema(connection: Connection) -> None:
    """Let only one program create or migrate tables at a time. SQLite's write lock already says so."""
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(8927341)"))
