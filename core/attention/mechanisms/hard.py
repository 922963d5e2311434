"""Hard attention: one key is drawn by its weight, and its value alone is passed on (Xu et al. 2015, section 4.1).

Where soft attention mixes all values, c = Σ_j α_j v_j, hard attention samples a place s ~ α (eq. 8) and takes v_s. In
the mean both are the same vector, E[v_s] = Σ_j α_j v_j, which the running mean of many samples shows. No gradient flows
through a sample; as a policy does for its actions, the model learns by REINFORCE: log α_s is pushed by how much better
than a baseline it went. "Show, attend and tell: neural image caption generation with visual attention".
"""

from __future__ import annotations

import torch
from torch import Tensor


def sample(weights: Tensor, draws: int, generator: torch.Generator) -> Tensor:
    """Draw keys by their weights (Monte-Carlo).

    Args:
        weights: (m, n) α; rows that sum to 1.
        draws: K, how many for each query.
        generator: where chance comes from.

    Returns:
        (m, K) indices of keys.
    """
    return torch.multinomial(weights.detach(), draws, replacement=True, generator=generator)


def hard_contexts(drawn: Tensor, values: Tensor) -> Tensor:
    """Return the value of each drawn key: (m, K) indices of (n, d) values give (m, K, d)."""
    return values[drawn]


def running_shares(drawn: Tensor, keys: int) -> Tensor:
    """Return how often each of n keys was drawn among the first 1, 2, … K draws: (K,) indices give (K, n) shares.

    By the law of large numbers the last rows come close to α: the error falls as 1/√K.
    """
    one_hot = torch.nn.functional.one_hot(drawn, keys).to(torch.float64)  # (K, n): 1 where drawn, else 0
    counts = torch.arange(1, len(drawn) + 1, dtype=torch.float64).unsqueeze(-1)  # (K, 1)
    return one_hot.cumsum(dim=0) / counts


def moving_baseline(before: float, reward: float, keep: float = 0.9) -> float:
    """Return b_k = 0.9 b_(k−1) + 0.1 R (Xu eq. 12): what a sample is worth on average."""
    return keep * before + (1 - keep) * reward


def leave_one_out(rewards: Tensor) -> Tensor:
    """Return for each of K rewards (…, K) the mean of the others, (…, K): a baseline that needs no memory.

    A sample's own reward is not in it, so that the gradient stays unbiased.

    Raises:
        ValueError: there is only one.
    """
    draws = rewards.shape[-1]
    if draws < 2:
        raise ValueError("one sample has no others to be compared with; draw at least two")
    return (rewards.sum(dim=-1, keepdim=True) - rewards) / (draws - 1)


def reinforce_loss(weights: Tensor, drawn: Tensor, rewards: Tensor, baseline: Tensor | float) -> Tensor:
    """Return −(1/K) Σ_k (R_k − b) log α_(s_k), whose gradient is REINFORCE's estimate (Williams 1992; Xu eq. 11).

    Its gradient's mean over samples is that of −E[R]; the baseline doesn't move the mean, only the noise.

    Args:
        weights: (m, n) α, with gradient.
        drawn: (m, K) which keys were drawn.
        rewards: (m, K) R, such as the log-probability of the right word with the drawn value; a number to learn from,
            through which no gradient flows here.
        baseline: b, a number or (m, K).

    Returns:
        A scalar, the mean over queries.
    """
    log_weights = weights.gather(-1, drawn).log()  # (m, K)
    advantages = (rewards - baseline).detach()  # (m, K)
    return -(advantages * log_weights).mean()
