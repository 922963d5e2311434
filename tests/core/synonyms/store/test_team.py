"""A team on a PostgreSQL server: everything that is not the store itself, against the same tables."""

from __future__ import annotations

import pytest

from core.synonyms.agreement.report import AgreementConfig
from core.synonyms.agreement.task import measure_agreement
from core.synonyms.exchange.config import ExportConfig, ImportConfig
from core.synonyms.exchange.exporting import export_pairs
from core.synonyms.exchange.importing import apply_import, preview_import
from core.synonyms.queue.config import Only, QueueConfig
from core.synonyms.queue.planner import Planner
from core.synonyms.queue.queue import Queue
from core.synonyms.store import Sharing, Store
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import candidate, new_database

S, N = Verdict.SYNONYM, Verdict.NOT


@pytest.fixture
def address(postgresql):
    return new_database(postgresql)


def end(task):
    while True:
        try:
            next(task)
        except StopIteration as stop:
            return stop.value


def work(address, name, truth, decisions):
    config = QueueConfig(address, name)
    planner = Planner()
    with Store(address) as store:
        queue = Queue(store, config)
        for _ in range(decisions):
            if queue.wants_plan:
                queue.take(planner.plan(config))
            if queue.card is None:
                return
            queue.decide(truth(queue.card.row.id))
        queue.undo()


def test_a_team_labels_agrees_settles_and_exports(address, tmp_path):
    with Store(address) as store:
        store.add([candidate(f"词{i}", f"語{i}", cosine=i / 100, ranks=(i, None)) for i in range(1, 101)])
        store.sharing = Sharing(overlap=1.0)
    work(address, "ann", lambda pair: S if pair > 60 else N, 61)
    work(address, "bob", lambda pair: S if pair > 70 else N, 61)
    (report,) = measure_agreement(AgreementConfig(address, resamples=50))
    assert report.annotators == ("ann", "bob")
    assert 0.5 < report.alpha.value < 1
    config = QueueConfig(address, "judge", only=Only.DISPUTED)
    with Store(address) as store:
        disputed = store.table_query().count() and Planner().plan(config).ids.tolist()
        assert disputed
        assert all(60 < pair <= 70 for pair in disputed)
        queue = Queue(store, config)
        queue.take(Planner().plan(config))
        while queue.card is not None:
            queue.decide(S)
        assert store.check() == []
    end(export_pairs(ExportConfig(address, tmp_path / "x.jsonl", "jsonl")))
    copy = f"sqlite:///{tmp_path / 'copy.db'}"
    report = end(apply_import(ImportConfig(copy, tmp_path / "x.jsonl", "jsonl")))
    assert report.rejected == 0
    with Store(address) as there, Store(copy) as here:
        assert here.verdict_counts() == there.verdict_counts()
        assert len(here.judgements(70)) == len(there.judgements(70)) > 0
    again = end(preview_import(ImportConfig(address, tmp_path / "x.jsonl", "jsonl")))
    assert (again.new_pairs, again.new_verdicts, again.changed, again.older) == (0, 0, 0, 0)
    assert again.unchanged == report.new_verdicts
