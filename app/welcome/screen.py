"""What a first start shows over the window: three ways in, each one key from something that happens."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.style import set_style
from app.tabs import TABS
from app.theme import Theme
from app.welcome.card import WelcomeCard
from app.widgets.keys.button import KeyPushButton
from app.widgets.page_scroll import page_scroll
from app.widgets.plain import PlainLabel
from core.language import N_

_BESIDE: Final = 44
"""Width in lines of text from which the cards stand beside each other."""
_WIDEST: Final = 84
"""Width and height in lines of text that the cards take at most, title and foot included."""
_TALLEST: Final = 38
_COMMAND: Final = (
    Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
)


class WelcomeScreen(Panel):
    """Covers what lies under the menu, and has the plain keys while it is there: 1, 2, 3, Enter, Escape.

    Attributes:
        cards: from the left.
        not_again: whether it stays away from the next start on.

    Signals:
        chosen: id of the tab whose card was chosen; the screen is gone by then.
        closed: it is gone, for whatever reason.
    """

    chosen = Signal(str)
    closed = Signal()

    def __init__(self, look: Look, over: QWidget) -> None:
        super().__init__(look, over)
        self._over = over
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        set_style(self, cover=True)
        self._title, self._text, self._again = PlainLabel(), PlainLabel(), PlainLabel()
        set_style(self._title, kind="display")
        for label in (self._text, self._again):
            set_style(label, kind="muted")
        self._text.setWordWrap(True)
        self.not_again = QCheckBox()
        self.not_again.setChecked(True)
        self._close = KeyPushButton(look)
        self._close.show_key("Esc")
        self._close.clicked.connect(self.leave)
        for part in (self.not_again, self._close):
            part.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.cards = [WelcomeCard(look, tab.welcome, number) for number, tab in enumerate(TABS, start=1) if tab.welcome]
        self._ids = [tab.id for tab in TABS if tab.welcome]
        for card in self.cards:
            card.chosen.connect(self._on_chosen)
        self._lay_out()
        self.bind_text(self._title.setText, N_("Welcome to Yaya Lab"))
        self.bind_text(self._text.setText, N_("Three lectures, all of it real. Begin with one of these:"))
        self.bind_text(self.not_again.setText, N_("Don't show this again"))
        self.bind_text(self._again.setText, N_("Help ▸ Welcome brings it back."))
        self.bind_text(self._close.setText, N_("To the laboratory"))
        over.installEventFilter(self)
        self.setGeometry(over.rect())
        self._restyle(look.theme.theme)

    def _lay_out(self) -> None:
        page = QWidget()
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        for card in self.cards:
            self._row.addWidget(card, 1)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.not_again)
        self._foot.addWidget(self._again, 1)
        self._foot.addWidget(self._close)
        self._page = QVBoxLayout(page)
        self._page.addWidget(self._title)
        self._page.addWidget(self._text)
        self._page.addLayout(self._row, 1)
        self._page.addLayout(self._foot)
        scroll = page_scroll(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def open(self) -> None:
        """Lie over everything, and take the keyboard."""
        self.show()
        self.raise_()
        self.setFocus()

    @Slot()
    def leave(self) -> None:
        """Go."""
        if not self.isHidden():
            self.hide()
            self._over.removeEventFilter(self)
            self.closed.emit()

    @Slot()
    def _on_chosen(self) -> None:
        tab_id = self._ids[next(index for index, card in enumerate(self.cards) if card is self.sender())]
        self.leave()
        self.chosen.emit(tab_id)

    def eventFilter(self, _over: QObject, event: QEvent) -> bool:
        """Follow the size of what is covered."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False

    def event(self, event: QEvent) -> bool:
        """Let no plain key do unseen what it does on the page below; commands and function keys stay the window's."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and _is_plain(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a card, or go."""
        keys = (Qt.Key.Key_1, Qt.Key.Key_2, Qt.Key.Key_3)[: len(self.cards)]
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
        elif event.key() in keys and _is_plain(event):
            self.cards[keys.index(Qt.Key(event.key()))].button.click()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            pressed = next((card for card in self.cards if card.button.hasFocus()), None)
            if self._close.hasFocus():
                self.leave()
            else:
                (pressed or self.cards[0]).button.click()
        elif event.key() in {Qt.Key.Key_Left, Qt.Key.Key_Right}:
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Right)
        event.setAccepted(_is_plain(event))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the cards stand beside each other where there is room."""
        super().resizeEvent(event)
        self._arrange()

    @Slot()
    def _arrange(self) -> None:
        em = self.look.scale.em
        is_wide = self.width() >= em(_BESIDE)
        directions = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(directions[0] if is_wide else directions[1])
        across = max(em(1.5), (self.width() - em(_WIDEST)) // 2)
        down = max(em(1), (self.height() - em(_TALLEST)) // 2) if is_wide else em(1)
        self._page.setContentsMargins(across, down, across, down)
        many, gap = len(self.cards), self._row.spacing()
        width = (self.width() - 2 * across - (many - 1) * gap) // many
        height = max(card.text_height(width) for card in self.cards) if is_wide else 0
        for card in self.cards:
            card.give_text(height)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._page.setSpacing(em(0.75))
        self._row.setSpacing(em(1))
        self._row.setContentsMargins(0, em(0.5), 0, em(0.5))
        self._foot.setSpacing(em(1))
        self._arrange()

    def _retranslate(self) -> None:
        QTimer.singleShot(0, self, self._arrange)  # the cards hear of the language after this


def _is_plain(event: QKeyEvent) -> bool:
    """Return whether a key is no command and no function key."""
    return not event.modifiers() & _COMMAND and not Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
