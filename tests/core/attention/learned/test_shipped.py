"""The models that come along: small, whole, and as good as their records say on a few sentences."""

from __future__ import annotations

import pytest

from core.attention.learned.catalogue import ROWS
from core.attention.learned.folders import SHIPPED
from core.attention.learned.store import find_models
from core.attention.learned.translation.corpus import grammar_corpus
from core.attention.learned.translation.evaluation import alignment_error_rate, exact, judge
from core.attention.learned.translation.translator import Translator

MEGABYTES_25 = 25 * 2**20
MODELS = {f"{saved.record.name}-{saved.record.seed}": saved for saved in find_models(SHIPPED)}


def test_all_together_are_small():
    files = list(SHIPPED.iterdir())
    assert sum(file.stat().st_size for file in files) <= MEGABYTES_25
    assert {file.suffix for file in files} == {".safetensors", ".json"}
    assert not any(".partial" in file.name for file in files)


def test_every_one_is_in_the_catalogue_with_its_log_and_scores():
    rows = {row.name: row for row in ROWS}
    assert "seq2seq-additive-0" in MODELS
    for saved in MODELS.values():
        assert saved.record.name in rows
        assert saved.record.log[-1]["step"] == saved.record.steps == saved.record.config["schedule"]["steps"]
        assert saved.record.cpu_seconds > 0
        assert saved.record.scores


@pytest.fixture(scope="module")
def sentences():
    return grammar_corpus().test[:24]


def test_the_translator_translates_sentences_it_has_never_seen(sentences):
    translator = Translator.load(MODELS["seq2seq-additive-0"])
    judged = judge(translator.model, sentences, translator.source, translator.target)
    assert exact(judged) > 0.5
    assert alignment_error_rate(judged) < 0.2
    assert all(word in translator.source for pair in sentences for word in pair.zh)


def test_what_is_typed_is_translated_and_looked_at_word_by_word():
    translated = Translator.load(MODELS["seq2seq-additive-0"]).translate("我喜欢这个香蕉")
    assert " ".join(translated.target) == "I like this banana ."
    looked = [translated.source[key] for key in translated.weights.argmax(axis=1)]
    assert looked[0] == "我"
    assert looked[3] == "香蕉"
