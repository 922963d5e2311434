"""The two words, large: what the whole tab is about."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.fonts import tabular
from app.panel import Look, Panel
from app.synonyms.verdicts import DISPUTED, VERDICT_LOOKS, VerdictLook, draw_sign
from app.theme import Theme
from core.language import _
from core.synonyms.verdicts import Verdict

_WORD: Final = 4.5
"""Size of the words as a multiple of the largest type; words of more characters shrink to fit."""

_AIR: Final = 1.15
"""Height kept for a line of type, as a multiple of its own: the stage shall not look crammed."""

Voice = tuple[VerdictLook, str]
"""What somebody said of the pair, and who."""


class PairView(Panel):
    """Both words with their pinyin above and their frequency rank below; between them, the standing verdict.

    The room for each line is kept while its content is not known yet, so nothing moves when it arrives.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._words: tuple[str, str] | None = None
        self._pinyin = ("", "")
        self._ranks: tuple[int | None, int | None] = (None, None)
        self._verdict: VerdictLook | None = None
        self._voices: tuple[Voice, ...] = ()
        self._waiting = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.restyle(look.theme.theme)

    @property
    def words(self) -> tuple[str, str] | None:
        """The two words shown; None while there are none."""
        return self._words

    def show_pair(self, words: tuple[str, str], ranks: tuple[int | None, int | None]) -> None:
        """Show two words; what was known of others is forgotten."""
        self._words, self._ranks, self._pinyin, self._verdict, self._voices = words, ranks, ("", ""), None, ()
        self.retranslate()

    def show_pinyin(self, one: tuple[str, ...], other: tuple[str, ...]) -> None:
        """Show how the words are read."""
        self._pinyin = (" / ".join(one[:3]), " / ".join(other[:3]))
        self.update()

    def show_verdict(self, verdict: Verdict | None, *, disputed: bool = False) -> None:
        """Show what stands, between the words."""
        self._verdict = DISPUTED if disputed else VERDICT_LOOKS[verdict] if verdict is not None else None
        self.update()

    def show_voices(self, voices: tuple[Voice, ...]) -> None:
        """Show at the foot of the stage what others have said: to settle a dispute."""
        self._voices = voices
        self.setAccessibleDescription(", ".join(f"{who}: {_(verdict.word)}" for verdict, who in voices))
        self.update()

    @property
    def voices(self) -> tuple[Voice, ...]:
        """What others have said, as shown."""
        return self._voices

    def show_waiting(self, text: str) -> None:
        """Show no pair but why there is none and what to do."""
        self._words = None
        self._waiting = text
        self.retranslate()

    def sizeHint(self) -> QSize:
        """Room for two words of four characters."""
        return QSize(self.look.scale.em(30), self.look.scale.em(9))

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        self.setMinimumSize(self.look.scale.em(16), self.look.scale.em(6.5))
        self.update()

    def retranslate(self) -> None:
        """Renew words."""
        if self._words is None:
            self.setAccessibleName(self._waiting)
        else:
            self.setAccessibleName(_("The pair {word1}, {word2}").format(word1=self._words[0], word2=self._words[1]))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pair, or what is awaited."""
        painter = QPainter(self)
        scale, colours = self.look.scale, self.look.theme.theme.colours
        painter.fillRect(self.rect(), QColor(colours.stage))
        if self._words is None:
            painter.setPen(QColor(colours.muted))
            painter.setFont(scale.font("title"))
            room = QRectF(self.rect()).adjusted(scale.em(2), scale.em(1), -scale.em(2), -scale.em(1))
            painter.drawText(room, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._waiting)
        else:
            middle = scale.em(3)
            half = (self.width() - middle) / 2 - scale.em(0.5)
            font = self._word_font(half)
            for index in range(2):
                left = scale.em(0.5) if index == 0 else self.width() - scale.em(0.5) - half
                self._draw_word(painter, QRectF(left, 0, half, self.height()), index, font)
            self._draw_middle(painter, font)
            self._draw_voices(painter)
        painter.end()

    def _word_font(self, room: float) -> QFont:
        """Return one font for both words, as large as the longer one allows."""
        assert self._words is not None
        font = QFont(self.look.scale.font("display"))
        wish = self.look.scale.point_size("display") * _WORD
        font.setPointSizeF(wish)
        widest = max(QFontMetricsF(font).horizontalAdvance(word) for word in self._words)
        tall = QFontMetricsF(font).height()
        lines = 2 * QFontMetricsF(self.look.scale.font()).height() + self.look.scale.em(1)
        fit = min(1.0, room / max(widest, 1.0), max(self.height() - lines, 1.0) / tall / _AIR)
        font.setPointSizeF(max(wish * fit, self.look.scale.point_size("body")))
        return font

    def _block_top(self, font: QFont) -> tuple[float, float, float]:
        """Return where pinyin, word and rank begin, so that the three stand in the middle of the height."""
        caption = QFontMetricsF(self.look.scale.font()).height()
        tall = QFontMetricsF(font).height()
        gap = self.look.scale.em(0.125)
        top = (self.height() - (2 * caption + tall + 2 * gap)) / 2
        return top, top + caption + gap, top + caption + tall + 2 * gap

    def _draw_word(self, painter: QPainter, room: QRectF, index: int, font: QFont) -> None:
        assert self._words is not None
        scale, colours = self.look.scale, self.look.theme.theme.colours
        above, at, below = self._block_top(font)
        line = QFontMetricsF(scale.font()).height()
        centre = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        painter.drawText(
            QRectF(room.left(), at, room.width(), QFontMetricsF(font).height()), centre, self._words[index]
        )
        painter.setPen(QColor(colours.muted))
        painter.setFont(scale.font())
        pinyin = QFontMetricsF(scale.font()).elidedText(self._pinyin[index], Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QRectF(room.left(), above, room.width(), line), centre, pinyin)
        painter.setFont(tabular(scale.font("caption")))
        rank = self._ranks[index]
        text = _("no. {rank:,} in frequency").format(rank=rank) if rank is not None else _("not in the vectors")
        painter.drawText(QRectF(room.left(), below, room.width(), line), centre, text)

    def _draw_middle(self, painter: QPainter, font: QFont) -> None:
        """Draw the standing verdict between the words, or a quiet line where there is none."""
        scale, colours = self.look.scale, self.look.theme.theme.colours
        _above, at, _below = self._block_top(font)
        centre = QPointF(self.width() / 2, at + QFontMetricsF(font).height() / 2)
        if self._verdict is not None:
            side = scale.em(1.75)
            square = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
            draw_sign(painter, square, self._verdict, colours, scale.font())
        else:
            painter.setPen(QPen(QColor(colours.border), max(1, scale.em(0.125))))
            reach = scale.em(0.75)
            painter.drawLine(QPointF(centre.x(), centre.y() - reach), QPointF(centre.x(), centre.y() + reach))

    def _draw_voices(self, painter: QPainter) -> None:
        if not self._voices:
            return
        scale, colours = self.look.scale, self.look.theme.theme.colours
        em, metrics = scale.em, QFontMetricsF(scale.font())
        side, gap, apart = em(1.0), em(0.25), em(1.5)
        widths = [side + gap + metrics.horizontalAdvance(who) for _verdict, who in self._voices]
        x = max(em(0.5), (self.width() - sum(widths) - apart * (len(widths) - 1)) / 2)
        top = self.height() - em(2)
        for (verdict, who), wide in zip(self._voices, widths, strict=True):
            draw_sign(painter, QRectF(x, top + (em(1.5) - side) / 2, side, side), verdict, colours, scale.font())
            painter.setFont(scale.font())
            painter.setPen(QColor(colours.text))
            line = QRectF(x + side + gap, top, wide, em(1.5))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, who)
            x += wide + apart
