"""What only the speaker sees: notes, the sentence that comes next, the clock; on a second screen where there is one."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTime, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QFont, QGuiApplication, QScreen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from app.fonts import tabular
from app.lecture.giving.keyed import LectureKeyed
from app.lecture.giving.player import Player
from app.panel import Look
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import N_, _

_SIZE = (44, 36)
"""Width and height in lines of text, where there is no screen for it alone."""


class SpeakerWindow(LectureKeyed):
    """A window of its own. The lecture's keys are the lecture's here, too.

    Signals:
        closed: the window was closed by hand.
    """

    closed = Signal()

    def __init__(self, look: Look, player: Player, beside: QWidget) -> None:
        """Follow a lecture.

        Args:
            look: colours and sizes.
            player: where the lecture is.
            beside: the window with the stage.
        """
        super().__init__(look)
        self._player, self._beside = player, beside
        self._clock = QTimer(self, interval=1000)
        self._clock.timeout.connect(self._show_time)
        self._where, self._elapsed, self._time = PlainLabel(), PlainLabel(), PlainLabel()
        self._caption, self._notes = PlainLabel(), PlainLabel()
        self._next_title, self._next = PlainLabel(), PlainLabel()
        self._lay_out()
        self.bind_text(self._next_title.setText, N_("Next"))
        player.moved.connect(self._show_scene)
        player.ended.connect(self._show_scene)
        self._restyle(look.theme.theme)
        self._retranslate()

    def _lay_out(self) -> None:
        for label in (self._caption, self._notes, self._next):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        for label in (self._where, self._elapsed, self._time):
            set_style(label, kind="title")
        set_style(self._caption, kind="title")
        set_style(self._next_title, kind="muted")
        self._head = QHBoxLayout()
        self._head.addWidget(self._where)
        self._head.addStretch(1)
        self._head.addWidget(self._elapsed)
        self._head.addWidget(self._time)
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._notes)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QFrame.Shape.NoFrame)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        rule = QFrame()
        set_style(rule, rule=True)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._head)
        self._column.addWidget(self._caption)
        self._column.addWidget(self._scroll, 1)
        self._column.addWidget(rule)
        self._column.addWidget(self._next_title)
        self._column.addWidget(self._next)

    def open(self) -> None:
        """Fill the screen that the stage is not on; where there is only one, lie over it."""
        other = self._other_screen()
        if other is not None:
            self.setGeometry(other.availableGeometry())
            self.showMaximized()
        else:
            self.resize(self.look.scale.em(_SIZE[0]), self.look.scale.em(_SIZE[1]))
            self.show()
        self._clock.start()
        self._show_scene()

    def _other_screen(self) -> QScreen | None:
        here = self._beside.screen()
        return next((screen for screen in QGuiApplication.screens() if screen is not here), None)

    @Slot()
    def _show_scene(self) -> None:
        player = self._player
        scene, following = player.scene, player.following
        self._where.setText(f"{player.index + 1} / {len(player.scenes)}" if scene is not None else "")
        self._caption.setText("" if scene is None else scene.caption)
        self._notes.setText(_("No lecture is being given.") if scene is None else scene.notes or _("No notes."))
        self._next.setText(_("This is the last scene.") if following is None else following.caption)
        self._scroll.verticalScrollBar().setValue(0)
        self._show_time()

    @Slot()
    def _show_time(self) -> None:
        minutes, seconds = divmod(self._player.seconds, 60)
        self._elapsed.setText(f"{minutes}:{seconds:02}")
        self._elapsed.setToolTip(_("Time since the beginning"))
        self._time.setText(QTime.currentTime().toString("HH:mm"))

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(em(1), em(0.75), em(1), em(1))
        self._column.setSpacing(em(0.625))
        self._head.setSpacing(em(1.5))
        notes = self.look.scale.font("title")
        self._notes.setFont(notes)
        self._next.setFont(notes)
        for label in (self._elapsed, self._time):
            label.setFont(tabular(QFont(label.font())))

    def _retranslate(self) -> None:
        self.setWindowTitle(_("Speaker's notes"))
        self._show_scene()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Let the clock stand still."""
        self._clock.stop()
        super().closeEvent(event)
        self.closed.emit()
