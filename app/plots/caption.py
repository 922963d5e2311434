"""The lines below an exported picture of the stage."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextLayout


def broken(words: str, font: QFont, width: float, most: int) -> list[str]:
    """Break ``words`` into lines of ``width`` pixels; the last of at most ``most`` lines is cut short."""
    layout = QTextLayout(words, font)
    layout.beginLayout()
    starts = []
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    encoded = words.encode("utf-16-le", "surrogatepass")  # Qt counts in halves of rare characters
    ends = [*starts[1:most], len(encoded) // 2]
    cuts = [encoded[2 * start : 2 * end] for start, end in zip(starts, ends, strict=False)]
    lines = [cut.decode("utf-16-le", "surrogatepass").strip() for cut in cuts]
    return [QFontMetricsF(font).elidedText(line, Qt.TextElideMode.ElideRight, width) for line in lines]
