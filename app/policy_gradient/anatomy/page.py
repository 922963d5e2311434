"""Anatomy of an update: an episode step by step, and what the agent made of each step when it learned from it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar, Final

from PySide6.QtCore import QSize, Qt, Slot
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from app.explain.typesetter import Typesetter
from app.page import Explanation
from app.panel import Look
from app.policy_gradient.anatomy.code_lines import running
from app.policy_gradient.anatomy.code_view import CodeView
from app.policy_gradient.anatomy.controls import Controls
from app.policy_gradient.anatomy.dissection import LANE, Dissection
from app.policy_gradient.anatomy.equations import Equations
from app.policy_gradient.anatomy.formulas import ALL
from app.policy_gradient.anatomy.gradient_view import GradientView
from app.policy_gradient.anatomy.numbers import signed, values_at
from app.policy_gradient.anatomy.page_state import AnatomyState, decode_anatomy_state
from app.policy_gradient.anatomy.rows import ROWS
from app.policy_gradient.anatomy.strips import Strips
from app.policy_gradient.exporting.saved_plot import SavedPlot, plot_of_run
from app.policy_gradient.page import PolicyPage
from app.policy_gradient.run_state import decode_run_state, restore_run_state, save_run_state
from app.policy_gradient.session import Phase, TrainingSession
from app.theme import Theme
from app.widgets.empty_state import EmptyState
from core.language import _
from core.policy_gradient.anatomy.findings import Lesson
from core.policy_gradient.anatomy.report import strips_table
from core.policy_gradient.environments.description import describe

_TWO_COLUMNS: Final = 40
"""Width in lines of text from which the code stands beside the strips."""
_PARTS: Final = 1000
"""Steps of a bar."""
_SYMBOLS: Final = ("a", "s", "r", "G", "R", "pi", "loss", "theta", "gamma")
"""The symbols of the formulas."""


class AnatomyPage(PolicyPage):
    """One episode of the run on screen, taken apart."""

    page_id: ClassVar[str] = "policy_gradient.anatomy"

    def __init__(self, look: Look, session: TrainingSession, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._session = session
        self._pending: AnatomyState | None = None
        self._wanted = 0
        self._rates: tuple[tuple[int, float], ...] = ()
        self.typesetter = Typesetter(session.background, self, lane=LANE)
        self.dissection = Dissection(session.background, self)
        self.controls, self.equations, self.strips = Controls(look), Equations(look), Strips(look)
        self.code, self.gradient, self.empty = CodeView(look), GradientView(look), EmptyState(look)
        self._lay_out()
        self._wire()
        self._restyle(look.theme.theme)
        self._show_run()
        self._show_zoom()

    def _lay_out(self) -> None:
        self._side = QVBoxLayout()
        self._side.addWidget(self.code, 1)
        self._side.addWidget(self.gradient)
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.addWidget(self.strips, 8)
        self._body.addLayout(self._side, 5)
        content = QWidget()
        self._content = QVBoxLayout(content)
        self._content.addWidget(self.equations)
        self._content.addLayout(self._body, 1)
        self.scroll_area = QScrollArea()
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setWidget(content)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.empty)
        self._stack.addWidget(self.scroll_area)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.controls)
        self._column.addWidget(self._stack, 1)
        self.setFocusProxy(self.strips)

    def _wire(self) -> None:
        session = self._session
        session.progressed.connect(self._on_progressed)
        session.phase_changed.connect(self._on_progressed)
        session.restarted.connect(self._on_restarted)
        self.typesetter.arrived.connect(self._on_typeset)
        self.typesetter.failed.connect(self._on_typeset)
        self.dissection.changed.connect(self._on_dissected)
        self.controls.episode_chosen.connect(self._want)
        self.controls.follow_switched.connect(self._on_follow)
        self.controls.corrections_chosen.connect(self._show_lesson)
        self.controls.zoom_asked.connect(self.strips.zoom_by)
        self.strips.zoomed.connect(self._show_zoom)
        self.strips.cursor_moved.connect(self._show_step)
        self.strips.stepped.connect(self._on_stepped)
        self.equations.pointed.connect(self._on_term_pointed)
        self.symbol_links.pointed.connect(self.equations.light)
        self.empty.pressed.connect(self._on_empty_pressed)
        self.symbol_links.watch(self.strips, self.strips.symbol_at)
        for symbol in dict.fromkeys(spec.symbol for spec in ROWS):
            self.symbol_links.add(symbol, self.strips, partial(self.strips.symbol_rects, symbol), points=False)
        self.equations.link_symbols(self.symbol_links, _SYMBOLS)

    @property
    def lesson(self) -> Lesson | None:
        """What is shown: the lesson with the corrections that are chosen."""
        anatomy = self.dissection.anatomy
        return None if anatomy is None else anatomy.lesson(self.controls.corrections)

    def opened(self) -> None:
        """Have the formulas typeset, and the newest episode taken apart if none is."""
        self.typesetter.want(ALL)
        self._show_run()

    def arrange(self, _tab: QSize, width: int) -> None:
        """Put the code beside the strips on a wide page, below them on a narrow one."""
        wide = width >= self.look.scale.em(_TWO_COLUMNS)
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self.controls.arrange(narrow=not wide)
        if self._body.direction() != direction:
            self._body.setDirection(direction)

    def explain(self) -> Explanation:
        """Return what the symbols stand for at the step under the cursor."""
        values = {"alpha_lr": f"{self._session.config.learning_rate:g}", "gamma": f"{self._session.config.gamma:g}"}
        anatomy, lesson = self.dissection.anatomy, self.lesson
        if anatomy is not None and lesson is not None:
            values |= values_at(self._session.begun.env_id, anatomy, lesson, self.strips.step)
        return Explanation(self.page_id, values)

    def saved_plot(self) -> SavedPlot | None:
        """Return the strips; None while no update is taken apart."""
        anatomy, lesson = self.dissection.anatomy, self.lesson
        if anatomy is None or lesson is None or not self.strips.rows:
            return None
        run = self._session.shelf.current
        table = partial(strips_table, self._session.begun, run.learning_rates, anatomy, lesson)
        words = _("Episode {episode} in update {update}: loss {loss} over {steps} steps of the batch").format(
            episode=anatomy.record.episode, update=anatomy.update, loss=signed(lesson.loss), steps=anatomy.batch_steps
        )
        return plot_of_run("anatomy", _("Anatomy of an update"), (self.strips,), run, table, words)

    def light_symbol(self, symbol: str) -> None:
        """Light the strips and the terms of the formulas that ``symbol`` stands for."""
        super().light_symbol(symbol)
        self.equations.light(symbol)

    def save_state(self) -> dict[str, Any]:
        """Return the run, the episode, the corrections, and where the strips are."""
        corrections, pending = self.controls.corrections, self._pending
        shown = pending or AnatomyState(
            step=self.strips.step, row=self.strips.row, zoom=self.strips.zoom, scroll=self.strips.scrolled
        )
        state = AnatomyState(
            episode=self._wanted or self.dissection.episode,
            follows=self.controls.follows.isChecked(),
            credit=corrections.credit,
            normalise=corrections.normalise,
            step=shown.step,
            row=shown.row,
            zoom=shown.zoom,
            scroll=shown.scroll,
        )
        return {**save_run_state(self._session), **state.to_dict()}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Bring back what was saved; the run plays its way back, and the episode is taken apart again."""
        run, shown = decode_run_state(state).run, decode_anatomy_state(state)
        restore_run_state(self._session, state)
        self.controls.show_corrections(shown.corrections)
        self.controls.follows.setChecked(shown.follows)
        self._pending = shown
        self.strips.restore(shown.step, shown.row, shown.zoom, shown.scroll)
        if self._has(shown.episode):
            self._show_lesson()
        elif shown.episode:
            self._want(shown.episode, (run or self._session.save_run()).learning_rates)
        self._show_run()

    def _has(self, episode: int) -> bool:
        """Return whether ``episode``, of the run on screen, is taken apart already."""
        return not self.is_busy and self.dissection.anatomy is not None and self.dissection.episode == episode

    @property
    def is_busy(self) -> bool:
        """Whether the episode that is wanted is still being taken apart."""
        return bool(self._wanted) or self.dissection.is_running

    @property
    def _learned(self) -> int:
        """The newest episode that an update has learned from; 0 while there is none."""
        updates = self._session.state.update_episodes.values
        return int(updates[-1]) if len(updates) else 0

    @Slot(int)
    def _want(self, episode: int, rates: tuple[tuple[int, float], ...] | None = None) -> None:
        """Have an episode taken apart, after the formulas are typeset: both are the same worker's work."""
        self._wanted, self._rates = episode, tuple(self._session.state.learning_rates) if rates is None else rates
        if not self.typesetter.is_busy:
            self._begin()

    def _begin(self) -> None:
        episode, self._wanted = self._wanted, 0
        if episode:
            self.dissection.begin(self._session.begun, episode, self._session.state, self._rates)

    def _show_run(self) -> None:
        """Follow the run: how many episodes there are to choose from, and the newest where it is to be followed."""
        newest, dissection = self._learned, self.dissection
        if newest and self.isVisible() and not dissection.is_running and not self._wanted and not dissection.problem:
            is_first = dissection.anatomy is None
            if is_first or (self.controls.follows.isChecked() and newest != dissection.episode):
                self._want(newest)
        self.controls.show_episodes(self._wanted or dissection.episode, newest)
        self.controls.spin.setEnabled(newest > 0)
        self.controls.slider.setEnabled(newest > 1)
        if dissection.anatomy is None:
            self._show_empty()

    def _show_empty(self) -> None:
        """Say why there is nothing to see: what is awaited, or went wrong, and what to do."""
        dissection, phase = self.dissection, self._session.phase
        self._stack.setCurrentWidget(self.empty)
        if dissection.is_running or self._wanted:
            words = dissection.words if dissection.is_running else _("Loading…")
            is_moving = dissection.share > 0
            self.empty.show_reason(words, parts=(round(dissection.share * _PARTS), _PARTS) if is_moving else (0, 0))
        elif dissection.problem:
            self.empty.show_reason(dissection.problem, button=_("Try again"))
        elif phase in (Phase.PLAYING, Phase.RESTORING, Phase.STEPPING):
            self.empty.show_reason(_("The first update is still to come: then its episodes are taken apart here."))
        else:
            self.empty.show_reason(
                _("No update yet: there is nothing to take apart."),
                _("Train until the first update; then its episodes are taken apart here, step by step."),
                _("Train") if phase in (Phase.READY, Phase.PAUSED) else "",
            )

    @Slot()
    def _on_empty_pressed(self) -> None:
        if self.dissection.problem:
            self._want(self.dissection.episode)
        else:
            self._session.toggle()

    @Slot()
    def _on_progressed(self) -> None:
        if self.isVisible():
            self._show_run()

    @Slot()
    def _on_restarted(self) -> None:
        self._wanted, self._pending = 0, None
        self.dissection.forget()
        self._show_run()
        self.explanation_changed.emit()

    @Slot(bool)
    def _on_follow(self, _on: bool) -> None:
        self._show_run()

    @Slot()
    def _on_typeset(self) -> None:
        self.equations.show_pictures(self.typesetter.picture)
        self._begin()

    @Slot()
    def _on_dissected(self) -> None:
        dissection = self.dissection
        words = dissection.words if dissection.is_running else dissection.problem
        if dissection.anatomy is None:
            self.controls.show_progress(words, None)  # the stage says how far it is
            self._show_empty()
            return
        self.controls.show_progress(words, dissection.share if dissection.is_running else None)
        self._stack.setCurrentWidget(self.scroll_area)
        self.controls.show_anatomy(dissection.anatomy)
        if not dissection.is_running:
            self._show_run()  # one more may be wanted
        self._show_lesson()

    @Slot()
    def _show_lesson(self) -> None:
        """Show the episode under the corrections that are chosen."""
        anatomy, lesson = self.dissection.anatomy, self.lesson
        if anatomy is None or lesson is None:
            return
        known = len(describe(self._session.begun.env_id).actions)
        self.strips.show_anatomy(anatomy, lesson, known or int(anatomy.record.actions.max()) + 1)
        if self._pending is not None and self._pending.episode == anatomy.record.episode:
            pending, self._pending = self._pending, None
            self.strips.restore(pending.step, pending.row, pending.zoom, pending.scroll)
        self.equations.show_lesson(anatomy, lesson)
        self.code.show_corrections(lesson.corrections)
        self.gradient.show_lesson(anatomy, lesson)
        self._show_zoom()
        self._show_step()

    @Slot()
    def _show_step(self) -> None:
        """Put the numbers of the step into the formulas, and light the line of code that runs."""
        anatomy = self.dissection.anatomy
        if anatomy is None:
            return
        self.equations.show_step(self.strips.step)
        self.code.light(running(self.strips.row, self.strips.step, anatomy, self.controls.corrections))
        self.explanation_changed.emit()

    @Slot()
    def _on_stepped(self) -> None:
        """Light the term that the keyboard has come to, as the mouse does."""
        self.equations.light(next(spec.symbol for spec in ROWS if spec.id == self.strips.row))

    @Slot()
    def _show_zoom(self) -> None:
        self.controls.show_zoom(can_zoom_in=self.strips.can_zoom_in, can_zoom_out=self.strips.zoom > 1)

    @Slot(str)
    def _on_term_pointed(self, symbol: str) -> None:
        self.light_symbol(symbol)
        self.symbol_pointed.emit(symbol)

    def _retranslate(self) -> None:
        if self.dissection.anatomy is None:
            self._show_empty()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.25))
        self._column.setSpacing(em(0.375))
        self._content.setContentsMargins(0, 0, 0, 0)
        self._content.setSpacing(em(0.375))
        self._body.setSpacing(em(0.75))
        self._side.setSpacing(em(0.5))
