"""Experiments: variants of the algorithm, many seeds of each, as curves with bands and a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, ClassVar, Final

from PySide6.QtCore import QSize, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QStackedLayout, QVBoxLayout, QWidget

from app.actions import Actions
from app.file_names import file_name
from app.icons import icon
from app.page import Explanation
from app.panel import Look
from app.policy_gradient.experiments.choices import SIDEBAR, Choices, title_of
from app.policy_gradient.experiments.experiment import Experiment, Phase
from app.policy_gradient.experiments.page_state import SavedStudy, decode_page_state
from app.policy_gradient.experiments.plot import ExperimentPlot
from app.policy_gradient.experiments.results import MEANINGS, NUMERIC, TITLES, rows_of
from app.policy_gradient.exporting.saved_plot import SavedPlot
from app.policy_gradient.page import PolicyPage
from app.policy_gradient.scenes import RUN_EXPERIMENT
from app.policy_gradient.session import TrainingSession
from app.style import set_style
from app.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.plain import PlainLabel
from app.widgets.tables.text_table import TextTable
from core.json_text import write_json
from core.language import N_, _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.description import describe
from core.policy_gradient.experiments.kept import runs_folder
from core.policy_gradient.experiments.plot_table import origin_of, plot_table
from core.policy_gradient.experiments.report import VariantSummary, as_json, caption
from core.policy_gradient.experiments.schedule import Schedule, Study

_NARROW: Final = 38
"""Width in lines of text below which the choices leave while an experiment is on the page."""
_ROWS: Final = 6
"""Rows of the table that are always in sight."""


class ExperimentsPage(PolicyPage):
    """Choose variants, run them, read curves and table. The training on the other page goes on meanwhile."""

    page_id: ClassVar[str] = "policy_gradient.experiments"

    def __init__(self, look: Look, session: TrainingSession, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._session = session
        self.experiment = Experiment(session.background, runs_folder(), self)
        self.choices = Choices(look)
        self.plot = ExperimentPlot(look)
        self.table = TextTable(look, N_("Results"), TITLES, NUMERIC, meanings=MEANINGS)
        self.empty = EmptyState(look, illustrated=True)
        self.bar, self.words = QProgressBar(), PlainLabel()
        self.button, self.export_button = QPushButton(), QPushButton()
        self._is_presenting = self._is_narrow = False
        self._hold_after: int | None = None
        self._sidebar_config: TrainConfig | None = None
        self._lay_out()
        self.choices.run_wanted.connect(self._on_run_wanted)
        self.choices.edited.connect(self._show_button)
        self.button.clicked.connect(self._on_run_wanted)
        self.empty.pressed.connect(self._on_run_wanted)
        self.experiment.changed.connect(self._on_changed)
        self.experiment.summarised.connect(self._on_summarised)
        self.experiment.failed.connect(self._on_failed)
        session.restarted.connect(self.explanation_changed)
        session.wanted_changed.connect(self.explanation_changed)
        self.symbol_links.add("G", self.plot)
        self._retranslate()
        self._restyle(look.theme.theme)
        self._on_changed()

    def _lay_out(self) -> None:
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.export_button.setIcon(icon("export"))
        set_style(self.button, primary=True)
        self._status = QHBoxLayout()
        self._status.addWidget(self.button)
        self._status.addWidget(self.words)
        self._status.addWidget(self.bar, 1)
        self._status.addStretch()
        self._status.addWidget(self.export_button)
        told = QWidget()
        self._told_column = QVBoxLayout(told)
        self._told_column.addWidget(self.plot, 1)
        self._told_column.addLayout(self._status)
        self._told_column.addWidget(self.table)
        self._stage = QWidget()
        self._stack = QStackedLayout(self._stage)
        self._stack.addWidget(self.empty)
        self._stack.addWidget(told)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(0)
        self._row.addWidget(self.choices)
        self._row.addWidget(self._stage, 1)

    def connect_actions(self, actions: Actions) -> None:
        """Let the button save the plot, as the menu does."""
        self.export_button.clicked.connect(actions["pg_save_plot"].trigger)

    def saved_plot(self) -> SavedPlot | None:
        """Return the bands of the variants; None before the first run is over."""
        schedule, told = self.experiment.schedule, self.experiment.in_order
        if schedule is None or not told:
            return None
        is_whole = self.experiment.phase is Phase.FINISHED
        return SavedPlot(
            file_name("experiment", *(variant.name for variant in schedule.study.variants)),
            (self.plot,),
            (self.plot.accessibleName(), caption(schedule), self.plot.toolTip()),
            origin_of(schedule),
            partial(plot_table, schedule, told),
            {".json": (N_("All data (*.json)"), lambda path: _write_all(path, schedule, told, is_whole=is_whole))},
        )

    @property
    def has_primary(self) -> bool:
        """Here one runs the experiment."""
        return True

    def opened(self) -> None:
        """Start the processes, so that the first experiment need not wait for what they load."""
        QTimer.singleShot(0, self.experiment, self.experiment.warm)

    @property
    def is_busy(self) -> bool:
        """Whether runs of the experiment are under way."""
        return self.experiment.is_working

    def perform(self, run: Mapping[str, Any]) -> None:
        """Run the experiment that is chosen, or go on with it."""
        if run.get("do") == RUN_EXPERIMENT.do and not self.experiment.is_working:
            self._on_run_wanted()

    def hold(self) -> None:
        """Stop the experiment; what is over stays."""
        if self.experiment.is_working:
            self.experiment.stop()

    def present(self, on: bool) -> None:
        """The curves grow, the choices leave."""
        self._is_presenting = on
        self._arrange_choices()

    def arrange(self, _tab: QSize, width: int) -> None:
        """Put the choices away where there is no room for both and something to see."""
        self._is_narrow = width < self.look.scale.em(_NARROW)
        self._arrange_choices()

    def _arrange_choices(self) -> None:
        has_curves = self.experiment.schedule is not None
        has_room = not (has_curves and (self._is_presenting or self._is_narrow))
        self.choices.setVisible(has_room)
        self.button.setVisible(not has_room)

    def explain(self) -> Explanation:
        """Return what the text beside the page has numbers for: the learning rate that the next experiment takes."""
        return Explanation(self.page_id, {"alpha_lr": f"{self._session.wanted.learning_rate:g}"})

    def save_state(self) -> dict[str, Any]:
        """Return what is chosen, and the experiment with the runs that are over."""
        return {
            "chosen": self.choices.chosen,
            "seeds": self.choices.seeds.value(),
            "study": self._saved_study(),
        }

    def _saved_study(self) -> dict[str, Any] | None:
        schedule = self.experiment.schedule
        if schedule is None:
            return None
        done = [[name, seed] for name, runs in schedule.records.items() for seed in runs]
        saved = SavedStudy(
            variants=tuple(variant.name for variant in schedule.study.variants),
            seeds=len(schedule.study.seeds),
            sidebar=None if self._sidebar_config is None else self._sidebar_config.to_dict(),
            is_stopped=self.experiment.phase in (Phase.STOPPED, Phase.FAILED),
        )
        return asdict(saved) | {"variants": list(saved.variants), "done": done}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Choose what was chosen, and play the experiment again: its finished runs are found where they were kept."""
        saved = decode_page_state(state)
        if saved.chosen is not None:
            self.choices.choose(list(saved.chosen))
        if saved.seeds is not None:
            self.choices.seeds.setValue(saved.seeds)
        study = None if saved.study is None else saved.study.study()
        if saved.study is not None and study is not None:
            self._hold_after = len(saved.study.done) if saved.study.is_stopped else None
            self._begin(study, saved.study.done)
        elif "study" in state and state["study"] is None:
            self._hold_after = None
            self.experiment.clear()
            self._arrange_choices()

    @Slot()
    def _on_run_wanted(self) -> None:
        """Begin, stop, or go on: whatever the button says."""
        if self.experiment.is_working:
            self.experiment.stop()
        elif self._can_resume:
            self.experiment.resume()
        elif self.choices.chosen:
            self._begin(self.choices.study(self._session.wanted), ())

    @property
    def _can_resume(self) -> bool:
        """Whether what is chosen is what was stopped."""
        schedule = self.experiment.schedule
        if schedule is None or self.experiment.phase not in (Phase.STOPPED, Phase.FAILED):
            return False
        return schedule.study == self.choices.study(self._sidebar_config or self._session.wanted)

    def _begin(self, study: Study, first: tuple[tuple[str, int], ...]) -> None:
        names = [variant.name for variant in study.variants]
        self._sidebar_config = next((variant.config for variant in study.variants if variant.name == SIDEBAR), None)
        thresholds = {self._threshold_of(variant.config) for variant in study.variants}
        self.plot.show_variants(
            names, [title_of(name) for name in names], thresholds.pop() if len(thresholds) == 1 else None
        )
        self.experiment.start(study, first)
        self._show_rows()
        self._arrange_choices()

    def _threshold_of(self, config: TrainConfig) -> float | None:
        return describe(config.env_id).solved_at if config.solved_at is None else config.solved_at

    @Slot()
    def _on_changed(self) -> None:
        experiment = self.experiment
        if self._is_where_it_was_stopped():
            self._hold_after = None
            experiment.stop()
            return
        self._stack.setCurrentIndex(0 if experiment.schedule is None else 1)
        self.bar.setValue(round(1000 * experiment.share))
        self.bar.setVisible(experiment.is_working)
        self.export_button.setEnabled(bool(experiment.summaries))
        self._show_words()
        self._show_button()

    def _is_where_it_was_stopped(self) -> bool:
        """Whether an experiment that is brought back has all the runs that it had."""
        schedule = self.experiment.schedule
        if self._hold_after is None or schedule is None or not self.experiment.is_working:
            return False
        return schedule.done >= self._hold_after

    def _show_words(self) -> None:
        schedule = self.experiment.schedule
        if schedule is None:
            return
        runs = _("{done} of {all} runs").format(done=schedule.done, all=schedule.total)
        said = {
            Phase.WORKING: self.experiment.time_left,
            Phase.STOPPED: _("stopped"),
            Phase.FAILED: _("stopped by an error"),
            Phase.FINISHED: _("finished"),
        }.get(self.experiment.phase, "")
        self.words.setText(" · ".join(filter(None, (runs, said))))

    @Slot()
    def _show_button(self) -> None:
        """Say what the button does; where the choices have no room, it stands beside the progress."""
        is_working = self.experiment.is_working
        words = _("Stop") if is_working else _("Resume") if self._can_resume else _("Run")
        for button in (self.choices.button, self.button):
            button.setText(words)
            button.setEnabled(is_working or bool(self.choices.chosen))
            set_style(button, primary=not is_working)

    @Slot(str)
    def _on_summarised(self, name: str) -> None:
        self.plot.show_summary(self.experiment.summaries[name])
        self._show_rows()
        self.export_button.setEnabled(True)

    def _show_rows(self) -> None:
        """Show the table as high as its rows; beyond a few, it scrolls."""
        rows = rows_of(self.experiment.in_order)
        self.table.show_rows(rows)
        row = self.table.view.verticalHeader().defaultSectionSize()
        head = self.table.view.horizontalHeader().sizeHint().height()
        self.table.view.setMinimumHeight(head + row * min(_ROWS, len(rows)) + self.look.scale.em(0.5))

    @Slot(object)
    def _on_failed(self, text: object) -> None:
        self.message.emit("error", text)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._told_column.setContentsMargins(em(1), em(0.75), em(1), em(0.75))
        self._told_column.setSpacing(em(0.5))
        self._status.setSpacing(em(0.75))
        self.bar.setMinimumWidth(em(8))
        self.export_button.setIconSize(self.look.scale.icon_size(1))
        self._show_rows()

    def _retranslate(self) -> None:
        self.empty.show_reason(
            _("Compare variants of the algorithm: each is trained with many seeds, several at a time."),
            _("Tick what to compare at the left, then press Run. One seed says little; ten with a band say more."),
            picture="experiment",
        )
        self.export_button.setText(_("Export…"))
        self.bar.setAccessibleName(_("Progress of the experiment"))
        self._show_words()
        self._show_button()
        self._show_rows()
        schedule = self.experiment.schedule
        if schedule is not None:
            names = [variant.name for variant in schedule.study.variants]
            self.plot.rename([title_of(name) for name in names])


def _write_all(path: Path, schedule: Schedule, told: list[VariantSummary], *, is_whole: bool) -> None:
    """Write all numbers of an experiment as JSON."""
    played = sum(record.seconds for runs in schedule.records.values() for record in runs.values())
    write_json(path, as_json(schedule, told, seconds=played, interrupted=not is_whole))
