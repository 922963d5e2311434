"""Numbers below 100,000 as they are said in Chinese and in English."""

from __future__ import annotations

from typing import Final

DIGITS: Final = "零一二三四五六七八九"
_UNITS: Final = ("", "十", "百", "千")
_SMALL: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)  # fmt: skip
_TENS: Final = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS: Final = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}


def chinese(number: int) -> str:
    """Return 三万五千二百零六 for 35206; 十二 for 12."""
    if number == 0:
        return DIGITS[0]
    high, low = divmod(number, 10_000)
    said = ""
    if high:
        said = ("两" if high == 2 else _thousands(high)) + "万"
        if low and low < 1000:
            said += DIGITS[0]
    said += _thousands(low) if low else ""
    return said.removeprefix("一") if 10 <= number < 20 else said


def chinese_hour(hour: int) -> str:
    """Return 两 for 2, as an hour is said; else the number."""
    return "两" if hour == 2 else chinese(hour)


def chinese_digits(number: int, zero: str = "〇") -> str:
    """Return 二〇一九 for 2019."""
    return "".join(DIGITS[int(digit)] for digit in str(number)).replace(DIGITS[0], zero)


def english(number: int, *, with_and: bool = True) -> str:
    """Return "thirty-five thousand two hundred and six" for 35206."""
    if number < 100:
        return _below_hundred(number)
    parts = []
    thousands, rest = divmod(number, 1000)
    if thousands:
        parts.append(f"{_below_hundred(thousands)} thousand")
    hundreds, rest = divmod(rest, 100)
    if hundreds:
        parts.append(f"{_SMALL[hundreds]} hundred")
    if rest:
        parts.append(f"and {_below_hundred(rest)}" if with_and else _below_hundred(rest))
    return " ".join(parts)


def english_year(year: int) -> str:
    """Return "nineteen ninety-eight" for 1998, "two thousand and five" for 2005."""
    if 2000 <= year < 2010:
        return english(year)
    century, rest = divmod(year, 100)
    if rest == 0:
        return f"{_below_hundred(century)} hundred"
    return f"{_below_hundred(century)} {_below_hundred(rest) if rest >= 10 else f'oh {_SMALL[rest]}'}"


def ordinal(number: int) -> str:
    """Return "twenty-first" for 21."""
    start, dash, last = english(number).rpartition("-")
    if last.endswith("y"):
        return f"{start}{dash}{last[:-1]}ieth"
    return f"{start}{dash}{_ORDINALS.get(last, f'{last}th')}"


def ordinal_digits(number: int) -> str:
    """Return "21st" for 21."""
    ending = "th" if 10 < number % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _thousands(number: int) -> str:
    said = ""
    for place in range(3, -1, -1):
        digit = number // 10**place % 10
        if digit:
            said += ("两" if digit == 2 and place == 3 else DIGITS[digit]) + _UNITS[place]
        elif said and number % 10**place and not said.endswith(DIGITS[0]):
            said += DIGITS[0]
    return said


def _below_hundred(number: int) -> str:
    if number < 20:
        return _SMALL[number]
    tens, ones = divmod(number, 10)
    return f"{_TENS[tens]}-{_SMALL[ones]}" if ones else _TENS[tens]
