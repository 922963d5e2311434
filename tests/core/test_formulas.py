"""Formulas come as SVG that Qt can draw, in one ink that can be replaced."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest

from core.formulas import INK, coloured, occurrences, symbols_of, typeset


def test_formulas_are_drawn_with_paths_and_no_references():
    (typed,) = typeset({"half": r"\frac{1}{2}", "sum": r"\sum_j \alpha_j v_j"})
    assert set(typed.pictures) == {"half", "sum"}
    for svg in typed.pictures.values():
        names = [element.tag.split("}")[1] for element in ET.fromstring(svg).iter()]
        assert names.count("path") >= 2
        assert not {"use", "symbol", "text"} & set(names)
        assert INK in svg


def test_nothing_is_typeset_of_nothing():
    (typed,) = typeset({})
    assert typed.pictures == {}


SYMBOLS = {"alpha": r"\alpha", "q": "q", "d_k": "d_k", "softmax": r"\mathrm{softmax}", "theta": r"\theta", "pi": r"\pi"}
SCORE = r"\sym{alpha}_{ij}=\sym{softmax}_j\left(\frac{\sym{q}_i\cdot k_j}{\sqrt{\sym{d_k}}}\right)"


def test_every_occurrence_of_a_symbol_is_one_group_in_the_picture():
    (typed,) = typeset({"score": SCORE, "twice": r"\sym{q}\cdot\sym{q}", "low": r"\sym{pi}_{\sym{theta}}"}, SYMBOLS)
    assert symbols_of(SCORE) == ["alpha", "softmax", "q", "d_k"]
    for name, latex in {"score": SCORE, "twice": r"\sym{q}\cdot\sym{q}", "low": r"\sym{pi}_{\sym{theta}}"}.items():
        svg = typed.pictures[name]
        found = occurrences(svg)
        assert [symbol for _group, symbol in found] == symbols_of(latex)
        assert len({group for group, _symbol in found}) == len(found)
        groups = {g.get("id"): g for g in ET.fromstring(svg).iter() if g.tag.endswith("}g")}
        assert set(groups) == {group for group, _symbol in found}
        assert all(len(group) for group in groups.values()), "each draws something"
        assert "#f00" not in svg, "no marker is left over"
    softmax = next(g for g in ET.fromstring(typed.pictures["score"]).iter() if g.get("id") == "softmax-1")
    assert len(softmax) == len("softmax")


def test_a_symbol_is_set_as_it_would_be_without_its_mark():
    (typed,) = typeset({"marked": r"\sym{alpha}_j", "plain": r"\alpha_j"}, SYMBOLS)
    drawings = [
        [element.get("d") for element in ET.fromstring(svg).iter() if element.get("d")]
        for svg in (typed.pictures["marked"], typed.pictures["plain"])
    ]
    assert drawings[0] == drawings[1], "its index hangs no lower"


def test_occurrences_can_be_coloured_one_by_one():
    (typed,) = typeset({"twice": r"\sym{q}\cdot\sym{q}"}, SYMBOLS)
    svg = coloured(typed.pictures["twice"], "#111111", {"q-1": "#2222ff"})
    fills = [element.get("fill") for element in ET.fromstring(svg).iter() if element.get("fill")]
    assert fills == ["#111111", "#111111", "#2222ff"]
    assert INK not in svg


def test_a_symbol_that_nobody_declared_is_a_mistake():
    with pytest.raises(KeyError, match="omega"):
        list(typeset({"it": r"\sym{omega}"}, SYMBOLS))
