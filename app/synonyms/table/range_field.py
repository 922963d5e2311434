"""Two ends between which a number or a day must lie, typed into two short fields."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from math import isnan
from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from app.style import set_style
from app.widgets.plain import PlainLabel
from core.language import _
from core.synonyms.store.rows import Range

_THOUSANDS: Final = re.compile(r"-?[1-9]\d{0,2}(,\d{3})+")

End = Callable[[str], float]
"""Reads what was typed; raises ``ValueError`` where it is none of its kind."""


class RangeField(QWidget):
    """From and to. What cannot be read is marked and counts as not typed.

    Signals:
        edited: something else is typed.
    """

    edited = Signal()

    def __init__(self, column: str, low: End, high: End, parent: QWidget | None = None) -> None:
        """Make two empty fields.

        Args:
            column: of the table, as ``Range`` names it.
            low: reads the lower end.
            high: reads the upper end.
            parent: the widget that owns it.
        """
        super().__init__(parent)
        self.column = column
        self._ends = (low, high)
        self.least, self.most = QLineEdit(), QLineEdit()
        self.setFocusProxy(self.least)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.least)
        row.addWidget(PlainLabel("–"))
        row.addWidget(self.most)
        for line in (self.least, self.most):
            line.textEdited.connect(self.edited)

    def clear(self) -> None:
        """Set no ends."""
        for line in (self.least, self.most):
            line.clear()
            set_style(line, invalid=False)

    def range(self) -> Range | None:
        """Return what is typed; None where nothing is."""
        low, high = (_read(line, end) for line, end in zip((self.least, self.most), self._ends, strict=True))
        if low is None and high is None:
            return None
        return Range(self.column, float("-inf") if low is None else low, float("inf") if high is None else high)

    def show_title(self, title: str, *, days: bool = False) -> None:
        """Say, in the language in use, what lies between the ends; ``days`` shows how a day is written."""
        today = f"{datetime.now().astimezone():%Y-%m-%d}"
        self.least.setPlaceholderText(today if days else _("from"))
        self.most.setPlaceholderText(today if days else _("to"))
        self.least.setAccessibleName(_("{column}: from").format(column=title))
        self.most.setAccessibleName(_("{column}: to").format(column=title))


def number(text: str) -> float:
    """Return the number in ``text``, however its point, its minus or its thousands are written.

    Raises:
        ValueError: it is none.
    """
    plain = text.replace("−", "-").replace(" ", "")
    thousands = _THOUSANDS.fullmatch(plain)
    value = float(plain.replace(",", "" if thousands else "."))
    if isnan(value):  # nothing lies on either side of it
        raise ValueError(text)
    return value


def day_begins(text: str) -> float:
    """Return the first microsecond of a day such as 2026-11-22, here, as the store counts them.

    Raises:
        ValueError: it is no day.
    """
    return _micros(_day(text))


def day_ends(text: str) -> float:
    """Return the last microsecond of a day such as 2026-11-22, here, as the store counts them.

    Raises:
        ValueError: it is no day.
    """
    return _micros(_day(text) + timedelta(days=1)) - 1


def _day(text: str) -> date:
    year, month, day = text.replace("/", "-").replace(".", "-").split("-")
    return date(int(year), int(month), int(day))


def _micros(day: date) -> float:
    try:
        return datetime(day.year, day.month, day.day).astimezone().timestamp() * 1_000_000
    except (OverflowError, OSError) as error:  # a day no clock of this system knows
        raise ValueError(day) from error


def _read(line: QLineEdit, end: End) -> float | None:
    text = line.text().strip()
    try:
        value = end(text) if text else None
    except (ValueError, OverflowError):
        set_style(line, invalid=True)
        return None
    set_style(line, invalid=False)
    return value
