"""Memory hops: by hand, in order, padded, and one hop leading to the next."""

from __future__ import annotations

import math

import pytest
import torch

from core.attention.mechanisms.memory import EndToEndMemory, hop, hops, position_encoding


def made(count=2):
    torch.manual_seed(2)
    return EndToEndMemory(9, 4, count, 6).double()


STORY = torch.tensor([[[1, 2, 3], [4, 2, 0], [5, 6, 7]]])
QUESTION = torch.tensor([[8, 2]])


def test_a_hop_by_hand():
    # uᵀ m = (ln 3, 0): p = (¾, ¼); o = ¾ (4, 0) + ¼ (0, 8) = (3, 2); u + o = (4, 2).
    found = hop(
        torch.tensor([1.0, 0.0]), torch.tensor([[math.log(3), 5.0], [0.0, 1.0]]), torch.tensor([[4.0, 0.0], [0.0, 8.0]])
    )
    assert torch.allclose(found.weights, torch.tensor([0.75, 0.25]))
    assert torch.allclose(found.read, torch.tensor([3.0, 2.0]))
    assert torch.allclose(found.after, torch.tensor([4.0, 2.0]))


def test_a_linear_hop_has_its_scores_for_weights():
    mask = torch.tensor([True, False])
    found = hop(torch.tensor([1.0, 0.0]), torch.tensor([[2.0, 0.0], [3.0, 0.0]]), torch.eye(2), mask, is_linear=True)
    assert found.weights.tolist() == [2, 0]


def test_what_one_hop_reads_the_next_one_searches():
    # First hop finds sentence 0 for certain and reads (0, 50) there; that finds sentence 1 in the second.
    big = 50.0
    first = torch.tensor([[big, 0.0], [0.0, 0.0]])
    second = torch.tensor([[0.0, big], [big, big]])
    third = torch.tensor([[1.0, 1.0], [2.0, 3.0]])
    done = hops(torch.tensor([1.0, 0.0]), [first, second, third])
    assert torch.allclose(done[0].weights, torch.tensor([1.0, 0.0]))
    assert torch.allclose(done[1].question, torch.tensor([1.0, big]))
    assert torch.allclose(done[1].weights, torch.tensor([0.0, 1.0]))
    assert torch.allclose(done[1].after, torch.tensor([3.0, big + 3]))


def test_position_encoding_by_hand():
    # J = 2, d = 2: j/J = ½, 1 and k/d = ½, 1. (1 − ½) − ½ · 0 = ½ in the first place; 0 + ½ and 0 + 1 in the second.
    found = position_encoding(torch.tensor(2), 3, 2)
    assert torch.allclose(found[:2], torch.tensor([[0.5, 0.5], [0.5, 1.0]]))


def test_the_order_of_words_and_of_sentences_counts():
    model = made()
    assert not torch.allclose(model.embed(torch.tensor([1, 2]), 0), model.embed(torch.tensor([2, 1]), 0))
    assert not torch.allclose(model(STORY, QUESTION)[0], model(STORY.flip(1), QUESTION)[0])


@pytest.mark.parametrize("at_end", [True, False])
def test_padding_changes_nothing(at_end):
    model = made()
    wide = torch.nn.functional.pad(STORY, (0, 2))
    padded = torch.nn.functional.pad(wide, (0, 0, 0, 2) if at_end else (0, 0, 2, 0))
    alone, padded_answer = model(STORY, QUESTION), model(padded, torch.nn.functional.pad(QUESTION, (0, 3)))
    assert torch.allclose(alone[0], padded_answer[0])
    weights = padded_answer[1][0].weights[0]
    assert (weights[3:] if at_end else weights[:2]).tolist() == [0, 0]


@pytest.mark.parametrize("count", [1, 2, 3])
def test_as_many_hops_as_wanted_each_summing_to_one(count):
    scores, done = made(count)(STORY, QUESTION)
    assert scores.shape == (1, 9)
    assert len(done) == count
    assert all(torch.allclose(one.weights.sum(), torch.tensor(1.0, dtype=torch.float64)) for one in done)


def test_weights_move_when_only_a_sentence_moves():
    model, other = made(), STORY.clone()
    other[0, 1, 0] = 3
    for before, after in zip(model(STORY, QUESTION)[1], model(other, QUESTION)[1], strict=True):
        assert not torch.allclose(before.weights, after.weights)


def test_gradients():
    chance = torch.Generator().manual_seed(0)
    question, *memories = (
        torch.randn(*shape, dtype=torch.float64, generator=chance).requires_grad_()
        for shape in ((2, 3), (2, 4, 3), (2, 4, 3), (2, 4, 3))
    )
    assert torch.autograd.gradcheck(lambda u, *m: hops(u, m)[-1].after, (question, *memories))
