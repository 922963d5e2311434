"""The buttons of the verdicts."""

from app.synonyms.card.verdict_buttons import VerdictButtons
from core.synonyms.verdicts import Verdict


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
