"""Formulas come as SVG that Qt can draw, in one ink that can be replaced."""

from __future__ import annotations

import xml.etree.ElementTree as ET

from core.formulas import INK, typeset


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
