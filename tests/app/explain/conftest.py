"""A look, a page that writes down what it is told, and a background without a process."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal

from app.explain import LANE
from app.explain.symbols import LATEX
from app.explain.texts import page_ids, page_text
from app.page import Explanation
from app.panel import Look
from app.scale import UiScale
from app.theme_controller import ThemeController
from core.formulas import typeset
from core.runtime.events import Failed, new_run_id

PAGES = page_ids("en")


@pytest.fixture(scope="module")
def worn(qapp):
    """One look for all tests of a file: to put it on anew for each of two hundred would take most of the time."""
    scale = UiScale(1.0)
    theme = ThemeController(qapp, scale, "light")
    yield Look(theme, scale)
    theme.deleteLater()


@pytest.fixture
def look(worn):
    """The light theme at its usual size."""
    yield worn
    worn.theme.choose("light")
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(scope="session")
def pictures():
    """Every formula of every page, typeset once."""
    formulas = {formula: formula for page in PAGES for formula in page_text(page, "en").formulas}
    (typed,) = typeset(formulas, LATEX)
    return typed.pictures


class FakePage(QObject):
    """A page whose values a test sets."""

    symbol_pointed = Signal(str)
    explanation_changed = Signal()

    def __init__(self, page_id, **values):
        super().__init__()
        self.page_id = page_id
        self.values = values
        self.lit = []

    def explain(self):
        return Explanation(self.page_id, dict(self.values))

    def light_symbol(self, symbol):
        self.lit.append(symbol)

    def save_state(self):
        return {}

    def restore_state(self, state):
        pass

    def change(self, **values):
        self.values = values
        self.explanation_changed.emit()


class ScriptedRun(QObject):
    """A run that ends when the test says so."""

    progressed = Signal(object)
    finished = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, job):
        super().__init__()
        self.job = job

    def cancel(self):
        pass

    def succeed(self):
        self.progressed.emit(tuple(self.job.open()))
        self.finished.emit(None)

    def fail(self, message):
        self.failed.emit(Failed(new_run_id(), "OSError", message, ""))


class ScriptedBackground(QObject):
    """Keeps runs instead of running them."""

    def __init__(self):
        super().__init__()
        self.runs = []

    def start(self, lane, job, **_how):
        assert lane == LANE
        self.runs.append(ScriptedRun(job))
        return self.runs[-1]


@pytest.fixture
def background(qapp):
    return ScriptedBackground()
