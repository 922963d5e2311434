"""Recording the page in front as a video: a picture now and then, encoded by a worker while it goes on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final

from PySide6.QtCore import QElapsedTimer, QObject, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.dialogs import ask_where_to_write, ask_whether
from app.policy_gradient.exporting.record_bar import RecordBar
from app.sentence import Sentence
from core.language import N_, _
from core.one_line import system_reason
from core.outputs import OutputRefusedError, check_outputs
from core.policy_gradient.export.formats import SLOTS, VIDEO_SUFFIXES, PictureEncoded
from core.runtime.events import Payload
from core.runtime.pace import FULL_SPEED, PAUSED

LANE: Final = "recording"
MOST_SECONDS: Final = {".mp4": 300.0, ".gif": 60.0}
"""How long a recording may be, by the ending of its file: a GIF is kept in memory until its end."""
WIDEST: Final = {".mp4": 1280, ".gif": 800}
"""Pixels of the video at most."""
_TASK: Final = "core.policy_gradient.export.window_video:WindowVideo"


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of video that is offered.

    Attributes:
        ending: of the file.
        fps: pictures a second.
        words: what the dialog calls it, marked for translation.
    """

    ending: str
    fps: int
    words: str


KINDS: Final = (
    Kind(".mp4", 25, N_("Video, 25 pictures a second (*.mp4)")),
    Kind(".mp4", 10, N_("Video, 10 pictures a second (*.mp4)")),
    Kind(".gif", 10, N_("Animated picture, 10 a second (*.gif)")),
    Kind(".gif", 5, N_("Animated picture, 5 a second (*.gif)")),
)


class WindowRecorder(QObject):
    """One recording at a time.

    Args:
        background: where it is encoded.
        bar: where it is said how far it is.
        subject: what is recorded.
        name: returns what a file of it is called, without an ending.
        window: over which is asked.

    Signals:
        message: kind and text of a message for the person at the screen.
    """

    message = Signal(str, object)

    def __init__(
        self, background: Background, bar: RecordBar, subject: QWidget, name: Callable[[], str], window: QWidget
    ) -> None:
        super().__init__(window)
        self._bar, self.subject, self._name, self._window = bar, subject, name, window
        self._encoding = CurrentRun(
            background, LANE, type(None), self,
            progressed=self._on_progressed, finished=self._on_finished, failed=self._on_failed,
        )  # fmt: skip
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._take_picture)
        self._since = QElapsedTimer()
        self._folder: TemporaryDirectory[str] | None = None
        self._path, self._kind, self._size = Path(), KINDS[0], QSize()
        self._taken = self._encoded = self._pictures = self._next = 0
        bar.stopped.connect(self.stop)
        bar.cancelled.connect(self.cancel)

    @property
    def is_recording(self) -> bool:
        """Whether pictures are taken."""
        return self._timer.isActive()

    @property
    def is_busy(self) -> bool:
        """Whether a recording goes on, or is still being encoded."""
        return self._encoding.is_running

    def toggle(self) -> None:
        """Ask where to record to, or end the recording."""
        if self.is_recording:
            self.stop()
        elif not self.is_busy:
            self.ask_where_to_record()

    def ask_where_to_record(self) -> None:
        """Ask for a file and a kind, and begin."""
        kinds = {_(kind.words): kind for kind in KINDS}

        def record(name: str, words: str) -> None:
            path, kind = Path(name), kinds.get(words, KINDS[0])
            if path.suffix.lower() in VIDEO_SUFFIXES:
                same = kind.ending == path.suffix.lower()
                self.begin(path, kind if same else next(one for one in KINDS if one.ending == path.suffix.lower()))
                return
            path = path.with_name(f"{path.name}{kind.ending}")
            if path.exists():  # the dialog could not ask about it: its ending came afterwards
                question = _("{name} already exists. Replace it?").format(name=path.name)
                ask_whether(self._window, _("Record the page"), question, partial(self.begin, path, kind))
            else:
                self.begin(path, kind)

        ask_where_to_write(self._window, _("Record the page"), self._name(), ";;".join(kinds), record)

    def begin(self, path: Path, kind: Kind) -> None:
        """Record to ``path`` from now on."""
        if self.is_busy:
            return
        try:
            check_outputs({path.name: path})
            self._folder = TemporaryDirectory(prefix="yaya-lab-")
        except OutputRefusedError as error:
            self.message.emit("error", error.reason)
            return
        except OSError as error:
            self._say_failed(system_reason(error))
            return
        self._path, self._kind = path, kind
        self._bar.show_progress(0.0, MOST_SECONDS[kind.ending], None)
        layout = self._window.layout()
        if layout is not None:
            layout.activate()  # the bar takes some of the page's room: the video has the size that is left
        self._size = _video_size(self.subject.size(), WIDEST[kind.ending])
        self._taken = self._encoded = self._pictures = self._next = 0
        size = (self._size.width(), self._size.height())
        self._encoding.start(
            _TASK, pace=PAUSED, path=path, spool=Path(self._folder.name), size=size, fps=kind.fps
        )  # fmt: skip
        self._since.start()
        self._timer.start(round(1000 / kind.fps))
        self._take_picture()

    @Slot()
    def stop(self) -> None:
        """Take no more pictures, and write the video to its end."""
        if not self.is_recording or self._encoding.run is None:
            return
        self._timer.stop()
        self._pictures = max(self._next, round(self._since.elapsed() / 1000 * self._kind.fps))
        self._encoding.run.control("end", self._pictures)
        self._encoding.run.set_pace(FULL_SPEED)
        self._show_progress()

    @Slot()
    def cancel(self) -> None:
        """Give the recording up: no file is written, an older one of its name stays."""
        self._encoding.forget(stop=True)
        self._let_go()

    @property
    def _seconds(self) -> float:
        return self._since.elapsed() / 1000

    @Slot()
    def _take_picture(self) -> None:
        """Put a picture where there is room for it; else the one before stays longer."""
        run = self._encoding.run
        if run is None or self._folder is None:
            return
        if self._seconds >= MOST_SECONDS[self._kind.ending]:
            self.stop()
            return
        number = round(self._seconds * self._kind.fps)
        if number >= self._next and self._taken - self._encoded < SLOTS:
            slot = self._taken % SLOTS
            try:
                size = hand_over(self.subject, Path(self._folder.name) / str(slot))
            except OSError as error:
                self._encoding.forget(stop=True)
                self._say_failed(system_reason(error))
                return
            self._taken, self._next = self._taken + 1, number + 1
            run.control("picture", (slot, number, size.width(), size.height()))
            run.step("PictureEncoded")
        self._show_progress()

    def _show_progress(self) -> None:
        share = None if self.is_recording else self._encoded / max(1, self._taken)
        self._bar.show_progress(self._seconds, MOST_SECONDS[self._kind.ending], share)

    def _on_progressed(self, payloads: tuple[Payload, ...]) -> None:
        for payload in payloads:
            if isinstance(payload, PictureEncoded):
                self._encoded = payload.taken
        if not self.is_recording:
            self._show_progress()

    def _on_finished(self, _nothing: None) -> None:
        self._let_go()
        self.message.emit("success", Sentence(N_("The recording is saved in {path}."), {"path": self._path}))

    def _on_failed(self, failure: Failure) -> None:
        self._say_failed(failure.message)

    def _say_failed(self, reason: str) -> None:
        self._let_go()
        self.message.emit("error", Sentence(N_("The recording failed: {reason}"), {"reason": reason}))

    def _let_go(self) -> None:
        """Hold on to nothing of a recording."""
        self._timer.stop()
        self._bar.hide()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


def _video_size(size: QSize, widest: int) -> QSize:
    """Return how large the video is: no wider than ``widest``, with even sides, as encoders want them."""
    width = min(size.width(), widest)
    height = round(size.height() * width / max(1, size.width()))
    return QSize(max(2, width // 2 * 2), max(2, height // 2 * 2))


def hand_over(subject: QWidget, file: Path) -> QSize:
    """Write a widget as it looks now into ``file``, as whoever encodes it reads it, and return its size.

    This is all that a picture costs the window: it is painted once more, and scaled elsewhere.

    Raises:
        OSError: it can't be written.
    """
    image = QImage(subject.size(), QImage.Format.Format_RGB32)
    image.fill(subject.palette().window().color())
    subject.render(image)
    file.write_bytes(image.constBits())
    return image.size()
