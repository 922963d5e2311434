"""The sample store that comes along: sound, of this version, and only ever shown as a copy."""

import hashlib

from core.language import set_language
from core.synonyms.agreement.report import AgreementConfig
from core.synonyms.agreement.task import measure_agreement
from core.synonyms.sample import ANNOTATORS, IDENTITY, SAMPLE, copy_sample
from core.synonyms.store import Store
from core.synonyms.store.opening.identity import identity_of_file


def test_the_sample_is_sound_needs_no_upgrade_and_has_verdicts_to_compare(tmp_path):
    path = copy_sample(tmp_path)
    with Store(path, create=False) as store:
        assert store.copied_to is None
        assert store.check() == []
        assert store.table_query().count() == 400
        assert [who.name for who in store.annotators()] == list(ANNOTATORS)
        assert all(who.judged > 100 for who in store.annotators())
        assert store.count_disputed() > 10
    report = list(measure_agreement(AgreementConfig(str(path))))[-1]
    assert report.pairs >= 120
    assert 0.5 < report.alpha.value < 0.9, "they agree, and not on everything"


def test_a_copy_is_another_store_with_names_in_the_language_in_use(tmp_path):
    before = hashlib.sha256(SAMPLE.read_bytes()).digest()
    set_language("zh_CN")
    path = copy_sample(tmp_path)
    with Store(path) as store:
        assert all("模拟" in who.name for who in store.annotators())
        assert store.identity not in {IDENTITY, ""}
    assert identity_of_file(SAMPLE) == IDENTITY
    assert hashlib.sha256(SAMPLE.read_bytes()).digest() == before
    assert not SAMPLE.with_name("sample.db-wal").exists()
