"""What was closed is let go: nothing of it stays in memory, however often it is opened and closed."""

from __future__ import annotations

import gc
import weakref

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt

from app.application import Laboratory
from core.attention.requests import Source
from core.attention.tasks.model_cache import MODELS_KEPT, ModelCache
from core.synonyms.store import Store
from tests.app.synonyms.small_store import make_store


def deleted():
    """Let Qt delete what asked for it, and Python collect what only circles held."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def opened_and_closed(qapp):
    """Open every tab of a laboratory and close it; return weak references to all that it was made of."""
    laboratory = Laboratory(qapp)
    laboratory.show()
    window = laboratory.window
    parts = [laboratory, window, laboratory.background, laboratory.look.theme]
    for name in ("attention", "synonyms", "policy_gradient"):
        window.open(name)
    parts += [part for part in window.findChildren(QObject) if type(part).__module__.startswith("app.")]
    laboratory.close()
    laboratory.deleteLater()
    return [weakref.ref(part) for part in parts]


def test_a_laboratory_that_was_closed_is_let_go_with_all_its_tabs(qapp, qtbot):
    held = opened_and_closed(qapp)
    assert len(held) > 60
    deleted()
    assert [type(ref()).__name__ for ref in held if ref() is not None] == []


def test_a_store_that_was_closed_is_let_go(tmp_path):
    store = Store(make_store(tmp_path / "pairs.db"))
    table = store.table_query()
    assert table.count()
    held = [weakref.ref(part) for part in (store, store.database, table)]
    store.close()
    del store, table
    gc.collect()
    assert [type(ref()).__name__ for ref in held if ref() is not None] == []


class Encoder:
    """Stands for a model that was opened."""


def test_of_many_models_only_the_last_are_kept():
    cache = ModelCache(lambda _name, **_how: Encoder())
    held = []
    for number in range(MODELS_KEPT + 4):
        *_steps, encoder = cache.encoder(Source("text", None, f"model {number}"))
        held.append(weakref.ref(encoder))
        del _steps, encoder
    gc.collect()
    assert [ref() is not None for ref in held] == [False] * 4 + [True] * MODELS_KEPT


def test_a_closed_laboratory_hears_no_more_of_the_systems_theme(start, qapp):
    laboratory = start()
    heard = []
    laboratory.look.theme.choose("system")
    laboratory.look.theme.changed.connect(heard.append)
    laboratory.close()
    qapp.styleHints().colorSchemeChanged.emit(Qt.ColorScheme.Dark)
    assert heard == []
