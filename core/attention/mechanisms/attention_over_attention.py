"""Attention over attention, for cloze questions (Cui et al. 2017, section 3).

A document of D words and a question of Q words with a blank. Every word of the question looks at the document; how much
each of them has to say is weighed by how much the document looks at it. ``…`` stands for any leading dimensions.
"""

from __future__ import annotations

from dataclasses import dataclass

import torch
from torch import Tensor

from core.attention.mechanisms.weights import softmax


@dataclass(frozen=True, slots=True)
class AttentionOverAttention:
    """Every step of it.

    Attributes:
        scores: (…, D, Q) M, the dot product of each word of the document with each of the question (eq. 1).
        to_document: (…, D, Q) α, each *column* a softmax: where in the document a word of the question looks
            (eqs. 2–3).
        to_question: (…, D, Q) each *row* a softmax: where in the question a word of the document looks (eq. 4).
        importance: (…, Q) β, the mean of those rows: how much each word of the question counts (eq. 5).
        attended: (…, D) s = α β, the weights of the document's words (eq. 6); sums to 1.
    """

    scores: Tensor
    to_document: Tensor
    to_question: Tensor
    importance: Tensor
    attended: Tensor


def attend_over_attention(
    document: Tensor, question: Tensor, document_mask: Tensor | None = None, question_mask: Tensor | None = None
) -> AttentionOverAttention:
    """Do all steps.

    Args:
        document: (…, D, d) vectors of the document's words.
        question: (…, Q, d) vectors of the question's words.
        document_mask: (…, D) true for words that are there; None for all.
        question_mask: (…, Q) likewise.
    """
    scores = document @ question.mT  # (…, D, d) · (…, d, Q) = (…, D, Q)
    over_document = None if document_mask is None else document_mask.unsqueeze(-2)  # (…, 1, D)
    over_question = None if question_mask is None else question_mask.unsqueeze(-2)  # (…, 1, Q)
    to_document = softmax(scores.mT, over_document).mT  # (…, D, Q), columns sum to 1
    to_question = softmax(scores, over_question)  # (…, D, Q), rows sum to 1
    if document_mask is None:
        importance = to_question.mean(dim=-2)  # (…, Q)
    else:
        there = document_mask.unsqueeze(-1).to(scores.dtype)  # (…, D, 1)
        importance = (to_question * there).sum(dim=-2) / there.sum(dim=-2)  # (…, Q)
    attended = (to_document @ importance.unsqueeze(-1)).squeeze(-1)  # (…, D, Q) · (…, Q, 1) = (…, D)
    return AttentionOverAttention(scores, to_document, to_question, importance, attended)


def answer_scores(attended: Tensor, words: Tensor, vocabulary: int) -> Tensor:
    """Return P(w | D, Q) = Σ_(i: d_i = w) s_i (eq. 7): a word that occurs twice collects both its weights.

    Args:
        attended: (…, D) s.
        words: (…, D) which word stands at each place, from 0.
        vocabulary: how many words there are.

    Returns:
        (…, vocabulary).
    """
    collected = torch.zeros(*attended.shape[:-1], vocabulary, dtype=attended.dtype, device=attended.device)
    return collected.scatter_add(-1, words, attended)
