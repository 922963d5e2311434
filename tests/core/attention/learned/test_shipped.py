"""The models that come along: small, whole, and as good as their records say on a few sentences."""

from __future__ import annotations

import pytest

from core.attention.learned.catalogue import ROWS
from core.attention.learned.cloze.lesson import COUNTING
from core.attention.learned.folders import SHIPPED
from core.attention.learned.report import recorded, report
from core.attention.learned.store import find_models
from core.attention.learned.translation.corpus import grammar_corpus
from core.attention.learned.translation.evaluation import alignment_error_rate, exact, judge
from core.attention.learned.translation.translator import Translator

MEGABYTES_25 = 25 * 2**20
LEAST_SEEDS = 3
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
def tables():
    measuring = report(MODELS.values(), recorded)
    while True:
        try:
            next(measuring)
        except StopIteration as stop:
            return stop.value


def test_every_figure_of_the_report_stands_on_three_seeds_or_more(tables):
    seeds = {}
    for task in ("translation", "dates", "reviews", "cloze", "multi_dimensional"):
        trained = {name: row for name, row in tables[task].items() if not name.endswith(tuple(COUNTING))}
        seeds |= {f"{task} {name}": row["seeds"] for name, row in trained.items()}
    for task, by_hops in tables["memory"].items():
        seeds |= {f"memory {task} {hops}": row["seeds"] for hops, row in by_hops.items()}
        assert all(len(row["errors"]) == len(row["seeds"]) for row in by_hops.values())
    assert len(seeds) == len(ROWS) + len(tables["multi_dimensional"]), "every model comes along"
    few = {name: ones for name, ones in seeds.items() if len(set(ones)) < LEAST_SEEDS}
    assert few == {}


def test_the_report_has_the_figures_that_scripts_ask_for(tables):
    assert {"bleu", "bleu_longest_quarter", "exact", "aer", "aer_shifted", "seeds"} <= set(tables["translation"]["dot"])
    assert "exact" in tables["dates"]["general"]
    assert {"errors", "median", "chosen_by_validation"} <= set(tables["memory"]["two"]["3"])
    assert all("accuracy" in row for task in ("reviews", "cloze") for row in tables[task].values())
    assert set(tables["multi_dimensional"]) == {"without", "with"}
    assert all({"overlap", "accuracy"} <= set(row) for row in tables["multi_dimensional"].values())


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
