"""A password in a server's address: it opens the store, and nobody reads it anywhere afterwards."""

import json
import logging
from urllib.parse import quote

import psycopg
import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QApplication, QWidget

from core.passwords import speakable
from core.paths import settings_folder
from core.synonyms.store import Store
from tests import program
from tests.app.synonyms.small_store import candidates
from tests.core.synonyms.store.conftest import new_database
from tests.core.synonyms.store.postgresql import GUARDED

SECRET = "pläntéd/p@ss wörd?&#%:x"
SPELT = (SECRET, quote(SECRET), quote(SECRET, safe=""), "pläntéd", quote("pläntéd"), "p%40ss", "p@ss")
LOADING = 90_000


@pytest.fixture(scope="module")
def guarded(postgresql):
    """A database of a user who needs a password, with a dozen pairs in it; the address has none."""
    there = new_database(postgresql)
    with psycopg.connect(there, autocommit=True) as connection:
        connection.execute(f"CREATE ROLE {GUARDED} LOGIN SUPERUSER PASSWORD '{SECRET}'".replace("%", "%%"), ())
    with Store(there) as store:
        store.add(candidates())
    return there.replace("//yaya@", f"//{GUARDED}@")


def with_secret(address, form):
    if form == "user":
        return address.replace("@", f":{quote(SECRET, safe='')}@", 1)
    return f"{address}?password={quote(SECRET)}&connect_timeout=3"


def found_in(text):
    return [spelt for spelt in SPELT if spelt in text]


def everything_said():
    """Every text that any widget or action shows, or would show on a hover."""
    for widget in QApplication.allWidgets():
        yield from texts_of(widget)
        for action in widget.actions():
            yield from texts_of(action)
        for action in widget.findChildren(QAction):
            yield from texts_of(action)


def texts_of(thing: QWidget | QAction):
    names = (
        "text",
        "toolTip",
        "windowTitle",
        "accessibleName",
        "statusTip",
        "whatsThis",
        "placeholderText",
        "toPlainText",
    )
    for name in names:
        read = getattr(thing, name, None)
        if callable(read):
            try:
                yield str(read())
            except TypeError:  # the text of an item, say
                continue


def everything_kept(home):
    for path in home.rglob("*"):
        if path.is_file():
            yield path, path.read_bytes().decode("utf-8", "replace")


@pytest.mark.parametrize("form", ["user", "query"])
def test_a_password_given_in_the_window_opens_the_store_and_is_read_nowhere(
    start, qtbot, guarded, own_home, form, capfd, monkeypatch
):
    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", str(own_home / "none"))
    laboratory = start()
    laboratory.window.open("synonyms")
    tab = laboratory.window.tab("synonyms")
    qtbot.waitUntil(lambda: tab.workspace is not None and tab.workspace.session.store is not None, timeout=LOADING)
    tab.workspace.mining.stop()
    qtbot.waitUntil(lambda: not tab.workspace.mining.is_working, timeout=LOADING)
    tab.open_page("synonyms.sources")
    column = tab.pages["sources"].sidebar
    session = tab.workspace.session
    address = with_secret(guarded, form)
    broken = address.replace("127.0.0.1", "no.such.host.invalid")
    for typed in (broken, address.replace(quote(SECRET[:3]), "wröng"), f"mysql{address[10:]}", address):
        column.server.setText(typed)
        column.go.click()
        qtbot.waitUntil(lambda: session.store is not None or bool(laboratory.window.messages.text), timeout=LOADING)
        assert not found_in(column.server.text())
    qtbot.waitUntil(lambda: session.store is not None and session.store.where == speakable(address), timeout=LOADING)
    qtbot.waitUntil(lambda: session.state.card is not None, timeout=LOADING)
    logging.getLogger("sqlalchemy.engine").error("%r %s", session.store.database.engine.url, address)
    try:
        raise ValueError(f"cannot open {address}")
    except ValueError:
        logging.getLogger(__name__).exception("Nobody caught")
    tab.message.emit("error", f"cannot open {address}")
    said = list(everything_said())
    assert any(speakable(address) in text for text in said)
    assert [text for text in said if found_in(text)] == []
    scene = json.dumps(tab.pages["sources"].save_state()) + json.dumps(tab.pages["card"].save_state())
    assert not found_in(scene)
    laboratory.close()
    kept = dict(everything_kept(own_home))
    assert any(path.name == "settings.json" for path in kept)
    assert [path for path, text in kept.items() if found_in(text)] == []
    saved = json.loads((settings_folder() / "settings.json").read_text(encoding="utf-8"))["tabs"]["synonyms"]
    assert saved["store"].startswith(guarded)
    out, err = capfd.readouterr()
    assert not found_in(out + err)


def test_a_server_that_was_kept_without_its_password_says_where_that_belongs(guarded, own_home, monkeypatch, tmp_path):
    from core.synonyms.store import StoreUnreachableError

    monkeypatch.delenv("PGPASSWORD", raising=False)
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "pgpass"))
    with pytest.raises(StoreUnreachableError, match=r"asks for a password.*pgpass.*PGPASSWORD"):
        Store(guarded)
    monkeypatch.setenv("PGPASSWORD", "wrong")
    with pytest.raises(StoreUnreachableError, match=r"does not accept this user name and password.*pgpass"):
        Store(guarded)
    monkeypatch.setenv("PGPASSWORD", SECRET)
    with Store(guarded) as store:
        assert store.table_query().count() == 12
    monkeypatch.delenv("PGPASSWORD")
    (tmp_path / "pgpass").write_text(f"*:*:*:{GUARDED}:{SECRET.replace(':', chr(92) + ':')}\n", encoding="utf-8")
    (tmp_path / "pgpass").chmod(0o600)
    with Store(guarded) as store:
        assert store.table_query().count() == 12


@pytest.mark.sweep(1)
@pytest.mark.parametrize(
    "address",
    [
        "postgresql://ann:{}@127.0.0.1:1/db",
        "postgresql://ann:{}@127.0.0.1:port/db",
        "postgresql://127.0.0.1:1/db?password={}",
        "mysql://ann:{}@127.0.0.1/db",
        "host=127.0.0.1 port=1 password={}",
        "ann:{}@127.0.0.1/db",
    ],
)
def test_no_command_prints_the_password(address, tmp_path):
    for password in (SECRET, quote(SECRET, safe="")):
        given = address.format(password)
        for debug in ((), ("--debug",)):
            ended = program.run(
                *debug,
                "export",
                "--db",
                given,
                "--format",
                "csv",
                tmp_path / "out.csv",
                home=tmp_path / "home",
                cwd=tmp_path,
            )
            assert ended.returncode == 1
            assert not found_in(ended.stdout + ended.stderr), ended.stderr
    assert all(not found_in(text) for _path, text in everything_kept(tmp_path))


def test_wrong_use_quotes_no_password(tmp_path):
    given = f"postgresql://ann:{quote(SECRET)}@db/pairs"
    for arguments in (
        (given,),
        ("export", "--format", given, "x"),
        ("export", "--db=x", "--format", "csv", "x", given),
    ):
        ended = program.run(*arguments, home=tmp_path / "home", cwd=tmp_path)
        assert ended.returncode == 2
        assert not found_in(ended.stdout + ended.stderr), ended.stderr
