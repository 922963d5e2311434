"""The two words, large: what the whole tab is about."""

from __future__ import annotations

from functools import partial
from math import ceil
from typing import Final

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.explain.links import SymbolLinks
from app.explain.parts import aired
from app.fonts import tabular
from app.panel import Look, Panel
from app.synonyms.card.broken import broken, evenly_broken
from app.synonyms.verdict_style import DISPUTED, VERDICT_LOOKS, VerdictLook, draw_sign
from app.theme import Theme
from app.widgets.plain import plain_tip
from core.language import _, listed
from core.synonyms.look_alike import look_alike, telling
from core.synonyms.verdicts import Verdict
from core.visible import visible

_WORD: Final = 5.5
"""Greatest size of the words as a multiple of the largest type."""

_USUAL: Final = "词词词"
"""Words of up to so many characters all have one size, so that the stage stands still from card to card."""

_AIR: Final = 1.15
"""Height kept for a line of type, as a multiple of its own: the stage shall not look crammed."""

_ANSWERS: Final = 2.0
"""Lines of text kept at the bottom of the stage for what others have said."""

_TIGHT: Final = 0.82
"""Height of the line of the words as a multiple of the font's: above and below hanzi it keeps much air."""

_MARGIN: Final = 1.5
_AXIS: Final = 1.75
"""Lines of text kept free at the stage's edges, and on each side of the axis between the words."""

AnnotatorAnswer = tuple[VerdictLook, str]
"""What somebody said of the pair, and who."""


class PairView(Panel):
    """Both words with their pinyin above and their frequency rank below; between them, the standing verdict.

    The words stand left and right of one axis in the middle of the stage: the eye stays there for hours. The room
    for each line is kept while its content is not known yet, so nothing moves when it arrives.
    """

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._words: tuple[str, str] | None = None
        self._pinyin = ("", "")
        self._ranks: tuple[int | None, int | None] = (None, None)
        self._telling = ("", "")
        self._verdict: VerdictLook | None = None
        self._answers: tuple[AnnotatorAnswer, ...] = ()
        self._outlines: list[tuple[object, QPainterPath] | None] = [None, None]
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._restyle(look.theme.theme)

    @property
    def words(self) -> tuple[str, str] | None:
        """The two words shown; None while there are none."""
        return self._words

    def link_symbols(self, links: SymbolLinks) -> None:
        """Let each word stand for its symbol."""
        for index, symbol in enumerate(("u", "v_word")):
            links.add(symbol, self, partial(self._word_rects, index))

    def _word_rects(self, index: int) -> tuple[QRectF, ...]:
        """Return where a word stands with its reading and its rank: as wide as usual words are."""
        if self._words is None:
            return ()
        usual, own = self._word_fonts()
        above, _at, below = self._tops(usual, own)
        word, room = self._outline(index, own).boundingRect(), self._room(index)
        wide = min(room.width(), max(word.width(), QFontMetricsF(usual).horizontalAdvance(_USUAL[:2])))
        left = room.right() - wide if index == 0 else room.left()
        return (aired(QRectF(left, above, wide, below + self.look.scale.em(1.25) - above), self.look),)

    def show_pair(self, words: tuple[str, str], ranks: tuple[int | None, int | None]) -> None:
        """Show two words; what was known of others is forgotten."""
        # A mark of direction in a word would turn its line round.
        self._words = visible(words[0]), visible(words[1])
        self._telling = telling(*words) if look_alike(*words) else ("", "")
        self._ranks, self._pinyin, self._verdict, self._answers = ranks, ("", ""), None, ()
        self._tell_cut()
        self._retranslate()

    def _tell_cut(self) -> None:
        """Tell on pointing what there is no room for, which takes a word of a hundred hanzi on a small stage."""
        if self._words is not None:
            _usual, own = self._word_fonts()
            is_cut = self._longest(own) > self._most_lines(own)
            self.setToolTip(plain_tip("\n".join(self._words)) if is_cut else "")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """There is room for more of the words, or for less."""
        super().resizeEvent(event)
        self._tell_cut()

    def show_pinyin(self, one: tuple[str, ...], other: tuple[str, ...]) -> None:
        """Show how the words are read."""
        self._pinyin = (" / ".join(one[:3]), " / ".join(other[:3]))
        self.update()

    def show_verdict(self, verdict: Verdict | None, *, disputed: bool = False) -> None:
        """Show what stands, between the words."""
        self._verdict = DISPUTED if disputed else VERDICT_LOOKS[verdict] if verdict is not None else None
        self.update()

    def show_annotator_answers(self, answers: tuple[AnnotatorAnswer, ...]) -> None:
        """Show at the bottom of the stage what others have said: to settle a dispute."""
        self._answers = answers
        self.setAccessibleDescription(listed(f"{who}: {_(verdict.word)}" for verdict, who in answers))
        self.update()

    @property
    def annotator_answers(self) -> tuple[AnnotatorAnswer, ...]:
        """What others have said, as shown."""
        return self._answers

    def sizeHint(self) -> QSize:
        """Room for two words of four characters."""
        return QSize(self.look.scale.em(30), self.look.scale.em(9))

    def _restyle(self, _theme: Theme) -> None:
        self.setMinimumSize(self.look.scale.em(11), self.look.scale.em(6.5))
        self.update()

    def _retranslate(self) -> None:
        if self._words is not None:
            self.setAccessibleName(_("The pair {word1}, {word2}").format(word1=self._words[0], word2=self._words[1]))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the pair."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self.look.theme.theme.colours.stage))
        if self._words is not None:
            usual, own = self._word_fonts()
            tops = self._tops(usual, own)
            for index in range(2):
                self._draw_word(painter, index, tops, usual, own)
            self._draw_axis(painter, (tops[1] + tops[2]) / 2)
            self._draw_answers(painter)
        painter.end()

    def _room(self, index: int) -> QRectF:
        """Return the half of the stage that is one word's, without margins."""
        margin, axis = self.look.scale.em(_MARGIN), self.look.scale.em(_AXIS)
        wide = max(1.0, self.width() / 2 - margin - axis)
        return QRectF(margin if index == 0 else self.width() / 2 + axis, 0, wide, self.height())

    def _height(self) -> int:
        """Return the height that the pair has: what others have said stands below it."""
        return self.height() - (self.look.scale.em(_ANSWERS) if self._answers else 0)

    def _word_fonts(self) -> tuple[QFont, QFont]:
        """Return the font of usual words, and the one of these two: smaller where the longer asks for it.

        Words so long that in one line they would be smaller than a title are broken into lines, as large as the stage
        is high enough for.
        """
        assert self._words is not None
        wish = self.look.scale.point_size("display") * _WORD
        largest = QFont(self.look.scale.font("display"))
        largest.setPointSizeF(wish)
        metrics = QFontMetricsF(largest)
        room = self._room(0).width()
        lines = QFontMetricsF(self.look.scale.font("title")).height() + self.look.scale.em(2)
        low = max(self._height() - lines, 1.0) / metrics.height() / _AIR
        usual_share = min(1.0, room / metrics.horizontalAdvance(_USUAL), low)
        widest = max(metrics.horizontalAdvance(word) for word in self._words)
        own_share = min(usual_share, room / max(widest, 1.0))
        least = self.look.scale.point_size("body")
        usual, own = QFont(largest), QFont(largest)
        usual.setPointSizeF(max(int(wish * usual_share), least))
        own.setPointSizeF(max(int(wish * own_share), least))
        title = self.look.scale.point_size("title")
        if own.pointSizeF() < title:
            for size in range(int(min(2 * title, usual.pointSizeF())), int(least), -1):
                own.setPointSizeF(size)
                if self._longest(own) <= self._most_lines(own):
                    return usual, own
            own.setPointSizeF(least)
        return usual, own

    def _longest(self, font: QFont) -> int:
        """Return how many lines the longer word needs."""
        assert self._words is not None
        return max(len(broken(word, font, self._room(0).width())) for word in self._words)

    def _most_lines(self, font: QFont) -> int:
        """Return for how many lines of a word there is room."""
        pinyin, rank = self._beside()
        return max(1, int((self._height() - pinyin - rank) / _line(font)))

    def _beside(self) -> tuple[float, float]:
        """Return the heights of the lines of pinyin and of rank."""
        return QFontMetricsF(self.look.scale.font("title")).height(), QFontMetricsF(self.look.scale.font()).height()

    def _tops(self, usual: QFont, own: QFont) -> tuple[float, float, float]:
        """Return where pinyin, word and rank begin, so that the three stand in the middle of the height."""
        pinyin, rank = self._beside()
        tall = max(_line(usual), min(self._longest(own), self._most_lines(own)) * _line(own))
        top = max(0, round((self._height() - (pinyin + tall + rank)) / 2))
        return top, top + round(pinyin), top + round(pinyin + tall)

    def _draw_word(
        self, painter: QPainter, index: int, tops: tuple[float, float, float], usual: QFont, own: QFont
    ) -> None:
        assert self._words is not None
        scale, colours = self.look.scale, self.look.theme.theme.colours
        room, (above, at, below) = self._room(index), tops
        # Towards the axis: both words begin where the eye rests, however long they are.
        side = Qt.AlignmentFlag.AlignRight if index == 0 else Qt.AlignmentFlag.AlignLeft
        middle = (at + below) / 2
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(self._outline(index, own).translated(0, middle), QColor(colours.text))
        painter.setPen(QColor(colours.muted))
        reading = scale.font("title" if usual.pointSizeF() > 2 * scale.point_size("title") else "body")
        painter.setFont(reading)
        pinyin = QFontMetricsF(reading).elidedText(self._pinyin[index], Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QRectF(room.left(), above, room.width(), at - above), side, pinyin)
        painter.setFont(tabular(scale.font("caption")))
        rank = self._ranks[index]
        text = _("frequency rank {rank:,}").format(rank=rank) if rank is not None else _("not in the vectors")
        if self._telling[index]:
            painter.setPen(QColor(colours.warning))
            text = f"{self._telling[index]}  ·  {text}"
        text = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(QRectF(room.left(), below, room.width(), scale.em(1.25)), side, text)

    def _outline(self, index: int, font: QFont) -> QPainterPath:
        """Return a word's outline at its place across, its middle at height 0.

        It is kept while the same word stands there: how Qt hints large characters depends on what else it has drawn
        in the face, and the words would shimmer when the pinyin comes.
        """
        assert self._words is not None
        room, metrics = self._room(index), QFontMetricsF(font)
        key = (self._words[index], font.key(), room.left(), room.width(), self.height())
        kept = self._outlines[index]
        if kept is None or kept[0] != key:
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)  # strokes of a hanzi may overlap
            lines = self._lines(index, font)
            top = -_line(font) * (len(lines) - 1) / 2 - metrics.height() / 2
            for number, line in enumerate(lines):
                left = room.right() - metrics.horizontalAdvance(line) if index == 0 else room.left()
                path.addText(QPointF(left, top + number * _line(font) + metrics.ascent()), font, line)
            kept = (key, path)
            self._outlines[index] = kept
        return kept[1]

    def _lines(self, index: int, font: QFont) -> list[str]:
        """Return the lines in which a word stands; what has no room at all ends in an ellipsis."""
        assert self._words is not None
        wide = self._room(index).width()
        lines, most = evenly_broken(self._words[index], font, wide), self._most_lines(font)
        if len(lines) <= most:
            return lines
        rest = "".join(lines[most - 1 :])
        return [*lines[: most - 1], QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, ceil(wide))]

    def _draw_axis(self, painter: QPainter, middle: float) -> None:
        """Draw the standing verdict between the words, or a quiet line where there is none."""
        scale, colours = self.look.scale, self.look.theme.theme.colours
        centre = QPointF(self.width() / 2, middle)
        if self._verdict is not None:
            side = scale.em(1.75)
            square = QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
            draw_sign(painter, square, self._verdict, colours, scale.font())
        else:
            painter.setPen(QPen(QColor(colours.border), max(1, scale.em(0.125))))
            reach = scale.em(0.75)
            painter.drawLine(QPointF(centre.x(), centre.y() - reach), QPointF(centre.x(), centre.y() + reach))

    def _draw_answers(self, painter: QPainter) -> None:
        if not self._answers:
            return
        scale, colours = self.look.scale, self.look.theme.theme.colours
        em, metrics = scale.em, QFontMetricsF(scale.font())
        side, gap, apart = em(1.0), em(0.25), em(1.5)
        widths = [side + gap + metrics.horizontalAdvance(who) for _verdict, who in self._answers]
        x = max(em(0.5), (self.width() - sum(widths) - apart * (len(widths) - 1)) / 2)
        top = self.height() - em(_ANSWERS)
        for (verdict, who), wide in zip(self._answers, widths, strict=True):
            draw_sign(painter, QRectF(x, top + (em(1.5) - side) / 2, side, side), verdict, colours, scale.font())
            painter.setFont(scale.font())
            painter.setPen(QColor(colours.text))
            line = QRectF(x + side + gap, top, wide, em(1.5))
            painter.drawText(line, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, who)
            x += wide + apart


def _line(font: QFont) -> float:
    return QFontMetricsF(font).height() * _TIGHT
