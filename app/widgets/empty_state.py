"""What the stage says when it has no picture: what is awaited, what is missing, what went wrong, what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.icons import IconName, coloured_icon
from app.panel import Look, Panel
from app.style import mark
from app.theme import Theme
from core.language import N_


class Notice(Panel):
    """A drawing, a sentence, and where it helps, a button.

    Signals:
        example_wanted: the person wants to begin with an example.
        retry_wanted: the person wants it tried again.
    """

    example_wanted = Signal()
    retry_wanted = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._icon: IconName = "attention"
        self._picture, self._text = QLabel(), QLabel()
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        mark(self._text, kind="muted")
        self._progress = QProgressBar()
        self._example, self._retry = QPushButton(), QPushButton()
        mark(self._example, primary=True)
        self.say(self._example.setText, N_("Begin with an example"))
        self.say(self._retry.setText, N_("Try again"))
        self._example.clicked.connect(self.example_wanted)
        self._retry.clicked.connect(self.retry_wanted)
        buttons = QHBoxLayout()
        buttons.addStretch()
        buttons.addWidget(self._example)
        buttons.addWidget(self._retry)
        buttons.addStretch()
        bar = QHBoxLayout()
        bar.addStretch()
        bar.addWidget(self._progress)
        bar.addStretch()
        line = QHBoxLayout()
        line.addStretch(1)
        line.addWidget(self._text, 4)
        line.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addStretch(2)
        self._column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addLayout(line)
        self._column.addLayout(bar)
        self._column.addLayout(buttons)
        self._column.addStretch(3)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        mark(self, stage=True)
        self._restyle(look.theme.theme)

    @property
    def text(self) -> str:
        """What is said."""
        return self._text.text()

    def tell(
        self,
        picture: IconName,
        text: str,
        *,
        example: bool = False,
        retry: bool = False,
        parts: tuple[int, int] | None = None,
    ) -> None:
        """Say ``text``.

        Args:
            picture: a drawing that goes with it.
            text: one or two sentences.
            example: offer to begin with an example.
            retry: offer to try again.
            parts: how many parts are done, and of how many; None hides the bar, (0, 0) shows that it takes time.
        """
        self._icon = picture
        self._text.setText(text)
        self._example.setVisible(example)
        self._retry.setVisible(retry)
        self._progress.setVisible(parts is not None)
        if parts is not None:
            self._progress.setRange(0, parts[1])
            self._progress.setValue(parts[0])
        self._draw_icon(self.look.theme.theme)

    def _restyle(self, theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setSpacing(em(1))
        self._text.setFont(self.look.scale.font("title"))
        self._progress.setFixedWidth(em(14))
        self._draw_icon(theme)

    def _draw_icon(self, theme: Theme) -> None:
        colour = theme.colours.warning if self._icon == "warning" else theme.colours.muted
        picture = coloured_icon(self._icon, colour)
        self._picture.setPixmap(picture.pixmap(self.look.scale.icon_size(3), self.devicePixelRatioF()))
