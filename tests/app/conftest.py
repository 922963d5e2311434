"""What tests of every part of the window need."""

import pytest

from app.panel import Look
from app.scale import UiScale
from app.theme import ThemeController


@pytest.fixture
def look(qapp):
    """The light theme at its usual size, gone with the test."""
    scale = UiScale(1.0)
    theme = ThemeController(qapp, scale, "light")
    yield Look(theme, scale)
    theme.deleteLater()
