"""The last decisions, as their buttons say them."""

from PySide6.QtGui import QFontMetricsF

from app.synonyms.card.recent_decisions import fitting_pair


def test_of_two_long_words_something_is_left(qtbot, look):
    metrics = QFontMetricsF(look.scale.font())
    em = metrics.horizontalAdvance("国")
    assert fitting_pair("印地安纳州", "印第安纳州", metrics, 12 * em) == "印地安纳州 印第安纳州"
    first, second = fitting_pair("印地安纳州", "印第安纳州", metrics, 8 * em).split(" ")
    assert first.startswith("印地")
    assert second.startswith("印第")
    assert fitting_pair("台视", "中国电视公司", metrics, 6.5 * em).startswith("台视 中国")
