import json
from dataclasses import replace
from pathlib import Path

import pytest

from app.synonyms.saved_choices import mining_from_json, mining_to_json, queue_from_json, queue_to_json
from core.synonyms.candidates.vocabulary import VocabularyFilter
from core.synonyms.mining.config import MineConfig
from core.synonyms.queue.config import Only, Order, QueueConfig


def through_a_file(values):
    return json.loads(json.dumps(values))


def test_a_queue_is_remembered():
    config = QueueConfig("x.db", "anna", Order.SCORE, Only.FLAGGED, "cosine", known=False, seed=3, pairs=100)
    again = queue_from_json(through_a_file(queue_to_json(config)), QueueConfig("x.db", "ben"))
    assert again == config


def test_a_name_that_is_refused_is_not_taken_up_again():
    values = {"annotator": "Rob\nert", "pairs": 100}
    assert queue_from_json(values, QueueConfig("x.db", "anna")) == QueueConfig("x.db", "anna", pairs=100)


@pytest.mark.parametrize(
    "values",
    [None, [], "x", {"order": "best"}, {"only": 3}, {"pairs": "many"}, {"annotator": "  "}, {"order": "score"}],
)
def test_what_cannot_be_used_leaves_the_usual_queue(values):
    usual = QueueConfig("x.db", "anna")
    assert queue_from_json(values, usual) == usual


ABSURD = [10**30, -(10**30), 10**400, float("nan"), float("inf"), -float("inf"), -1, True, "1", None, [], 2**31]
"""Numbers that no field of the window can show, and what is no number at all."""


@pytest.mark.parametrize("name", ["seed", "pairs", "minutes"])
@pytest.mark.parametrize("value", ABSURD)
def test_an_absurd_number_is_left_out_of_the_queue_and_the_rest_is_taken(name, value):
    usual = QueueConfig("x.db", "anna")
    found = queue_from_json({name: value, "order": "random"}, usual)
    if name == "seed" and value == 2**31:
        assert found.seed == value
    else:
        assert found == replace(usual, order=Order.RANDOM)


@pytest.mark.parametrize("name", ["limit", "nearest", "min_cosine", "min_length", "max_length", "max_rank"])
@pytest.mark.parametrize("value", ABSURD)
def test_a_mining_with_an_absurd_number_is_none(name, value):
    saved = through_a_file(mining_to_json(MineConfig("x.db")))
    (saved if name in saved else saved["vocabulary"])[name] = value
    is_usable = (name, value) in (("max_rank", None), ("min_cosine", -1))
    assert (mining_from_json(saved) is not None) == is_usable


def test_a_mining_is_remembered():
    config = MineConfig(
        "x.db", limit=500, sources=("gloss", "cosine"), vectors=Path("v.bin"), lexicons=(Path("a.txt"),),
        corpora=(Path("b.txt"), Path("c.txt")), english=(Path("wordnet"),), nearest=7,
        vocabulary=VocabularyFilter(1, 4, None, False), min_cosine=0.5, index_sentences=False,
    )  # fmt: skip
    assert mining_from_json(through_a_file(mining_to_json(config))) == config


@pytest.mark.parametrize(
    "values", [None, 3, {}, {"database": "x", "sources": ["nonsense"]}, {"database": "x", "sources": 4},
     {"database": "x", "vectors": "a\0b"}, {"database": "x", "corpora": ["a\0b"]},
     {"database": "x", "english": ["a\0b"]}],
)  # fmt: skip
def test_a_mining_that_cannot_be_used_is_none(values):
    assert mining_from_json(values) is None


REMEMBERED = {
    "store": "/data/synonyms.db", "page": "table", "mined": "finished",
    "queue": {
        "annotator": "anna", "order": "score", "only": "flagged", "score": "cosine", "known": False,
        "adjudicate": False, "seed": 3, "pairs": None, "minutes": 20.0,
    },
    "mining": {
        "database": "/data/synonyms.db", "limit": 500, "sources": ["gloss", "cosine"], "vectors": "/v.bin",
        "lexicons": ["/a.txt"], "corpora": ["/b.txt"],
        "vocabulary": {"min_length": 1, "max_length": 4, "max_rank": None, "hanzi_only": False},
        "nearest": 7, "min_cosine": 0.5, "index_sentences": False,
    },
}  # fmt: skip
"""The tab's part of settings.json as version 0.1.0 wrote it, before pages and files were renamed."""


def test_what_the_version_before_remembered_is_read():
    queue = queue_from_json(through_a_file(REMEMBERED["queue"]), QueueConfig("x.db", "ben"))
    assert queue == QueueConfig("x.db", "anna", Order.SCORE, Only.FLAGGED, "cosine", known=False, seed=3, minutes=20.0)
    assert mining_from_json(through_a_file(REMEMBERED["mining"])) == MineConfig(
        "/data/synonyms.db", limit=500, sources=("gloss", "cosine"), vectors=Path("/v.bin"),
        lexicons=(Path("/a.txt"),), corpora=(Path("/b.txt"),), vocabulary=VocabularyFilter(1, 4, None, False),
        nearest=7, min_cosine=0.5, index_sentences=False,
    )  # fmt: skip


def test_disputes_that_were_only_looked_at_are_open_pairs_now():
    values = {"annotator": "anna", "only": "disputed", "adjudicate": False}
    assert queue_from_json(values, QueueConfig("x.db", "ben")) == QueueConfig("x.db", "anna")
    assert queue_from_json(values | {"adjudicate": True}, QueueConfig("x.db", "ben")).settles


def test_one_choice_that_cannot_be_used_leaves_the_others():
    values = {"annotator": "anna", "order": "best", "pairs": 100, "known": "yes"}
    assert queue_from_json(values, QueueConfig("x.db", "ben")) == QueueConfig("x.db", "anna", pairs=100)
