"""Reasons by hand: what each sort of method might have to say of 医生 and 大夫."""

from core.synonyms.asking.config import AskedWord
from core.synonyms.asking.relations import Relation
from core.synonyms.methods.on_sentences.weighed import Pattern, WeighedMention
from core.synonyms.sentences.bags import Mention
from core.synonyms.why.reasons import (
    AboutPair,
    Contributions,
    FoundPattern,
    FoundPatterns,
    MapWord,
    NeighbourMap,
    Part,
    WeighedSentences,
)

WORDS = ("医生", "大夫")
ABOUT = AboutPair(
    (AskedWord("医生", 812, ("Ae15A01=",), ("大夫",)), AskedWord("大夫", 2913, ("Ae15A01=",), ("医生",))),
    Relation.SYNONYM, {"cosine": 0.71, "attract_repel": 0.98}, (True, True),
)  # fmt: skip


def _word(word, relation, before, after):
    return MapWord(word, relation, before, after, (0.5, 0.4), (0.7, 0.6), before != after)


MAP = NeighbourMap(
    "attract_repel",
    (
        _word("医生", Relation.SYNONYM, (0.1, 0.1), (0.35, 0.3)),
        _word("大夫", Relation.SYNONYM, (-0.3, 0.25), (0.32, 0.36)),
        _word("医师", Relation.SYNONYM, (0.25, -0.2), (0.42, 0.27)),
        _word("郎中", Relation.SYNONYM, (-0.45, 0.45), (0.25, 0.42)),
        _word("护士", Relation.SIBLING, (0.2, 0.05), (-0.2, -0.3)),
        _word("病人", Relation.ANTONYM, (0.05, -0.05), (-0.4, -0.45)),
        _word("医院", Relation.UNKNOWN, (0.3, -0.1), (0.3, -0.1)),
        _word("药剂师", Relation.UNKNOWN, (0.15, -0.3), (0.15, -0.3)),
        _word("老师", Relation.UNKNOWN, (-0.2, -0.2), (-0.2, -0.2)),
        _word("诊所", Relation.UNKNOWN, (0.4, 0.05), (0.4, 0.05)),
    ),
    0.71, 0.98, 0.44,
)  # fmt: skip


def _mention(text, weight):
    tokens = tuple(text.split())
    return WeighedMention(Mention(tokens, tokens.index("医生"), tokens.index("大夫"), "news"), weight)


SENTENCES = WeighedSentences(
    "pcnn",
    (
        _mention("在 北方 ， 医生 也 叫 大夫 ， 南方 人 听 了 不 习惯 。", 0.62),
        _mention("村里 的 大夫 请 来 县 医院 的 医生 一起 看 病 。", 0.3),
        _mention("医生 和 大夫 都 说 没有 问题 。", 0.08),
    ),
    0.4,
)
PATTERNS = FoundPatterns(
    "patterns",
    (
        FoundPattern(Pattern("X 也 叫 Y", 34, 3, 1.7), 1, 1.18),
        FoundPattern(Pattern("X 和 Y", 120, 610, -0.6), 2, -0.66),
    ),
    -0.9, -0.38, 3,
)  # fmt: skip
SHARES = Contributions(
    "classifier", 0.62, -1.1, (Part("product", 2.22), Part("difference", -0.5))
)  # fmt: skip
NETWORK = Contributions(
    "network", 1.6, -1.2,
    (Part("cosine", 1.3), Part("product", 0.9), Part("spelling", -0.4), Part("own characters", 0.7),
     Part("difference", 0.3)),
)  # fmt: skip


def show(page, reason):
    """Let the page show a reason as if the worker had said it."""
    page.sidebar.choose(reason.method)
    page.asked.words, page.asked.method, page.asked.about = WORDS, reason.method, ABOUT
    page.asked.reasons[reason.method] = reason
    page.asked.changed.emit()
