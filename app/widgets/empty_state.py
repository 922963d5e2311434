"""What a place says when it has nothing to show: what is awaited or missing or went wrong, and what to do next."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from app.icons import IconName, coloured_icon
from app.panel import Look, Panel
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel


class EmptyState(Panel):
    """A sentence in the middle of the place, a lesser one below it, and perhaps the button that goes on.

    Attributes:
        reason: the sentence.
        detail: the lesser one.
        button: what goes on.

    Signals:
        pressed: the button was.
    """

    pressed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None, *, illustrated: bool = False) -> None:
        """Say nothing yet.

        Args:
            look: colours and sizes.
            parent: the widget it lies in.
            illustrated: drawings stand above the words, which are muted then; else the words are a title.
        """
        super().__init__(look, parent)
        self._illustrated = illustrated
        self._icon: IconName | None = None
        self._picture, self._progress = PlainLabel(), QProgressBar()
        self.reason, self.detail, self.button = PlainLabel(), PlainLabel(), QPushButton()
        for label, kind in ((self.reason, "muted" if illustrated else "title"), (self.detail, "muted")):
            set_style(label, kind=kind)
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setTextFormat(Qt.TextFormat.PlainText)
        if illustrated:  # what went wrong is worth copying
            self.reason.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.button.setObjectName("go_on")
        self.button.clicked.connect(self.pressed)
        self._column = QVBoxLayout(self)
        self._assemble()
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_style(self, stage=True)
        self._restyle(look.theme.theme)

    def _assemble(self) -> None:
        self._column.addStretch(2 if self._illustrated else 1)
        self._column.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignHCenter)
        if self._illustrated:
            self._column.addLayout(_in_the_middle(self.reason, 4))
        else:
            self._column.addWidget(self.reason)
        self._column.addWidget(self.detail)
        if self._illustrated:
            self._column.addLayout(_in_the_middle(self._progress))
            self._column.addLayout(_in_the_middle(self.button))
        else:
            self._column.addWidget(self._progress, 0, Qt.AlignmentFlag.AlignHCenter)
            self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(3 if self._illustrated else 1)
        for part in (self._picture, self._progress, self.button):
            part.hide()

    def show_reason(
        self,
        reason: str,
        detail: str = "",
        button: str = "",
        *,
        picture: IconName | None = None,
        primary: bool = True,
        parts: tuple[int, int] | None = None,
    ) -> None:
        """Say why there is nothing to show.

        Args:
            reason: one or two sentences.
            detail: a lesser one; empty for none.
            button: words of the button; empty for none.
            picture: a drawing that goes with it.
            primary: the button is what one mostly wants.
            parts: how many parts are done, and of how many; None hides the bar, (0, 0) shows that it takes time.
        """
        set_style(self.button, primary=primary)
        for label, words in ((self.reason, reason), (self.detail, detail), (self.button, button)):
            label.setText(words)
            label.setVisible(bool(words))
        self.setAccessibleName(" ".join(words for words in (reason, detail) if words))
        self._icon = picture
        self._picture.setVisible(picture is not None)
        self._progress.setVisible(parts is not None)
        if parts is not None:
            self._progress.setRange(0, parts[1])
            self._progress.setValue(parts[0])
        self._draw_icon(self.look.theme.theme)

    def _restyle(self, theme: Theme) -> None:
        em = self.look.scale.em
        if self._illustrated:
            self._column.setSpacing(em(1))
        else:
            self._column.setContentsMargins(em(2), em(0.5), em(2), em(0.5))
            self._column.setSpacing(em(0.5))
        self._progress.setFixedWidth(em(14))
        self._draw_icon(theme)

    def _draw_icon(self, theme: Theme) -> None:
        if self._icon is not None:
            colour = theme.colours.warning if self._icon == "warning" else theme.colours.muted
            picture = coloured_icon(self._icon, colour)
            self._picture.setPixmap(picture.pixmap(self.look.scale.icon_size(3), self.devicePixelRatioF()))


def _in_the_middle(widget: QWidget, share: int = 0) -> QHBoxLayout:
    """Return a line in which ``widget`` has ``share`` parts to one on each side; 0 leaves it its own width."""
    line = QHBoxLayout()
    line.addStretch(1)
    line.addWidget(widget, share)
    line.addStretch(1)
    return line
