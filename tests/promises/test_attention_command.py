"""Promises of ``python main.py attend``, kept as a person starts it."""

import csv
import json
import xml.etree.ElementTree as ET
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from tests import program

pytestmark = pytest.mark.timeout(150)

SENTENCE = "他在银行门口行走。"


@pytest.fixture
def attend(own_home, tmp_path):
    def attend_here(*words):
        return program.run("attend", *words, home=own_home, cwd=tmp_path)

    return attend_here


@pytest.fixture(scope="module")
def kept(tmp_path_factory):
    """The map of one head of a Chinese sentence in every format, from a single call."""
    folder, home = tmp_path_factory.mktemp("kept"), tmp_path_factory.mktemp("home") / "of a person"
    files = [word for kind in ("json", "csv", "png", "svg") for word in (f"--{kind}", f"map.{kind}")]
    done = program.run("attend", SENTENCE, "--layer", "3", "--head", "2", *files, home=home, cwd=folder)
    assert done.returncode == 0, done.stderr
    assert not home.exists()
    return folder


@pytest.fixture(scope="module")
def content(kept):
    return json.loads((kept / "map.json").read_text(encoding="utf-8"))


def table(path):
    """Return the keys, the queries and the weights of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        (_corner, *keys), *lines = csv.reader(file)
    return keys, [line[0] for line in lines], np.array([[float(cell) for cell in line[1:]] for line in lines])


def test_the_json_holds_tokens_with_their_place_in_the_typed_text(content):
    assert content["model"] == "e5"
    assert content["text"] == SENTENCE
    for token in content["tokens"]:
        assert {"text", "start", "end", "special"} <= token.keys()
        if not token["special"]:
            assert token["text"] == SENTENCE[token["start"] : token["end"]]
    assert [token["special"] for token in content["tokens"]] == [True, *[False] * (len(content["tokens"]) - 2), True]
    assert "".join(token["text"] for token in content["tokens"] if not token["special"]) == SENTENCE


def test_the_json_holds_the_raw_weights_of_all_heads_whose_rows_sum_to_1(content):
    n, weights = len(content["tokens"]), np.array(content["weights"])
    assert weights.shape == (12, 12, n, n)
    assert weights.min() >= 0
    np.testing.assert_allclose(weights.sum(axis=-1), 1, atol=1e-5)
    # They are no constant that sums to 1 by construction: heads differ, and so do queries.
    assert weights.std(axis=1).max() > 0.1
    assert weights.std(axis=2).max() > 0.1


def test_english_by_minilm_with_its_own_layers_and_offsets(attend, tmp_path):
    done = attend("The cat sat unhappily.", "--model", "minilm", "--json", "map.json")
    assert done.returncode == 0, done.stderr
    content = json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))
    tokens, weights = content["tokens"], np.array(content["weights"])
    assert (content["model"], tokens[0]["text"], tokens[-1]["text"]) == ("minilm", "[CLS]", "[SEP]")
    assert [token["text"] for token in tokens[1:4]] == ["The", "cat", "sat"]
    assert (tokens[2]["start"], tokens[2]["end"]) == (4, 7)
    assert weights.shape == (6, 12, len(tokens), len(tokens))
    np.testing.assert_allclose(weights.sum(axis=-1), 1, atol=1e-5)


def test_the_csv_is_the_map_with_typed_characters_as_its_labels(kept, content):
    keys, queries, weights = table(kept / "map.csv")
    assert keys == queries == list(SENTENCE)
    np.testing.assert_allclose(weights.sum(axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(weights, content["map"]["weights"], atol=1e-6)
    assert (content["map"]["layer"], content["map"]["head"]) == (3, 2)


def test_the_png_is_twice_as_sharp_as_the_svg_and_says_what_it_shows(kept):
    with Image.open(kept / "map.png") as picture:
        size, said = picture.size, picture.text["Description"]
        shades = len(picture.convert("RGB").getcolors(1 << 24))
    assert SENTENCE in said
    assert "multilingual-e5-small" in said
    assert "layer 3" in said
    assert "head 2" in said
    assert shades > 30
    drawing = ET.parse(kept / "map.svg").getroot()
    assert size == (2 * float(drawing.get("width")), 2 * float(drawing.get("height")))


def test_the_svg_has_a_deeper_red_for_a_larger_weight(kept):
    _keys, _queries, weights = table(kept / "map.csv")
    name = "{http://www.w3.org/2000/svg}"
    root = ET.parse(kept / "map.svg").getroot()
    cells = [rect for rect in root.iter(f"{name}rect") if rect.find(f"{name}title") is not None]
    assert len(cells) == weights.size
    light = [sum(int(cell.get("fill")[at : at + 2], 16) for at in (1, 3, 5)) for cell in cells]
    order = np.argsort(weights.ravel())
    assert light[order[-1]] == min(light)
    assert light[order[0]] == max(light)
    assert np.corrcoef(weights.ravel(), light)[0, 1] < -0.9
    words = {text.text for text in root.iter(f"{name}text")}
    assert set(SENTENCE) <= words


@pytest.mark.long
def test_a_pair_is_read_together(attend, tmp_path):
    done = attend("猫在睡觉。", "--pair", "The cat sleeps.", "--unit", "word", "--json", "map.json")
    assert done.returncode == 0, done.stderr
    content = json.loads((tmp_path / "map.json").read_text(encoding="utf-8"))
    assert content["pair"] == "The cat sleeps."
    assert {token["sentence"] for token in content["tokens"]} == {0, 1}


@pytest.mark.sweep(1)
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("  ",), "Nothing to read"),
        ((SENTENCE, "--layer", "99"), "from 0 to 11"),
        ((SENTENCE, "--model", "no/such/folder/at/all"), "no/such/folder/at/all"),
        (("字" * 9000,), "1200"),
    ],
)
def test_what_cannot_be_read_is_one_line_and_exit_code_1(attend, words, said):
    done = attend(*words)
    assert done.returncode == 1
    assert done.stdout == ""
    *progress, error = done.stderr.strip().splitlines()
    assert said in error
    assert all(line.endswith("…") for line in progress), done.stderr


@pytest.mark.parametrize(
    "words",
    [(), (SENTENCE, "--layer", "third"), (SENTENCE, "--reading", "tea leaves"), (SENTENCE, "--json", "no/map.json")],
)
def test_wrong_usage_is_exit_code_2_and_writes_nothing(attend, words, tmp_path):
    done = attend(*words)
    assert done.returncode == 2
    assert done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.long
def test_a_script_that_only_the_system_has_is_written_and_what_no_font_has_is_named(attend, tmp_path, own_home):
    folder = Path(find_spec("ziafont").origin).parent / "fonts"  # one font, which has Hebrew, as the whole system
    (tmp_path / "fonts.conf").write_text(f"<fontconfig><dir>{folder}</dir><cachedir>{own_home}</cachedir></fontconfig>")
    words = ("attend", "שלום \U0010fffd नमस्ते", "--unit", "word", "--png", "map.png")
    done = program.run(*words, home=own_home, cwd=tmp_path, FONTCONFIG_FILE=str(tmp_path / "fonts.conf"))
    assert done.returncode == 0, done.stderr
    assert "qt" not in done.stderr.lower()
    with Image.open(tmp_path / "map.png") as picture:
        said = picture.text["Description"]
    line = said.splitlines()[-1]
    assert line.startswith("No font here has U+")
    assert "U+10FFFD" in line
    assert "U+0928" in line
    assert "U+05E9" not in said
