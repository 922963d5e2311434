import math

import numpy as np
import pytest

from app.synonyms.agreement.couples_table import CouplesTable
from core.synonyms.agreement.measures import Interval
from core.synonyms.agreement.report import Couple

UNDEFINED = Interval(math.nan, math.nan, math.nan)


def couple(one, other):
    return Couple(one, other, 3, UNDEFINED, UNDEFINED, np.zeros((0, 0), np.int64))


@pytest.fixture
def table(qtbot, look):
    made = CouplesTable(look)
    qtbot.addWidget(made)
    return made


def test_a_couple_is_chosen_by_its_names_and_else_the_first(table):
    heard = []
    table.chosen.connect(lambda: heard.append((table.couple.one, table.couple.other)))
    assert table.couple is None
    couples = [couple("anna", "ben"), couple("anna", "carla"), couple("ben", "carla")]
    table.show_couples(couples, ["ben", "carla"])
    table.show_couples(couples, ["ben", "somebody"])
    table.selectRow(1)
    assert heard == [("ben", "carla"), ("anna", "ben"), ("anna", "carla")]
    table.show_couples([], None)
    assert table.couple is None


def test_the_list_grows_with_its_couples_until_more_scroll(table):
    heights = []
    for count in (1, 8, 9, 30):
        table.show_couples([couple("anna", f"ben{n}") for n in range(count)], None)
        heights.append(table.height())
    assert heights[0] < heights[1] == heights[2] == heights[3]
