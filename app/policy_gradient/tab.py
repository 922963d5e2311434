"""The policy gradient tab: hyperparameters, the page in front, and the transport around one training session."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QElapsedTimer, QTimer, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.actions import ACTIONS, Actions, Context, keys_text
from app.background import Background
from app.documents.file_kind import FileKind
from app.file_names import file_name
from app.page_spec import PageSpec
from app.panel import Look
from app.policy_gradient.controls.sidebar import Sidebar
from app.policy_gradient.exporting.plot_exporter import PlotExporter
from app.policy_gradient.exporting.record_bar import RecordBar
from app.policy_gradient.exporting.recorder import WindowRecorder
from app.policy_gradient.page import PolicyPage
from app.policy_gradient.pages import PAGES
from app.policy_gradient.position import show_position
from app.policy_gradient.run_state import without_run
from app.policy_gradient.runs.files import RunFiles
from app.policy_gradient.runs.keeper import ShelfKeeper
from app.policy_gradient.runs.names import file_stem
from app.policy_gradient.runs.run_document import RunDocument
from app.policy_gradient.runs.set_aside import set_run_aside
from app.policy_gradient.runs.shelf_view import RunShelfView
from app.policy_gradient.scenes import PLAY, TRAIN_UNTIL
from app.policy_gradient.session import SPEEDS, Phase, TrainingSession
from app.sentence import Sentence
from app.style import set_style
from app.tab import Tab
from app.theme import Theme
from app.widgets.fold_handle import FoldHandle
from app.widgets.page_switcher import PageSwitcher
from app.widgets.transport import SPEED_WORDS, Transport
from core.language import N_
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.errors import ConfigError
from core.policy_gradient.runs.history import RunHistory
from core.policy_gradient.runs.kept_runs import shelf_folder

POSITION_EVERY: Final = 100
"""Milliseconds between two renewals of the words that say where the run is, while it plays."""

_NARROW: Final = 40
"""Width in lines of text below which the hyperparameters fold away: C brings them back."""
_STEPS: Final = ("pg_step", "pg_step_episode", "pg_step_update")
_SPECS: Final = {spec.id: spec for spec in ACTIONS}


class PolicyGradientTab(Tab):
    """A policy gradient learning, live: a row of pages on one run."""

    context: Context = "policy_gradient"
    exports = ("pg_save_plot", "pg_record")

    def __init__(self, look: Look, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.session = TrainingSession(background, self)
        self.sidebar = Sidebar(look)
        self.shelf_view = RunShelfView(look, self.session.shelf)
        self.files = RunFiles(self.session.shelf, background, self)
        self._document = RunDocument(self.session, self.files, self._reset, self)
        self.keeper = ShelfKeeper(self.session.shelf, background, shelf_folder(), self)
        self.plots = PlotExporter(look, self.files, lambda: self.page, self)
        self.switcher = PageSwitcher(look, PAGES)
        if len(PAGES) < 2:
            self.switcher.hide()  # and not shown otherwise: it has no window yet
        self.transport = Transport(
            look,
            play="pg_play",
            steps=(
                ("pg_step", N_("Step")),
                ("pg_step_episode", N_("Episode")),
                ("pg_step_update", N_("Update")),
            ),
            reset=("pg_reset", N_("Reset")),
            speeds=SPEED_WORDS,
            speed_keys=("pg_slower", "pg_faster"),
        )
        self._pages: dict[str, PolicyPage] = {}
        self._aside: dict[str, Mapping[str, Any]] | None = None
        self._stack = QStackedWidget()
        self._side = QWidget()
        self.handle = FoldHandle(look, "pg_choices")
        self._actions: Actions | None = None
        self.record_bar = RecordBar(look)
        self.recorder = WindowRecorder(background, self.record_bar, self._stack, self._recording_name, self)
        self._is_open = False
        self._is_presenting = False
        self._is_narrow = False
        self._is_folded = False
        self._had_sidebar = True
        self._told: object = None
        self._since_position = QElapsedTimer()
        self._since_position.start()
        self._lay_out()
        self.session.progressed.connect(self._on_progressed)
        self.session.phase_changed.connect(self._on_phase_changed)
        self.session.speed_changed.connect(self._on_speed_changed)
        self.session.wanted_changed.connect(self._on_wanted_changed)
        self.session.restarted.connect(self._on_restarted)
        self.session.failed.connect(self._on_failed)
        self.shelf_view.chosen.connect(self._on_run_chosen)
        self.files.opened.connect(self._on_run_chosen)
        self.files.message.connect(self.message)
        self.keeper.message.connect(self.message)
        self.plots.message.connect(self.message)
        self.recorder.message.connect(self.message)
        self.session.shelf.video_wanted.connect(self.files.ask_where_to_record)
        self.session.shelf.replay_wanted.connect(self._on_replay_wanted)
        self.sidebar.wanted.connect(self._on_wanted)
        self.transport.speed_chosen.connect(self._on_speed)
        self.transport.show_speed(self.session.speed)
        self.show_page(PAGES[0].name)

    def _lay_out(self) -> None:
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.setSpacing(0)
        side.addWidget(self.switcher)
        side.addWidget(self.sidebar, 1)
        side.addWidget(self.shelf_view)
        self._rule = QFrame()
        set_style(self._rule, rule=True)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self._side)
        beside.addWidget(self.handle)
        beside.addWidget(self._stack, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(beside, 1)
        column.addWidget(self.record_bar)
        column.addWidget(self._rule)
        column.addWidget(self.transport)

    @property
    def document(self) -> RunDocument:
        """The run on screen."""
        return self._document

    @property
    def foot(self) -> QWidget:
        """The transport."""
        return self.transport

    @property
    def hint_target(self) -> QWidget:
        """The button that plays."""
        return self.transport.play

    @property
    def page(self) -> PolicyPage:
        """The page in front."""
        page = self._stack.currentWidget()
        assert isinstance(page, PolicyPage)  # nothing else is put there, and one is there from the start
        return page

    def page_named(self, name: str) -> PolicyPage:
        """Return a page by its id within the tab, building it if nobody has opened it yet.

        Raises:
            KeyError: there is no such page.
        """
        if name not in self._pages:
            page: PolicyPage = _row(name).build(self.look, self.session)
            self.sidebar.link_symbols(page.symbol_links)
            page.message.connect(self.message)
            page.primary_changed.connect(self._show_primary)
            self._pages[name] = page
            self._stack.addWidget(page)
            if self._actions is not None:
                page.connect_actions(self._actions)
            page.present(self._is_presenting)
            if self._aside is not None:
                self._aside[name] = without_run(page.save_state())
        return self._pages[name]

    def show_page(self, name: str) -> None:
        """Bring a page to the front.

        Raises:
            KeyError: there is no such page.
        """
        self._stack.setCurrentWidget(self.page_named(name))
        self.switcher.show_page(_row(name))
        self._show_primary()
        self._arrange()
        self.page_changed.emit()
        if self._is_open:
            self.page.opened()

    def open_page(self, page_id: str) -> None:
        """Bring a page to the front."""
        for spec in PAGES:
            if spec.id == page_id:
                self.show_page(spec.name)

    def set_aside(self) -> Callable[[], None]:
        """Set the run, the runs on the shelf and what the pages show aside, those pages too that are opened later."""
        self.sidebar.commit()
        self._aside = {name: without_run(page.save_state()) for name, page in self._pages.items()}
        front = next(name for name, page in self._pages.items() if page is self.page)
        bring_run_back = set_run_aside(self.session)

        def bring_back() -> None:
            states, self._aside = self._aside or {}, None
            bring_run_back()
            for name, state in states.items():
                if without_run(self._pages[name].save_state()) != state:
                    self._pages[name].restore_state(state)
            self.show_page(front)

        return bring_back

    @property
    def is_busy(self) -> bool:
        """Whether the run is on its way to where it is to be, or the page still computes."""
        return self.session.phase in {Phase.LOADING, Phase.RESTORING, Phase.STEPPING} or self.page.is_busy

    def perform(self, run: Mapping[str, Any]) -> None:
        """Let the run go on, or what is on the page."""
        if run.get("do") == TRAIN_UNTIL.do:
            self.session.train_until(run["episode"])
        elif run.get("do") == PLAY.do:
            self.turn(+1)
        else:
            self.page.perform(run)

    def hold(self) -> None:
        """Let the run, and what is on the page, stand still."""
        self.session.hold()
        self.page.hold()

    def connect_actions(self, actions: Actions) -> None:
        """Say what the tab's actions do."""
        self._actions = actions
        session = self.session
        actions.on("pg_play", self._play)
        actions.on("pg_step", lambda: session.step("Transition"))
        actions.on("pg_step_episode", lambda: session.step("EpisodeFinished"))
        actions.on("pg_step_update", lambda: session.step("UpdateFinished"))
        actions.on("pg_slower", lambda: self._change_speed(-1))
        actions.on("pg_faster", lambda: self._change_speed(+1))
        actions.on("pg_reset", self._reset)
        actions.on("pg_bring_back", session.bring_back)
        actions.on("pg_save_plot", self.plots.ask_where_to_save)
        actions.on("pg_record", self.recorder.toggle)
        actions.on_toggle("pg_choices", self._show_sidebar)
        actions["pg_choices"].setChecked(True)
        for spec in PAGES if len(PAGES) > 1 else ():
            actions.on(spec.action, partial(self.show_page, spec.name))
        for page in self._pages.values():
            page.connect_actions(actions)
        if len(PAGES) > 1:
            self.switcher.connect_actions(actions)
        self.transport.connect_actions(actions)
        self.handle.connect_actions(actions)

    def opened(self) -> None:
        """Open a run at its start, or show the one there is again."""
        self._is_open = True
        self.session.watch(True)
        self._offer_steps()
        self.page.opened()
        self.sidebar.environment.look_for_missing()
        QTimer.singleShot(0, self.keeper, self.keeper.read)

    def closed(self) -> None:
        """Keep what has not been kept, and give up what is being recorded."""
        self.recorder.cancel()
        self.keeper.flush()

    def left(self) -> None:
        """Let the run go on without pictures."""
        self._is_open = False
        self.session.watch(False)

    def take_focus(self) -> None:
        """Give the keyboard to the page."""
        self.page.setFocus()

    def turn(self, by: int) -> None:
        """Play on, or stand still; a run that is over stays as it is."""
        is_playing = self.session.phase is Phase.PLAYING
        if not self.session.is_over and is_playing != (by > 0):
            self._play()

    def present(self, on: bool) -> None:
        """The stage grows, the hyperparameters leave, and come back if they were there."""
        for page in self._pages.values():
            page.present(on)
        self._is_presenting = on
        self._fold()
        self.handle.setVisible(self._side.isHidden() and not on)

    def save_settings(self) -> dict[str, Any]:
        """Return the wanted config, the speed, whose picture is shown and the page in front."""
        front = next(name for name, page in self._pages.items() if page is self.page)
        return {
            "config": self.session.wanted.to_dict(),
            "speed": self.session.speed,
            "own_frame": self.session.has_own_frame,
            "page": front,
        }

    def restore_settings(self, remembered: dict[str, Any]) -> None:
        """Take up config, speed and page; what this version does not allow is left at its default."""
        for speed in SPEEDS:
            if speed == remembered.get("speed"):
                self.session.set_speed(speed)
        self.session.show_own_frame(remembered.get("own_frame") is True)
        for spec in PAGES:
            if spec.name == remembered.get("page"):
                self.show_page(spec.name)
        config = remembered.get("config")
        if isinstance(config, dict):
            try:
                self.session.choose(TrainConfig.from_dict(config))
            except (ConfigError, TypeError):
                return

    def _restyle(self, _theme: Theme) -> None:
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the page follow the size."""
        super().resizeEvent(event)
        self._arrange()

    def _retranslate(self) -> None:
        self._show_position()

    def _arrange(self) -> None:
        if self.isVisible():
            self._is_narrow = self.width() < self.look.scale.em(_NARROW)
            self._fold()
        side = 0 if self._side.isHidden() else self._side.width()
        self.page.arrange(self.size(), self.width() - side)

    def _fold(self) -> None:
        """Put the sidebar away where the stage needs its room; bring it back, if it was there, where not."""
        folded = self._is_presenting or self._is_narrow
        if self._actions is None or folded == self._is_folded:
            return
        self._is_folded = folded
        choices = self._actions["pg_choices"]
        if folded:
            self._had_sidebar = choices.isChecked()
        choices.setChecked(self._had_sidebar and not folded)

    def _show_sidebar(self, on: bool) -> None:
        self._side.setVisible(on)
        self.handle.setVisible(not on and not self._is_presenting)
        self._arrange()

    @Slot()
    def _show_primary(self) -> None:
        self.transport.show_primary(not self.page.has_primary)

    def _offer_steps(self) -> None:
        """Offer to play, and to step where the run can go on; the keys are another tab's while that is open."""
        if self._actions is not None and self._is_open:
            is_free = self.session.phase is not Phase.RESTORING
            self._actions["pg_play"].setEnabled(is_free)
            for name in _STEPS:
                is_offered = _SPECS[name].is_offered_in(self.page.page_id)
                self._actions[name].setEnabled(is_free and is_offered and not self.session.is_over)
            self._actions["pg_bring_back"].setEnabled(self.session.former is not None)

    def _recording_name(self) -> str:
        return file_name(self.page.page_id.rpartition(".")[2], file_stem(self.session.config))

    def _play(self) -> None:
        self.sidebar.commit()
        self.session.toggle()

    def _reset(self) -> None:
        self.sidebar.commit()
        self.session.reset()

    def _change_speed(self, by: int) -> None:
        self.session.change_speed(by)

    @Slot(str)
    def _on_speed(self, name: str) -> None:
        for speed in SPEEDS:
            if speed == name:
                self.session.set_speed(speed)

    @Slot()
    def _on_speed_changed(self) -> None:
        self.transport.show_speed(self.session.speed)

    @Slot(object)
    def _on_wanted(self, config: object) -> None:
        assert isinstance(config, TrainConfig)
        self.session.want(config)
        self._show_running()

    @Slot()
    def _on_wanted_changed(self) -> None:
        self.sidebar.show_config(self.session.wanted)
        self._show_running()

    @Slot()
    def _on_restarted(self) -> None:
        if self._told is not None:
            self.message_withdrawn.emit(self._told)
            self._told = None
        if self.session.former is not None and self.session.phase not in {Phase.RESTORING, Phase.FINISHED}:
            self._told = Sentence(
                N_("A new run has begun. {key} brings the run before back."),
                {"key": keys_text(next(spec for spec in ACTIONS if spec.id == "pg_bring_back"))},
            )
            self.message.emit("success", self._told)
        self._offer_steps()
        self._show_running()
        self._show_position()

    @Slot()
    def _on_progressed(self) -> None:
        if self.session.phase is not Phase.PLAYING or self._since_position.elapsed() >= POSITION_EVERY:
            self._since_position.restart()
            self._show_position()

    @Slot()
    def _on_phase_changed(self) -> None:
        if self.session.phase is Phase.PLAYING:
            self.first_used.emit()
        self.transport.show_playing(self.session.phase in {Phase.PLAYING, Phase.WATCHING})
        self._offer_steps()
        self._show_running()
        self._show_position()

    @property
    def page_widget(self) -> PolicyPage:
        """The page in front."""
        return self.page

    def image(self) -> QImage:
        """Return the plot of the page in front as it is saved, or the page where it has none."""
        image = self.plots.image()
        return super().image() if image is None else image

    def copy_numbers(self) -> bool:
        """Copy the numbers of the plot of the page in front."""
        return self.plots.copy_numbers()

    def open_files(self, _kind: FileKind, paths: tuple[Path, ...]) -> None:
        """Open a run's folder, or a checkpoint."""
        self.files.open(paths[0])

    @Slot(object)
    def _on_run_chosen(self, run: object) -> None:
        assert isinstance(run, RunHistory)
        self.session.open_run(run)

    @Slot()
    def _on_replay_wanted(self) -> None:
        self.show_page("replay")

    @Slot(object)
    def _on_failed(self, text: object) -> None:
        self._told = text
        self.message.emit("error", text)

    def _show_running(self) -> None:
        self.sidebar.environment.show_problem(self.session.environment_problem)
        self.sidebar.show_running(self.session.config if self.session.is_under_way else None)

    def _show_position(self) -> None:
        show_position(self.session, self.transport.show_position)


def _row(name: str) -> PageSpec:
    """Return the row of the page called ``name`` within the tab.

    Raises:
        KeyError: there is no such page.
    """
    return {spec.name: spec for spec in PAGES}[name]
