"""What is kept is what was shown."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET

import numpy as np
import pytest
from PIL import Image

from core.attention.colormaps import paint
from core.attention.errors import AttentionError
from core.attention.export.code_points import drawable
from core.attention.export.map_files import pixel_box, write_json, write_npz, write_png, write_svg
from core.attention.export.picture import Text, draw_map, text_width
from core.attention.export.typesetter import SHIPPED_FONT
from core.attention.export.writing import replacing, write_table
from core.attention.long_text import Document
from core.attention.requests import COLORMAPS, SCALES, AttentionRequest, Source
from core.attention.results import AttentionMap
from core.attention.tasks.attention_map import attend, table

SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture
def shown_and_document(cache):
    def make(text="我去银行取钱。", **options):
        request = AttentionRequest(Source(text, options.pop("pair", None)), **options)
        shown = next(step for step in attend(request) if isinstance(step, AttentionMap))
        document = next(step for step in cache.document(request.source) if isinstance(step, Document))
        return shown, document

    return make


@pytest.mark.parametrize("colormap", COLORMAPS)
@pytest.mark.parametrize("scale", SCALES)
def test_every_cell_of_the_png_has_its_colour(shown_and_document, tmp_path, colormap, scale):
    shown, _document = shown_and_document()
    picture = draw_map(shown, colormap, scale)
    write_png(tmp_path / "map.png", picture)
    with Image.open(tmp_path / "map.png") as image:
        pixels = np.asarray(image.convert("RGB"))
    left, top, right, bottom = pixel_box(picture.cells)
    expected = paint(shown.weights, colormap, scale)
    n, m = shown.weights.shape
    for i in range(n):
        for j in range(m):
            y = top + int((i + 0.5) * (bottom - top) / n)
            x = left + int((j + 0.5) * (right - left) / m)
            assert pixels[y, x].tolist() == expected[i, j].tolist()


def test_the_png_is_twice_as_sharp_and_carries_its_caption(shown_and_document, tmp_path):
    shown, _document = shown_and_document(layer=3, head=2)
    picture = draw_map(shown, "red", "log")
    write_png(tmp_path / "map.png", picture)
    with Image.open(tmp_path / "map.png") as image:
        assert image.size == (int(np.ceil(picture.width * 2)), int(np.ceil(picture.height * 2)))
        caption = image.info["Description"]
    for part in ("我去银行取钱。", "multilingual-e5-small", "layer 3", "head 2", "logarithmic", "hidden"):
        assert part in caption
    written = " ".join(mark.words for mark in picture.marks if isinstance(mark, Text))
    assert "multilingual-e5-small" in written


@pytest.mark.sweep(2)
@pytest.mark.parametrize("text", ["我", "我去银行取钱。", "A rather longer English sentence with words.", "银行" * 150])
def test_nothing_is_drawn_outside_the_picture(shown_and_document, text):
    shown, _document = shown_and_document(text, unit="character" if len(text) < 20 else "word")
    picture = draw_map(shown, "red", "relative")
    for mark in picture.marks:
        if not isinstance(mark, Text):
            assert mark.x >= 0
            assert mark.x + mark.width <= picture.width
            assert mark.y + mark.height <= picture.height
            continue
        width = text_width(mark.words, mark.size, SHIPPED_FONT) * (0.75 if mark.slanted else 1)
        left = mark.x - {"start": 0, "middle": width / 2, "end": width}[mark.anchor]
        assert left >= 0
        assert left + width <= picture.width + 1
        assert mark.y - (width if mark.slanted else mark.size) >= 0
        assert mark.y <= picture.height


def test_labels_are_thinned_where_there_is_no_room(shown_and_document):
    shown, _document = shown_and_document("我去银行取钱" * 40)
    picture = draw_map(shown, "red", "linear")
    labels = [mark.y for mark in picture.marks if isinstance(mark, Text) and mark.anchor == "end"]
    assert 20 < len(labels) < len(shown.rows)
    assert min(np.diff(labels)) >= 9


def test_rare_characters_are_named_where_the_font_has_none():
    assert drawable("鸭a", SHIPPED_FONT.has) == "鸭a"
    assert drawable("𠮷😀", SHIPPED_FONT.has) == "U+20BB7U+1F600"


def test_the_svg_holds_every_value_and_label(shown_and_document, tmp_path):
    shown, _document = shown_and_document("<我> & 你")
    write_svg(tmp_path / "map.svg", draw_map(shown, "red", "relative"), shown)
    root = ET.parse(tmp_path / "map.svg").getroot()
    cells = [cell for group in root.findall(f"{SVG}g") for cell in group.findall(f"{SVG}rect")]
    assert len(cells) == shown.weights.size
    values = [float(cell.find(f"{SVG}title").text.rsplit(": ", 1)[1]) for cell in cells]
    assert np.allclose(np.array(values).reshape(shown.weights.shape), shown.weights, atol=6e-5)
    colours = paint(shown.weights, "red", "relative").reshape(-1, 3)
    assert [cell.get("fill") for cell in cells] == ["#{:02x}{:02x}{:02x}".format(*colour) for colour in colours]
    words = [text.text for text in root.iter(f"{SVG}text")]
    assert {"<", "我", ">", "&", "你"} <= set(words)


def test_a_large_svg_stays_small(shown_and_document, tmp_path):
    shown, _document = shown_and_document("我去银行取钱" * 20)
    write_svg(tmp_path / "map.svg", draw_map(shown, "red", "relative"), shown)
    root = ET.parse(tmp_path / "map.svg").getroot()
    assert len(root.findall(f"{SVG}image")) == 2  # the map and the bar
    assert (tmp_path / "map.svg").stat().st_size < 300_000


def test_the_csv_gives_back_the_numbers(shown_and_document, tmp_path):
    shown, _document = shown_and_document()
    write_table(tmp_path / "map.csv", table(shown))
    assert (tmp_path / "map.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    header, *rows = csv.reader((tmp_path / "map.csv").read_text("utf-8-sig").splitlines())
    assert header == ["", *"我去银行取钱。"]
    assert [row[0] for row in rows] == header[1:]
    assert np.array_equal(np.array([row[1:] for row in rows], np.float32), shown.weights)


def test_labels_that_spreadsheets_would_run_are_made_harmless(shown_and_document, tmp_path):
    shown, _document = shown_and_document("=1+2 @a")
    write_table(tmp_path / "map.csv", table(shown))
    header = next(csv.reader((tmp_path / "map.csv").read_text("utf-8-sig").splitlines()))
    assert {"'=", "'+", "'@"} <= set(header)


def test_the_npz_holds_map_and_heads(shown_and_document, tmp_path, e5):
    shown, _document = shown_and_document(layer=1)
    write_npz(tmp_path / "map.npz", shown, _document)
    kept = np.load(tmp_path / "map.npz", allow_pickle=False)
    assert np.array_equal(kept["map"], shown.weights)
    assert kept["rows"].tolist() == list("我去银行取钱。")
    assert kept["weights"].shape == (12, 12, len(kept["tokens"]), len(kept["tokens"]))
    assert np.array_equal(kept["weights"], _document.stack().parts[0].weights)


def test_the_json_holds_raw_weights_whose_rows_sum_to_one(shown_and_document, tmp_path):
    shown, document = shown_and_document(unit="word", head=4)
    write_json(tmp_path / "map.json", shown, document)
    content = json.loads((tmp_path / "map.json").read_text("utf-8"))
    weights = np.array(content["weights"], np.float32)
    assert np.array_equal(weights, document.stack().parts[0].weights)
    assert np.allclose(weights.sum(axis=-1), 1, atol=1e-5)
    assert (content["model"], content["text"], content["pair"]) == ("e5", "我去银行取钱。", None)
    for token in content["tokens"]:
        assert token["special"] or token["text"] == content["text"][token["start"] : token["end"]]
    assert content["tokens"][0] == {
        "text": "<s>", "start": 0, "end": 0, "special": True, "piece": "<s>", "sentence": 0,
        "part": 1, "parts": 1,
    }  # fmt: skip
    assert np.array_equal(np.array(content["map"]["weights"], np.float32), shown.weights)
    assert content["map"]["head"] == 4


@pytest.mark.long
def test_a_text_in_parts_has_no_json_but_a_map(shown_and_document, tmp_path):
    shown, document = shown_and_document("我昨天去银行取了一些钱。" * 80)
    with pytest.raises(AttentionError, match="CSV or NPZ"):
        write_json(tmp_path / "map.json", shown, document)
    assert list(tmp_path.glob("*.json")) == []
    write_npz(tmp_path / "map.npz", shown, document)
    assert "weights" not in np.load(tmp_path / "map.npz")


def test_a_failed_save_leaves_the_old_file(shown_and_document, tmp_path, monkeypatch):
    shown, _document = shown_and_document()
    path = tmp_path / "map.csv"
    path.write_text("old")

    def full_disk(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.replace", full_disk)
    with pytest.raises(AttentionError, match="No space left"), replacing(path) as beside:
        write_table(beside, table(shown))
    assert path.read_text() == "old"
    assert sorted(file.name for file in tmp_path.iterdir() if file.is_file()) == ["map.csv"]
