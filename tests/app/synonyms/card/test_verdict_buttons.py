"""The buttons of the verdicts."""

import pytest

from app.synonyms.card.verdict_buttons import VerdictButtons
from app.synonyms.verdict_style import VERDICT_LOOKS, colour_of
from core.synonyms.verdicts import Verdict
from tests.pictures import extent, inked, seen, strokes, within
from tests.widgets import take_turns


def test_a_button_says_its_verdict_and_its_keys(qtbot, look):
    buttons = VerdictButtons(look)
    qtbot.addWidget(buttons)
    assert buttons.buttons[Verdict.SYNONYM].accessibleName() == "Synonym"
    assert "(1, →)" in buttons.buttons[Verdict.SYNONYM].toolTip()
    assert "(6, Space)" in buttons.buttons[Verdict.SKIP].toolTip()
    with qtbot.waitSignal(buttons.chosen) as caught:
        buttons.buttons[Verdict.ANTONYM].click()
    assert caught.args == [Verdict.ANTONYM]
    assert not buttons.buttons[Verdict.ANTONYM].isChecked()  # what stands is said by the store, not by a click


@pytest.mark.parametrize("verdict", list(Verdict))
def test_sign_and_word_of_a_verdict_stand_on_its_button_above_its_keys(worn, qtbot, verdict):
    buttons = VerdictButtons(worn)
    qtbot.addWidget(buttons)
    buttons.resize(worn.scale.em(80), worn.scale.em(4))
    buttons.show()
    qtbot.waitExposed(buttons)
    take_turns()
    button, colours = buttons.buttons[verdict], worn.theme.theme.colours
    pixels = seen(button)
    hue = colour_of(VERDICT_LOOKS[verdict], colours)
    upper = {"top": 4, "bottom": button.height() // 2, "left": 4, "right": button.width() - 4}
    sign = extent(within(strokes(pixels, hue, colours.button, 0.85), **upper))
    words = within(strokes(pixels, colours.text, colours.button, 0.85), **upper)
    words = extent(within(words, left=sign.left + worn.scale.em(1)))
    assert sign.left < words.left
    both = (sign.left + words.right) / 2
    assert both == pytest.approx(button.width() / 2, abs=worn.scale.em(0.25))
    keys = within(inked(pixels, colours.button), left=8, right=button.width() - 8, top=button.height() * 0.55)
    assert extent(within(keys, bottom=button.height() - 6)).x == pytest.approx(button.width() / 2, abs=3)


def test_the_six_verdicts_stand_in_the_order_of_their_keys(worn, qtbot):
    buttons = VerdictButtons(worn)
    qtbot.addWidget(buttons)
    buttons.resize(worn.scale.em(80), worn.scale.em(4))
    buttons.show()
    qtbot.waitExposed(buttons)
    take_turns()
    pixels, colours = seen(buttons), worn.theme.theme.colours
    found = []
    for place in range(6):
        wide = buttons.width() / 6
        part = pixels[6 : buttons.height() // 2, round(place * wide) + 8 : round((place + 1) * wide) - 8]
        amounts = {
            ink: strokes(part, getattr(colours, ink), colours.button, 0.9).sum() for ink in ("yes", "no")
        }  # fmt: skip
        found.append(max(amounts, key=amounts.get) if max(amounts.values()) > 20 else "")
    assert found == ["yes", "", "no", "no", "", ""]
