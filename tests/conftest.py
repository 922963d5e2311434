"""What every test gets: no display, an own home folder, English, and a look for what it left running."""

from __future__ import annotations

import contextlib
import gc
import itertools
import multiprocessing
import os
import shutil
import signal
import sqlite3
import sys
import threading
from contextlib import closing
from pathlib import Path

import psutil
import pytest
from hypothesis import HealthCheck, settings

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("DISPLAY", None)
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else each program that a test starts compiles itself anew

from core.language import set_language
from core.runtime.threads import default_to_one_thread

# On a busy machine an example may take its time; how long things take is measured elsewhere.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")


PROCESSES = 3
"""Of the whole suite. What is expensive to build is built once in each; one computes while another waits."""

USUAL = "not drill and not long"
"""What pyproject.toml chooses where nobody chooses."""


@pytest.hookimpl(tryfirst=True)
def pytest_cmdline_main(config):
    """Run the whole suite in a few processes, and what is named or chosen in one; ``-n`` says otherwise."""
    chosen = config.option
    everything = all(Path(named).resolve() == Path(__file__).parent for named in config.args)
    is_whole = everything and not (chosen.keyword or chosen.markexpr != USUAL or chosen.usepdb or chosen.collectonly)
    is_first = not hasattr(config, "workerinput")
    if is_whole and is_first and getattr(chosen, "numprocesses", 0) is None:
        chosen.numprocesses, chosen.dist, chosen.loadscopereorder = PROCESSES, "loadfile", False


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    """Leave what a sweep has too many of to the long run, and begin with the files that take longest.

    Those have real windows and workers: else one process would wait for them at the end.
    """
    sweeps = {}
    for item in items:
        if item.get_closest_marker("sweep") and not item.get_closest_marker("long"):
            sweeps.setdefault((item.path, item.cls, item.originalname), []).append(item)
    for swept in sweeps.values():
        kept = swept[0].get_closest_marker("sweep").args[0]
        usual = {turn * len(swept) // kept for turn in range(kept)}
        for turn, item in enumerate(swept):
            if turn not in usual:
                item.add_marker("long")
    tests = Path(__file__).parent
    long = (tests / "promises", tests / "app" / "tour", tests / "test_commands_in_documents.py")
    items.sort(key=lambda item: not any(item.path.is_relative_to(each) for each in long))


def pytest_collection_finish():
    """Set aside what is imported: what looks for things left behind need not go through all of it."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item, call):
    """Write half a character that a test had said as text: it could not go from one process to the other."""
    report = yield
    report.sections = [(name, text.encode("utf-8", "backslashreplace").decode()) for name, text in report.sections]
    return report


def pytest_configure():
    """Hear the signals that tests send, and let the programs they start hear them.

    Whoever runs the suite in the background of a shell, or under ``nohup``, has them ignored, and that is inherited.
    """
    sys.dont_write_bytecode = False  # what tests are made into is kept for the next run
    for name in ("SIGINT", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, signal.default_int_handler if name == "SIGINT" else signal.SIG_DFL)


FORKED_WITH = [
    "core.policy_gradient.train", "gymnasium.envs.classic_control", "pygame", "torch.optim.rmsprop", "torch._dynamo",
    "core.attention.tasks.attention_map", "core.attention.encoders.e5", "transformers",
    "core.synonyms.evidence.gather", "core.synonyms.queue.planner", "core.synonyms.store.table_task",
    "ziamath.tex", "ziamath.zmath", "tests.preloaded",
]  # fmt: skip
"""What the workers of tests need not import or open anew. It is most of what a worker takes in a test."""


@pytest.fixture(autouse=True, scope="session")
def fork_server():
    """Fork the workers of tests from one process that has imported what they need; tests of workers spawn theirs.

    What a whole program starts is spawned in any case: it knows nothing of this.
    """
    if sys.platform == "linux":  # elsewhere a process with libraries loaded can't be forked, or none can
        default_to_one_thread()
        multiprocessing.set_start_method("forkserver")
        multiprocessing.set_forkserver_preload(FORKED_WITH)


@pytest.fixture
def spawned_workers(fork_server):
    """Let workers begin as they do in the program."""
    usual = multiprocessing.get_start_method()
    multiprocessing.set_start_method("spawn", force=True)
    yield
    multiprocessing.set_start_method(usual, force=True)


@pytest.fixture(autouse=True)
def own_home(tmp_path, monkeypatch):
    """Keep the user's settings and data out of the tests, and the tests out of them."""
    home = tmp_path / "home"
    monkeypatch.setenv("YAYA_LAB_HOME", str(home))
    set_language("en")
    yield home
    set_language("en")


@pytest.fixture(scope="session")
def parsed_material(tmp_path_factory, worker_id):
    """What the program computes of shipped vectors and sentences at its first use, once for all processes of a run."""
    from core.synonyms.evidence.gather import EvidenceConfig, open_reader

    mine = tmp_path_factory.getbasetemp()
    folder = mine if worker_id == "master" else mine.parent
    home, whole = folder / "parsed", folder / "parsed-whole"
    with closing(sqlite3.connect(folder / "parsed-by-one", timeout=100, isolation_level=None)) as turn:
        turn.execute("BEGIN EXCLUSIVE")  # whoever comes meanwhile waits, and finds it
        if not whole.exists():
            with pytest.MonkeyPatch.context() as patch:
                patch.setenv("YAYA_LAB_HOME", str(home))
                for _progress in open_reader(EvidenceConfig()):
                    pass
            whole.touch()
    return home / "data"


@pytest.fixture
def parsed(own_home, parsed_material):
    """Find shipped vectors and sentences parsed, as a second start does: most of the time of the first goes there."""
    for kind in parsed_material.iterdir():
        shutil.copytree(kind, own_home / "data" / kind.name, copy_function=os.link)


DASK_THREADS = ("IO loop", "Dask-Offload")
"""Threads of Dask's clients, which are left asleep for the next: one that talks, one that unpacks large messages."""
SERVERS = ("multiprocessing.resource_tracker", "multiprocessing.forkserver", "loky.backend.resource_tracker")


def running_below(pid):
    """Return the ids of all processes that ``pid`` and its children have started."""
    if sys.platform != "linux":
        return {child.pid for child in psutil.Process(pid).children(recursive=True)}
    below = set()  # psutil asks after every process of the machine, 5 ms in each of thousands of tests
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        with contextlib.suppress(OSError):  # what has ended meanwhile
            below.update(map(int, task.read_text().split()))
    return below.union(*map(running_below, below))


@pytest.fixture(autouse=True)
def leaves_nothing_running():
    """Fail a test that leaves a thread or a process behind."""
    threads = set(threading.enumerate())
    me = os.getpid()
    children = running_below(me)
    yield
    loky = sys.modules.get("joblib.externals.loky.reusable_executor")
    if loky is not None and loky._executor is not None:  # a command's processes wait for more work
        loky._executor.shutdown(wait=True)
    left_threads = [
        t for t in threading.enumerate() if t not in threads and not t.name.startswith(DASK_THREADS) and t.is_alive()
    ]
    for thread in left_threads:
        thread.join(1)  # a pool that was told to stop has threads that still do
    left_threads = [t for t in left_threads if t.is_alive()]
    new = running_below(me) - children
    left_processes = [
        child
        for child in (psutil.Process(me).children(recursive=True) if new else ())
        if child.pid in new
        # What has ended and only waits to be asked how takes nothing, and has no command line.
        and child.status() != psutil.STATUS_ZOMBIE
        # What serves all tests: the tracker of shared memory and the fork server, but not what that has forked.
        and not (child.ppid() == me and any(name in " ".join(child.cmdline()) for name in SERVERS))
    ]
    assert not left_threads, f"threads left running: {left_threads}"
    assert not left_processes, f"processes left running: {left_processes}"


@pytest.fixture(autouse=True)
def leaves_no_timer(request):
    """Fail a test of the window that leaves a timer ticking."""
    if "qtbot" not in request.fixturenames:
        yield
        return
    # What was there before is set aside, so that the look below goes through what the test made, not through torch.
    gc.collect()
    gc.freeze()
    yield
    from PySide6.QtCore import QCoreApplication, QEvent, QTimer
    from shiboken6 import isValid

    # Outside an event loop Qt leaves what asked to be deleted where it is.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    # issubclass, not isinstance: some libraries keep objects that warn when asked for their class.
    timers = [o for o in gc.get_objects() if issubclass(type(o), QTimer) and isValid(o) and o.isActive()]
    assert not timers, f"timers left ticking: {[(t, t.parent()) for t in timers]}"


FILES_KEPT = 40
"""After so many files what was set aside is gone through, with all that libraries keep: that takes a second."""


@pytest.fixture(scope="session")
def files_ended():
    return itertools.count(1)


@pytest.fixture(autouse=True, scope="module")
def leaves_nothing_kept(files_ended):
    """Let go, every so many files, of what stood before a test, and was set aside, and is not needed any more."""
    yield
    if next(files_ended) % FILES_KEPT == 0:
        gc.unfreeze()
        gc.collect()
        gc.freeze()


@pytest.fixture(scope="session")
def postgresql():
    """The address of a throw-away PostgreSQL server, without a database's name."""
    from tests.core.synonyms.store.postgresql import server, why_not

    if reason := why_not():
        pytest.skip(reason)
    with server() as address:
        yield address


@pytest.fixture(scope="session")
def qapp(qapp):
    """Have the shipped letters, as the program has: how wide words are must not hang on the machine's own."""
    from app.fonts import load_fonts

    assert load_fonts() is None
    return qapp


@pytest.fixture
def start(qtbot, qapp):
    """Start the real program, as often as a test likes; every one is closed in the end."""
    from app.application import Laboratory

    started = []

    def start_one(*, show=True):
        qapp.setStyleSheet("")  # each is built before it has a sheet, as the program's only one is
        laboratory = Laboratory(qapp)
        started.append(laboratory)
        if show:
            laboratory.show()
        return laboratory

    yield start_one
    for laboratory in started:
        laboratory.close()
        laboratory.deleteLater()
    qapp.setStyleSheet("")  # the small pictures that a sheet takes from files go with their window


@pytest.fixture
def laboratory(start):
    """The real program with its window shown."""
    return start()
