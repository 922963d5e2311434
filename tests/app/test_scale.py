from itertools import pairwise

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont

from app.scale import STEPS, TYPE_SIZES, UiScale, comfortable_zoom


@pytest.fixture
def scale(qapp):
    return UiScale()


def test_em_is_a_multiple_of_the_line_on_a_grid_of_eighths(scale, monkeypatch):
    monkeypatch.setattr(scale, "_line", 16)
    assert [scale.em(n) for n in (0, 0.125, 0.25, 0.5, 1, 1.25, 2)] == [0, 2, 4, 8, 16, 20, 32]
    assert scale.em(0.01) == 2, "more than nothing is never nothing"
    monkeypatch.setattr(scale, "_line", 5)
    assert scale.em(0.125) == 1


def test_equal_lengths_are_equal_everywhere(scale):
    for zoom in STEPS:
        scale.set_zoom(zoom)
        lengths = [scale.em(eighths / 8) for eighths in range(40)]
        assert lengths == sorted(lengths)
        assert all(isinstance(length, int) for length in lengths)


def test_zoom_walks_through_the_steps_and_stops_at_both_ends(scale):
    seen = [scale.zoom]
    for _ in range(len(STEPS)):
        scale.zoom_in()
        seen.append(scale.zoom)
    assert tuple(dict.fromkeys(seen)) == tuple(step for step in STEPS if step >= 1)
    for _ in range(len(STEPS) + 1):
        scale.zoom_out()
    assert scale.zoom == STEPS[0] == 0.7
    assert STEPS[-1] == 3.0


def test_changed_says_the_effective_factor_once_a_change(scale):
    heard = []
    scale.changed.connect(heard.append)
    scale.set_zoom(2.0)
    scale.set_zoom(2.0)
    scale.set_enlargement(1.25)
    scale.reset()
    assert heard == [2.0, 2.5, 1.25]
    assert (scale.zoom, scale.factor) == (1.0, 1.25)


def test_an_odd_factor_from_an_old_settings_file_goes_to_the_nearest_step(qapp):
    assert UiScale(1.3).zoom == 1.25
    assert UiScale(-4).zoom == 0.7
    assert UiScale(99).zoom == 3.0


def test_type_grows_in_clear_steps_and_with_the_zoom(scale):
    sizes = [scale.point_size(size) for size in ("caption", "body", "title", "display")]
    assert all(larger / smaller > 1.14 for smaller, larger in pairwise(sizes))
    line = scale.line
    scale.set_zoom(2.0)
    assert scale.point_size() == 2 * sizes[1]
    assert scale.line == pytest.approx(2 * line, abs=1)
    assert scale.font("title", bold=True).bold()
    assert scale.font("title").pointSizeF() == pytest.approx(2 * sizes[1] * TYPE_SIZES["title"], abs=0.01)
    assert scale.icon_size(1.5) == QSize(scale.em(1.5), scale.em(1.5))


@pytest.mark.parametrize(
    ("width", "height", "zoom"),
    [(1024, 768, 0.9), (1366, 768, 0.9), (1920, 1080, 1.0), (2560, 1440, 1.25), (3840, 2160, 2.0), (7680, 4320, 2.0)],
)
def test_a_first_start_fits_the_screen(width, height, zoom):
    # Lines of 18 pixels: 42.7, 60, 80, 120 and 240 of them, where 54 are roomy.
    assert comfortable_zoom(QSize(width, height), 18) == zoom


def test_a_font_is_put_together_once_a_size_and_given_away_as_a_copy(scale, monkeypatch):
    made = []
    monkeypatch.setattr("app.scale.ui_font", lambda size: made.append(size) or QFont("Noto Sans SC", round(size)))
    scale.set_zoom(1.5)
    made.clear()
    first = scale.font("title")
    first.setItalic(True)
    assert not scale.font("title").italic()
    assert scale.font("title", bold=True).bold()
    assert len(made) == 2
    scale.set_zoom(2.0)
    assert scale.font("title").pointSize() > first.pointSize()
