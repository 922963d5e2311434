"""The card: the pair on the stage, what can be said about it, and beside it the evidence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Slot
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from app.actions import Actions, key_name
from app.page import Explanation
from app.style import set_style
from app.synonyms.card.empty_reason import why_no_pair
from app.synonyms.card.layout import CardLayout, CardParts
from app.synonyms.card.model_probability import ModelProbability
from app.synonyms.card.pair_view import PairView
from app.synonyms.card.queue_chooser import QueueChooser
from app.synonyms.card.queue_sidebar import QueueSidebar
from app.synonyms.card.recent_decisions import RecentDecisions
from app.synonyms.card.sliding_pair import SlidingPair
from app.synonyms.card.status_bar import CardStatusBar
from app.synonyms.card.status_words import status_words
from app.synonyms.card.verdict_buttons import VerdictButtons
from app.synonyms.evidence.panel import EvidencePanel
from app.synonyms.page import SynonymsPage
from app.synonyms.page_state import find_pair, pair_values, without
from app.synonyms.saved_choices import queue_from_json, queue_to_json
from app.synonyms.verdict_style import VERDICT_LOOKS
from app.synonyms.workspace import Workspace
from app.theme import Theme
from app.widgets.empty_state import EmptyState
from app.widgets.plain import PlainLabel
from core.language import N_, _
from core.synonyms.pairs import COSINE
from core.synonyms.verdicts import VERDICTS, Decision, Verdict

_NO_MODEL: Final = N_("Model not trained yet")
_PARTS: Final = 1000
"""Into how many the bar of a mining is parted."""
_NO_GUESS: Final = N_("No prediction for this pair yet")
_BY_HAND: Final = N_("No prediction: the pair was opened from a list")


class CardPage(SynonymsPage):
    """Shows the session's card; what is said about it goes to the session's decisions. Its keys are its own actions."""

    page_id = "synonyms.card"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        look = workspace.look
        super().__init__(look, parent)
        self.session, self.mining = workspace.session, workspace.mining
        self.sidebar: QueueSidebar = QueueSidebar(look, self.session.config)
        self.status_bar: CardStatusBar = CardStatusBar(look)
        self._growing, self._grown = "", 0.0
        self._noted: int | None = None
        self._is_note_given = False
        self.pair = PairView(look)
        self.empty_state = EmptyState(look)
        self._place = QStackedWidget()
        self.status = PlainLabel()
        self.listed = PlainLabel()
        self.model_probability = ModelProbability(look)
        self.buttons = VerdictButtons(look)
        self.note = QLineEdit()
        self.recent_decisions = RecentDecisions(look)
        self.sliding = SlidingPair(look, self)
        self.evidence = EvidencePanel(look)
        self.scroll_bar = self.evidence.scroll_bar
        self.note.setObjectName("note")
        for label in (self.status, self.listed):
            set_style(label, kind="caption")
        for view in (self.pair, self.empty_state):
            self._place.addWidget(view)
        self._layout = CardLayout(
            self,
            look.scale,
            CardParts(
                self.status,
                self.listed,
                self._place,
                self.buttons,
                self.model_probability,
                self.note,
                self.recent_decisions,
                self.evidence,
            ),
        )
        # An input method would eat the keys; the note alone may have it.
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)
        for part in (self.pair, self.evidence.bars):
            part.link_symbols(self.symbol_links)
        for symbol, name in zip(("u", "v_word"), self.evidence.names, strict=True):
            self.symbol_links.add(symbol, name)
        self.symbol_links.add("p_model", self.model_probability)
        self.buttons.chosen.connect(self._on_chosen)
        self.note.editingFinished.connect(self._on_note)
        self.note.textEdited.connect(self._on_note_typed)
        self.recent_decisions.wanted.connect(self._on_wanted)
        self.empty_state.pressed.connect(self._on_more)
        self._chooser = QueueChooser(self.session, self.sidebar, self)
        self.sidebar.left.connect(self.take_focus)
        self._chooser.message.connect(self.message)
        self._chooser.message_withdrawn.connect(self.message_withdrawn)
        self._wishes = workspace.wishes
        self.evidence.why_asked.connect(self.ask_why)
        self._connect_session()
        self._retranslate()
        self._restyle(look.theme.theme)

    def _connect_session(self) -> None:
        session, mining = self.session, self.mining
        session.card_changed.connect(self._on_card)
        session.closing.connect(self._on_note)
        session.current_card.marks_changed.connect(self._on_marks)
        session.progressed.connect(self._on_progress)
        session.evidence_arrived.connect(self._on_evidence)
        session.look_up.reading.connect(self.evidence.show_waiting)
        mining.changed.connect(self._on_mining)
        mining.grew.connect(self._on_grew)
        mining.ended.connect(self._chooser.show_people)
        mining.ended.connect(session.plan)

    @property
    def pressed_parts(self) -> tuple[QWidget, ...]:
        """The verdicts."""
        return (self.buttons,)

    def connect_actions(self, actions: Actions) -> None:
        """Give the keys of the card their meaning."""
        decisions = self.session.decisions
        for spec in VERDICTS:
            actions.on(f"syn_{spec.verdict}", partial(self.decide, spec.verdict))
        actions.on("syn_undo", decisions.undo)
        actions.on("syn_flag", decisions.toggle_flag)
        actions.on("syn_note", self.write_note)
        actions.on("syn_card_why", self.evidence.why.click)
        self.status_bar.connect_actions(actions)

    def entered(self) -> None:
        """Take the keyboard; ask for pairs if there are none."""
        self.session.look_up.preview(None)
        self.session.look_for_news()
        self.take_focus()
        if self.session.state.card is None and not self.session.is_planning:
            self.session.plan()

    @property
    def is_busy(self) -> bool:
        """Whether the queue is still put in order, or the next pair read."""
        return self.session.is_planning or self.session.state.is_turning

    def show_growing(self, text: str, share: float = 0.0) -> None:
        """Say, while there is no card, that the store is being filled and how far that is; empty when it is not."""
        self._growing, self._grown = text, share
        if self.session.state.card is None:
            self._show_empty_state()

    def write_note(self) -> None:
        """Let the person write."""
        if self.session.state.card is not None:
            self.evidence.reveal(self.note)
            self.note.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.note.selectAll()

    @Slot(str, str)
    def ask_why(self, one: str, other: str) -> None:
        """Let it be said why methods score these words as they do."""
        self._wishes.pair.emit(one, other, "")

    def turn(self, by: int) -> None:
        """Leaf through the pairs decided before, and on an open one through its evidence; nothing is decided."""
        state = self.session.state
        before = [decision.candidate for decision in state.recent_decisions]
        here = before.index(state.card.row.id) if state.reopened and state.card and state.card.row.id in before else -1
        if by < 0 and here + 1 < len(before):
            self.session.current_card.reopen(before[here + 1])
        elif by > 0 and here > 0:
            self.session.current_card.reopen(before[here - 1])
        elif by > 0 and state.reopened:
            self.session.current_card.leave_reopened()
        elif by > 0:
            super().turn(by)

    def decide(self, verdict: Verdict) -> None:
        """Enter ``verdict`` with what stands in the note."""
        note = self.note.text() if self.note.text() != self.session.state.note and not self._is_note_given else None
        words = self.pair.words
        if self.session.decisions.decide(verdict, note=note) and words is not None:
            self.buttons.flash(verdict)
            place = self.recent_decisions.buttons[0]
            self.sliding.slide(words, verdict, _on_page(self.pair, self), _on_page(place, self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave a pair that was opened by hand on Escape; the other keys are in the action table.

        Enter begins the next session where one is over.
        """
        if event.key() == Qt.Key.Key_Escape and self.session.current_card.is_reopened:
            self.session.current_card.leave_reopened()
        elif event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not self.empty_state.button.isHidden():
            self._on_more()
        else:
            super().keyPressEvent(event)

    def _restyle(self, _theme: Theme) -> None:
        self._layout.arrange()

    def minimumSizeHint(self) -> QSize:
        """Room for the pair and a little of the rest, which scrolls."""
        return QSize(self.pair.minimumWidth(), self.pair.minimumHeight() + self.look.scale.em(8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the parts out for the new size."""
        super().resizeEvent(event)
        self._layout.arrange()

    def _retranslate(self) -> None:
        self.setAccessibleName(_("Card"))
        self.note.setPlaceholderText(_("Note ({key})").format(key=key_name("N")))
        self.note.setAccessibleName(_("Note"))
        self._on_card()
        self._layout.arrange()

    @Slot()
    def _on_card(self) -> None:
        state = self.session.state
        if state.card is None:
            self._show_empty_state()
        else:
            row = state.card.row
            self._place.setCurrentWidget(self.pair)
            self.pair.show_pair((row.word1, row.word2), row.ranks)
            found = state.evidence
            self.evidence.show_pair(row, found)
            if found is not None:
                self.pair.show_pinyin(found.word1.pinyin, found.word2.pinyin)
            self._show_guess()
            self.listed.setText(_("A dictionary lists them as synonyms") if row.known else "")
        self.buttons.setEnabled(state.card is not None)
        self.note.setEnabled(state.card is not None)
        pair = None if state.card is None else state.card.row.id
        if pair != self._noted:  # else what is being typed stays
            self._noted = pair
            self._show_note()
        self._on_marks()
        self._on_progress()
        self.explanation_changed.emit()

    @Slot()
    def _on_marks(self) -> None:
        state = self.session.state
        self.buttons.show_verdict(state.waiting or state.verdict)
        if state.card is not None:
            self.pair.show_verdict(state.waiting or state.verdict)
        if not self.note.hasFocus():
            self._show_note()
        self._show_answers()
        self._show_status()

    @Slot()
    def _on_progress(self) -> None:
        self.recent_decisions.show_decisions(self.session.state.recent_decisions)
        self._show_status()
        if self.session.state.card is None:
            self._show_empty_state()
        else:
            self._show_guess()
            self.explanation_changed.emit()

    @Slot()
    def _on_evidence(self) -> None:
        found = self.session.state.evidence
        if found is not None:
            self.pair.show_pinyin(found.word1.pinyin, found.word2.pinyin)
            self.evidence.show_evidence(found)
            self.explanation_changed.emit()

    @Slot(object)
    def _on_chosen(self, verdict: object) -> None:
        assert isinstance(verdict, Verdict)
        self.decide(verdict)

    def _show_note(self) -> None:
        state = self.session.state
        self._is_note_given = False
        self.note.setText(state.shown_note if state.card is not None else "")

    @Slot()
    def _on_note_typed(self) -> None:
        self._is_note_given = False

    @Slot()
    def _on_note(self) -> None:
        """Enter the note; what a scene has put there is nobody's word until somebody types in it."""
        if not self._is_note_given:
            self.session.decisions.write_note(self.note.text())

    @Slot(object)
    def _on_wanted(self, decision: object) -> None:
        assert isinstance(decision, Decision)
        self.session.current_card.reopen(decision.candidate)

    def _show_status(self) -> None:
        self.status.setText(status_words(self.session.state, self.session.config))
        self.status_bar.show_state(self.session.state, self.session.config)

    def _show_answers(self) -> None:
        """While disputes are settled, show what everybody said; else nobody should be led by the others."""
        state, shown = self.session.state, self.session.config.settles
        self.pair.show_annotator_answers(
            tuple(
                (VERDICT_LOOKS[each.verdict], f"{each.annotator}  “{each.note}”" if each.note else each.annotator)
                for each in state.annotator_answers
                if shown and each.verdict is not None
            )
        )

    def _show_guess(self) -> None:
        card, model = self.session.state.card, self.session.state.model
        if card is None:
            self.model_probability.show_lacking("")
        elif card.probability is None or card.low is None or card.high is None:
            by_hand = self.session.state.reopened
            self.model_probability.show_lacking(_BY_HAND if by_hand else _NO_MODEL if model is None else _NO_GUESS)
        else:
            self.model_probability.show_guess(card.probability, card.low, card.high)

    def _show_empty_state(self) -> None:
        self._place.setCurrentWidget(self.empty_state)
        told = why_no_pair(self.session, self._growing)
        parts = (round(_PARTS * self._grown), _PARTS) if told.is_growing else None
        self.empty_state.show_reason(told.reason, told.detail, told.button, parts=parts)
        self.evidence.show_pair(None)
        self._show_guess()
        self.listed.setText("")

    @Slot()
    def _on_more(self) -> None:
        """Begin a session like the one that is over, or try again to open the store."""
        if self.session.awaited:
            self.session.plan()
        else:
            self.session.arrange(self.session.config)
        self.setFocus()

    @Slot()
    def _on_mining(self) -> None:
        config = self.mining.config
        is_here = config is None or config.database == self.session.address
        self.show_growing(self.mining.words() if is_here else "", self.mining.state.share)

    @Slot()
    def _on_grew(self) -> None:
        """The store has grown: a queue that had run dry goes on."""
        config, session = self.mining.config, self.session
        is_here = config is not None and config.database == session.address
        if is_here and session.state.card is None and not session.is_planning:
            session.plan()

    # What the page shows, said and brought back

    def explain(self) -> Explanation:
        """Return the two words, their cosine, and how likely the model thinks them synonyms."""
        card, found = self.session.state.card, self.session.state.evidence
        if card is None:
            return Explanation(self.page_id)
        cosine = None if found is None else found.cosine
        if cosine is None:  # the vectors at hand may lack a word that the store has a score for, as its bar shows
            cosine = card.row.scores.get(COSINE)
        values = pair_values(card.row.word1, card.row.word2, cosine)
        if card.probability is not None:
            values["p_model"] = f"{card.probability:.0%}"
        return Explanation(self.page_id, values)

    def save_state(self) -> dict[str, Any]:
        """Return the queue that was chosen (not whose it is), the pair, the note as it stands, and the places."""
        state = self.session.state
        card = state.card
        queue = queue_to_json(self.session.config)
        del queue["annotator"]  # a scene must not put its words into the mouth of whoever saved it
        return {
            "queue": queue,
            "pair": None if card is None else [card.row.id, card.row.word1, card.row.word2],
            "reopened": state.reopened,
            "note": self.note.text(),
            "evidence": self.evidence.scroll_place.save(),
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Choose the queue, and put the pair on the card, if the store holds it and it is still asked."""
        config = queue_from_json(without(state.get("queue"), "annotator"), self.session.config)
        if config != self.session.config:
            self.session.arrange(config)
        find_pair(self.session, state.get("pair"), partial(self._restore_pair, state))
        self.evidence.scroll_place.restore(state.get("evidence"))

    def _restore_pair(self, state: Mapping[str, Any], pair: int) -> None:
        if state.get("reopened") is True:
            self.session.current_card.reopen(pair)
        else:
            self.session.current_card.bring_forward(pair)
        note = state.get("note")
        if isinstance(note, str) and note != self.note.text():
            self.note.setText(note)
            self._is_note_given = True


def _on_page(part: QWidget, page: QWidget) -> QRect:
    """Return where a part lies, in the pixels of its page."""
    return QRect(part.mapTo(page, QPoint(0, 0)), part.size())
