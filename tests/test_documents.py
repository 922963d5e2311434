"""What the documents for maintainers name is there: a table of where to look must not lead nowhere."""

import re
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAMED = re.compile(r"`((?:app|core|docs|resources|tests)/[\w./{},*-]+)`(?: \(`(\w+)`)?")


def places(document):
    """Return each path that ``document`` names, its braces resolved, with the name that is to be found in it."""
    for path, name in NAMED.findall((ROOT / document).read_text("utf-8")):
        parts = [part.split(",") for part in re.split(r"[{}]", path)]
        for choice in product(*parts):
            yield "".join(choice), name


DOCUMENTS = ("docs/architecture.md", "docs/extending.md", "docs/adr/0007-a-house-with-room.md")


@pytest.mark.parametrize(
    ("path", "name"), sorted({place for document in DOCUMENTS for place in places(document) if "<" not in place[0]})
)
def test_a_place_that_is_named_is_there(path, name):
    found = list(ROOT.glob(path.rstrip("/")))
    assert found
    assert not name or name in found[0].read_text("utf-8")
