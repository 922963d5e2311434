"""The last ten decisions, in view and changeable."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from app.icons import coloured_icon
from app.panel import Look, Panel, Themed
from app.style import set_style
from app.synonyms.verdict_style import VERDICT_LOOKS, draw_sign
from app.theme import Theme
from app.widgets.plain import PlainLabel, plain_tip
from core.language import N_, _
from core.synonyms.verdicts import Decision
from core.visible import visible

SHOWN: Final = 10
_COLUMN: Final = 6
"""Least width of one decision in lines of text."""


class DecisionButton(Themed, QPushButton):
    """One decision: its sign and the two words; pressing it opens the pair again."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.follow(look)
        self.decision: Decision | None = None
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        set_style(self, quiet=True)

    def show_decision(self, decision: Decision | None) -> None:
        """Show ``decision``; None leaves the place empty."""
        self.decision = decision
        self.setEnabled(decision is not None)
        self._retranslate()

    def _retranslate(self) -> None:
        if self.decision is None:
            self.setAccessibleName(_("No earlier verdicts"))
            self.setToolTip("")
        else:
            verdict = self.decision.verdict
            word = _(VERDICT_LOOKS[verdict].word) if verdict is not None else _("only marked")
            told = _("{word1} – {word2}: {verdict}. Click to change it.").format(
                word1=visible(self.decision.word1), word2=visible(self.decision.word2), verdict=word
            )
            self.setAccessibleName(told)
            self.setToolTip(plain_tip(told))
        self.update()

    def sizeHint(self) -> QSize:
        """One line."""
        return QSize(self.look.scale.em(_COLUMN), self.look.scale.em(1.5))

    def minimumSizeHint(self) -> QSize:
        """Narrow: words that do not fit end in an ellipsis."""
        return QSize(self.look.scale.em(4), self.look.scale.em(1.5))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button as the style does, then sign and words."""
        super().paintEvent(event)
        if self.decision is None:
            return
        painter = QPainter(self)
        em = self.look.scale.em
        colours = self.look.theme.theme.colours
        font = self.look.scale.font()
        side = em(0.875)
        square = QRectF(em(0.25), (self.height() - side) / 2, side, side)
        if self.decision.verdict is not None:
            draw_sign(painter, square, VERDICT_LOOKS[self.decision.verdict], colours, font)
        elif self.decision.flagged:
            coloured_icon("flag", colours.warning).paint(painter, square.toRect())
        elif self.decision.note:
            coloured_icon("note", colours.muted).paint(painter, square.toRect())
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        room = QRectF(self.rect()).adjusted(square.right() + em(0.375), 0, -em(0.25), 0)
        fitting = fitting_pair(self.decision.word1, self.decision.word2, QFontMetricsF(font), room.width())
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitting)
        painter.end()


def fitting_pair(word1: str, word2: str, metrics: QFontMetricsF, room: float) -> str:
    """Return both words as ``room`` pixels allow: where they do not fit, something of each is left."""
    word1, word2 = visible(word1), visible(word2)
    room -= metrics.horizontalAdvance(" ")
    wide1, wide2 = metrics.horizontalAdvance(word1), metrics.horizontalAdvance(word2)
    share1 = max(room / 2, room - wide2)
    first = metrics.elidedText(word1, Qt.TextElideMode.ElideRight, share1)
    share2 = room - min(wide1, metrics.horizontalAdvance(first))
    return f"{first} {metrics.elidedText(word2, Qt.TextElideMode.ElideRight, share2)}"


class RecentDecisions(Panel):
    """Ten places, newest first, in rows of as many as fit.

    Signals:
        wanted: the ``Decision`` whose pair is to be opened again.
    """

    wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._columns = 0
        self._nothing = PlainLabel()
        set_style(self._nothing, kind="caption")
        self.bind_text(self._nothing.setText, N_("Your last ten verdicts will appear here; click one to change it."))
        self.buttons = [DecisionButton(look) for _place in range(SHOWN)]
        for button in self.buttons:
            button.clicked.connect(self._on_clicked)
        self._arrange(SHOWN // 2)
        self.show_decisions([])
        self._restyle(look.theme.theme)

    def show_decisions(self, decisions: list[Decision]) -> None:
        """Show up to ten decisions, newest first."""
        self._nothing.setVisible(not decisions)
        for index, button in enumerate(self.buttons):
            button.show_decision(decisions[index] if index < len(decisions) else None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two rows of five, or five rows of two where there is little room."""
        super().resizeEvent(event)
        self._arrange(SHOWN // 2 if self.width() >= self.look.scale.em(_COLUMN) * SHOWN // 2 else 2)

    def _restyle(self, _theme: Theme) -> None:
        self._grid.setSpacing(self.look.scale.em(0.125))
        for button in self.buttons:
            button.updateGeometry()
            button.update()

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Last ten verdicts"))

    def _arrange(self, columns: int) -> None:
        if columns != self._columns:
            self._columns = columns
            for index, button in enumerate(self.buttons):
                self._grid.addWidget(button, index // columns, index % columns)
            self._grid.addWidget(self._nothing, 0, 0, 1, columns)
            for column in range(SHOWN):
                self._grid.setColumnStretch(column, 1 if column < columns else 0)

    @Slot()
    def _on_clicked(self) -> None:
        for button in self.buttons:
            if button is self.sender() and button.decision is not None:
                self.wanted.emit(button.decision)
