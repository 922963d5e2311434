import math

import pytest

from app.synonyms.agreement.interval_text import interval_text
from core.synonyms.agreement.measures import Interval


@pytest.mark.parametrize(
    ("interval", "share", "text"),
    [
        (Interval(0.4, -0.1, 0.8), False, "0.40  (−0.10 to 0.80)"),
        (Interval(0.7, 0.5, 0.9), True, "70%  (50% to 90%)"),
        (Interval(math.nan, math.nan, math.nan), False, "–"),
        (Interval(1.0, math.nan, math.nan), False, "1.00"),
    ],
)
def test_figures_are_written_with_their_intervals(interval, share, text):
    assert interval_text(interval, share=share) == text
