"""Two levels: by hand, padded, and the same as one sentence after the other."""

from __future__ import annotations

import math

import torch
from torch import nn

from core.attention.mechanisms.hierarchical import HierarchicalAttention, attend_level


def made(**options):
    torch.manual_seed(5)
    return HierarchicalAttention(3, 4, **options).double()


def states(*shape, seed=0):
    return torch.randn(*shape, dtype=torch.float64, generator=torch.Generator().manual_seed(seed))


def test_a_level_by_hand():
    # tanh(W h + b) = tanh 1 and 0, u = ln 3 / tanh 1: scores ln 3 and 0, weights ¾ and ¼.
    found = attend_level(
        torch.tensor([[1.0, 4.0], [0.0, 8.0]]),
        torch.tensor([[1.0, 0.0]]),
        torch.tensor([0.0]),
        torch.tensor([math.log(3) / math.tanh(1)]),
    )
    assert torch.allclose(found.weights, torch.tensor([0.75, 0.25]))
    assert torch.allclose(found.context, torch.tensor([0.75, 5.0]))


def test_a_sentence_is_read_as_it_is_alone_and_sentences_are_weighed():
    model, words = made(), states(1, 2, 4, 3)
    mask = torch.tensor([[[True, True, True, False], [True, True, True, True]]])
    level, document = model(words, mask)
    alone = model.words(words[:, :1, :3])
    assert torch.allclose(level.weights[0, 0, :3], alone.weights[0, 0])
    assert level.weights[0, 0, 3] == 0
    assert torch.allclose(level.weights.sum(-1), torch.ones(1, 2, dtype=torch.float64))
    by_hand = (document.weights[0, :, None] * level.context[0]).sum(0)
    assert torch.allclose(document.context[0], by_hand)


def test_a_sentence_without_words_is_not_there():
    model, words = made(), states(1, 3, 2, 3)
    mask = torch.tensor([[[True, True], [False, False], [True, True]]])
    _level, document = model(words, mask)
    assert document.weights[0, 1] == 0
    assert torch.allclose(document.weights.sum(), torch.tensor(1.0, dtype=torch.float64))
    without = model(words[:, [0, 2]], mask[:, [0, 2]])[1]
    assert torch.allclose(document.context, without.context)


def test_something_may_stand_between_the_levels():
    class First(nn.Module):
        def forward(self, sentences):
            return sentences[..., :2]

    level, document = made(sentences=First(), d_sentences=2)(states(2, 3, 4, 3), torch.ones(2, 3, 4, dtype=torch.bool))
    assert level.context.shape == (2, 3, 3)
    assert document.context.shape == (2, 2)


def test_gradients():
    model, mask = made(), torch.tensor([[[True, True], [True, False]]])
    words = states(1, 2, 2, 3).requires_grad_()
    assert torch.autograd.gradcheck(lambda h: model(h, mask)[1].context, (words,))
    inputs = tuple(states(*shape, seed=shape[0]).requires_grad_() for shape in ((3, 2), (4, 2), (4,), (4,)))
    assert torch.autograd.gradcheck(lambda *given: attend_level(*given).context, inputs)


def test_a_word_that_moves_moves_both_levels():
    model, words = made(), states(1, 2, 3, 3)
    moved = words.clone()
    moved[0, 1, 2] += 2
    mask = torch.ones(1, 2, 3, dtype=torch.bool)
    (before, document), (after, other) = model(words, mask), model(moved, mask)
    assert torch.equal(before.weights[0, 0], after.weights[0, 0]), "another sentence isn't touched"
    assert not torch.allclose(before.weights[0, 1], after.weights[0, 1])
    assert not torch.allclose(document.weights, other.weights)
