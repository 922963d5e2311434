"""One card of the welcome: something that moves, what it is, and the button that leads to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.style import set_style
from app.tabs import WelcomeSpec
from app.theme import Theme
from app.widgets.keys.button import KeyPushButton
from app.widgets.plain import PlainLabel


class WelcomeCard(Panel):
    """Shows one of the three ways in.

    Attributes:
        picture: what moves.
        button: leads there.

    Signals:
        chosen: it is what the person wants.
    """

    chosen = Signal()

    def __init__(self, look: Look, spec: WelcomeSpec, number: int, parent: QWidget | None = None) -> None:
        """Show a card.

        Args:
            look: colours and sizes.
            spec: what is on it.
            number: its place from the left, from 1, which is its key; the first is what one mostly wants.
            parent: the widget it lies in.
        """
        super().__init__(look, parent)
        self._frame = QFrame()
        set_style(self._frame, card=True)
        self.picture = spec.build_picture(look)
        self._title, self._text = PlainLabel(), PlainLabel()
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._text.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.MinimumExpanding)
        set_style(self._title, kind="title")
        set_style(self._text, kind="muted")
        self.button = KeyPushButton(look)
        self.button.show_key(str(number))
        self.button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_style(self.button, primary=number == 1)
        self.button.clicked.connect(self.chosen)
        self._words = QVBoxLayout()
        for part in (self._title, self._text):
            self._words.addWidget(part)
        self._words.addSpacing(look.scale.em(0.5))
        self._words.addWidget(self.button)
        self._inside = QVBoxLayout(self._frame)
        self._inside.addWidget(self.picture, 1)
        self._inside.addLayout(self._words)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._frame)
        self.bind_text(self._title.setText, spec.title)
        self.bind_text(self._text.setText, spec.text)
        self.bind_text(self.button.setText, spec.button)
        self.bind_text(self.picture.setAccessibleName, spec.title)
        self._restyle(look.theme.theme)

    def text_height(self, width: int) -> int:
        """Return how high the text is on a card of this width, in pixels."""
        margins = self._words.contentsMargins()
        inside = width - 2 * self._inside.contentsMargins().left() - margins.left() - margins.right()
        return self._text.heightForWidth(inside)

    def give_text(self, height: int) -> None:
        """Give the text this much room, so that the titles of all cards stand on one line."""
        self._text.setMinimumHeight(height)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        hair = em(0.0625)
        self._inside.setContentsMargins(hair, hair, hair, hair)  # the picture goes to the card's rim
        self._inside.setSpacing(0)
        self._words.setContentsMargins(em(0.875), em(0.625), em(0.875), em(0.875))
        self._words.setSpacing(em(0.375))
