"""The last decisions, as their buttons say them."""

from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QFontMetricsF

from app.synonyms.card.recent_decisions import RecentDecisions, fitting_pair
from app.synonyms.verdict_style import VERDICT_LOOKS, colour_of
from core.synonyms.verdicts import Decision, Verdict
from tests.pictures import extent, seen, strokes, within
from tests.widgets import take_turns


def test_of_two_long_words_something_is_left(qtbot, look):
    metrics = QFontMetricsF(look.scale.font())
    em = metrics.horizontalAdvance("国")
    assert fitting_pair("印地安纳州", "印第安纳州", metrics, 12 * em) == "印地安纳州 印第安纳州"
    first, second = fitting_pair("印地安纳州", "印第安纳州", metrics, 8 * em).split(" ")
    assert first.startswith("印地")
    assert second.startswith("印第")
    assert fitting_pair("台视", "中国电视公司", metrics, 6.5 * em).startswith("台视 中国")


def decided(number, verdict, *words):
    return Decision(number, number, *words, "anna", verdict, datetime.now(UTC), None)


def test_the_newest_verdict_stands_first_with_its_sign_before_its_words(worn, qtbot):
    view = RecentDecisions(worn)
    qtbot.addWidget(view)
    view.resize(worn.scale.em(40), worn.scale.em(3.25))
    view.show()
    qtbot.waitExposed(view)
    view.show_decisions([decided(2, Verdict.ANTONYM, "国", "国"), decided(1, Verdict.SYNONYM, "国国国", "国国国")])
    take_turns()
    pixels, colours = seen(view), worn.theme.theme.colours
    no, yes = (
        extent(strokes(pixels, colour_of(VERDICT_LOOKS[verdict], colours), colours.window, 0.9))
        for verdict in (Verdict.ANTONYM, Verdict.SYNONYM)
    )
    assert no.right < yes.left
    assert no.left < worn.scale.em(1)
    assert (no.y, no.width) == pytest.approx((yes.y, yes.width), abs=2)
    words = strokes(pixels, colours.text, colours.window, 0.9)
    line = {"top": yes.top - 4, "bottom": yes.bottom + 4}
    newest = extent(within(words, left=no.right, right=yes.left, **line))
    older = extent(within(words, left=yes.right, **line))
    assert older.width > 2 * newest.width
