"""What the documents name is there: a table of where to look, a link, a picture must not lead nowhere."""

import re
from itertools import product
from pathlib import Path

import pytest
from PIL import Image

import main

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`((?:app|core|docs|resources|tests)/[\w./{},*-]+)`(?: \(`(\w+)`)?")


def places(document):
    """Return each path that ``document`` names, its braces resolved, with the name that is to be found in it."""
    for path, name in NAMED.findall((ROOT / document).read_text("utf-8")):
        parts = [part.split(",") for part in re.split(r"[{}]", path)]
        for choice in product(*parts):
            yield "".join(choice), name


GUIDES = ("policy-gradient", "attention", "synonyms")
DOCUMENTS = ("docs/architecture.md", "docs/extending.md", "docs/adr/0007-a-house-with-room.md")


@pytest.mark.parametrize(
    ("path", "name"), sorted({place for document in DOCUMENTS for place in places(document) if "<" not in place[0]})
)
def test_a_place_that_is_named_is_there(path, name):
    found = list(ROOT.glob(path.rstrip("/")))
    assert found
    assert not name or name in found[0].read_text("utf-8")


READ_BY_STRANGERS = ("README.md", "docs/CONTRIBUTING.md", *(f"docs/guide/{one}.md" for one in GUIDES))
LINK = re.compile(r"\]\((?!https?://)([^)#\s]*)(?:#[^)]*)?\)")


@pytest.mark.parametrize("document", READ_BY_STRANGERS)
def test_a_link_leads_somewhere(document):
    targets = [target for target in LINK.findall((ROOT / document).read_text("utf-8")) if target]
    assert targets
    assert [target for target in targets if not (ROOT / document).parent.joinpath(target).exists()] == []


def test_the_first_lines_that_install_run_and_test():
    lines = [line.strip() for line in (ROOT / "README.md").read_text("utf-8").splitlines() if "pip install" in line]
    assert next(line for line in lines if "main.py" in line) == "python -m pip install -e . && python main.py"
    assert next(line for line in lines if "pytest" in line) == 'python -m pip install -e ".[test]" && python -m pytest'


def test_the_readme_names_every_command():
    text = (ROOT / "README.md").read_text("utf-8")
    missing = [name for name, *_ in main._COMMANDS if not re.search(rf"`(python main\.py )?{name}[ `]", text)]
    assert missing == []


def test_the_range_of_torch_is_the_same_wherever_it_stands():
    required = re.search(r'"(torch[^"]*)"', (ROOT / "pyproject.toml").read_text("utf-8"))
    assert required is not None
    for document in ("README.md", "docs/CONTRIBUTING.md", "docs/adr/0002-pins.md"):
        assert required[1] in (ROOT / document).read_text("utf-8")


def test_pictures_are_light_and_the_film_keeps_its_pace():
    files = [file for file in (ROOT / "docs" / "pictures").iterdir() if file.suffix in {".png", ".gif"}]
    assert len(files) == 4
    for file in files:
        assert file.stat().st_size < (1_500_000 if file.suffix == ".gif" else 300_000)
    with Image.open(ROOT / "docs" / "pictures" / "yaya-lab.gif") as film:
        assert film.n_frames > 50
        for number in range(film.n_frames):
            film.seek(number)
            assert film.info["duration"] >= 20
