"""Six verdicts, each with its sign and its keys: press one and the next pair stands there."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal, Slot
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QSizePolicy, QWidget

from app.actions import ACTIONS, key_name
from app.panel import Look, Panel
from app.synonyms.verdicts import VERDICT_LOOKS, draw_sign
from app.theme import Theme
from core.language import N_, _
from core.synonyms.verdicts import Verdict

_ROOMY: Final = 39
"""Width in lines of text from which all six stand in one row."""

_TALL: Final = 3.25
"""Height of a button in lines of text: a word, and its keys below it."""

_KEYS: Final = {spec.id: spec.keys for spec in ACTIONS}


class VerdictButton(QPushButton):
    """One verdict: sign and word above, key caps below."""

    def __init__(self, look: Look, verdict: Verdict, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._verdict = VERDICT_LOOKS[verdict]
        self._caps: tuple[str, ...] = _KEYS[self._verdict.action]
        self.setObjectName(self._verdict.action)
        self.setCheckable(True)  # checked: the verdict that stands
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)

    def sizeHint(self) -> QSize:
        """Two lines, and the word's own width."""
        em = self._look.scale.em
        wide = QFontMetricsF(self._look.scale.font(bold=True)).horizontalAdvance(_(self._verdict.word))
        return QSize(round(wide) + em(2.5), em(_TALL))

    def minimumSizeHint(self) -> QSize:
        """As wide as the word needs."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the button as the style does, then what stands on it."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        em = self._look.scale.em
        colours = self._look.theme.theme.colours
        font = self._look.scale.font(bold=True)
        metrics = QFontMetricsF(font)
        word = _(self._verdict.word)
        side, gap = em(1.0), em(0.375)
        left = (self.width() - (side + gap + metrics.horizontalAdvance(word))) / 2
        middle = self.height() * 0.32
        if self.isEnabled():
            draw_sign(painter, QRectF(left, middle - side / 2, side, side), self._verdict, colours, font)
        painter.setFont(font)
        painter.setPen(QColor(colours.text if self.isEnabled() else colours.disabled))
        line = QRectF(left + side + gap, middle - metrics.height() / 2, self.width(), metrics.height())
        painter.drawText(line, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, word)
        self._draw_caps(painter, self.height() * 0.73)
        painter.end()

    def _draw_caps(self, painter: QPainter, middle: float) -> None:
        em = self._look.scale.em
        colours = self._look.theme.theme.colours
        font = self._look.scale.font("caption")
        metrics = QFontMetricsF(font)
        names = [key_name(key) for key in self._caps]
        tall = metrics.height() + em(0.0625)
        widths = [max(tall, metrics.horizontalAdvance(name) + em(0.5)) for name in names]
        gap = em(0.25)
        x = (self.width() - sum(widths) - gap * (len(widths) - 1)) / 2
        painter.setFont(font)
        for name, wide in zip(names, widths, strict=True):
            cap = QRectF(x, middle - tall / 2, wide, tall)
            painter.setPen(QPen(QColor(colours.outline if self.isEnabled() else colours.border), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(cap.adjusted(0.5, 0.5, -0.5, -0.5), em(0.1875), em(0.1875))
            painter.setPen(QColor(colours.muted if self.isEnabled() else colours.disabled))
            painter.drawText(cap, Qt.AlignmentFlag.AlignCenter, name)
            x += wide + gap


class VerdictButtons(Panel):
    """All six, in one row or in two.

    Signals:
        chosen: a ``Verdict``.
    """

    chosen = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self.buttons: dict[Verdict, VerdictButton] = {}
        self._columns = 0
        for verdict in VERDICT_LOOKS:
            button = VerdictButton(look, verdict)
            button.clicked.connect(self._on_clicked)
            self.buttons[verdict] = button
        self._arrange(len(self.buttons))
        self.retranslate()
        self.restyle(look.theme.theme)

    def show_verdict(self, verdict: Verdict | None) -> None:
        """Mark the button of the verdict that stands for this annotator."""
        for each, button in self.buttons.items():
            button.setChecked(each is verdict)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Part the row in two where it has no room."""
        super().resizeEvent(event)
        self._arrange(len(self.buttons) if self.width() >= self.look.scale.em(_ROOMY) else len(self.buttons) // 2)

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        self._grid.setSpacing(self.look.scale.em(0.375))
        self._keep_height()
        for button in self.buttons.values():
            button.updateGeometry()
            button.update()

    def retranslate(self) -> None:
        """Renew words."""
        for verdict, button in self.buttons.items():
            word = _(VERDICT_LOOKS[verdict].word)
            keys = ", ".join(key_name(key) for key in _KEYS[VERDICT_LOOKS[verdict].action])
            button.setAccessibleName(word)
            button.setToolTip(f"{_(_MEANINGS[verdict])} ({keys})")
            button.updateGeometry()
            button.update()

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for index, button in enumerate(self.buttons.values()):
            self._grid.addWidget(button, index // columns, index % columns)
        for column in range(len(self.buttons)):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self._keep_height()

    def _keep_height(self) -> None:
        """Keep the room of all rows: the style sheet's least height of a button is that of one line."""
        rows = len(self.buttons) // self._columns
        self.setFixedHeight(rows * self.look.scale.em(_TALL) + (rows - 1) * self._grid.verticalSpacing())

    @Slot()
    def _on_clicked(self) -> None:
        for verdict, button in self.buttons.items():
            if button is self.sender():
                button.setChecked(not button.isChecked())  # only what is in the store is shown as standing
                self.chosen.emit(verdict)


_MEANINGS: Final[dict[Verdict, str]] = {
    Verdict.SYNONYM: N_("One can stand for the other in most sentences"),
    Verdict.RELATED: N_("Close in meaning or of one kind, but neither stands for the other"),
    Verdict.ANTONYM: N_("Opposite in meaning"),
    Verdict.NOT: N_("Neither synonyms nor closely related"),
    Verdict.UNSURE: N_("Looked at, and not to be decided"),
    Verdict.SKIP: N_("Say nothing about this pair and go on"),
}
