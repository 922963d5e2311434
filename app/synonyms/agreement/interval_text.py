"""How a measure of agreement is written, with the interval it lies in."""

from __future__ import annotations

from app.widgets.big_number import UNKNOWN
from core.language import _
from core.synonyms.agreement.measures import Interval


def interval_text(interval: Interval, *, share: bool = False) -> str:
    """Return a number with its interval, as a share in per cent or as a number; a dash where it is undefined."""
    if interval.value != interval.value:  # NaN
        return UNKNOWN
    form = "{:.0%}" if share else "{:.2f}"
    told = form.format(interval.value)
    if interval.low == interval.low:
        span = _("{low} to {high}").format(low=form.format(interval.low), high=form.format(interval.high))
        told += f"  ({span})"
    return told.replace("-", "−")
