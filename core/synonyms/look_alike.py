"""Words that are drawn alike and are not the same: whoever judges such a pair has to be told."""

from __future__ import annotations

import re
import unicodedata
from itertools import takewhile
from typing import Final

from core.synonyms.pairs import INVISIBLE

_MOST: Final = 3
"""Code points told of a word."""

_UNSEEN: Final = re.compile(
    INVISIBLE.pattern + "|[\u115f\u1160\u180b-\u180f\u200c\u200d\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0000-\U000e01ef]"
)
"""What also has no picture of its own but may be needed: joiners, fillers, and the signs that choose a variant."""

_TWINS: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеіјорсѕух"  # Cyrillic
    "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο"  # Greek
    "ロカニエタハトヘー○◯"
    "⺟⺠⻄⻅⻆⻉⻋⻓⻔⻘⻙⻚⻛⻜⻝⻢⻤⻥⻦⻨⻩⻬⻮⻰⻳",
    "ABESIJKMHOPCTYXaeijopcsyxABEZHIKMNOPTYXo口力二工夕八卜へ一〇〇母民西见角贝车长门青韦页风飞食马鬼鱼鸟麦黄齐齿龙龟",
)
"""Letters of other scripts, kana, and radicals that text copied from a PDF has in the place of hanzi."""


def look_alike(one: str, other: str) -> bool:
    """Tell whether two words are drawn alike though they are not the same, such as Ａ and A, or with a hidden sign."""
    return one != other and _drawn(one) == _drawn(other)


def telling(one: str, other: str) -> tuple[str, str]:
    """Return, for two words that look alike, the code points in which each differs, such as ``U+FF21``.

    One of the two is empty where the other word holds a sign more. Only the first difference and the last are looked
    for, and three code points told at most.
    """
    begin = _shared(one, other)
    rest, others = one[begin:], other[begin:]
    end = _shared(rest[::-1], others[::-1])
    return _code_points(rest[: len(rest) - end]), _code_points(others[: len(others) - end])


def _shared(one: str, other: str) -> int:
    """Return how many characters both begin with."""
    return sum(1 for _both in takewhile(lambda two: two[0] == two[1], zip(one, other, strict=False)))


def _drawn(word: str) -> str:
    seen = unicodedata.normalize("NFKC", _UNSEEN.sub("", word)).translate(_TWINS)
    return " ".join(seen.split())


def _code_points(text: str) -> str:
    told = " ".join(f"U+{ord(sign):04X}" for sign in text[:_MOST])
    return f"{told} …" if len(text) > _MOST else told
