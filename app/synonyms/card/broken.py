"""A long word in several lines."""

from __future__ import annotations

from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout, QTextOption


def broken(word: str, font: QFont, wide: float) -> list[str]:
    """Return ``word`` in lines of ``wide`` pixels at most, broken between any two of its characters."""
    if QFontMetricsF(font).horizontalAdvance(word) <= wide + 1:
        return [word]
    layout = QTextLayout(word, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    units, lines = word.encode("utf-16-le"), []  # Qt counts in units of UTF-16
    while (line := layout.createLine()).isValid():
        line.setLineWidth(wide)
        lines.append(units[2 * line.textStart() : 2 * (line.textStart() + line.textLength())].decode("utf-16-le"))
    layout.endLayout()
    return lines


def evenly_broken(word: str, font: QFont, wide: float) -> list[str]:
    """Return ``word`` in as few lines as :func:`broken` has, all about as long: no hanzi stands alone in the last."""
    lines = broken(word, font, wide)
    narrow = wide / 2
    while len(lines) > 1 and wide - narrow > 1:
        middle = (narrow + wide) / 2
        found = broken(word, font, middle)
        if len(found) == len(lines):
            lines, wide = found, middle
        else:
            narrow = middle
    return lines
