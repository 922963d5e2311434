"""The sections of the articles, as scenes name them, and the scenes that give them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from core.language import current_language
from core.lecture.lecture import Scene

_IN_ENGLISH: Final = {
    "1 什么是强化学习": "1 What reinforcement learning is",
    "2 强化学习的问题要素": "2 The elements of the problem",
    "3 Gym简介": "3 A short introduction to Gym",
    "4 Policy Gradient实战": "4 Policy gradient in practice",
    "5 总结": "5 Summary",
    "6 参考": "6 References",
    "摘要": "Abstract",
    "简介": "Introduction",
    "基本概念": "Basic concepts",
    "Multi-dimensional Attention": "Multi-dimensional attention",
    "Soft Attention 和 Hard Attention": "Soft attention and hard attention",
    "Global Attention 和 Local Attention": "Global attention and local attention",
    "Hierarchical Attention": "Hierarchical attention",
    "Attention Over Attention": "Attention over attention",
    "Memory-based Attention": "Memory-based attention",
    "Self-Attention": "Self-attention",
    "评价指标：定量指标": "Evaluation: by numbers",
    "评价指标：定性指标": "Evaluation: by eye",
    "结论": "Conclusion",
    "引用": "References",
    "1 中文同义词挖掘简介": "1 Mining Chinese synonyms: an introduction",
    "2 词对的数据来源": "2 Where word pairs come from",
    "3 词对数据的解决思路": "3 What can be done with word pairs",
    "4 同义语句的数据来源": "4 Where sentences with synonyms come from",
    "5 同义语句数据的解决思路": "5 What can be done with sentences",
    "其他": "Further reading",
}
"""What each heading of the articles, which are Chinese, is called in an English window."""


@dataclass(frozen=True, slots=True)
class Section:
    """One section of a lecture.

    Attributes:
        heading: as scenes name it.
        first: number of its first scene, counted from 0.
        caption: of that scene.
    """

    heading: str
    first: int
    caption: str

    @property
    def title(self) -> str:
        """The heading in the language in use; a heading that is none of the articles' as it stands."""
        return self.heading if current_language() == "zh_CN" else _IN_ENGLISH.get(self.heading, self.heading)


def sections(scenes: Sequence[Scene]) -> list[Section]:
    """Return the sections that ``scenes`` give, in their order; a scene without one belongs to none."""
    found: dict[str, Section] = {}
    for number, scene in enumerate(scenes):
        if scene.section:
            found.setdefault(scene.section, Section(scene.section, number, scene.caption))
    return list(found.values())
