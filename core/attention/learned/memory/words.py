"""The words of the simulated world. Each has a number, and is said in Chinese and in English.

Facts are said in the same order in both languages, so that a model that reads the numbers reads either.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Literal

SpokenLanguage = Literal["zh", "en"]

PEOPLE: Final = ("小明", "小红", "约翰", "玛丽")
PLACES: Final = ("厨房", "花园", "教室", "公园", "商店", "办公室")
THINGS: Final = ("苹果", "足球", "书")
NUMBERS: Final = ("零", "一", "两", "三")
WENT: Final = "去了"
TOOK: Final = "拿起了"
DROPPED: Final = "放下了"
WHERE: Final = "在哪里"
BEFORE: Final = "之前在哪里"
HOW_MANY: Final = "拿着几件东西"
IS_IN: Final = "在吗"
YES: Final = "是"
NO: Final = "不是"

_NOTHING: Final = ""
"""Word 0, which stands for no word."""
_ENGLISH: Final = {
    "小明": "Xiaoming", "小红": "Xiaohong", "约翰": "John", "玛丽": "Mary",
    "厨房": "kitchen", "花园": "garden", "教室": "classroom", "公园": "park", "商店": "shop", "办公室": "office",
    "苹果": "apple", "足球": "football", "书": "book",
    "零": "zero", "一": "one", "两": "two", "三": "three", YES: "yes", NO: "no",
}  # fmt: skip

WORDS: Final = (
    _NOTHING, *PEOPLE, *PLACES, *THINGS, *NUMBERS, YES, NO, WENT, TOOK, DROPPED, WHERE, BEFORE, HOW_MANY, IS_IN,
)  # fmt: skip
NUMBER_OF: Final = {word: number for number, word in enumerate(WORDS)}

_SENTENCES: Final[dict[str, tuple[str, str]]] = {
    # the second word of a fact, or the last of a question, and how the whole is said
    WENT: ("{0}去了{2}。", "{0} went to the {2}."),
    TOOK: ("{0}拿起了{2}。", "{0} took the {2}."),
    DROPPED: ("{0}放下了{2}。", "{0} put down the {2}."),
    WHERE: ("{0}在哪里？", "Where is {0}?"),
    BEFORE: ("{0}到{1}之前在哪里？", "Where was {0} before the {1}?"),
    HOW_MANY: ("{0}拿着几件东西？", "How many things does {0} hold?"),
    IS_IN: ("{0}在{1}吗？", "Is {0} in the {1}?"),
}


def numbers(words: Sequence[str]) -> list[int]:
    """Return words as numbers."""
    return [NUMBER_OF[word] for word in words]


def say(words: Sequence[str], language: SpokenLanguage) -> str:
    """Return a fact, a question or an answer as a person says it."""
    said = [word if language == "zh" else _ENGLISH.get(word, word) for word in words]
    if len(words) == 1:
        return said[0]
    if language == "en":
        said = [
            f"the {word}" if given in THINGS and at == 0 else word
            for at, (given, word) in enumerate(zip(words, said, strict=True))
        ]
    middle_or_last = words[1] if words[1] in (WENT, TOOK, DROPPED) else words[-1]
    return _SENTENCES[middle_or_last][language == "en"].format(*said)
