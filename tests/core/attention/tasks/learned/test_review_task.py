"""A review judged on two levels: each vector is the weighted sum of the level below, or its plain mean."""

from __future__ import annotations

from pkgutil import resolve_name

import numpy as np
import pytest

from core.attention.errors import ModelError, TextError
from core.attention.export.tables import export
from core.attention.learned.reviews.corpus import Review, Reviews, sentences_of
from core.attention.learned.reviews.examples import EXAMPLES
from core.attention.learned.reviews.lesson import ReviewLesson
from core.attention.learned.reviews.model import ReviewConfig
from core.attention.learned.store import save_model
from core.attention.learned.training import Schedule, Training
from core.attention.learned.vocabulary import Vocabulary
from core.attention.tasks import task_for
from core.attention.tasks.learned.requests import ReviewRequest

KNOWN = tuple(Review(sentences_of(text), at % 2 == 1) for at, text in enumerate(EXAMPLES))


@pytest.fixture(scope="module")
def trained(tmp_path_factory):
    """A folder with both networks, which have learned the examples for two steps."""
    folder = tmp_path_factory.mktemp("models")
    words = Vocabulary.of(sentence for review in KNOWN for sentence in review.sentences)
    for kind in ("han", "hn-ave"):
        config = ReviewConfig(kind, embedding=8, hidden=8)
        lesson = ReviewLesson(config, Reviews(KNOWN, KNOWN, KNOWN), words, Schedule(2, 1e-2, 3, warm_up=0), 1)
        training = Training(lesson)
        for _step in training.run():
            pass
        save_model(folder, f"reviews-{kind}", training, {"accuracy": 0.75})
    return folder


@pytest.fixture(autouse=True)
def _shipped(monkeypatch, trained):
    monkeypatch.setattr("core.attention.learned.folders.SHIPPED", trained)


def ask(text):
    *_steps, found = resolve_name(task_for(ReviewRequest(text)).task)(request=ReviewRequest(text))
    return found


def test_weights_are_shares_on_both_levels_and_averages_are_equal():
    found = ask(EXAMPLES[0])
    assert len(found.attending.sentences) == 4
    for judged in (found.attending, found.averaging):
        assert judged.sentences.sum() == pytest.approx(1, abs=1e-5)
        assert np.bincount(found.sentence_of, judged.words) == pytest.approx(np.ones(4), abs=1e-5)
        assert 0 < judged.probability < 1
        assert (judged.seed, judged.accuracy) == (1, 0.75)
    assert len(set(found.averaging.sentences.tolist())) == 1
    counts = np.bincount(found.sentence_of)
    np.testing.assert_allclose(found.averaging.words, 1 / counts[found.sentence_of])
    assert np.ptp(found.attending.words[found.sentence_of == 1]) > 0


def test_words_of_nobody_are_marked_and_told():
    found = ask("酒店很好。xyz")
    assert [word.text for word, known in zip(found.words, found.known, strict=True) if not known][-1] == "xyz"
    assert "unknown to it" in found.note
    assert "".join(word.text for word in found.words) == "酒店很好。xyz"


@pytest.mark.parametrize("text", ["", "x" * 10_000, "😀", "The hotel was bad and the food awful", "。。。"])
def test_a_text_of_which_it_knows_too_little_gets_a_clear_word(text):
    with pytest.raises(TextError) as refused:
        ask(text)
    assert f"This works: {EXAMPLES[1]}" in str(refused.value)
    assert "It reads Chinese." in str(refused.value)


def test_words_that_it_does_not_know_are_named():
    with pytest.raises(TextError, match=r'This model knows [0-9]+ words; .*"纠缠".* not among them'):
        ask("量子纠缠，退相干。")


def test_of_a_long_review_the_beginning_is_read_and_that_is_told():
    found = ask("房间很好。" * 2_000)
    assert int(found.sentence_of.max()) == 11
    assert f"Only the first {len(found.words)} words are read." in found.note
    assert ask(EXAMPLES[0]).note == ""


def test_a_network_that_nobody_has_trained_says_what_to_run(monkeypatch, tmp_path):
    monkeypatch.setattr("core.attention.learned.folders.SHIPPED", tmp_path)
    monkeypatch.setattr("core.attention.learned.folders.own_folder", lambda: tmp_path)
    with pytest.raises(ModelError, match="attention-train --model reviews-han"):
        ask(EXAMPLES[0])


def test_it_is_exported_as_a_table_and_as_arrays(tmp_path):
    list(export(ReviewRequest(EXAMPLES[2]), tmp_path / "shown.csv"))
    lines = (tmp_path / "shown.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 1 + len(ask(EXAMPLES[2]).words)
    list(export(ReviewRequest(EXAMPLES[2]), tmp_path / "shown.npz"))
    with np.load(tmp_path / "shown.npz") as arrays:
        assert arrays["attending_sentences"].shape == (3,)
        assert arrays["averaging_vector"].shape == (8,)
