"""Two readers of cloze questions, alike but for one thing: how much each word of the question counts.

The attention-sum reader (Kadlec et al. 2016) lets one vector of the question look at the document; attention over
attention (Cui et al. 2017) lets each word look, and weighs them by where the document looks.

B questions, documents of D words, questions of Q words, h numbers in a state.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from torch import Tensor, nn

from core.attention.learned.recurrent import read
from core.attention.learned.vocabulary import PAD
from core.attention.mechanisms.attention_over_attention import AttentionOverAttention, attend_over_attention
from core.attention.mechanisms.weights import softmax

Reader = Literal["aoa", "as"]


@dataclass(frozen=True, slots=True)
class ClozeConfig:
    """What a reader is built from.

    Attributes:
        reader: attention over attention, "aoa", or the attention sum, "as".
        embedding: numbers in a word's vector.
        hidden: h; each direction of a GRU has half of it.
        dropout: share of numbers left out while training.
    """

    reader: Reader
    embedding: int = 48
    hidden: int = 64
    dropout: float = 0.1


class ClozeReader(nn.Module):
    """Reads document and question, and says how much of its attention each word of the document has."""

    def __init__(self, config: ClozeConfig, vocabulary: int) -> None:
        super().__init__()
        self.config = config
        self.embedding = nn.Embedding(vocabulary, config.embedding, padding_idx=PAD)
        nn.init.normal_(self.embedding.weight, std=0.1)
        half = config.hidden // 2
        self.document = nn.GRU(config.embedding, half, batch_first=True, bidirectional=True)
        self.question = nn.GRU(config.embedding, half, batch_first=True, bidirectional=True)
        self.dropout = nn.Dropout(config.dropout)

    def forward(self, document: Tensor, question: Tensor, blank: Tensor) -> Tensor:
        """Return the weights (B, D) of the document's words, each row summing to 1.

        Args:
            document: (B, D) words.
            question: (B, Q) words.
            blank: (B,) where in the question the blank is.
        """
        told, asked = self.states(document, question)
        if self.config.reader == "aoa":
            return self.attend(told, asked, document, question).attended
        one = asked.gather(1, blank[:, None, None].expand(-1, 1, asked.shape[-1]))  # (B, 1, h)
        weights: Tensor = softmax(one @ told.mT, (document != PAD).unsqueeze(1)).squeeze(1)  # (B, D)
        return weights

    def states(self, document: Tensor, question: Tensor) -> tuple[Tensor, Tensor]:
        """Return the states of the document (B, D, h) and of the question (B, Q, h)."""
        told = read(self.document, self.dropout(self.embedding(document)), document != PAD)
        asked = read(self.question, self.dropout(self.embedding(question)), question != PAD)
        return told, asked

    def attend(self, told: Tensor, asked: Tensor, document: Tensor, question: Tensor) -> AttentionOverAttention:
        """Return every step of attention over attention."""
        return attend_over_attention(told, asked, document != PAD, question != PAD)
