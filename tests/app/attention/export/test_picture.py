"""An exported stage is what is on the screen, with its scale of colours and its caption below."""

from __future__ import annotations

import numpy as np
import pytest
from PySide6.QtGui import QImage

from app.attention.export.picture import StagePicture
from app.attention.tab import AttentionTab
from core.attention.colormaps import lookup
from tests.app.attention.conftest import E5, end, map_of
from tests.pictures import extent, inked, seen, where, within

DEEP = "#67000d"


@pytest.fixture
def tab(worn, background, qtbot):
    made = AttentionTab(worn, background)
    made.resize(1300, 900)
    made.session.want(text="abcd", layer=0, scale="linear")
    made.opened()
    made.show()
    qtbot.waitExposed(made)
    weights = np.zeros((4, 4), np.float32)
    weights[0, 3] = weights[1, 0] = 1
    weights[2:] = 0.25
    background.last.answer(map_of("abcd", weights, card=E5))
    yield made
    end(made, qtbot)


@pytest.mark.sweep(1)
def test_the_file_shows_the_map_of_the_screen_above_its_scale_and_its_caption(tab, worn):
    kept = StagePicture(worn, tab.presenter, tab.stage)
    image = QImage.fromData(kept.png())
    pixels, ground = seen(image), worn.theme.theme.colours.stage
    deep = where(pixels, DEEP)
    on_screen = where(seen(tab.stage.page), DEEP)
    # The map: the same cells at the same places, twice as sharp.
    shown, written = extent(on_screen), extent(within(deep, bottom=2 * tab.stage.page.height()))
    em = worn.scale.em
    assert (written.left / 2 - em(0.5), written.top / 2 - em(0.25)) == pytest.approx((shown.left, shown.top), abs=1.5)
    assert (written.width / 2, written.height / 2) == pytest.approx((shown.width, shown.height), abs=1)
    corner = within(deep, left=written.x, bottom=written.y)
    assert extent(corner).right == written.right  # the first row looks at the last column
    # Below it the bar from 0 to 1, below that the words.
    bar = extent(within(where(pixels, lookup("red")[250], near=6), top=2 * tab.stage.page.height()))
    words = within(inked(pixels, ground), top=bar.bottom + 2 * em(1.5))
    assert bar.top > written.bottom
    assert extent(words).top > bar.bottom
    assert extent(words).width > 300


@pytest.mark.sweep(1)
def test_small_cells_end_between_the_pixels_of_the_screen(tab, worn, background):
    text = "ab" * 62
    tab.session.want(text=text)
    background.last.answer(map_of(text, np.eye(124, dtype=np.float32), card=E5))
    kept = StagePicture(worn, tab.presenter, tab.stage)
    pixels = seen(QImage.fromData(kept.png()))
    deep = within(where(pixels, DEEP), bottom=2 * tab.stage.page.height())
    room = extent(deep)
    tops = [int(np.flatnonzero(deep[:, x])[0]) for x in range(room.left, room.right) if deep[:, x].any()]
    assert len(set(tops)) > 80
    assert 0.2 < np.mean([top % 2 for top in set(tops)]) < 0.8  # as many begin at the second half of a pixel
