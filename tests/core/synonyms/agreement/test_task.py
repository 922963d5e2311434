from __future__ import annotations

import math
import pickle

import pytest

from core.synonyms.agreement.report import AgreementConfig
from core.synonyms.agreement.task import measure_agreement
from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.core.synonyms.store.conftest import candidate

S, R, N, K = Verdict.SYNONYM, Verdict.RELATED, Verdict.NOT, Verdict.SKIP


@pytest.fixture
def path(tmp_path):
    with Store(tmp_path / "a.db") as store:
        store.add([candidate(f"词{i}", f"語{i}") for i in range(50)])
    return str(tmp_path / "a.db")


def label(path, name, verdicts, **options):
    with Store(path) as store:
        for pair, verdict in enumerate(verdicts, start=1):
            store.decide(pair, verdict, name, **options)


def test_agreement_of_a_store(path):
    label(path, "ann", [S] * 25 + [N] * 25)
    label(path, "bob", [S] * 20 + [N] * 5 + [S] * 10 + [N] * 15)
    label(path, "cy", [R])
    label(path, "judge", [S] * 50, adjudicates=True)
    (report,) = measure_agreement(AgreementConfig(path))
    assert report.annotators == ("ann", "bob", "cy")
    assert report.pairs == 50
    by_names = {(couple.one, couple.other): couple for couple in report.couples}
    couple = by_names["ann", "bob"]
    assert couple.pairs == 50
    assert couple.kappa.value == pytest.approx(0.4)
    assert couple.raw.value == pytest.approx(0.7)
    assert report.categories[0] == "synonym"
    assert couple.confusion[0, 3] == 5
    assert couple.confusion.sum() == 50
    assert by_names["ann", "cy"].pairs == 1
    assert pickle.loads(pickle.dumps(report)).alpha == report.alpha


def test_merged_compares_synonym_with_the_rest(path):
    label(path, "ann", [S, R, N, N])
    label(path, "bob", [S, N, R, S])
    (report,) = measure_agreement(AgreementConfig(path, merged=True))
    assert report.categories == ("synonym", "other")
    assert report.raw.value == pytest.approx(0.75)
    assert report.couples[0].confusion.tolist() == [[1, 0], [1, 2]]


def test_skips_and_undone_answers_do_not_count(path):
    label(path, "ann", [S, S, K])
    label(path, "bob", [S, N, N])
    with Store(path) as store:
        store.undo("bob")
        store.undo("bob")
    (report,) = measure_agreement(AgreementConfig(path, annotators=("ann", "bob")))
    assert (report.pairs, report.raw.value) == (1, 1.0)


def test_one_annotator_alone_agrees_with_nobody(path):
    label(path, "ann", [S, N])
    (report,) = measure_agreement(AgreementConfig(path))
    assert (report.annotators, report.pairs, report.couples) == ((), 0, ())
    assert math.isnan(report.alpha.value)
