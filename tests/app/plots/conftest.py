import pytest

from app.panel import Look
from app.scale import UiScale
from app.theme import ThemeController


@pytest.fixture
def look(qapp):
    scale = UiScale()
    return Look(ThemeController(qapp, scale), scale)
