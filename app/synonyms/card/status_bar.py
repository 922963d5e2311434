"""The status bar of the card: undo, flag, note; today, pace, what is left."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QWidget

from app.actions import ACTIONS, Actions, keys_text, without_dots
from app.fonts import tabular
from app.panel import Look, Panel
from app.synonyms.annotation.state import CardState
from app.theme import Theme
from app.widgets.keys.button import KeyToolButton
from app.widgets.plain import PlainLabel
from core.language import N_, _, ngettext
from core.synonyms.queue.config import QueueConfig

_TOOLS: Final = (("syn_undo", N_("Undo")), ("syn_flag", N_("Flag")), ("syn_note", N_("Note")))
_PACE_FROM: Final = 5
"""Decisions from which a pace says anything."""


class CardStatusBar(Panel):
    """Buttons for actions of the table with their keys written on them, and how far the annotator has come."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._specs = {spec.id: spec for spec in ACTIONS}
        self._tools = {name: KeyToolButton(look) for name, _words in _TOOLS}
        self._texts: tuple[str, ...] = ("",)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.counts = PlainLabel()
        self.counts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.counts.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._row = QHBoxLayout(self)
        for name, tool in self._tools.items():
            tool.setObjectName(name)
            tool.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tool.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
            self._row.addWidget(tool)
        self._tools["syn_flag"].setCheckable(True)
        self._row.addWidget(self.counts, 1)
        self._row.addWidget(self.bar)
        self.bind_text(self.bar.setAccessibleName, N_("Session progress"))
        self._retranslate()
        self._restyle(look.theme.theme)

    def connect_actions(self, actions: Actions) -> None:
        """Let the buttons trigger the table's actions."""
        for name, tool in self._tools.items():
            tool.setIcon(actions[name].icon())
            tool.clicked.connect(actions[name].trigger)

    def show_state(self, state: CardState, config: QueueConfig) -> None:
        """Show flag, counts, pace and the session's progress."""
        self._tools["syn_flag"].setChecked(state.flagged)
        self._tools["syn_flag"].setEnabled(state.card is not None)
        self._tools["syn_note"].setEnabled(state.card is not None)
        self._tools["syn_undo"].setEnabled(bool(state.recent_decisions))
        progress = state.progress
        if progress is None:
            self._texts = ("",)
        else:
            today = _("today {n:,}").format(n=progress.today)
            waiting = _("{n:,} waiting").format(n=progress.waiting) if progress.waiting is not None else ""
            others = _("{n:,} in others' share").format(n=progress.shared_out) if progress.shared_out else ""
            has_pace = progress.pace is not None and progress.session >= _PACE_FROM
            pace = _("{n:.0f}/min").format(n=progress.pace) if has_pace else ""
            session = ""
            if config.pairs is not None:
                session = ngettext("{n} of {all} pair", "{n} of {all} pairs", config.pairs).format(
                    n=progress.session, all=config.pairs
                )
            elif config.minutes is not None:
                left = max(0.0, config.minutes - progress.minutes)
                session = _("{n:.0f} min left").format(n=left)
            # What there is no room for goes, the least telling first.
            full, shorter = (session, today, pace, waiting, others), (session, today, waiting, others)
            choices = (full, shorter, (session, today, waiting), (session, today), (session or today,))
            self._texts = tuple("   ·   ".join(part for part in parts if part) for parts in choices)
            self._show_bar(progress.session, progress.minutes, config)
        self._fit_counts()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._row.setSpacing(em(0.25))
        for tool in self._tools.values():
            tool.setIconSize(self.look.scale.icon_size(1.125))
        self.counts.setFont(tabular(self.look.scale.font()))
        self.counts.setContentsMargins(0, 0, em(0.5), 0)
        self.bar.setFixedWidth(em(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say as much as there is room for."""
        super().resizeEvent(event)
        self._fit_counts()

    def _retranslate(self) -> None:
        for name, words in _TOOLS:
            spec = self._specs[name]
            tool = self._tools[name]
            tool.setText(_(words))
            tool.show_key(spec.keys[0])
            tool.setToolTip(f"{without_dots(_(spec.text))} ({keys_text(spec)})")
            tool.setAccessibleName(without_dots(_(spec.text)))

    def _show_bar(self, session: int, minutes: float, config: QueueConfig) -> None:
        self.bar.setVisible(config.pairs is not None or config.minutes is not None)
        if config.pairs is not None:
            self.bar.setRange(0, config.pairs)
            self.bar.setValue(min(session, config.pairs))
        elif config.minutes is not None:
            self.bar.setRange(0, round(config.minutes * 60))
            self.bar.setValue(min(round(minutes * 60), self.bar.maximum()))

    def _fit_counts(self) -> None:
        bar = self.bar.sizeHint().width() + self._row.spacing() if not self.bar.isHidden() else 0
        tools = sum(tool.sizeHint().width() + self._row.spacing() for tool in self._tools.values())
        room = self.width() - tools - bar - 4 * self.look.scale.em(0.75)
        metrics = self.counts.fontMetrics()
        fitting = next((told for told in self._texts if metrics.horizontalAdvance(told) <= room), self._texts[-1])
        if self.counts.text() != fitting:
            self.counts.setText(fitting)
