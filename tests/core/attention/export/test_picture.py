"""What a person reads off an exported map: which row is which, where its weight lies, and what the bar says."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import numpy as np
import pytest
from PIL import Image

from core.attention.colormaps import lookup, paint
from core.attention.export.map_files import pixel_box, write_png, write_svg
from core.attention.export.picture import Text, draw_map
from core.attention.head_patterns import entropy
from core.attention.requests import SCALES
from core.attention.results import AttentionMap, ModelCard, Token

SVG = "{http://www.w3.org/2000/svg}"
CARD = ModelCard("tiny", "Tiny", "encoder", layers=2, heads=3, width=6, limit=64, origin="nowhere")
DEEP = (0x67, 0, 0x0D)


def tokens(words):
    return tuple(Token(word, at, at + len(word), special=False, piece=word) for at, word in enumerate(words))


def map_of(weights, rows, columns):
    weights = np.asarray(weights, np.float32)
    n, m = weights.shape
    return AttentionMap(
        card=CARD, stack="encoder", unit="word", aggregation="weights", layer=0, head=None, rows=tokens(rows),
        columns=tokens(columns), weights=weights, hidden=np.zeros(n, np.float32), entropy=entropy(weights),
        reach=np.tile(np.array([0, m]), (n, 1)), texts=("",), tokens=n + 2, windows=1, note="",
        milliseconds={"read": 1.0, "show": 1.0},
    )  # fmt: skip


@pytest.fixture
def drawn(tmp_path):
    """The layout of a map, and the pixels of its PNG."""

    def draw(shown, scale="linear"):
        picture = draw_map(shown, "red", scale)
        write_png(tmp_path / "map.png", picture)
        with Image.open(tmp_path / "map.png") as image:
            return picture, np.asarray(image.convert("RGB")).astype(int)

    return draw


def ink_of(pixels, top, bottom, left, right):
    """How wide and how high is what is written in a room."""
    ink = (pixels[round(top) : round(bottom), round(left) : round(right)] < 128).all(axis=-1)
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    return (columns[-1] - columns[0] + 1, rows[-1] - rows[0] + 1) if len(columns) else (0, 0)


@pytest.mark.parametrize("place", [(0, 2), (2, 0), (1, 2)])
def test_queries_run_down_and_keys_to_the_right(drawn, place):
    weights = np.zeros((3, 3))
    weights[place] = 1
    picture, pixels = drawn(map_of(weights, "abc", "abc"))
    left, top, right, bottom = pixel_box(picture.cells)
    rows, columns = np.nonzero((pixels == DEEP).all(axis=-1)[top:bottom, left:right])
    third = (right - left) / 3
    assert (columns.min() / third, rows.min() / third) == pytest.approx((place[1], place[0]), abs=0.1)
    assert (columns.max() / third, rows.max() / third) == pytest.approx((place[1] + 1, place[0] + 1), abs=0.1)


def test_every_row_has_its_own_word_beside_it_and_every_column_above_it(drawn):
    shown = map_of(np.zeros((3, 4)), ["i", "wwwwwww", "i"], ["i", "i", "w", "i"])
    picture, pixels = drawn(shown)
    left, top, right, bottom = pixel_box(picture.cells)
    high, wide = (bottom - top) / 3, (right - left) / 4
    beside = [ink_of(pixels, top + row * high, top + (row + 1) * high, 0, left - 2)[0] for row in range(3)]
    above = [ink_of(pixels, 0, top - 2, left + column * wide, left + (column + 1) * wide)[0] for column in range(4)]
    assert beside[1] > 5 * max(beside[0], beside[2])
    assert above[2] > 2 * max(above[0], above[1], above[3])


def test_slanted_words_begin_above_their_own_columns(drawn):
    words = ["iiiiiiiiii", "wwwwwwwwwwww", "iiiiiiiiii"]
    picture, _pixels = drawn(map_of(np.zeros((3, 3)), "abc", words))
    slanted = [mark for mark in picture.marks if isinstance(mark, Text) and mark.slanted]
    assert [mark.words for mark in slanted] == words
    cell = picture.cells.width / 3
    assert [mark.x for mark in slanted] == pytest.approx([picture.cells.x + (i + 0.5) * cell for i in range(3)])
    assert all(mark.y <= picture.cells.y for mark in slanted)


def test_words_turn_upwards_to_the_right(drawn):
    picture, pixels = drawn(map_of(np.zeros((2, 1)), "ab", ["wwwwwwwwwwww"]))
    left, top, right, _bottom = pixel_box(picture.cells)
    ink = (pixels[: top - 2, left:] < 128).all(axis=-1)
    rows, columns = np.nonzero(ink)
    assert np.corrcoef(rows, columns)[0, 1] < -0.9
    assert columns.min() < (right - left)


@pytest.mark.parametrize("scale", SCALES)
def test_the_bar_is_deepest_at_its_head_and_its_numbers_stand_beside_their_places(drawn, scale):
    shown = map_of([[0.5, 0.25], [0.125, 0.125]], "ab", "ab")
    picture, pixels = drawn(shown, scale)
    bar = next(mark for mark in picture.marks if mark is not picture.cells and not isinstance(mark, Text))
    left, top, right, bottom = pixel_box(bar)
    assert left > pixel_box(picture.cells)[2]
    line = pixels[top:bottom, (left + right) // 2]
    table = lookup("red").astype(int)
    assert np.abs(line[0] - table[255]).max() <= 4
    assert np.abs(line[-1] - table[0]).max() <= 4
    beside = [mark for mark in picture.marks if isinstance(mark, Text) and mark.x > bar.x + bar.width
              and bar.y - 2 <= mark.y <= bar.y + bar.height + 6]  # fmt: skip
    numbers = {mark.words: (bar.y + bar.height - (mark.y - mark.size * 0.36)) / bar.height for mark in beside}
    ends = sorted(numbers, key=numbers.get)
    assert (numbers[ends[0]], numbers[ends[-1]]) == pytest.approx((0, 1), abs=0.02)
    for words, place in numbers.items():
        value = re.fullmatch(r"[0-9.]+", words)
        if value and scale in ("linear", "relative"):
            most = 1 if scale == "linear" else 0.5
            assert float(words) == pytest.approx(place * most, abs=0.02)


def test_a_drawing_has_every_cell_where_the_picture_has_it(drawn, tmp_path):
    shown = map_of([[1, 0, 0.5], [0, 0.25, 0.75]], ["i", "www"], ["x", "y", "z"])
    picture, pixels = drawn(shown)
    write_svg(tmp_path / "map.svg", picture, shown)
    root = ET.parse(tmp_path / "map.svg").getroot()
    expected = paint(shown.weights, "red", "linear")
    cells = [cell for group in root.findall(f"{SVG}g") for cell in group.findall(f"{SVG}rect")]
    assert len(cells) == 6
    for cell in cells:
        query, key, value = re.fullmatch(r"(.+) → (.+): (.+)", cell.find(f"{SVG}title").text).groups()
        row, column = ["i", "www"].index(query), ["x", "y", "z"].index(key)
        x, y = (float(cell.get(name)) + float(cell.get(size)) / 2 for name, size in (("x", "width"), ("y", "height")))
        assert float(value) == pytest.approx(float(shown.weights[row, column]))
        assert pixels[int(y * 2), int(x * 2)].tolist() == expected[row, column].tolist()
    words = {text.text: (float(text.get("x")), float(text.get("y"))) for text in root.iter(f"{SVG}text")}
    assert words["i"][1] < words["www"][1]
    assert words["x"][0] < words["y"][0] < words["z"][0]


def test_a_line_divides_the_sentences_of_a_pair_in_rows_and_columns(drawn, tmp_path):
    shown = map_of(np.zeros((5, 5)), "abcde", "abcde")
    second = tuple(token.in_sentence(1) for token in shown.rows[2:])
    pair = replace(shown, rows=shown.rows[:2] + second, columns=shown.rows[:2] + second)
    picture, pixels = drawn(pair)
    left, top, right, bottom = pixel_box(picture.cells)
    dark = (pixels[top:bottom, left:right] < 80).all(axis=-1)
    across, down = np.flatnonzero(dark.all(axis=1)), np.flatnonzero(dark.all(axis=0))
    assert [across.mean() / (bottom - top), down.mean() / (right - left)] == pytest.approx([0.4, 0.4], abs=0.01)
    assert 2 <= len(across) <= 4
    _picture, pixels = drawn(shown)
    assert not (pixels[top:bottom, left:right] < 80).all(axis=-1).any()
    write_svg(tmp_path / "map.svg", picture, pair)
    rules = [one for one in ET.parse(tmp_path / "map.svg").getroot().findall(f"{SVG}rect") if not one.get("fill")]
    assert len(rules) == 2
