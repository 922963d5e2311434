"""Training: the same for the same seed, and the same whether or not it was stopped between."""

from __future__ import annotations

from itertools import islice

import pytest
import torch

from core.attention.errors import ModelError
from core.attention.learned.store import go_on, load_into, open_model, partial_file, save_partial
from core.attention.learned.training import Schedule, Training


def weights_of(training):
    return {name: value.clone() for name, value in training.lesson.model.state_dict().items()}


def advance(training, steps=None):
    return list(islice(training.run(), steps))


@pytest.mark.long
def test_a_seed_gives_the_same_losses_and_leaves_the_process_s_chance_alone(small_lesson):
    torch.manual_seed(1)
    first = [step.loss for step in advance(Training(small_lesson(seed=4)))]
    drawn = torch.rand(1)
    again = [step.loss for step in advance(Training(small_lesson(seed=4)))]
    other = [step.loss for step in advance(Training(small_lesson(seed=5)))]
    assert first == again
    assert first != other
    torch.manual_seed(1)
    assert torch.equal(drawn, torch.rand(1))


def test_a_loss_falls(small_lesson):
    training = Training(small_lesson(steps=12), watch_every=11)
    advance(training)
    first, last = training.log
    assert last["validation_loss"] < first["validation_loss"]
    assert first["validation_loss"] < 6.2  # a guess among 530 words costs 6.3


def test_somebody_looks_now_and_then_and_at_the_end(small_lesson):
    training = Training(small_lesson(steps=5), watch_every=2)
    watched = [step.step for step in advance(training) if step.watched is not None]
    assert watched == [2, 4, 5]
    assert [row["step"] for row in training.log] == watched
    assert 0 <= training.log[-1]["aer"] <= 1


def test_what_was_stopped_ends_where_it_would_have_ended(small_lesson, tmp_path):
    whole = Training(small_lesson(steps=6, score="general"), watch_every=3)
    advance(whole)
    begun = Training(small_lesson(steps=6, score="general"), watch_every=3)
    advance(begun, 4)
    save_partial(partial_file(tmp_path, "a", 0), begun)
    resumed = Training(small_lesson(steps=6, score="general"), watch_every=3)
    assert go_on(partial_file(tmp_path, "a", 0), resumed)
    assert resumed.step == 4
    rest = advance(resumed)
    assert [step.step for step in rest] == [5, 6]
    for name, value in weights_of(whole).items():
        torch.testing.assert_close(value, weights_of(resumed)[name], rtol=0, atol=0)


def test_a_stopped_training_of_another_schedule_is_not_gone_on_with(small_lesson, tmp_path):
    begun = Training(small_lesson(steps=6))
    advance(begun, 2)
    save_partial(partial_file(tmp_path, "a", 0), begun)
    longer = Training(small_lesson(steps=9))
    assert not go_on(partial_file(tmp_path, "a", 0), longer)
    assert longer.step == 0
    assert not go_on(partial_file(tmp_path, "b", 0), longer)


def test_the_learning_rate_rises_then_falls_in_a_straight_line():
    schedule = Schedule(steps=101, learning_rate=1.0, batch=1, warm_up=10, last=0.0)
    assert schedule.rate(0) == pytest.approx(0.1)
    assert schedule.rate(50) == pytest.approx(0.5)
    assert schedule.rate(100) == pytest.approx(0.0)


def test_what_is_saved_is_what_was_measured(trained, small_lesson):
    saved = trained(score="general")
    lesson = small_lesson(score="general")
    load_into(lesson.model, saved.weights)
    scores = lesson.scores()
    assert scores == saved.record.scores
    assert saved.record.seed == 0
    assert saved.record.steps == 3
    assert saved.record.log[-1]["step"] == 3
    assert saved.weights.stat().st_size < 100_000


def test_weights_are_numbers_and_nothing_that_could_run(trained, small_lesson):
    saved = trained()
    with saved.weights.open("wb") as file:
        torch.save({"weights": print}, file)  # a pickle, which would run what it names
    with pytest.raises(ModelError, match="can't be read, or it is damaged"):
        load_into(small_lesson().model, saved.weights)


def test_a_model_without_its_record_is_refused_in_a_sentence(trained):
    saved = trained()
    saved.weights.with_suffix(".json").write_text('{"format": 1}', encoding="utf-8")
    with pytest.raises(ModelError, match="is damaged: "):
        open_model(saved.weights)
    saved.weights.with_suffix(".json").unlink()
    with pytest.raises(ModelError, match="Keep the two files together"):
        open_model(saved.weights)
    with pytest.raises(ModelError, match="There is no file"):
        open_model(saved.weights.with_name("other.safetensors"))


@pytest.mark.long
def test_weights_of_another_shape_are_refused(trained, small_lesson):
    saved = trained(score="general")
    with pytest.raises(ModelError, match="is damaged"):
        load_into(small_lesson(score="additive").model, saved.weights)
