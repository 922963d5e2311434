"""One person is one annotator, however the name is written; and what is shared out is said."""

import json
import unicodedata

import pytest

from core.synonyms.exchange.config import ImportConfig
from core.synonyms.exchange.importing import apply_import
from core.synonyms.pairs import SynonymsError
from core.synonyms.progress import finish
from core.synonyms.queue.config import QueueConfig
from core.synonyms.queue.planner import Planner
from core.synonyms.queue.queue import Queue
from core.synonyms.store import Filter, Sharing, Store
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import candidate

S, N = Verdict.SYNONYM, Verdict.NOT


def names(store):
    return [each.name for each in store.annotators()]


def test_every_verb_of_the_store_means_the_person(three):
    three.decide(1, S, "Zoë")
    nfd = unicodedata.normalize("NFD", " ZOË ")
    three.decide(2, N, nfd)
    three.mark(3, nfd, flagged=True)
    assert names(three) == ["Zoë"]
    assert three.spelled(nfd) == "Zoë"
    assert [each.candidate for each in three.last_decisions(nfd).all()] == [3, 2, 1]
    assert three.table_query().ids(Filter(annotator=nfd)).tolist() == [1, 2, 3]
    assert three.row(1, nfd).verdict is S
    assert len(three.history(annotator=nfd)) == 3
    three.add_annotator("zoë")
    three.set_active("zoë", active=False)
    assert [(each.name, each.active) for each in three.annotators()] == [("Zoë", False)]
    assert three.undo(nfd)[0].candidate == 3


def test_a_name_that_nobody_can_have_is_refused(three):
    with pytest.raises(SynonymsError, match="name of an annotator"):
        three.add_annotator(" \u200b")
    assert names(three) == []


def test_files_that_spell_a_name_otherwise_are_of_the_same_person(tmp_path):
    path = str(tmp_path / "a.db")
    with Store(path) as store:
        store.add([candidate("漂亮", "美丽"), candidate("医生", "医师")])
        store.decide(1, S, "ann")
    lines = [
        {"word1": "漂亮", "word2": "美丽", "label": "synonym", "annotator": "Ann "},
        {"word1": "医生", "word2": "医师", "label": "not", "annotator": "ANN"},
        {"word1": "医生", "word2": "医师", "label": "not", "annotator": "ann"},
    ]
    file = tmp_path / "said.jsonl"
    file.write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    report = finish(apply_import(ImportConfig(path, file, "jsonl")))
    assert (report.unchanged, report.new_verdicts, report.repeated, report.rejected) == (1, 1, 1, 0)
    with Store(path) as store:
        assert names(store) == ["ann"]


def plan_of(path, annotator):
    config = QueueConfig(path, annotator)
    plan = Planner().plan(config)
    store = Store(path)
    queue = Queue(store, config)
    queue.take(plan)
    return store, queue


def test_another_spelling_takes_no_share(tmp_path):
    path = str(tmp_path / "a.db")
    with Store(path) as store:
        store.add([candidate(f"词{n}", f"語{n}") for n in range(1, 101)])
        store.decide(1, S, "ann")
        store.decide(2, S, "Ann")
    store, queue = plan_of(path, "ann ")
    assert queue.config.annotator == "ann"
    assert (queue.progress.waiting, queue.progress.shared_out) == (98, 0)
    store.close()


def test_what_another_annotator_takes_is_told(tmp_path):
    path = str(tmp_path / "a.db")
    with Store(path) as store:
        store.sharing = Sharing(overlap=0.1)
        store.add([candidate(f"词{n}", f"語{n}") for n in range(1, 101)])
        store.decide(1, S, "ann")
        store.decide(2, S, "ben")
    store, queue = plan_of(path, "ann")
    progress = queue.progress
    assert progress.waiting + progress.shared_out in (98, 99)
    assert 30 < progress.shared_out < 65
    store.close()
