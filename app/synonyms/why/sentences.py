"""The sentences of a pair, each with its weight in the colours of attention, the pair's words marked."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from app.explain.links import SymbolLinks
from app.fonts import tabular
from app.panel import Look, Panel
from app.style import set_style
from app.synonyms.evidence.marked_text import Mark, MarkedText
from app.theme import Theme
from app.widgets.page_scroll import page_scroll
from app.widgets.plain import PlainLabel, plain_tip
from app.widgets.weight_colours import colour, inks
from core.language import _
from core.synonyms.methods.on_sentences.weighed import WeighedMention
from core.synonyms.sentences.bags import BagConfig
from core.synonyms.why.reasons import WeighedSentences

_MOST: Final = BagConfig().most


class WeightCell(Panel):
    """A weight as a cell of a map of attention: its colour, white at 0 and deep red at 1, and its number."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.weight = 0.0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_weight(self, weight: float) -> None:
        """Show ``weight``, 0 to 1."""
        self.weight = weight
        self.setAccessibleName(_("weight {weight}").format(weight=f"{weight:.2f}"))
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as two places."""
        return QSize(self.look.scale.em(3.25), self.look.scale.em(1.75))

    def _restyle(self, _theme: Theme) -> None:
        self.updateGeometry()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the cell."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        corner, room = self.look.scale.em(0.1875), QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(self.look.theme.theme.colours.outline), 1))
        painter.setBrush(QColor(colour("red", self.weight)))
        painter.drawRoundedRect(room, corner, corner)
        painter.setFont(tabular(self.look.scale.font(bold=True)))
        painter.setPen(QColor(inks("red")[round(max(0.0, min(1.0, self.weight)) * 255)]))
        painter.drawText(room, Qt.AlignmentFlag.AlignCenter, f"{self.weight:.2f}")
        painter.end()


class WeighedSentence(Panel):
    """One sentence."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.cell, self.text = WeightCell(look), MarkedText(look, size="title")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.cell, 0, Qt.AlignmentFlag.AlignTop)
        self._row.addWidget(self.text, 1, Qt.AlignmentFlag.AlignVCenter)
        self._restyle(look.theme.theme)

    def show_mention(self, weighed: WeighedMention) -> None:
        """Show a sentence with its weight."""
        mention = weighed.mention
        self.cell.show_weight(weighed.weight)
        starts = [0]
        for token in mention.tokens:
            starts.append(starts[-1] + len(token))
        marks = [
            Mark(starts[mention.first], starts[mention.first + 1], "one"),
            Mark(starts[mention.second], starts[mention.second + 1], "two"),
        ]
        self.text.show_text("".join(mention.tokens), tuple(sorted(marks, key=lambda mark: mark.start)))
        self.setToolTip(plain_tip(mention.corpus))

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(em(0.75))


class SentencesPanel(Panel):
    """All sentences of the bag, the heaviest first."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._found: WeighedSentences | None = None
        self.title = PlainLabel()
        self.title.setWordWrap(True)
        set_style(self.title, kind="caption")
        self.rows = [WeighedSentence(look) for _n in range(_MOST)]
        page = QWidget()
        page.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_style(page, stage=True)
        self._list = QVBoxLayout(page)
        for row in self.rows:
            self._list.addWidget(row)
        self._list.addStretch()
        scroll = page_scroll(page)
        self.scroll_bar = scroll.verticalScrollBar()
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.title)
        self._column.addWidget(scroll, 1)
        self._retranslate()
        self._restyle(look.theme.theme)

    def show_sentences(self, found: WeighedSentences | None) -> None:
        """Show ``found``."""
        self._found = found
        mentions = () if found is None else found.mentions
        for number, row in enumerate(self.rows):
            row.setVisible(number < len(mentions))
            if number < len(mentions):
                row.show_mention(mentions[number])
        self._retranslate()

    def link_symbols(self, links: SymbolLinks) -> None:
        """Let the weights stand for α."""
        for row in self.rows:
            links.add("alpha_s", row.cell)

    def _retranslate(self) -> None:
        if self._found is None:
            self.title.setText("")
        elif not self._found.mentions:
            self.title.setText(
                _("No sentence of the corpora holds both words. Of such pairs the method says the same of all.")
            )
        else:
            self.title.setText(
                _('What each sentence counts when "synonyms" is looked for: white 0, deep red 1, together 1.')
            )

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(em(0.5))
        self._list.setContentsMargins(0, 0, em(0.5), 0)
        self._list.setSpacing(em(0.625))
