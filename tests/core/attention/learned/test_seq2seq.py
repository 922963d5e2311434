"""Encoder and decoder: attention is what differs, and nothing else."""

from __future__ import annotations

import pytest
import torch

from core.attention.learned.translation.corpus import batch_of, by_length
from core.attention.learned.translation.model import Encoded, Seq2Seq, Seq2SeqConfig

VARIANTS = {
    "dot": {"score": "dot"},
    "general": {"score": "general"},
    "additive": {"score": "additive"},
    "location": {"score": "location"},
    "local-m": {"score": "general", "window": "local-m", "half_window": 2.0},
    "local-p": {"score": "general", "window": "local-p", "half_window": 2.0},
    "hard": {"score": "general", "is_hard": True},
    "after": {"score": "general", "asks": "after"},
}


@pytest.fixture
def batch(small_corpus):
    group = max(by_length(small_corpus.train, 8), key=len)
    return batch_of(group, small_corpus.source, small_corpus.target)


def model(small_corpus, **config):
    torch.manual_seed(0)
    wanted = Seq2SeqConfig(embedding=8, hidden=8, **config)
    return Seq2Seq(wanted, len(small_corpus.source), len(small_corpus.target)).eval()


@pytest.mark.parametrize("name", VARIANTS)
def test_weights_are_shares_of_the_source(small_corpus, batch, name):
    decoded = model(small_corpus, **VARIANTS[name])(batch.source, batch.given)
    assert decoded.weights.shape == (*batch.given.shape, batch.source.shape[1])
    assert bool((decoded.weights >= 0).all())
    sums = decoded.weights.sum(dim=-1)
    if name == "local-p":  # the Gaussian takes its part
        assert bool((sums <= 1 + 1e-5).all())
    else:
        torch.testing.assert_close(sums, torch.ones_like(sums))


@pytest.mark.parametrize("name", [name for name in VARIANTS if name != "location"])
def test_weights_move_when_only_a_key_moves(small_corpus, batch, name):
    made = model(small_corpus, **VARIANTS[name])
    encoded = made.encode(batch.source)
    before = made.attention(encoded.last, encoded, 1)
    moved = encoded.states.clone()
    moved[torch.arange(len(moved)), before.argmax(dim=-1)] += 1  # a key that a window does not leave out
    after = made.attention(encoded.last, Encoded(moved, made.attention.score.prepare(moved), encoded.last), 1)
    assert not torch.allclose(before, after)


def test_location_looks_where_it_looks_whatever_stands_there(small_corpus, batch):
    made = model(small_corpus, score="location")
    encoded = made.encode(batch.source)
    others = Encoded(encoded.states + 1, made.attention.score.prepare(encoded.states + 1), encoded.last)
    torch.testing.assert_close(made.attention(encoded.last, encoded, 0), made.attention(encoded.last, others, 0))


def test_without_attention_there_are_no_weights_and_one_context(small_corpus, batch):
    made = model(small_corpus, score="none")
    decoded = made(batch.source, batch.given)
    assert decoded.weights is None
    assert made.attention is None


def test_a_window_that_moves_on_sees_its_neighbourhood_alone(small_corpus, batch):
    decoded = model(small_corpus, **VARIANTS["local-m"])(batch.source, batch.given)
    n = batch.source.shape[1]
    for t in range(batch.given.shape[1]):
        centre = min(t, n - 1)
        for key in range(n):
            if abs(key - centre) > 2:
                assert not decoded.weights[:, t, key].any()


def test_hard_attention_draws_while_learning_and_takes_the_likeliest_after(small_corpus, batch):
    made = model(small_corpus, **VARIANTS["hard"])
    decoded = made(batch.source, batch.given)
    assert torch.equal(decoded.drawn, decoded.weights.argmax(dim=-1))
    made.train()
    drawn = torch.stack([made(batch.source, batch.given).drawn for _time in range(6)])
    assert len({tuple(one.flatten().tolist()) for one in drawn}) > 1


def test_the_decoder_reads_nothing_that_it_has_not_said_yet(small_corpus, batch):
    made = model(small_corpus, score="additive")
    other = batch.given.clone()
    other[:, 3:] = 5
    before, after = made(batch.source, batch.given).logits, made(batch.source, other).logits
    torch.testing.assert_close(before[:, :3], after[:, :3])
    assert not torch.allclose(before[:, 3:], after[:, 3:])


@pytest.mark.parametrize("name", ["hard", "local-p"])
def test_every_weight_of_the_model_is_moved_by_the_loss(small_lesson, name):
    lesson = small_lesson(**VARIANTS[name])
    lesson.model.train()
    lesson.loss(0).backward()
    for weight_name, weight in lesson.model.named_parameters():
        assert weight.grad is not None, weight_name
        assert bool(weight.grad.abs().sum() > 0), weight_name
