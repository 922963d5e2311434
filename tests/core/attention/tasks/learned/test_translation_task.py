"""A sentence translated twice by the models that come along: what is shown is what the model did."""

from __future__ import annotations

from pathlib import Path
from pkgutil import resolve_name

import numpy as np
import pytest

from core.attention.errors import ModelError, TextError, UntrainedError
from core.attention.export.tables import export
from core.attention.learned.folders import SHIPPED, examples_of
from core.attention.learned.store import save_model
from core.attention.learned.training import Schedule, Training
from core.attention.learned.translation.grammar.drawn import drawn_sentence
from core.attention.learned.translation.lesson import TranslationLesson
from core.attention.learned.translation.model import Seq2SeqConfig
from core.attention.learned.translation.pairs_file import read_pairs
from core.attention.tasks import task_for
from core.attention.tasks.learned.requests import TranslationRequest
from core.attention.tasks.learned.results import written_out


def ask(request):
    *_steps, found = resolve_name(task_for(request).task)(request=request)
    return found


@pytest.fixture(scope="module")
def reordered():
    """The number of a sentence that attention translates rightly, with words in another order, and one context not."""
    for number in range(40):
        found = ask(TranslationRequest("".join(drawn_sentence(number).zh), drawn=number))
        looked = [source for _word, source in found.gold.sure]
        if found.gold.is_said and looked != sorted(looked) and said(found.without) != said(found.attending):
            return number
    raise AssertionError("attention is of no use to the models that come along")


@pytest.fixture(scope="module")
def drawn(reordered):
    return ask(TranslationRequest("".join(drawn_sentence(reordered).zh), drawn=reordered))


def said(spoken):
    return " ".join(word.text for word in spoken.words)


def test_attention_says_what_one_context_has_lost(drawn):
    assert said(drawn.attending) == " ".join(drawn.gold.words) != said(drawn.without)


def test_a_context_is_the_weighted_sum_of_the_encoders_states_and_without_weights_always_the_same(drawn):
    attending, without = drawn.attending, drawn.without
    np.testing.assert_allclose(attending.weights.sum(axis=1), 1, rtol=1e-5)
    np.testing.assert_allclose(attending.contexts, attending.weights @ attending.encoded, atol=1e-5)
    assert without.weights.shape == (0, len(drawn.source))
    assert (without.contexts == without.first).all()
    half = without.first.shape[0] // 2
    np.testing.assert_allclose(without.first[:half], without.encoded[-1, :half], atol=1e-6)
    np.testing.assert_allclose(without.first[half:], without.encoded[0, half:], atol=1e-6)


def test_gold_links_are_those_of_the_grammar_and_shifted_weights_miss_them(drawn, reordered):
    gold, looked = drawn.gold, drawn.attending.weights.argmax(axis=1)
    assert gold.is_said
    assert set(gold.sure) == drawn_sentence(reordered).sure
    links = {(at, int(key)) for at, key in enumerate(looked)}
    found, possible = len(links & set(gold.sure)), len(links & set(gold.possible))
    assert gold.aer == pytest.approx(1 - (found + possible) / (len(links) + len(gold.sure)))
    assert gold.aer_shifted > gold.aer + 0.5


def test_another_sentence_has_no_gold_and_a_drawn_one_is_always_the_same(drawn, reordered):
    assert ask(TranslationRequest("我喜欢这个香蕉", drawn=reordered)).gold is None
    assert ask(TranslationRequest("".join(word.text for word in drawn.source))).gold is None
    assert drawn_sentence(5) == drawn_sentence(5) != drawn_sentence(6)


def test_the_order_of_asking_is_told():
    assert not ask(TranslationRequest("我喜欢这个香蕉", "general")).asks_after


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "nothing to translate"), ("a" * 10_000, "This works: "), ("他" * 10_000, "Shorten it"),
        ("😀我爱你", "😀"), ("I like it", '"I", "like", "it" are not among them. It reads Chinese.'),
    ],
)  # fmt: skip
def test_a_text_from_outside_its_world_gets_a_short_clear_word(text, told):
    with pytest.raises(TextError) as refused:
        ask(TranslationRequest(text))
    assert told in str(refused.value)
    assert len(str(refused.value)) < 300


def test_a_model_that_nobody_has_trained_says_what_to_run(monkeypatch, tmp_path):
    monkeypatch.setattr("core.attention.learned.folders.SHIPPED", tmp_path)
    monkeypatch.setattr("core.attention.learned.folders.own_folder", lambda: tmp_path)
    with pytest.raises(UntrainedError, match="attention-train --model seq2seq-local-m"):
        ask(TranslationRequest("我喜欢这个香蕉", "local-m"))


@pytest.fixture
def own(tmp_path):
    """Train small models on a person's own pairs, and keep them in a folder."""
    corpus = read_pairs(_pairs_file(tmp_path))

    def trained(name, **config):
        lesson = TranslationLesson(
            Seq2SeqConfig(embedding=8, hidden=8, **config), corpus, Schedule(2, 1e-2, batch=16), seed=3
        )
        training = Training(lesson)
        list(training.run())
        return save_model(tmp_path, name, training, {})

    return trained


def _pairs_file(folder):
    rows = [f"数字 {n} 是\tthe number {n}" for n in range(120)]
    path = folder / "numbers.tsv"
    path.write_text("\n".join(rows), encoding="utf-8")
    return path


def test_a_model_of_a_persons_own_pairs_is_asked_beside_its_twin_where_there_is_one(own):
    weights = str(own("seq2seq-dot-numbers", score="dot"))
    text = examples_of(Path(weights))[0]
    alone = ask(TranslationRequest(text, opened=weights))
    assert alone.without is None
    assert (alone.attending.name, alone.attending.seed) == ("seq2seq-dot-numbers", 3)
    assert written_out(alone.source) == text.replace(" ", "")
    own("seq2seq-none-numbers", score="none")
    assert ask(TranslationRequest(text, opened=weights)).without.name == "seq2seq-none-numbers"
    with pytest.raises(TextError, match="This works: 数字"):
        ask(TranslationRequest("xyz", opened=weights))


def test_a_file_that_is_gone_or_no_translator_is_told(own, tmp_path):
    gone = tmp_path / "seq2seq-dot-seed0.safetensors"
    with pytest.raises(ModelError, match=r"There is no file .*seq2seq-dot-seed0"):
        ask(TranslationRequest("我", opened=str(gone)))
    plain = own("seq2seq-none-numbers", score="none")
    with pytest.raises(ModelError, match="has no attention"):
        ask(TranslationRequest("数字", opened=str(plain)))
    memory = SHIPPED / "memory-two-3-seed0.safetensors"
    with pytest.raises(ModelError, match="no model that translates"):
        ask(TranslationRequest("我", opened=str(memory)))


def test_dates_are_read_by_a_model_of_characters():
    found = ask(TranslationRequest("2019年3月5号", "dates"))
    assert written_out(found.attending.words) == "2019-03-05"
    assert found.without.name == "dates-none"


def test_it_is_exported_as_a_table_and_as_arrays(drawn, tmp_path):
    request = TranslationRequest("".join(word.text for word in drawn.source))
    list(export(request, tmp_path / "shown.csv"))
    lines = (tmp_path / "shown.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(drawn.attending.words)
    list(export(request, tmp_path / "shown.npz"))
    with np.load(tmp_path / "shown.npz") as arrays:
        assert np.allclose(arrays["attending_weights"], drawn.attending.weights)
        assert arrays["without_name"] == "seq2seq-none"
