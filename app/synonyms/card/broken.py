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
