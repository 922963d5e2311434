from __future__ import annotations

import string
from pathlib import Path

from hypothesis import strategies as st

from core.synonyms.exchange.record import Record
from core.synonyms.pairs import Candidate, SynonymsError, word_pair
from core.synonyms.store.decisions import from_micros
from core.synonyms.verdicts import Verdict

TRICKY = (
    "漂亮 美丽 𠮷野家 㐂 🦆 👩‍🔬 =1+1 +1 -2 @cmd '=x ''+ ＝和 a,b say\"x a=>b => = > #井 \\ \\, a\\ | a/b",
    "nan true 0 １２ null label word1 é ﬁ [x] {y} <z> &amp; 中\u200d文 \ue000 😀😀😀😀 ~ / Aa01A01=",
)
TRICKY = [word for line in TRICKY for word in line.split()] + ["x y", "全　角", "a / b"]
NOTES = ["", '=HYPERLINK("x")', "a\tb", "line\nline", "cr\rlf\r\n", "'", "'\t", "\t", "\n=1", " =1", '"', '""', "，"]
NOTES += ["🦆", "a,b;c|d", "\\n", "'=", "''+", "﻿bom"]


def _is_word(text):
    try:
        word_pair(text, "另外一词")
    except SynonymsError:
        return False
    return True


words = st.sampled_from(TRICKY) | st.text(min_size=1, max_size=6).filter(_is_word)
pairs = (
    st.tuples(words, words)
    .filter(lambda two: two[0].strip() != two[1].strip())
    .map(lambda two: _pair_or_none(*two))
    .filter(lambda pair: pair is not None)
)


def _pair_or_none(one, other):
    try:
        return word_pair(one, other)
    except SynonymsError:
        return None


scores = st.dictionaries(
    st.sampled_from(["cosine", "gloss", "characters", "my-score.2", "词林 2018", "=s'x"]),
    st.floats(allow_nan=False, allow_infinity=False) | st.sampled_from([0.1, -0.25, 1e-300, 0.1 + 0.2]),
    max_size=3,
)
names = st.sampled_from(["ann", "鸭鸭", "=bob", "'x", "a,b", "ann@example.org", "😀", "-", "a b"])
notes = st.sampled_from(NOTES) | st.text(
    st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20
)
moments = st.none() | st.integers(10**6, 10**15).map(from_micros)
codes = st.lists(st.text(string.ascii_letters + string.digits + "=#@", min_size=1, max_size=8), max_size=2, unique=True)
english_sets = st.lists(
    st.sampled_from(["WordNet 10020890-n: doctor, physician", "VerbNet give-13.1: give", "=1: x"]),
    max_size=3,
    unique=True,
)
ranks = st.none() | st.integers(1, 2**31 - 1)


@st.composite
def candidates(draw):
    pair, given = draw(pairs), draw(scores)
    rules = ["rule.1-to-2", "rule.2-to-1", "rule.1-to-both", "rule.2-to-both", "rule.equal"]
    sources = draw(
        st.lists(st.sampled_from(["cosine", "gloss", "reference", '+a, "b"', *rules]), max_size=3, unique=True)
    )
    return Candidate(
        pair.word1,
        pair.word2,
        given,
        (draw(ranks), draw(ranks)),
        (tuple(draw(codes)), tuple(draw(codes))),
        draw(st.booleans()),
        tuple(sorted(sources)),
        tuple(draw(english_sets)),
    )


@st.composite
def record_lists(draw):
    """Records as an export has them: those of one pair together, each annotator once."""
    found = []
    for candidate in draw(st.lists(candidates(), max_size=6, unique_by=lambda candidate: candidate.pair)):
        people = draw(st.lists(st.tuples(names, st.booleans()), max_size=3, unique=True))
        if not people:
            found.append(Record(candidate))
        for name, adjudicates in people:
            found.append(
                Record(
                    candidate,
                    draw(st.sampled_from(list(Verdict))),
                    name,
                    draw(moments),
                    draw(st.none() | st.floats(0, 1e6)),
                    draw(notes),
                    draw(st.booleans()),
                    adjudicates,
                    draw(st.none() | st.floats(0, 1)),
                )
            )
    return found


def write(path: Path, pieces, encoding="utf-8"):
    from core.synonyms.exchange.files import replacing

    with replacing(path, encoding) as target:
        for piece in pieces:
            target.write(piece)
    return path
