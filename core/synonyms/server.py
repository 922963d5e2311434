"""PostgreSQL behind a store: its engine, what each connection is told, and how long silence is borne.

A server may take a connection and never answer, or fall silent in the middle of a transaction. No setting of the
driver ends that wait; the socket is hung up instead, and the driver tells of a connection that was lost.
"""

from __future__ import annotations

import os
import socket
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from typing import Any, Final

from sqlalchemy import Engine, create_engine, event
from sqlalchemy.engine import URL

_LOCK_SECONDS: Final = 5.0
"""How long a statement waits at most for what another program has locked; then the whole transaction is repeated."""
_LEAST_LOCK_SECONDS: Final = 1.0

_CONNECT_SECONDS: Final = 10
"""How long it is tried to connect."""

_KEPT_ALIVE: Final = {
    "keepalives": 1,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 20_000,
}
"""A network that has gone is noticed within half a minute; the system's own settings take hours."""


class Server:
    """The connections to one server.

    Attributes:
        engine: SQLAlchemy's.
    """

    def __init__(self, url: URL, secrets: Mapping[str, str], *, patience: float, answer_within: float | None) -> None:
        """Connect to nothing yet.

        Args:
            url: the address without its passwords.
            secrets: the passwords.
            patience: seconds a write is repeated while another program holds the store.
            answer_within: seconds after which a connection, or a transaction, that has not ended is given up; None
                where one may take as long as it takes.
        """
        self._answer_within = answer_within
        self._open: list[Any] = []
        self._is_closed = False
        self._lock_seconds = min(_LOCK_SECONDS, max(_LEAST_LOCK_SECONDS, patience))
        connecting = _CONNECT_SECONDS if answer_within is None else min(_CONNECT_SECONDS, round(answer_within))
        usual = _KEPT_ALIVE | {"connect_timeout": connecting, "application_name": "yaya-lab"}
        self.engine: Engine = create_engine(
            url,
            pool_pre_ping=True,
            connect_args={name: value for name, value in usual.items() if name not in url.query} | dict(secrets),
        )
        event.listen(self.engine, "connect", self._prepare)
        event.listen(self.engine, "close", self._forget)
        event.listen(self.engine, "close_detached", self._forget)
        event.listen(self.engine, "checkin", self._take_back)

    def _prepare(self, connection: Any, _record: object) -> None:
        self._open.append(connection)
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = '{round(1000 * self._lock_seconds)}ms'")
            # Asked for even where an administrator has traded durability for speed.
            cursor.execute("SET synchronous_commit = on")
        connection.commit()

    def _forget(self, connection: Any, *_record: object) -> None:
        with suppress(ValueError):
            self._open.remove(connection)

    def _take_back(self, connection: Any, _record: object) -> None:
        """After the end, close what another thread had in use: its pool, which would keep it open, is gone."""
        if self._is_closed and connection is not None:
            connection.close()
            self._forget(connection)

    @contextmanager
    def bounded(self) -> Iterator[None]:
        """Give the connections up if the block has not ended in time."""
        if self._answer_within is None:
            yield
            return
        alarm = threading.Timer(self._answer_within, self.hang_up)
        alarm.daemon = True
        alarm.start()
        try:
            yield
        finally:
            alarm.cancel()

    def close(self) -> None:
        """Let no connection stay open: one that another thread has in use fails, and is closed when given back."""
        self._is_closed = True
        self.hang_up()

    def hang_up(self) -> None:
        """End whatever waits for the server: it fails as if the server had closed the connection. From any thread."""
        for connection in list(self._open):
            with suppress(Exception):  # one that is closed already has no socket
                line = socket.socket(fileno=os.dup(connection.pgconn.socket))
                with line:
                    line.shutdown(socket.SHUT_RDWR)
