"""One episode of the side by side: which, its picture, and its numbers at the step that is shown."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from app.fonts import tabular
from app.icons import icon
from app.panel import Look, Panel
from app.policy_gradient.replay.choice import Choice, EpisodeChoice, episode_of
from app.policy_gradient.replay.episode_view import EpisodeView, Stills
from app.policy_gradient.replay.moment import step_of
from app.policy_gradient.replay.run_choice import RunChoice
from app.style import set_style
from app.theme import Theme
from app.widgets.live_label import LiveLabel
from app.widgets.plain import PlainLabel
from core.language import _, ngettext
from core.policy_gradient.config import ARTICLE
from core.policy_gradient.environments.description import describe
from core.policy_gradient.runs.history import RunHistory
from core.policy_gradient.runs.recording import EpisodeRecord


class ReplayPane(Panel):
    """Shows one episode of a run.

    Signals:
        changed: another episode is shown.
        video_wanted: the run, and the number of its episode that is to be written as a video.
    """

    changed = Signal()
    video_wanted = Signal(object, int)

    def __init__(self, look: Look, stills: Stills, choice: Choice, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._run = RunHistory(ARTICLE)
        self._step = 0
        self.record: EpisodeRecord | None = None
        self.runs = RunChoice(look)
        self.chooser = EpisodeChoice(look, choice)
        self.view = EpisodeView(look, stills)
        self.facts = PlainLabel()
        self.facts.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        set_style(self.facts, kind="title")
        self.video = QToolButton()
        self.video.setIcon(icon("export"))
        self.video.clicked.connect(self._on_video)
        self.action, self.returned = LiveLabel(), LiveLabel(alignment=Qt.AlignmentFlag.AlignRight)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        head = QHBoxLayout()
        head.addWidget(self.facts, 1)
        head.addWidget(self.video)
        self._column.addWidget(self.runs)
        self._column.addWidget(self.chooser)
        self._column.addLayout(head)
        self._column.addWidget(self.view, 1)
        numbers = QHBoxLayout()
        numbers.addWidget(self.action, 2)
        numbers.addWidget(self.returned, 1)
        self._column.addLayout(numbers)
        self.runs.chosen.connect(self._on_run_chosen)
        self.chooser.chosen.connect(self._on_chosen)
        self._restyle(look.theme.theme)
        self._retranslate()

    @property
    def duration(self) -> int:
        """Steps of the episode that is shown; 0 without one."""
        return 0 if self.record is None else self.record.duration

    @property
    def run(self) -> RunHistory:
        """The run whose episode is shown."""
        return self._run

    def show_runs(self, current: RunHistory, others: Sequence[RunHistory]) -> None:
        """Show an episode of the run that is chosen among these, by the same choice."""
        self.runs.show_runs(current, others)
        self.refresh()

    def choose(self, choice: Choice, key: str | None = None) -> None:
        """Show another episode, of the run on the screen or of that of ``key``."""
        self.chooser.choose(choice)
        self.runs.choose(key)
        self.refresh()

    def refresh(self) -> None:
        """Show what the run that is chosen has played by now."""
        self._run = self.runs.run
        self.chooser.show_run(self._run)
        self._take_record()

    @Slot()
    def _on_run_chosen(self) -> None:
        self.refresh()
        self.changed.emit()

    def show_step(self, step: int) -> None:
        """Show the episode after ``step`` steps; one that is over by then stays at its end."""
        self._step = step
        self._show_moment()

    @Slot()
    def _on_chosen(self) -> None:
        self._take_record()
        self.changed.emit()

    @Slot()
    def _on_video(self) -> None:
        if self.record is not None:
            self.video_wanted.emit(self._run, self.record.episode)

    def _take_record(self) -> None:
        number = episode_of(self._run, self.chooser.choice)
        self.record = None if number is None else self._run.record(number)
        self._show_facts(number)
        self._show_moment()

    def _show_facts(self, number: int | None) -> None:
        record = self.record
        self.video.setEnabled(record is not None)
        if record is not None:
            words = ngettext("Episode {episode}: {n} step", "Episode {episode}: {n} steps", record.duration)
            self.facts.setText(words.format(episode=record.episode, n=record.duration))
            return
        self.facts.setText("–")
        if number is None:
            self.view.show_words(_("No such episode has been played yet. Press Play to train."))
        else:
            self.view.show_words(self._run.episodes[number - 1].no_record or _("This episode was not kept."))

    def _show_moment(self) -> None:
        record = self.record
        self.view.show_moment(self._run.config, record, self._step)
        if record is None:
            self.action.show_text("–")
            self.returned.show_text("–")
            return
        step = step_of(record, self.view.step)
        if step is None:
            self.action.show_text(_("the start"))
            self.returned.show_text(_("return {value}").format(value="0"))
            return
        names = describe(self._run.config.env_id).actions
        action = _(names[step.action]) if step.action < len(names) else str(step.action)
        share = float(record.probabilities[step.step - 1])
        self.action.show_text(
            _("step {step}: {action}, π = {share:.0%}").format(step=step.step, action=action, share=share)
        )
        self.returned.show_text(_("return {value}").format(value=f"{step.episode_return:g}"))

    def _restyle(self, _theme: Theme) -> None:
        self._column.setSpacing(self.look.scale.em(0.25))
        font = tabular(self.look.scale.font())
        for label in (self.action, self.returned):
            label.use_font(font)
        self.video.setIconSize(self.look.scale.icon_size(1.0))

    def _retranslate(self) -> None:
        self.video.setToolTip(_("Save this episode as a video…"))
        self.video.setAccessibleName(_("Save this episode as a video…"))
        self.action.call(_("Step shown"))
        self.returned.call(_("Return so far"))
        self._take_record()
