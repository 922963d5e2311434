from datetime import datetime

import numpy as np
import pytest
from PySide6.QtCore import Qt

from app.synonyms.table.model import PAGE, CandidateModel
from core.synonyms.store import Row
from core.synonyms.store.rows import CHANGED, VERDICT
from core.synonyms.verdicts import Verdict


class Rows:
    """A store of made-up rows that counts how often it is asked."""

    def __init__(self):
        self.asked = []
        self.verdicts = {}

    def fetch(self, ids):
        self.asked.append(list(ids))
        return [
            Row(_id, f"甲{_id}", f"乙{_id}", scores={"cosine": _id / 1e6}, verdict=self.verdicts.get(_id))
            for _id in ids
        ]


@pytest.fixture
def rows():
    return Rows()


@pytest.fixture
def model(look, rows):
    return CandidateModel(look, rows.fetch)


def test_the_model_keeps_qts_rules(model, qtmodeltester):
    model.show_ids(np.arange(1, 301), ["cosine"])
    qtmodeltester.check(model)


def test_a_million_rows_are_read_by_the_page(model, rows):
    model.show_ids(np.arange(1, 1_000_001), ["cosine"])
    assert model.rowCount() == 1_000_000
    assert rows.asked == []
    column = model.columns.index("word1")
    assert model.index(700_000, column).data() == "甲700001"
    assert model.index(700_001, column).data() == "甲700002"
    assert len(rows.asked) == 1
    assert len(rows.asked[0]) == PAGE


def test_words_that_look_alike_have_a_sign_and_marks_of_direction_turn_nothing(look):
    words = {1: ("Ａ股", "A股"), 2: ("漂亮", "美丽"), 3: ("漂\u202e亮", "漂\u2067亮")}
    model = CandidateModel(look, lambda ids: [Row(_id, *words[_id]) for _id in ids])
    model.show_ids(np.arange(1, 4), [])
    word1, word2 = (model.columns.index(name) for name in ("word1", "word2"))

    def ask(row, role):
        return model.index(row, word2).data(role)

    signs = [ask(row, Qt.ItemDataRole.DecorationRole) is not None for row in range(3)]
    assert signs == [True, False, True]
    assert ask(0, Qt.ItemDataRole.DisplayRole) == "A股"
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole):
        assert "look alike: U+FF21 / U+0041" in ask(0, role)
        assert "look alike" not in ask(1, role)
    assert (model.index(2, word1).data(), ask(2, Qt.ItemDataRole.DisplayRole)) == ("漂<U+202E>亮", "漂<U+2067>亮")


def test_a_changed_pair_is_read_again_and_stays_in_its_place(model, rows):
    model.show_ids(np.array([7, 3, 9]), ["cosine"])
    column = model.columns.index(VERDICT)
    assert model.index(1, column).data() == ""
    rows.verdicts[3] = Verdict.SYNONYM
    model.refresh([3])
    assert model.index(1, column).data() == "Synonym"
    assert model.ids.tolist() == [7, 3, 9]


def test_a_pair_that_has_gone_or_is_damaged_leaves_a_row_that_says_so(model, rows):
    rows.fetch = lambda _ids: []
    model._fetch = rows.fetch
    model.show_ids(np.array([1, 2]), ["cosine"])
    assert [model.index(0, column).data() for column in range(3)] == [None, "cannot be read", None]


def test_a_change_is_told_shortly_and_in_full_by_the_tip(model, rows):
    now = datetime.now().astimezone().replace(month=3, day=5, hour=14, minute=7)
    given = {1: now, 2: now.replace(year=2019)}
    model._fetch = lambda ids: [Row(_id, "甲", "乙", changed=given[_id]) for _id in ids]
    model.show_ids(np.array([1, 2]), [])
    cells = [model.index(row, model.columns.index(CHANGED)) for row in (0, 1)]
    assert [cell.data() for cell in cells] == ["03-05 14:07", "2019-03-05"]
    assert cells[1].data(Qt.ItemDataRole.ToolTipRole) == "2019-03-05 14:07"


def test_a_verdict_is_told_by_word_sign_and_colour(model, rows, look):
    rows.verdicts[1] = Verdict.NOT
    model.show_ids(np.array([1]), [])
    cell = model.index(0, model.columns.index(VERDICT))
    assert cell.data() == "Not"
    assert not cell.data(Qt.ItemDataRole.DecorationRole).isNull()
    assert cell.data(Qt.ItemDataRole.ForegroundRole).name() == look.theme.theme.colours.no
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "Verdict: Not"
