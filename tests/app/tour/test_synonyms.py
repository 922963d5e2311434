"""The tour through the synonyms tab, as a person takes it."""

import json

import pytest
from PySide6.QtGui import QImage

from app.tour import synonyms
from app.tour.synonyms.gestures import DECISIONS, opinion
from core.synonyms.store import Row
from core.synonyms.verdicts import Verdict
from tests import program

pytestmark = pytest.mark.timeout(400)

STEPS = (
    "pairs-labelling", "pairs-undo", "pairs-card-zh-dark-1024x768", "pairs-filter", "pairs-import", "pairs-no-pairs",
    "pairs-held-elsewhere",
)  # fmt: skip


@pytest.fixture(scope="module")
def tour(tmp_path_factory):
    folder, home = tmp_path_factory.mktemp("tour") / "pictures", tmp_path_factory.mktemp("home") / "of a person"
    asked = ("tour", "--out", folder, "--language", "en", "--only", *STEPS)
    done = program.run(*asked, home=home, cwd=folder.parent, patience=350)
    assert (folder / "tour.json").exists(), done.stderr
    report = json.loads((folder / "tour.json").read_text(encoding="utf-8"))
    assert [step["problem"] for step in report["steps"]] == [""] * len(STEPS)
    assert done.returncode == 0, done.stderr
    assert not home.exists()
    return {step["id"]: step | {"picture": QImage(str(folder / step["file"]))} for step in report["steps"]}


@pytest.mark.long
def test_each_key_is_one_decision(tour):
    figures = tour["pairs-labelling"]["figures"]
    assert figures["decisions"] == DECISIONS
    assert 0 < figures["key_to_next_card_ms_median"] <= figures["key_to_next_card_ms_worst"]
    assert figures["learnt_from"] >= 50
    assert 3 <= figures["of_them_synonyms"] <= figures["learnt_from"] - 3


@pytest.mark.long
def test_undo_takes_one_back(tour):
    assert tour["pairs-undo"]["figures"]["after"] == tour["pairs-undo"]["figures"]["before"] - 1


@pytest.mark.long
def test_the_search_finds_some_of_all(tour):
    figures = tour["pairs-filter"]["figures"]
    assert 0 < figures["pairs"] < figures["of"]


@pytest.mark.long
def test_an_import_tells_what_it_does_not_understand(tour):
    figures = tour["pairs-import"]["figures"]
    assert (figures["records"], figures["not_understood"]) == (3, 2)


@pytest.mark.long
def test_a_held_store_is_said_within_two_seconds(tour):
    figures = tour["pairs-held-elsewhere"]["figures"]
    assert "Another program" in figures["says"]
    assert figures["seconds_until_said"] < 2


@pytest.mark.long
def test_the_picture_is_of_what_was_asked_for(tour):
    step = tour["pairs-card-zh-dark-1024x768"]
    assert (step["language"], step["theme"]) == ("zh_CN", "dark")
    assert (step["picture"].width(), step["picture"].height()) == (1024, 768)
    assert step["picture"].pixelColor(5, 5).lightness() < 80


@pytest.mark.parametrize(
    ("page", "sizes"),
    [("card", ("1024x768", "1920x1080")), ("table", ("1024x768", "1920x1080")), ("agreement", ("1024x768",)),
     ("sources", ("1024x768",)), ("export", ("1024x768",))],
)  # fmt: skip
def test_every_page_is_looked_at_in_both_languages_and_all_themes(page, sizes):
    looks = {
        f"pairs-{page}-{language}-{theme}-{size}"
        for language in ("zh", "en")
        for theme in ("light", "dark", "projector")
        for size in sizes
    }
    assert looks < {step.id for step in synonyms.steps()}


@pytest.mark.parametrize(
    ("codes", "sources", "strict", "lenient"),
    [
        ((("Aa01A01=",), ("Aa01A01=", "Bb02B02#")), (), Verdict.SYNONYM, Verdict.SYNONYM),
        ((("Aa01A01=",), ("Aa01A02=",)), (), Verdict.RELATED, Verdict.SYNONYM),
        ((("Aa01A01=",), ("Bb02B02=",)), ("gloss",), Verdict.NOT, Verdict.NOT),
        (((), ("Bb02B02=",)), ("gloss",), Verdict.SYNONYM, Verdict.SYNONYM),
        (((), ()), ("cosine",), Verdict.UNSURE, Verdict.UNSURE),
        ((("Aa01A01=",), ("Bb02B02=",)), ("reference",), Verdict.RELATED, Verdict.SYNONYM),
    ],
)
def test_opinions_are_those_of_the_dictionaries(codes, sources, strict, lenient):
    row = Row(1, "甲", "乙", codes=codes, sources=sources)
    assert opinion(row, strict=True) is strict
    assert opinion(row, strict=False) is lenient
