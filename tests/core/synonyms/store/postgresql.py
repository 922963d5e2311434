"""A throw-away PostgreSQL server for tests, where its programs are installed. Nothing is installed here."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

GUARDED = "guarded"
"""The one user whom the server asks for a password; a test that needs it makes the role."""


class Running(str):
    """The address of a server that runs, and how to stop it as a power cut does, and start it again."""

    __slots__ = ("start", "stop")
    start: Callable[[], None]
    stop: Callable[[], None]


def program(name: str) -> str | None:
    """Return the newest installed PostgreSQL program of this name."""
    # Debian keeps them off the PATH, one folder a version.
    debian = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda file: int(file.parts[-3]))
    return str(debian[-1]) if debian else shutil.which(name)


def why_not() -> str | None:
    """Return why no server can be started here, or None."""
    if program("initdb") is None or program("pg_ctl") is None:
        return "no PostgreSQL server is installed (initdb and pg_ctl)"
    if os.name == "posix" and os.geteuid() == 0 and unprivileged() is None:
        return "PostgreSQL refuses to run as root, and no other user can be become"
    return None


def unprivileged() -> str | None:
    """Return a user that root can run a server as."""
    users = Path("/etc/passwd").read_text(encoding="utf-8").splitlines()
    names = {line.partition(":")[0] for line in users}
    chosen = next((name for name in ("postgres", "nobody") if name in names), None)
    return chosen if shutil.which("runuser") else None


@contextmanager
def server() -> Iterator[Running]:
    """Run a server in a temporary folder and give its address without a database's name."""
    initdb, pg_ctl = program("initdb"), program("pg_ctl")
    assert initdb is not None
    assert pg_ctl is not None
    folder = Path(tempfile.mkdtemp(prefix="yaya-postgresql-"))
    data, as_user = folder / "data", []
    if os.name == "posix" and os.geteuid() == 0:
        user = unprivileged()
        assert user is not None
        shutil.chown(folder, user)
        as_user = ["runuser", "-u", user, "--"]
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    def run(*command: str) -> None:
        subprocess.run(
            [*as_user, *command],
            check=True,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            timeout=90,
        )

    # A server that lives for a minute need not survive a power cut.
    options = f"-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off"
    try:
        run(initdb, "-D", str(data), "-U", "yaya", "-A", "trust", "-E", "UTF8", "--no-sync", "--locale=C")
        rules = data / "pg_hba.conf"
        rules.write_text(f"host all {GUARDED} 127.0.0.1/32 scram-sha-256\n{rules.read_text()}")
        running = Running(f"postgresql://yaya@127.0.0.1:{port}")
        running.start = lambda: run(pg_ctl, "-D", str(data), "-w", "-o", options, "-l", str(folder / "log"), "start")
        running.stop = lambda: run(pg_ctl, "-D", str(data), "-w", "-m", "immediate", "stop")
        running.start()
        try:
            yield running
        finally:
            with suppress(subprocess.CalledProcessError):  # a test has stopped it already
                running.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)
