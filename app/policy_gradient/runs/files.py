"""Runs and their folders: save the one on screen, open one that was saved, by menu or by dropping it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Signal, Slot
from PySide6.QtWidgets import QWidget

from app.actions import key_name
from app.background import Background
from app.current_run import CurrentRun, Failure
from app.dialogs import ask_for_folder, ask_for_new_folder, ask_where_to_write, ask_whether
from app.file_names import file_name
from app.policy_gradient.runs.names import file_stem
from app.policy_gradient.runs.shelf import RunShelf
from app.sentence import Sentence
from core.language import N_, _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.export.formats import VIDEO_SUFFIXES
from core.policy_gradient.export.plot_table import PlotTable
from core.policy_gradient.place import Count, Place, Rate
from core.policy_gradient.runs.config_file import is_run
from core.policy_gradient.runs.history import RunHistory

LANE: Final = "runs"
_OPENING: Final = "core.policy_gradient.runs.folder:opening"
_OPENING_POLICY: Final = "core.policy_gradient.checkpoint:opening"


@dataclass(frozen=True, slots=True)
class RunFolder:
    """What a folder holds.

    Attributes:
        path: the folder.
        config: what the run began with.
        rates: how the learning rate was changed on the way.
        place: how far it had come.
    """

    path: Path
    config: TrainConfig
    rates: tuple[tuple[Count, Rate], ...]
    place: Place

    @classmethod
    def of(cls, path: Path, run: RunHistory) -> RunFolder:
        """Return what a folder holds that ``run`` is written into now."""
        return cls(path, run.config, tuple(run.learning_rates), run.place)

    def is_begun_by(self, run: RunHistory) -> bool:
        """Return whether ``run`` is this one, as far or further."""
        rates = tuple(run.learning_rates[: len(self.rates)])
        return run.config == self.config and rates == self.rates and self.place.is_reached_by(run.place)


class RunFiles(QObject):
    """The verbs that write and read runs.

    Signals:
        message: kind and text of a message for the person at the screen.
        opened: a ``RunHistory`` that was read.
        located: a ``RunFolder``: what a folder that was just written or read holds.
    """

    message = Signal(str, object)
    opened = Signal(object)
    located = Signal(object)

    def __init__(self, shelf: RunShelf, background: Background, parent: QWidget) -> None:
        super().__init__(parent)
        self._shelf, self._window = shelf, parent
        self._path = Path()
        self._folder: RunFolder | None = None
        failed = self._on_failed
        self._saving = CurrentRun(background, LANE, type(None), self, finished=self._on_saved, failed=failed)
        self._recording = CurrentRun(background, LANE, type(None), self, finished=self._on_recorded, failed=failed)
        self._writing = CurrentRun(background, LANE, type(None), self, finished=self._on_written, failed=failed)
        self._opening = CurrentRun(background, LANE, RunHistory, self, finished=self._on_read, failed=failed)

    @property
    def is_busy(self) -> bool:
        """Whether a run is being written or read: the next waits for that."""
        works = (self._saving, self._opening, self._recording, self._writing)
        return any(work.is_running for work in works)

    @Slot()
    def ask_where_to_save(self) -> None:
        """Ask for a folder, and save the run on screen in it."""
        proposed = file_stem(self._shelf.current.config)
        title, kind = _("Save the run"), _("A run (a folder)")
        ask_for_new_folder(self._window, title, proposed, self._save_or_ask, kind=kind, may_replace=is_run)

    def _save_or_ask(self, path: Path) -> None:
        """Save the run on screen as ``path``; where a run is there already, ask first."""
        if not is_run(path):
            self.save(path)
            return
        question = _("The run {name} already exists. Replace it by the one on the screen?").format(name=path.name)
        ask_whether(self._window, _("Save the run"), question, partial(self.save, path))

    @Slot()
    def ask_what_to_open(self) -> None:
        """Ask for a saved run, and open it."""
        ask_for_folder(self._window, _("Open a run: choose its folder"), lambda name: self.open(Path(name)))

    def save(self, path: Path) -> None:
        """Save the run on screen as the folder ``path``."""
        if self._refuse_while_busy():
            return
        if not self._shelf.current.episodes:
            self.message.emit("error", Sentence(N_("There is nothing to save yet: no episode has been played.")))
            return
        self._path = path
        self._folder = RunFolder.of(path, self._shelf.current)
        self._saving.start("core.policy_gradient.runs.folder:saving", path=path, run=self._shelf.current)

    def open(self, path: Path) -> None:
        """Open the run in the folder ``path``; a file is a checkpoint, whose policy can be watched."""
        if not self._refuse_while_busy():
            self._path = path
            self._opening.start(_OPENING if path.is_dir() or not path.exists() else _OPENING_POLICY, path=path)

    @Slot(object, int)
    def ask_where_to_record(self, run: object, number: int) -> None:
        """Ask for a file, and write an episode of a run there as a video."""
        assert isinstance(run, RunHistory)
        proposed = file_name(file_stem(run.config), f"episode-{number}", ending=VIDEO_SUFFIXES[0])
        kinds = ";;".join((_("Video (*.mp4)"), _("Animated picture (*.gif)")))
        ask_where_to_write(
            self._window,
            _("Save the episode"),
            proposed,
            kinds,
            lambda name, kind: self.record(run, number, name, kind),
        )

    def record(self, run: RunHistory, number: int, name: str, kind: str = "") -> None:
        """Write an episode of a run as a video.

        Args:
            run: the run.
            number: of the episode.
            name: of the file; without an ending of a video it gets that of ``kind``.
            kind: a kind of file as the dialog names it.
        """
        path, record = Path(name), run.record(number)
        if path.suffix.lower() not in VIDEO_SUFFIXES:
            ending = next((suffix for suffix in VIDEO_SUFFIXES if suffix in kind), VIDEO_SUFFIXES[0])
            path = path.with_name(f"{path.name}{ending}")
        if record is None or self._refuse_while_busy():
            return
        self._path = path
        task = "core.policy_gradient.runs.episode_video:recording"
        self._recording.start(task, config=run.config, record=record, path=path)

    def write_table(self, path: Path, table: PlotTable) -> None:
        """Write the numbers of a plot to ``path``."""
        if not self._refuse_while_busy():
            self._path = path
            self._writing.start("core.policy_gradient.export.plot_table:writing", path=path, table=table)

    def _on_written(self, _nothing: None) -> None:
        self.message.emit("success", Sentence(N_("Saved as {path}."), {"path": self._path}))

    def _on_recorded(self, _nothing: None) -> None:
        self.message.emit("success", Sentence(N_("The episode is saved in {path}."), {"path": self._path}))

    def _refuse_while_busy(self) -> bool:
        if self.is_busy:
            self.message.emit("error", Sentence(N_("A run is still being saved or opened. Try again in a moment.")))
        return self.is_busy

    def _on_saved(self, _nothing: None) -> None:
        self.message.emit("success", Sentence(N_("The run is saved in {path}."), {"path": self._path}))
        self.located.emit(self._folder)

    def _on_read(self, run: RunHistory) -> None:
        """Show a run that was read; one whose environment would load a module only after a yes."""
        module, has_module, _name = run.config.env_id.rpartition(":")
        if not has_module:
            self._show(self._path, run)
            return
        question = _(
            'The run {name} plays "{env_id}", for which the Python module "{module}" is loaded: whatever is in it is '
            "executed. Load it only if you know where it comes from. Open the run?"
        ).format(name=self._path.name, env_id=run.config.env_id, module=module)
        ask_whether(self._window, _("Open a run"), question, partial(self._show, self._path, run))

    def _show(self, path: Path, run: RunHistory) -> None:
        if path.is_dir():
            said = Sentence(N_("The run {path} is open."), {"path": path})
        else:
            words = N_("The policy {path} is open. {key} watches it play.")
            said = Sentence(words, {"path": path, "key": key_name("Space")})
        self.message.emit("success", said)
        self.opened.emit(run)
        if path.is_dir():
            self.located.emit(RunFolder.of(path, run))

    def _on_failed(self, failure: Failure) -> None:
        self.message.emit("error", Sentence(N_("That failed: {reason}"), {"reason": failure.message}))
