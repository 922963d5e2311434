"""Labelling with a team while its PostgreSQL server stops, dies, hangs and comes back."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.small_store import candidates, many_pairs
from tests.core.synonyms.store.conftest import new_database
from tests.core.synonyms.store.postgresql import program, unprivileged, why_not
from tests.drill.ledger import ANNOTATOR, OTHER, actions_of, differences, presses, read_ledger
from tests.drill.plan import SEED, cases, marks, some_of
from tests.drill.window import Window, longest_gaps, remember

pytestmark = marks("postgresql")
PAIRS = 200
_HISTORY = """
    SELECT d.id, d.action, d.candidate_id, d.verdict, d.note, d.flagged, d.undoes FROM decisions d
    JOIN annotators a ON a.id = d.annotator_id WHERE a.name = %s ORDER BY d.id
"""


class Server:
    """A PostgreSQL server that can be stopped and started again, with everything it had confirmed."""

    def __init__(self, folder):
        self.folder = folder
        self._as_user = []
        if os.geteuid() == 0:
            shutil.chown(folder, unprivileged())
            self._as_user = ["runuser", "-u", unprivileged(), "--"]
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self._data = folder / "data"
        self._run(program("initdb"), "-D", str(self._data), "-U", "yaya", "-A", "trust", "-E", "UTF8", "--locale=C")
        self.start()

    @property
    def address(self):
        return f"postgresql://yaya@127.0.0.1:{self.port}"

    def start(self):
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=''"
        log = str(self.folder / "log")
        self._run(program("pg_ctl"), "-D", str(self._data), "-w", "-o", options, "-l", log, "start")

    def stop(self, mode):
        self._run(program("pg_ctl"), "-D", str(self._data), "-w", "-m", mode, "stop")

    def processes(self):
        """Return the ids of the server and of all that serve somebody; the postmaster comes first."""
        postmaster = int((self._data / "postmaster.pid").read_text().split()[0])
        children = Path(f"/proc/{postmaster}/task/{postmaster}/children")
        return [postmaster, *map(int, children.read_text().split())]

    def _run(self, *command):
        subprocess.run(
            [*self._as_user, *command], check=True, cwd=self.folder, timeout=120,
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip


def restarted(server, random):
    """The server is stopped, politely or not, and started again after a while."""
    server.stop(random.choice(("fast", "immediate")))
    time.sleep(random.uniform(0, 4))
    server.start()


def hung(server, random):
    """The server answers nothing for a while."""
    stopped = server.processes()
    for pid in stopped:
        os.kill(pid, signal.SIGSTOP)
    time.sleep(random.uniform(0.2, 4))
    for pid in stopped:
        os.kill(pid, signal.SIGCONT)


def held(server, random):
    """Somebody else holds what the window wants to write."""
    import psycopg

    with psycopg.connect(f"{server.address}/{server.database}") as connection:
        connection.execute("LOCK TABLE decisions IN EXCLUSIVE MODE")
        time.sleep(random.uniform(0.2, 4))


@pytest.fixture
def server():
    if reason := why_not():
        pytest.skip(reason)
    pytest.importorskip("psycopg")
    with TemporaryDirectory(prefix="yaya-drill-") as folder:  # the server's own user may not look into pytest's
        started = Server(Path(folder))
        yield started
        started.stop("immediate")


def test_nothing_is_lost_when_the_server_goes_away(server, tmp_path, figures):
    import psycopg

    home = tmp_path / "drill"
    address = new_database(server.address)
    server.database = address.rpartition("/")[2]
    with Store(address) as store:
        store.add(candidates(many_pairs(PAIRS)))
        store.decide(7, Verdict.NOT, OTHER)
    remember(home, store=address, queue={"annotator": ANNOTATOR})
    troubles = (restarted, hung, held)
    figures.update({trouble.__name__: 0 for trouble in troubles})
    for case, random in cases("postgresql", least=len(troubles)):
        with Window(home, "labeller:label", f"{SEED} {case}", 3600) as window:
            window.wait_for("labels")
            for trouble in some_of(troubles, case, random, 3):
                time.sleep(random.uniform(0, 3))
                figures[trouble.__name__] += 1
                trouble(server, random)
                assert window.process.poll() is None, window.told()
            time.sleep(random.uniform(0.5, 5))
            window.kill()
            assert window.troubles() == []
        pressed = presses(read_ledger(home / "ledger"))
        figures.update(
            kills=case + 1, entered=len(pressed), stored=sum(press.outcome == "stored" for press in pressed),
            refused=sum(press.outcome == "refused" for press in pressed), longest_gap=longest_gaps(home),
        )  # fmt: skip
        # What a killed window had sent is confirmed or given up by the server, which may take it a moment.
        time.sleep(1)
        with psycopg.connect(address) as connection:
            rows = connection.execute(_HISTORY, (ANNOTATOR,)).fetchall()
            others = connection.execute(_HISTORY, (OTHER,)).fetchall()
        assert differences(pressed, actions_of(rows)) == []
        assert [(row[2], row[3]) for row in others] == [(7, "not")]
        with Store(address) as store:
            assert store.check() == []
    assert figures["stored"]
