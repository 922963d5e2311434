"""Sentences to start from: what is worth seeing in a real model's attention."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.attention.encoders.built_in import E5, MINILM
from core.attention.requests import AttentionRequest, Source
from core.language import N_


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence, or two, and what to look for.

    Attributes:
        topic: what it shows; mark for translation, to be translated when shown.
        look: where to look; likewise.
        request: the map it opens with.
    """

    topic: str
    look: str
    request: AttentionRequest


def _chinese(text: str, pair: str | None = None) -> AttentionRequest:
    return AttentionRequest(Source(text, pair, E5.name), "word" if pair else "character")


def _english(text: str) -> AttentionRequest:
    return AttentionRequest(Source(text, None, MINILM.name), "word")


EXAMPLES: Final[tuple[Example, ...]] = (
    Example(
        N_("One character, two readings"),
        N_("行 in 银行 (bank) and in 行走 (walk): which neighbours does each attend to?"),
        _chinese("他在银行门口行走。"),
    ),
    Example(
        N_("One word, two meanings"),
        N_("Two banks in one sentence: each attends to the words that tell which one it is."),
        _english("He sat on the bank of the river near the bank with his money."),
    ),
    Example(
        N_("Who is meant"),
        N_("他 attends back to the person it stands for."),
        _chinese("小明把书还给了图书馆，因为他已经读完了。"),
    ),
    Example(
        N_("Who is meant"),
        N_('Follow "it" through the layers: the animal or the street?'),
        _english("The animal did not cross the street because it was too tired."),
    ),
    Example(
        N_("Negation"),
        N_("How far does 不 reach?"),
        _chinese("我不喜欢下雨天，但是我喜欢下雪。"),
    ),
    Example(
        N_("Negation"),
        N_('Which words attend to "not"?'),
        _english("The film was not bad, it was simply too long."),
    ),
    Example(
        N_("A translation"),
        N_("One sentence in two languages: the middle layers link them."),
        _chinese("我昨天在银行取了钱。", "I withdrew money from the bank yesterday."),
    ),
    Example(
        N_("A translation"),
        N_("Words change their order, the links cross."),
        _chinese("昨天老师在学校唱歌。", "The teacher sang at school yesterday."),
    ),
)
