"""What a Chinese text with a blank says, in English: for those who see the page in English and read no Chinese."""

from __future__ import annotations

from typing import Final

from core.attention.errors import TextError
from core.attention.learned.cloze.excerpts import EXCERPTS
from core.attention.learned.cloze.questions import BLANK
from core.attention.learned.cloze.typed import read_story

_NAMES: Final = {
    "小明": "Xiaoming", "小红": "Xiaohong", "小丽": "Xiaoli", "小刚": "Xiaogang", "小芳": "Xiaofang", "小军": "Xiaojun",
    "约翰": "John", "玛丽": "Mary", "大卫": "David", "安娜": "Anna", "老王": "Lao Wang", "老李": "Lao Li",
}  # fmt: skip
_ACTIONS: Final = {
    "买了": "bought", "卖了": "sold", "洗了": "washed", "修了": "repaired", "画了": "drew", "找到了": "found",
    "丢了": "lost", "送来了": "brought",
}  # fmt: skip
_THINGS: Final = {
    "苹果": "an apple", "雨伞": "an umbrella", "自行车": "a bicycle", "帽子": "a hat", "词典": "a dictionary",
    "照片": "a photo", "手机": "a phone", "钥匙": "a key",
}  # fmt: skip
_PLACES: Final = {
    "公园": "in the park", "学校": "at school", "商店": "at the shop", "车站": "at the station",
    "医院": "at the hospital", "银行": "at the bank", "花园": "in the garden", "饭馆": "in the restaurant",
}  # fmt: skip
_TIMES: Final = {
    "": "", "早上": "in the morning", "中午": "at noon", "晚上": "in the evening", "昨天": "yesterday",
    "周末": "at the weekend",
}  # fmt: skip
_OPENINGS: Final = {
    "": "It was {0}.", "我听说": "I heard that it was {0}.", "大家都知道": "Everybody knows that it was {0}.",
    "报纸上说": "The newspaper says that it was {0}.", "有人问": "Somebody asks whether it was {0}.",
}  # fmt: skip


def in_english(text: str, question: str) -> str:
    """Return what a story and its question say, or an excerpt and its question; empty for any other text."""
    excerpt = next((one for one in EXCERPTS if (one.text, one.question) == (text, question)), None)
    if excerpt is not None:
        return excerpt.english
    try:
        read = read_story(text, question)
    except TextError:
        return ""
    told, fact = list[str](), list[str]()
    for word in read.document:
        if word == "。":
            told.append(_fact(fact))
            fact = []
        else:
            fact.append(word)
    at = read.asked.index("是")
    opening, (_is, _blank, _in, place, deed, thing, _end) = "".join(read.asked[:at]), read.asked[at:]
    asked = f"{BLANK} who {_ACTIONS[deed]} {_THINGS[thing]} {_PLACES[place]}"
    return " ".join([*told, _OPENINGS[opening].format(asked)])


def _fact(words: list[str]) -> str:
    """Say one, whose time may be missing."""
    time, person, _in, place, deed, thing = ["", *words][-6:]
    said = f"{_NAMES[person]} {_ACTIONS[deed]} {_THINGS[thing]} {_PLACES[place]} {_TIMES[time]}"
    return f"{said.strip()}."
