"""Pictures of intensities: cells as large as their edges say, the deepest where several share a pixel."""

from __future__ import annotations

import numpy as np
from PySide6.QtGui import QColor

from app.attention.drawing.indexed_image import enlarged, image, ruled, tiled
from app.theme import contrast
from app.widgets.weight_colours import colour_table, grounds, inks
from core.attention.colormaps import lookup


def test_cells_are_repeated_to_their_size():
    intensities = np.array([[1, 2], [3, 4]], np.uint8)
    big = enlarged(intensities, np.array([0, 1, 3]), np.array([0, 2, 3]))
    assert big.tolist() == [[1, 1, 2], [3, 3, 4], [3, 3, 4]]


def test_where_cells_share_a_pixel_the_deepest_shows():
    intensities = np.array([[0, 9, 0, 0, 5, 0]], np.uint8)
    big = enlarged(intensities, np.array([0, 1]), np.array([0, 0, 0, 1, 1, 1, 2]))
    assert big.tolist() == [[9, 5]]


def test_every_cell_finds_its_way_into_a_small_picture():
    intensities = np.zeros((500, 500), np.uint8)
    intensities[123, 321] = 200
    edges = np.round(np.linspace(0, 90, 501)).astype(np.int64)
    big = enlarged(intensities, edges, edges)
    assert big.shape == (90, 90)
    assert (big == 200).sum() == 1


def test_a_stack_of_maps_is_enlarged_as_each_of_them():
    intensities = np.arange(24, dtype=np.uint8).reshape(2, 3, 4)
    rows, columns = np.array([0, 2, 3, 5]), np.array([0, 1, 3, 4, 6])
    assert np.array_equal(enlarged(intensities, rows, columns)[1], enlarged(intensities[1], rows, columns))


def test_pixels_wear_the_colour_of_their_depth():
    picture = image(np.array([[0, 128, 255]], np.uint8), "red")
    for x, intensity in enumerate((0, 128, 255)):
        assert QColor(picture.pixel(x, 0)).getRgb()[:3] == tuple(lookup("red")[intensity])
    assert QColor(picture.pixel(0, 0)) == QColor("#ffffff")


def test_between_the_tiles_one_sees_through():
    tiles = np.full((2, 2, 2), 255, np.uint8)
    picture = tiled(tiles, [(0, 0), (3, 0)], height=2, width=5, table="red")
    assert QColor.fromRgba(picture.pixel(2, 0)).alpha() == 0
    assert QColor.fromRgba(picture.pixel(3, 1)).alpha() == 255


def test_ink_can_be_read_on_every_depth_of_every_colormap():
    for colormap in ("red", "viridis", "cividis", "difference"):
        for ink, colour in zip(inks(colormap), colour_table(colormap), strict=True):
            assert contrast(ink, f"#{colour & 0xFFFFFF:06x}") >= 4.5, (colormap, hex(colour))


def test_words_keep_the_paper_where_nothing_is_and_can_be_read_everywhere():
    for paper in ("#f5f4f0", "#1e2023"):
        table = grounds("red", paper)
        assert table[0][0] == paper
        assert table[255][0] == "#67000d"
        assert min(contrast(ground, ink) for ground, ink in table) >= 4.5


def test_lines_stand_on_the_first_pixel_of_each_cell_but_the_first():
    ink = QColor(200, 100, 0, 128)
    picture = ruled(np.array([0, 4, 9]), np.array([0, 3, 6, 10]), ink)
    assert (picture.width(), picture.height()) == (10, 9)
    inked = {(x, y) for x in range(10) for y in range(9) if picture.pixelColor(x, y).alpha()}
    assert inked == {(x, y) for x in range(10) for y in range(9) if x in (3, 6) or y == 4}
    crossing = picture.pixelColor(3, 4)  # drawn once, not darker than the rest
    assert all(abs(one - other) <= 1 for one, other in zip(crossing.getRgb(), ink.getRgb(), strict=True))


def test_one_cell_has_no_lines():
    picture = ruled(np.array([0, 5]), np.array([0, 5]), QColor("black"))
    assert not any(picture.pixelColor(x, y).alpha() for x in range(5) for y in range(5))


def test_a_cell_too_thin_for_a_pixel_has_no_line():
    picture = ruled(np.array([0, 3, 6, 6]), np.array([0, 4, 4, 8, 8, 8]), QColor("#ff0000"))
    assert (picture.width(), picture.height()) == (8, 6)
    red = {(x, y) for x in range(8) for y in range(6) if picture.pixelColor(x, y).alpha()}
    assert red == {(x, 3) for x in range(8)} | {(4, y) for y in range(6)}
