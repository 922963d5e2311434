"""What stands on the stage while no pair does: why there is none, and what to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget

from app.actions import key_name
from app.panel import Look, Panel
from app.style import mark
from app.synonyms.annotation.session import LabelSession
from app.theme import Theme
from core.language import _
from core.synonyms.pairs import SynonymsError
from core.synonyms.queue.config import Only, QueueConfig


class Absence(Panel):
    """One sentence in the middle of the stage, a lesser one below it, and perhaps the button that goes on.

    Signals:
        pressed: the button was.
    """

    pressed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        mark(self, stage=True)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.reason, self.detail, self.button = QLabel(), QLabel(), QPushButton()
        mark(self.reason, kind="title")
        mark(self.detail, kind="muted")
        mark(self.button, primary=True)
        self.button.setObjectName("go_on")
        self.button.clicked.connect(self.pressed)
        self._column = QVBoxLayout(self)
        self._column.addStretch(1)
        for label in (self.reason, self.detail):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            self._column.addWidget(label)
        self._column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addStretch(1)
        self._restyle(look.theme.theme)

    def show_reason(self, reason: str, detail: str = "", button: str = "") -> None:
        """Say why there is no pair; without words for the button there is none."""
        for label, words in ((self.reason, reason), (self.detail, detail), (self.button, button)):
            label.setText(words)
            label.setVisible(bool(words))
        self.setAccessibleName(" ".join(words for words in (reason, detail) if words))

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(em(2), em(0.5), em(2), em(0.5))
        self._column.setSpacing(em(0.5))


def why_no_pair(session: LabelSession, growing: str) -> tuple[str, ...]:
    """Return why no pair is on the card, what to do, and what the button offers; as ``Absence.show_reason`` takes it.

    Args:
        session: without a card.
        growing: how far the filling of the store is; empty when it is not being filled.
    """
    queue, progress = session.queue, session.state.progress
    if session.awaited:
        waits = _("Another program keeps the store for itself.")
        return waits, _("It opens as soon as that is possible; {key} tries at once.").format(key=key_name("F2"))
    if queue is None:
        return (_("No store is open. Open one under Sources ({key}).").format(key=key_name("F5")),)
    if queue.session_over and progress is not None:
        over = _("The session is over: {n} pairs judged.").format(n=progress.session)
        return over, _("For another end or other pairs, choose in the column."), _more(session.config)
    if growing:
        how_long = _("With the shipped material this takes about a minute; the first pair comes sooner.")
        return _("The first pairs are being gathered."), f"{growing}\n{how_long}"
    if session.is_planning:
        return (_("Putting the pairs in order…"),)
    return _why_empty(session)


def _why_empty(session: LabelSession) -> tuple[str, str]:
    """Return why the queue has no pair."""
    config, sources = session.config, key_name("F5")
    lacking = {
        Only.FLAGGED: _("No pair is flagged."),
        Only.SKIPPED: _("You have skipped no pair."),
        Only.UNSURE: _("You were unsure of no pair."),
    }
    if config.only in lacking:
        return lacking[config.only], _("Choose other pairs.")
    if config.only is Only.DISPUTED:
        told = _("Nothing is left to settle.") if config.adjudicate else _("Nobody disagrees on any pair.")
        return told, _("Choose other pairs.")
    if _is_empty(session):
        return _("This store holds no pairs yet."), _("Gather some under Sources ({key}).").format(key=sources)
    return _("Every pair of this queue is judged."), _("Gather more under Sources ({key}).").format(key=sources)


def _more(config: QueueConfig) -> str:
    """Offer another session of the same length."""
    if config.pairs is not None:
        return _("Another {n} pairs   Enter").format(n=config.pairs)
    return _("Another {n:.0f} minutes   Enter").format(n=config.minutes)


def _is_empty(session: LabelSession) -> bool:
    try:
        return session.store is not None and session.store.table_query().count() == 0
    except SynonymsError:  # whoever reads it next says what is wrong
        return False
