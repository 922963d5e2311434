"""A line that never asks for more room than there is."""

from __future__ import annotations

from app.explain.glossary import glossary_tip
from app.widgets.elided_label import ElidedLabel


def test_the_brief_form_is_written_where_all_has_no_room_and_the_rest_is_told_on_pointing(qtbot):
    label = ElidedLabel()
    qtbot.addWidget(label)
    label.show()
    qtbot.waitExposed(label)
    label.setText("Rings mark pairs. Point at a cell.", "Rings mark pairs.")
    metrics = label.fontMetrics()
    label.resize(metrics.horizontalAdvance(label.text()) + 2, 20)
    assert label.written == "Rings mark pairs. Point at a cell."
    assert not label.toolTip()
    label.resize(metrics.horizontalAdvance("Rings mark pairs.") + 2, 20)
    assert label.written == "Rings mark pairs."
    assert label.toolTip() == "Rings mark pairs. Point at a cell."
    label.resize(metrics.horizontalAdvance("Rings") + 2, 20)
    assert label.written.endswith("…")
    label.setText("Another text")
    label.resize(metrics.horizontalAdvance("Another text") + 2, 20)
    assert label.written == "Another text"


def test_words_that_are_a_term_explain_themselves_and_a_cut_text_is_told_first(qtbot):
    label = ElidedLabel("row-entropy")
    qtbot.addWidget(label)
    label.show()
    qtbot.waitExposed(label)
    label.setText("Row entropy")
    label.resize(400, 20)
    assert glossary_tip("row-entropy") in label.toolTip()
    label.resize(12, 20)
    assert label.toolTip() == "Row entropy"
