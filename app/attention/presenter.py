"""From state to pictures: which views are drawn anew when something was answered, wished or picked."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from app.attention.drawing.map_content import bar_content, heads_bar_content, map_content
from app.attention.evidence_panel import EvidencePanel
from app.attention.layout_rules import WITH_EVIDENCE
from app.attention.options import View
from app.attention.selection import Selection
from app.attention.session import AttentionSession
from app.attention.state import Status
from app.attention.views.readout import read_place
from app.attention.views.stack import Stage
from core.attention.requests import Colormap, Scale
from core.attention.results import AttentionMap
from core.language import _

BEHIND: Final = 20
"""Milliseconds by which the evidence follows the stage: the map is painted first."""


class Display(QObject):
    """Keeps stage and evidence in step with the session.

    Signals:
        note_changed: what has to be known about the map on screen.
        position_changed: where one is, and the same in fewer words.
    """

    note_changed = Signal(str)
    position_changed = Signal(str, str)

    def __init__(
        self, session: AttentionSession, selection: Selection, stage: Stage, evidence: EvidencePanel, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._session, self._selection = session, selection
        self._stage, self._evidence = stage, evidence
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(BEHIND)
        self._later.timeout.connect(self._show_evidence)
        self._has_room = True
        self._is_about_it = True  # the last answers are about what is wanted, or the moment before it
        self._drawn_for: tuple[View, Colormap, Scale] | None = None
        session.answered.connect(self._on_answered)
        session.status_changed.connect(self.show_status)
        selection.changed.connect(self.show_reading)
        selection.hovered.connect(self.show_reading)

    def show_options(self) -> None:
        """Bring the wanted view to the front, in the wanted colours."""
        options = self._session.options
        self._stage.show_view(options.view)
        self._evidence.show_view(options.view)
        for heads in (self._stage.heads, self._evidence.heads):
            heads.show_current(options.layer, options.head)
        if self._drawn_for != (options.view, options.colormap, options.scale):
            self._drawn_for = (options.view, options.colormap, options.scale)
            self._show_map()
            self._show_heads_grid()
        self._show_bar()
        self._show_special_views()
        self.show_status()

    def make_room(self, *, evidence: bool) -> None:
        """Say whether there is room for the evidence beside the stage."""
        self._has_room = evidence
        self._show_or_hide_evidence()

    def _show_or_hide_evidence(self) -> None:
        view = self._session.options.view
        seen = self._has_room and self._session.state.status is Status.SHOWN and view in WITH_EVIDENCE
        self._evidence.setVisible(seen)
        self._session.show_heads(on=self._has_room or view == "heads")

    @Slot()
    def show_reading(self) -> None:
        """Show the numbers of what is picked."""
        reading = read_place(self._shown(), self._selection)
        self._stage.readout.show_reading(reading)
        self._stage.matrix.setAccessibleDescription(f"{reading.place} {reading.weight}")

    @Slot()
    def show_status(self) -> None:
        """Show the view, or say why there is nothing to see."""
        state = self._session.state
        self._say_why_empty()
        is_about_it = state.status is not Status.REFUSED
        if state.status is Status.EMPTY or is_about_it is not self._is_about_it:
            self._is_about_it = is_about_it
            self._show_map()
            self._show_heads_grid()
        self._show_or_hide_evidence()
        if state.status is Status.SHOWN:
            self._stage.show_view(self._session.options.view)
        else:
            self._stage.show_empty_state()
        self._show_words()

    def _say_why_empty(self) -> None:
        state, options, empty = self._session.state, self._session.options, self._stage.empty_state
        waiting = state.preparing
        if state.status is Status.EMPTY and options.has_text and options.view == "alignment":
            text = _("An alignment needs two sentences: type the second one below the first.")
            empty.show_reason(text, picture="link")
        elif state.status is Status.EMPTY:
            text = _("Type a sentence above, and see what the model attends to.")
            empty.show_reason(text, button=_("Begin with an example"), picture="attention")
        elif state.status is Status.REFUSED:
            button = _("Try again") if state.may_go_better else ""
            empty.show_reason(state.trouble, button=button, picture="warning", primary=False)
        elif state.status is Status.WAITING:
            text = waiting.message if waiting is not None else _("Starting the model: a few seconds the first time …")
            parts = (waiting.done, waiting.total) if waiting is not None else (0, 0)
            empty.show_reason(text, picture="attention", parts=parts)

    @Slot(str)
    def _on_answered(self, kind: str) -> None:
        if kind == "map":
            self._show_map()
        elif kind == "heads":
            self._show_heads_grid()
        else:
            self._show_special_views()
        self._show_words()

    def _shown(self) -> AttentionMap | None:
        return self._session.state.map if self._is_about_it else None

    def _show_map(self) -> None:
        shown, options = self._shown(), self._session.options
        if shown is None:
            self._selection.follow((), ())
            content = None
        else:
            self._selection.follow(shown.rows, shown.columns)
            content = map_content(shown, options.colormap, options.scale)
        self._stage.matrix.show_map(content)
        self._stage.links.show_map(content)
        self._show_bar()
        if self._evidence.isVisible() and content is not None:
            self._later.start()
        else:
            self._show_evidence()
        self.show_reading()

    @Slot()
    def _show_evidence(self) -> None:
        shown, options = self._shown(), self._session.options
        if shown is None:
            self._evidence.show_content(None, ())
        else:
            self._evidence.show_content(map_content(shown, options.colormap, options.scale), shown.texts)

    def _show_bar(self) -> None:
        shown, options = self._shown(), self._session.options
        if options.view == "heads":
            self._stage.bar.show_bar(heads_bar_content(options.colormap, options.scale))
        else:
            content = bar_content(shown.weights, options.colormap, options.scale) if shown is not None else None
            if shown is not None and content is not None and options.view == "map":
                limits = map_content(shown, options.colormap, options.scale).has_limits
                content = replace(content, has_limits=limits)
            self._stage.bar.show_bar(content)

    def _show_heads_grid(self) -> None:
        heads_grid, options = self._session.state.heads_grid if self._is_about_it else None, self._session.options
        for heads in (self._stage.heads, self._evidence.heads):
            heads.show_heads_grid(heads_grid, options.colormap, options.scale)

    def _show_special_views(self) -> None:
        state, options, stage = self._session.state, self._session.options, self._stage
        if options.view == "steps":
            stage.steps.show_formulas(state.formulas)
            stage.steps.show_steps(state.steps, state.steps_pieces, options.temperature, options.masked)
        elif options.view == "comparison":
            stage.compare.show_comparison(state.comparison, options.colormap, options.scale)
        elif options.view == "alignment":
            stage.alignment.show_alignment(state.alignment, options.colormap, self._selection.pinned_token())

    def _show_words(self) -> None:
        """Say what has to be known about the view, and in the transport where one is and what it took."""
        state, view = self._session.state, self._session.options.view
        shown = state.on_stage(view) if state.status is Status.SHOWN else None
        self.note_changed.emit(shown.note if shown is not None else "")
        aligned = state.alignment
        if state.preparing is not None:
            words = brief = state.preparing.message
        elif shown is not None:
            took = sum(shown.milliseconds.values())
            words = _("{units} rows · {tokens} tokens · {ms:.0f} ms").format(
                units=len(shown.rows), tokens=shown.tokens, ms=took
            )
            brief = _("{tokens} tokens · {ms:.0f} ms").format(tokens=shown.tokens, ms=took)
        elif view == "alignment" and state.status is Status.SHOWN and aligned is not None:
            words = brief = _("{rows} × {columns} rows and columns").format(
                rows=len(aligned.rows), columns=len(aligned.columns)
            )
        else:
            words = brief = _("Reading …") if state.status is Status.WAITING else ""
        self.position_changed.emit(words, brief)
