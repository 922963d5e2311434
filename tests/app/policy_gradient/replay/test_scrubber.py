"""The slider is always long enough to scrub with."""

import pytest

from app.policy_gradient.replay.clock import ReplayClock
from app.policy_gradient.replay.scrubber import Scrubber
from tests.widgets import take_turns


@pytest.fixture
def scrubber(worn, qtbot):
    made = Scrubber(worn, ReplayClock())
    qtbot.addWidget(made)
    made.show()
    return made


def test_on_a_narrow_page_the_slider_has_a_line_of_its_own(scrubber, worn):
    em = worn.scale.em
    for width in (em(60), em(30), em(60)):
        scrubber.resize(width, scrubber.sizeHint().height())
        take_turns()
        scrubber.resize(width, scrubber.sizeHint().height())
        take_turns()
        slider, tool = scrubber.slider.geometry(), scrubber.tools["rp_play"].geometry()
        assert slider.width() >= em(12)
        assert (slider.bottom() < tool.top()) == (width == em(30)), "above the buttons where they leave it no room"
        assert scrubber.rate.geometry().right() == pytest.approx(width, abs=2)
