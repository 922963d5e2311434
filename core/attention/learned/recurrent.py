"""A recurrent network over texts of different lengths that reads none of the gaps behind the shorter ones."""

from __future__ import annotations

import torch
from torch import Tensor, nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence


def read(gru: nn.GRU, vectors: Tensor, there: Tensor) -> Tensor:
    """Return the states of a GRU in both directions.

    Args:
        gru: with ``batch_first`` and h / 2 numbers in each direction.
        vectors: (B, n, d); what is there stands before the gaps.
        there: (B, n) true for words that are there.

    Returns:
        (B, n, h), 0 where there is a gap.
    """
    lengths = there.sum(dim=1)
    present = lengths > 0
    states = torch.zeros(*vectors.shape[:2], 2 * gru.hidden_size)
    if bool(present.any()):
        packed = pack_padded_sequence(vectors[present], lengths[present], batch_first=True, enforce_sorted=False)
        unpacked, _lengths = pad_packed_sequence(gru(packed)[0], batch_first=True, total_length=vectors.shape[1])
        states = states.index_put((present.nonzero(as_tuple=True)[0],), unpacked)
    return states
