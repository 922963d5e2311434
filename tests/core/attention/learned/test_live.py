"""A training that is watched does the steps of any other, shows where it looks, and is kept when it is left."""

from __future__ import annotations

from contextlib import closing
from itertools import islice

import numpy as np
import pytest

from core.attention.learned.live.events import (
    Begun,
    Examining,
    LiveRequest,
    LiveStep,
    Reached,
    TwinRequest,
)
from core.attention.learned.live.run import LiveTraining, show_twin
from core.attention.learned.store import find_models, partial_file
from core.attention.learned.training import Training
from core.runtime.inline import payloads_and_result
from core.runtime.task import Steerable, Watchable


@pytest.fixture
def watched(small_lesson, tmp_path):
    """Make a training of four steps."""

    def made(**request):
        wanted = LiveRequest("seq2seq-general", **request)
        return LiveTraining(wanted, tmp_path, lambda one: small_lesson(steps=4, seed=one.seed, score="general"))

    return made


def driven(training, payloads):
    """Put what a training says into ``payloads``, and return what came of it."""

    def driving():
        nonlocal came
        came = yield from payloads_and_result(training)

    came = None
    payloads.extend(driving())
    return came


def steps_of(payloads):
    return [(one.step, one.loss) for one in payloads if isinstance(one, LiveStep)]


@pytest.mark.long
def test_it_does_the_steps_of_any_other_training_and_is_kept_whole(watched, small_lesson, tmp_path):
    payloads = []
    trained = driven(watched(seed=2), payloads)
    other = [(one.step, one.loss) for one in Training(small_lesson(steps=4, seed=2, score="general")).run()]
    assert payloads[0] == Begun(4, 0, 12, ())
    assert steps_of(payloads) == other
    assert isinstance(payloads[-1], Examining)
    (saved,) = find_models(tmp_path)
    assert (saved.record.name, saved.record.seed, str(saved.weights)) == ("seq2seq-general", 2, trained.weights)
    assert dict(trained.figures)["bleu"] == saved.record.scores["bleu"]
    assert not partial_file(tmp_path, "seq2seq-general", 2).exists()


@pytest.mark.long
def test_one_that_is_left_goes_on_where_it_was(watched):
    whole = steps_of(payloads_and_result(watched()))
    with closing(payloads_and_result(watched())) as left:
        assert len(steps_of(islice(left, 3))) == 2
    begun, *rest = payloads_and_result(watched(is_resumed=True))
    assert begun.step == 2
    assert [watched.step for watched in begun.log] == [1, 2]
    assert [step for step, _loss in steps_of(rest)] == [3, 4]
    assert steps_of(rest) == whole[2:]
    anew = next(iter(watched()))
    assert anew.step == 0


@pytest.mark.long
def test_it_says_when_the_step_is_done_that_it_is_held_after(watched):
    kinds = [type(one) for one in payloads_and_result(watched(hold_after=2))]
    assert kinds.index(Reached) == 3  # begun, two steps
    with closing(payloads_and_result(watched())) as left:
        list(islice(left, 4))
    resumed = payloads_and_result(watched(is_resumed=True, hold_after=2))
    assert [type(one) for one in islice(resumed, 2)] == [Begun, Reached], "it is further on already"
    resumed.close()


def test_it_shows_where_it_looks_in_the_example_that_is_wanted(watched, small_corpus):
    training = watched(example=1)
    assert isinstance(training, Steerable)
    assert isinstance(training, Watchable)
    assert training.snapshot() is None
    running = iter(training)
    next(running), next(running)
    seen = training.snapshot()
    pair = small_corpus.validation[1]
    assert (seen.step, seen.example, seen.looked.rows, seen.looked.columns) == (1, 1, pair.en, pair.zh)
    assert np.allclose(seen.looked.weights.sum(axis=1), 1, atol=1e-5)
    assert set(seen.looked.right) == pair.sure
    training.control("example", 14)  # of twelve
    assert training.snapshot().looked.columns == small_corpus.validation[2].zh
    with pytest.raises(ValueError, match="tempo"):
        training.control("tempo", 3)
    running.close()


@pytest.mark.long
def test_looking_changes_nothing(watched):
    with closing(payloads_and_result(watched())) as running:
        plain = steps_of(islice(running, 4))
    training = watched()
    running, looked = iter(training), []
    for payload in islice(running, 4):
        training.snapshot()
        looked.append(payload)
    running.close()
    assert steps_of(looked) == plain


@pytest.mark.parametrize(
    ("model", "twin"),
    [
        ("seq2seq-additive", "seq2seq-none"),
        ("seq2seq-none", None),
        ("memory-two-3", None),
        ("dates-general", "dates-none"),
    ],
)
def test_a_twin_is_the_model_of_the_same_task_without_attention(model, twin):
    (found,) = show_twin(TwinRequest(model))
    assert (found.course.name if found.course is not None else None) == twin
    if twin is not None:
        steps = [watched.step for watched in found.course.log]
        assert steps == sorted(set(steps))
        assert {"loss", "validation_loss"} <= dict(found.course.log[-1].figures).keys()
