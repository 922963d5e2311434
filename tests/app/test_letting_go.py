"""What was closed is let go: nothing of it stays in memory, however often it is opened and closed."""

from __future__ import annotations

import gc
import weakref

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject

from app.application import Laboratory
from core.attention.requests import Source
from core.attention.tasks.model_cache import MODELS_KEPT, Desk
from core.synonyms.store import Store
from tests.app.synonyms.small_store import make_store

LOADING = 60_000


def deleted():
    """Let Qt delete what asked for it, and Python collect what only circles held."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


@pytest.mark.usefixtures("qtbot")
def test_a_laboratory_that_was_closed_is_let_go_with_all_its_tabs(qapp, qtbot):
    laboratory = Laboratory(qapp)
    laboratory.show()
    window = laboratory.window
    for name in ("attention", "synonyms", "policy_gradient"):
        window.open(name)
        qtbot.waitUntil(lambda name=name: window.open_tab is window.tab(name))
    held = [weakref.ref(part) for part in (laboratory, window, laboratory.background, laboratory.look.theme)]
    held += [weakref.ref(part) for part in window.findChildren(QObject) if type(part).__module__.startswith("app.")]
    assert len(held) > 60
    laboratory.close()
    laboratory.deleteLater()
    del laboratory, window
    deleted()
    assert [ref() for ref in held if ref() is not None] == []


def test_a_store_that_was_closed_is_let_go(tmp_path):
    store = Store(make_store(tmp_path / "pairs.db"))
    table = store.window()
    assert table.count()
    held = [weakref.ref(part) for part in (store, store.database, table)]
    store.close()
    del store, table
    gc.collect()
    assert [ref() for ref in held if ref() is not None] == []


class Encoder:
    """Stands for a model that was opened."""


def test_of_many_models_only_the_last_are_kept():
    desk = Desk(lambda _name, download: Encoder())
    held = []
    for number in range(MODELS_KEPT + 4):
        *_steps, encoder = desk.encoder(Source("text", None, f"model {number}"))
        held.append(weakref.ref(encoder))
        del _steps, encoder
    gc.collect()
    assert [ref() is not None for ref in held] == [False] * 4 + [True] * MODELS_KEPT
