"""How the parts of the card lie: evidence beside the stage or below it, and what scrolls where there is no room."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from PySide6.QtWidgets import (
    QBoxLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from app.scale import UiScale
from app.synonyms.card.model_probability import ModelProbability
from app.synonyms.card.recent_decisions import RecentDecisions
from app.synonyms.card.verdict_buttons import VerdictButtons
from app.synonyms.evidence.panel import EvidencePanel

_BESIDE: Final = 58
"""Width in lines of text from which the evidence stands beside the stage."""

_TWO_COLUMNS: Final = 28
"""Width from which evidence below the stage lies in two columns."""

_SHARES: Final = (11, 9)
"""How stage and evidence part the width when they stand side by side."""

_EVIDENCE: Final = 6
"""Lines of text that the evidence must have below the stage; else note and recent decisions scroll with it."""


@dataclass(frozen=True, slots=True)
class CardParts:
    """What lies on the card.

    Attributes:
        status: what kind of pair this is.
        listed: whether a dictionary knows it.
        place: the pair, or why there is none.
        buttons: the verdicts.
        model_probability: the model's guess.
        note: the annotator's.
        recent_decisions: the last decisions.
        evidence: what is known of the pair.
    """

    status: QLabel
    listed: QLabel
    place: QStackedWidget
    buttons: VerdictButtons
    model_probability: ModelProbability
    note: QLineEdit
    recent_decisions: RecentDecisions
    evidence: EvidencePanel


class CardLayout:
    """Lays the parts out anew for each size. The pair and its verdicts never shrink below what can be read."""

    def __init__(self, page: QWidget, scale: UiScale, parts: CardParts) -> None:
        self._page, self._scale, self._parts = page, scale, parts
        self._carried: list[QWidget] = []
        head = QHBoxLayout()
        head.addWidget(parts.status, 1)
        head.addWidget(parts.listed)
        self._record = QWidget()
        self._entered = QVBoxLayout(self._record)
        self._said = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._said.addWidget(parts.model_probability, 3)
        self._said.addWidget(parts.note, 2)
        self._entered.addLayout(self._said)
        self._entered.addWidget(parts.recent_decisions)
        self._stage = QVBoxLayout()
        self._stage.addLayout(head)
        self._stage.addWidget(parts.place, 1)
        self._stage.addWidget(parts.buttons)
        self._stage.addWidget(self._record)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, page)
        # What has no room scrolls: the page is never too large for its window, however it lies just now.
        self._row.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._row.addLayout(self._stage)
        self._row.addWidget(parts.evidence)

    def arrange(self) -> None:
        """Put the evidence beside the stage on a wide page, below it on a narrow one; leave both what they need."""
        em = self._scale.em
        for column in (self._stage, self._entered, self._said):
            column.setSpacing(em(0.5))
        self._entered.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(em(1.25))
        self._row.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        beside = self._page.width() >= em(_BESIDE)
        sideways, downwards = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._row.setDirection(sideways if beside else downwards)
        self._said.setDirection(downwards if beside else sideways)
        # Beside, both share the width; below, the evidence has all the height that the stage can spare.
        for index, share in enumerate(_SHARES):
            self._row.setStretch(index, share if beside else index)
        self._parts.evidence.lie_wide(em(_TWO_COLUMNS) <= self._page.width() < em(_BESIDE))
        self._make_room(beside=beside)

    def _make_room(self, *, beside: bool) -> None:
        """Let scroll with the evidence what the stage has no room for.

        First that is note and recent decisions, then the buttons too: their keys work wherever they are.
        """
        em, parts, page = self._scale.em, self._parts, self._page
        wide = page.width() - 2 * em(0.75)
        room = page.height() - 2 * em(0.5)
        if beside:
            wide = (wide - em(1.25)) * _SHARES[0] // sum(_SHARES)
        else:
            room -= em(_EVIDENCE) + em(1.25)
        pair = parts.status.sizeHint().height() + em(0.5) + parts.place.minimumSizeHint().height()
        spare = page.height() - 2 * em(0.5) - em(1.25) - pair
        parts.evidence.setMinimumHeight(0 if beside else max(0, min(em(_EVIDENCE), spare)))
        buttons = em(0.5) + parts.buttons.heightForWidth(wide)
        record = em(0.5) + self._record.sizeHint().height()
        carried: list[QWidget] = []
        if pair + buttons > room:
            carried.append(parts.buttons)
        if pair + buttons + record > room:
            carried.append(self._record)
        if carried != self._carried:
            self._carried = carried
            for widget in (parts.buttons, self._record):
                if widget not in carried:
                    self._stage.addWidget(widget)
            parts.evidence.carry(carried)
