"""Views that are made when a test asks for them: each test here looks at one."""

from __future__ import annotations

import pytest

from app.attention.views import VIEWS
from app.attention.views.base import build_view


class MadeWhenAsked(dict):
    """Views by their id."""

    def __init__(self, make):
        super().__init__()
        self._make = make

    def __missing__(self, name):
        self[name] = self._make(name)
        return self[name]


@pytest.fixture
def views(look, selection, qtbot):
    """Every view, by its id."""

    def make(name):
        view = build_view(next(spec for spec in VIEWS if spec.id == name), look, selection)
        qtbot.addWidget(view.widget)
        qtbot.addWidget(view.own_controls)
        return view

    made = MadeWhenAsked(make)
    yield made
    for view in made.values():
        view.deleteLater()
