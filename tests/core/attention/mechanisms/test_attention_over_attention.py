"""Attention over attention: by hand, padded, answers summed over their occurrences."""

from __future__ import annotations

import math

import torch

from core.attention.mechanisms.attention_over_attention import answer_scores, attend_over_attention

THREE = math.log(3)
DOCUMENT = torch.tensor([[THREE, 0.0], [0.0, THREE], [0.0, 0.0]])
QUESTION = torch.tensor([[1.0, 0.0], [0.0, 1.0]])


def test_by_hand():
    found = attend_over_attention(DOCUMENT, QUESTION)
    # M = ln 3 · [[1, 0], [0, 1], [0, 0]].
    assert torch.allclose(found.scores, torch.tensor([[THREE, 0], [0, THREE], [0, 0]]))
    # Columns: 3, 1, 1 over 5 and 1, 3, 1 over 5.
    assert torch.allclose(found.to_document, torch.tensor([[0.6, 0.2], [0.2, 0.6], [0.2, 0.2]]))
    # Rows: ¾ ¼, ¼ ¾, ½ ½; their mean ½ ½.
    assert torch.allclose(found.to_question, torch.tensor([[0.75, 0.25], [0.25, 0.75], [0.5, 0.5]]))
    assert torch.allclose(found.importance, torch.tensor([0.5, 0.5]))
    # s = α β: 0.4, 0.4, 0.2.
    assert torch.allclose(found.attended, torch.tensor([0.4, 0.4, 0.2]))


def test_an_answer_collects_all_its_places():
    found = answer_scores(torch.tensor([0.1, 0.5, 0.4]), torch.tensor([2, 0, 2]), 4)
    assert torch.allclose(found, torch.tensor([0.5, 0.0, 0.5, 0.0]))


def test_padding_changes_nothing():
    document = torch.cat([DOCUMENT, torch.full((2, 2), 7.0)])
    question = torch.cat([QUESTION, torch.full((1, 2), 7.0)])
    alone = attend_over_attention(DOCUMENT, QUESTION)
    padded = attend_over_attention(
        document, question, torch.tensor([True] * 3 + [False] * 2), torch.tensor([True, True, False])
    )
    assert torch.allclose(padded.attended[:3], alone.attended)
    assert padded.attended[3:].tolist() == [0, 0]
    assert torch.allclose(padded.importance, torch.tensor([0.5, 0.5, 0.0]))


def test_gradients():
    chance = torch.Generator().manual_seed(0)
    document, question = (
        torch.randn(*shape, dtype=torch.float64, generator=chance).requires_grad_() for shape in ((2, 4, 3), (2, 3, 3))
    )
    assert torch.autograd.gradcheck(lambda d, q: attend_over_attention(d, q).attended, (document, question))


def test_weights_move_when_only_a_word_of_either_moves_and_sum_to_one():
    moved = DOCUMENT.clone()
    moved[2] += 1
    other = QUESTION.clone()
    other[1] += 1
    before = attend_over_attention(DOCUMENT, QUESTION).attended
    for found in (attend_over_attention(moved, QUESTION), attend_over_attention(DOCUMENT, other)):
        assert not torch.allclose(found.attended, before)
        assert torch.allclose(found.attended.sum(), torch.tensor(1.0))
