"""The status bar of the table."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from app.actions import Actions
from app.fonts import tabular
from app.panel import Look, Panel
from app.synonyms.verdict_style import VERDICT_LOOKS, sign_icon
from app.theme import Theme
from app.widgets.keys.button import KeyToolButton
from app.widgets.plain import PlainLabel
from core.language import _, ngettext
from core.synonyms.verdicts import VERDICTS, Verdict


class TableStatusBar(Panel):
    """The status bar of the table: verdicts for what is selected, and how many pairs there are."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._counts: tuple[int, int, int] | None = None
        self._row = QHBoxLayout(self)
        self.buttons: dict[Verdict, KeyToolButton] = {}
        for verdict in VERDICT_LOOKS:
            button = KeyToolButton(look)
            button.setObjectName(f"selected_{verdict}")
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            button.setAutoRaise(True)
            self._row.addWidget(button)
            self.buttons[verdict] = button
        self.counts = PlainLabel()
        self.counts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.counts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._row.addWidget(self.counts, 1)
        self._retranslate()
        self._restyle(look.theme.theme)

    def connect_actions(self, actions: Actions) -> None:
        """Let the buttons trigger the table's actions."""
        for verdict, button in self.buttons.items():
            button.clicked.connect(actions[f"syn_table_{verdict}"].trigger)

    def show_counts(self, shown: int, total: int, selected: int) -> None:
        """Say how many pairs are shown, how many there are, and how many are selected."""
        self._counts = (shown, total, selected)
        for button in self.buttons.values():
            button.setEnabled(selected > 0)
        self._fit_counts()

    def show_unknown(self) -> None:
        """Say nothing: how many there are is not known yet."""
        self._counts = None
        for button in self.buttons.values():
            button.setEnabled(False)
        self._fit_counts()

    def _fit_counts(self) -> None:
        """Say how many there are, and before anything is selected how that is done, if there is room for it."""
        if self._counts is None:
            self.counts.setText("")
            self.counts.setToolTip("")
            return
        shown, total, selected = self._counts
        counted = ngettext("{shown:,} of {total:,} pair", "{shown:,} of {total:,} pairs", total).format(
            shown=shown, total=total
        )
        if selected:
            told = _("{n:,} selected").format(n=selected)
        else:
            told = _("A click opens the card; Ctrl or Shift selects") if shown else ""
        full = f"{told}   ·   {counted}" if told else counted
        buttons = sum(button.sizeHint().width() + self._row.spacing() for button in self.buttons.values())
        room = self.width() - buttons - 2 * self.look.scale.em(0.75)
        metrics, brief = self.counts.fontMetrics(), f"{shown:,} / {total:,}"
        forms = (full, told) if selected else (full, counted, brief)
        self.counts.setText(next((each for each in forms if metrics.horizontalAdvance(each) <= room), forms[-1]))
        self.counts.setToolTip(full)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._fit_counts()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._row.setSpacing(em(0.25))
        self.counts.setFont(tabular(self.look.scale.font()))
        for verdict, button in self.buttons.items():
            size, room = self.look.scale.icon_size(1.0), em(0.25)
            button.setIcon(sign_icon(VERDICT_LOOKS[verdict], self.look, size, self.devicePixelRatioF(), room))
            button.setIconSize(size + QSize(room, 0))

    def _retranslate(self) -> None:
        for spec in VERDICTS:
            button, word = self.buttons[spec.verdict], _(spec.word)
            button.setText(word)
            button.show_key(spec.key)
            button.setAccessibleName(_("{verdict}: all selected pairs").format(verdict=word))
            button.setToolTip(button.accessibleName())
        self._fit_counts()
