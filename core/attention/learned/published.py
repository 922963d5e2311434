"""Figures from papers, for the columns beside ours. They are of other data and larger models: never to be mixed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Published:
    """What a paper reports of a kind of model.

    Attributes:
        figures: as the paper writes them, with their names.
        source: paper, table, and what was translated or answered there.
    """

    figures: str
    source: str


_BAHDANAU: Final = "Bahdanau 2014, table 1, en–fr"
_LUONG: Final = "Luong 2015, table 4, en–de"
_LUONG_AER: Final = "Luong 2015, tables 4 and 6, en–de"
_XU: Final = "Xu 2015, COCO, BLEU-4"
_BABI: Final = "Sukhbaatar 2015, bAbI 1k joint"
_CUI: Final = "Cui 2017, CNN / CBT-NE / CBT-CN"

PUBLISHED: Final[dict[tuple[str, str], Published]] = {
    ("translation", "none"): Published("BLEU 17.82 (encdec-50)", _BAHDANAU),
    ("translation", "additive"): Published("BLEU 26.75 (search-50)", _BAHDANAU),
    ("translation", "dot"): Published("BLEU 18.6", _LUONG),
    ("translation", "general"): Published("BLEU 17.3", _LUONG),
    ("translation", "location"): Published("BLEU 18.1, AER .39", _LUONG_AER),
    ("translation", "local-m"): Published("BLEU 18.6, AER .34", _LUONG_AER),
    ("translation", "local-p"): Published("BLEU 19.0, AER .36", _LUONG_AER),
    ("translation", "hard"): Published("25.0, soft 24.3", _XU),
    ("memory", "two 1"): Published("62.0 %", f"{_BABI}, task 2"),
    ("memory", "two 2"): Published("15.6 %", f"{_BABI}, task 2"),
    ("memory", "two 3"): Published("11.4 %", f"{_BABI}, task 2"),
    ("reviews", "han"): Published("68.2 / 49.4 %", "Yang 2016, Yelp 2013 / IMDB, 5 and 10 classes"),
    ("cloze", "newspaper-aoa"): Published("74.4 / 72.0 / 69.4 %", _CUI),
}
"""By task and variant; of memory the variant is task and hops."""
