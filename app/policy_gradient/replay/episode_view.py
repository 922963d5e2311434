"""The picture of one moment of an episode: painted from the numbers, or as the environment draws itself."""

from __future__ import annotations

from PySide6.QtCore import QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from app.background import Background
from app.current_run import CurrentRun, Failure
from app.panel import Look
from app.policy_gradient.drawing.cart_pole import paint_cart_pole
from app.policy_gradient.drawing.own_frame import paint_own_frame
from app.policy_gradient.drawing.picture import Picture, image_of
from app.policy_gradient.replay.moment import scene_of
from core.language import _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.description import describe
from core.policy_gradient.runs.recording import EpisodeRecord
from core.policy_gradient.runs.still import Still


class Stills(QObject):
    """Fetches the environment's own pictures, the newest wish first.

    Signals:
        came: a ``Still``, and the record it is of: two runs may each have an episode of that number.
        failed: why there is none, in the person's language.
    """

    came = Signal(object, object)
    failed = Signal(str)

    def __init__(self, background: Background, lane: str, parent: QObject) -> None:
        super().__init__(parent)
        self._run = CurrentRun(background, lane, Still, self, finished=self._on_finished, failed=self._on_failed)
        self._record: EpisodeRecord | None = None
        self._next: tuple[TrainConfig, EpisodeRecord, int] | None = None

    def want(self, config: TrainConfig, record: EpisodeRecord, step: int) -> None:
        """Fetch a picture; one that is on its way comes first, so that something is seen while one scrubs."""
        if self._run.is_running:
            self._next = (config, record, step)
        else:
            self._record = record
            self._run.start("core.policy_gradient.runs.still:still", config=config, record=record, step=step)

    def _on_finished(self, still: Still) -> None:
        (wanted, self._next), record = (self._next, None), self._record
        if wanted is not None:
            self.want(*wanted)
        self.came.emit(still, record)

    def _on_failed(self, failure: Failure) -> None:
        self._next = None
        self.failed.emit(failure.message)


class EpisodeView(Picture):
    """Draws an episode at one step; where there is nothing to draw, says why."""

    def __init__(self, look: Look, stills: Stills, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._stills = stills
        self._config: TrainConfig | None = None
        self._record: EpisodeRecord | None = None
        self._step = 0
        self._image: QImage | None = None
        self._words = self._problem = ""
        stills.came.connect(self._on_still)
        stills.failed.connect(self._on_failed)
        self._restyle(self.look.theme.theme)
        self._retranslate()

    @property
    def step(self) -> int:
        """Steps taken before the moment that is shown."""
        return self._step

    @property
    def is_painted(self) -> bool:
        """Whether the window paints it itself."""
        return self._config is not None and describe(self._config.env_id).cart is not None

    def show_moment(self, config: TrainConfig, record: EpisodeRecord | None, step: int) -> None:
        """Show ``record`` after ``step`` steps, or the last state where it has fewer; None shows the words."""
        is_another = record is not self._record
        if is_another:
            self._image, self._problem = None, ""
        self._config, self._record = config, record
        self._step = 0 if record is None else min(step, record.duration)
        if record is not None and not self.is_painted:
            self._stills.want(config, record, self._step)
        if is_another:
            self._retranslate()
        self.update()

    def show_words(self, words: str) -> None:
        """Write ``words`` where no picture is shown."""
        self._words = words
        self._retranslate()

    def sizeHint(self) -> QSize:
        """A CartPole picture at a usual zoom."""
        return QSize(self.look.scale.em(22), self.look.scale.em(14))

    def _on_still(self, still: object, record: object) -> None:
        assert isinstance(still, Still)
        if record is not self._record or still.image is None:
            return
        self._image = image_of(still.image)
        self._retranslate()

    def _on_failed(self, why: str) -> None:
        self._problem = why
        self._retranslate()

    @property
    def _said(self) -> str:
        """What is written where no picture is shown: why there is no episode, or none of its pictures yet."""
        if self._record is None:
            return self._words
        return self._problem or _("The environment is drawing this moment…")

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Picture of the episode"))
        has_picture = self._record is not None and (self.is_painted or self._image is not None)
        self.setAccessibleDescription("" if has_picture else self._said)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the moment."""
        painter = QPainter(self)
        record = self._record
        if record is not None and self._config is not None and self.is_painted:
            known = describe(self._config.env_id)
            paint_cart_pole(painter, QRectF(self.rect()), known, scene_of(record, self._step, known), self._style)
        elif record is not None and self._image is not None:
            paint_own_frame(painter, self.look, self.rect(), self._image)
        else:
            self._paint_words(painter)
        painter.end()

    def _paint_words(self, painter: QPainter) -> None:
        colours = self.look.theme.theme.colours
        painter.fillRect(self.rect(), QColor(colours.stage))
        painter.setPen(QColor(colours.muted))
        painter.setFont(self.look.scale.font("title"))
        margin = self.look.scale.em(1)
        where = QRectF(self.rect()).adjusted(margin, margin, -margin, -margin)
        painter.drawText(where, Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, self._said)
