"""Blanks filled by the readers that come with the program: the page's numbers are the reader's own."""

from __future__ import annotations

from pkgutil import resolve_name

import numpy as np
import pytest
import torch

from core.attention.errors import ModelError, TextError
from core.attention.export.tables import export
from core.attention.learned.cloze.lesson import answer, batch_of, load
from core.attention.learned.cloze.questions import BLANK, own_stories
from core.attention.learned.cloze.typed import drawn_excerpt, drawn_story
from core.attention.learned.store import first_of
from core.attention.tasks import task_for
from core.attention.tasks.learned.requests import ClozeRequest


def ask(request):
    *_steps, found = resolve_name(task_for(request).task)(request=request)
    return found


def test_the_answers_are_those_of_the_readers_own_evaluation():
    readers = [load(first_of(f"cloze-stories-{kind}")) for kind in ("aoa", "as")]
    # Drawn anew: the same first stories come, whatever their number.
    for question in own_stories.__wrapped__(0, 6).test:
        found = ask(ClozeRequest("".join(question.document), "".join(question.asked)))
        assert tuple(token.text for token in found.vectors.columns) == question.document
        assert tuple(token.text for token in found.vectors.rows) == question.asked
        for (model, vocabulary), answers in zip(readers, (found.candidates, found.plain), strict=True):
            batch = batch_of([question], vocabulary)
            with torch.no_grad():
                attended = model(batch.document, batch.question, batch.blank)[0]
            assert answers[0].word == answer(question, attended)
        assert found.right == question.answer


def test_every_number_follows_from_the_states_without_being_divided():
    found = ask(ClozeRequest(*drawn_story(1)))
    scores = found.vectors.queries @ found.vectors.keys.T  # (Q, D)
    over_text = np.exp(scores - scores.max(axis=1, keepdims=True))
    over_question = np.exp(scores - scores.max(axis=0))
    np.testing.assert_allclose(found.to_document, over_text / over_text.sum(axis=1, keepdims=True), atol=1e-5)
    np.testing.assert_allclose(found.to_question, over_question / over_question.sum(axis=0), atol=1e-5)
    np.testing.assert_allclose(found.importance, found.to_question.mean(axis=1), atol=1e-5)
    np.testing.assert_allclose(found.attended, found.importance @ found.to_document, atol=1e-5)
    assert found.vectors.rows[found.query].text == BLANK
    assert found.candidates[0].word == found.plain[0].word == found.right == "约翰"
    assert (found.accuracy, found.plain_accuracy) == (pytest.approx(0.964), pytest.approx(0.98))


def test_the_newspaper_is_answered_with_a_noun_and_a_word_stands_for_all_its_places():
    found = ask(ClozeRequest(*drawn_excerpt(0), "newspaper"))
    assert found.candidates[0].word == found.right == "重庆"
    places = [at for at, token in enumerate(found.vectors.columns) if token.text == "重庆"]
    assert found.candidates[0].places == len(places) == 2
    assert found.candidates[0].weight == pytest.approx(float(found.attended[places].sum()), abs=1e-5)
    assert found.unknown > 0
    with pytest.raises(TextError, match=rf"words; .*鳜鱼.* among them\. This works: {drawn_excerpt(0)[0][:8]}"):
        ask(ClozeRequest("鳜鱼鲈鱼鲥鱼", f"{BLANK}鲟鱼鳇鱼", "newspaper"))


def test_a_reader_that_nobody_has_trained_says_what_to_run(monkeypatch, tmp_path):
    monkeypatch.setattr("core.attention.learned.folders.SHIPPED", tmp_path)
    monkeypatch.setattr("core.attention.learned.folders.own_folder", lambda: tmp_path)
    with pytest.raises(ModelError, match="attention-train --model cloze-stories-aoa"):
        ask(ClozeRequest(*drawn_story(0)))


def test_it_is_exported_as_a_table_and_as_arrays(tmp_path):
    request = ClozeRequest(*drawn_story(1))
    list(export(request, tmp_path / "shown.csv"))
    lines = (tmp_path / "shown.csv").read_text("utf-8-sig").splitlines()
    assert lines[0].startswith("word,sentence,start,weight,有人,问,是,____,")
    assert len(lines) == 1 + 35 + 1
    list(export(request, tmp_path / "shown.npz"))
    with np.load(tmp_path / "shown.npz") as arrays:
        assert arrays["model"] == "cloze-stories-aoa"
        assert arrays["plain_word"][0] == arrays["right"] == "约翰"
