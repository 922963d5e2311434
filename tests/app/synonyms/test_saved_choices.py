import json
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
    values = {"annotator": "Robert\u200b", "pairs": 100}
    assert queue_from_json(values, QueueConfig("x.db", "anna")) == QueueConfig("x.db", "anna", pairs=100)


@pytest.mark.parametrize(
    "values",
    [None, [], "x", {"order": "best"}, {"only": 3}, {"pairs": "many"}, {"annotator": "  "}, {"order": "score"}],
)
def test_what_cannot_be_used_leaves_the_usual_queue(values):
    usual = QueueConfig("x.db", "anna")
    assert queue_from_json(values, usual) == usual


def test_a_mining_is_remembered():
    config = MineConfig(
        "x.db", limit=500, sources=("gloss", "cosine"), vectors=Path("v.bin"), lexicons=(Path("a.txt"),),
        corpora=(Path("b.txt"), Path("c.txt")), vocabulary=VocabularyFilter(1, 4, None, False), nearest=7,
        min_cosine=0.5, index_sentences=False,
    )  # fmt: skip
    assert mining_from_json(through_a_file(mining_to_json(config))) == config


@pytest.mark.parametrize(
    "values", [None, 3, {}, {"database": "x", "sources": ["nonsense"]}, {"database": "x", "sources": 4}]
)
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


def test_one_choice_that_cannot_be_used_leaves_the_others():
    values = {"annotator": "anna", "order": "best", "pairs": 100, "known": "yes"}
    assert queue_from_json(values, QueueConfig("x.db", "ben")) == QueueConfig("x.db", "anna", pairs=100)
