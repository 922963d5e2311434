"""Beside the card: what scores, dictionaries, vectors and sentences say about the pair."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from app.actions import key_name
from app.panel import Look, Panel
from app.style import set_style
from app.synonyms.evidence.marked_text import Mark, MarkedText, MarkKind
from app.synonyms.evidence.neighbours import NeighbourList
from app.synonyms.evidence.score_bars import ScoreBars
from app.theme import Theme
from app.widgets.control_state import ScrollPlace
from app.widgets.plain import PlainLabel, plain_tip
from core.language import N_, _
from core.synonyms.evidence.gather import PairEvidence, WordEvidence
from core.synonyms.lexicons.cedict import readable
from core.synonyms.lexicons.cilin import LEVEL_ENDS
from core.synonyms.sentences import Example
from core.synonyms.store.rows import Row
from core.visible import visible

_EXAMPLES: Final = 6
_TIED: Final = "\u00a0"
"""A blank at which no line ends: a set stays in one piece."""
_LEVELS: Final = (N_("class"), N_("group"), N_("heading"), N_("word group"), N_("set"))


class EvidencePanel(Panel):
    """Scores at once; the rest when it has been fetched, each in the room kept for it.

    Signals:
        why_asked: it is to be said why methods score the pair as they do; its words.
    """

    why_asked = Signal(str, str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._row: Row | None = None
        self._evidence: PairEvidence | None = None
        self._waiting = ""
        self._is_wide = False
        self.bars = ScoreBars(look)
        self.why = QPushButton()
        self.why.setObjectName("why_pair")
        self.why.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        set_style(self.why, quiet=True)
        self.bind_text(self.why.setText, N_("Why?"))
        self.bind_text(self.why.setToolTip, N_("See why methods score this pair as they do."))
        self.why.clicked.connect(self._on_why)
        self.shared, self.english = MarkedText(look, lines=2), MarkedText(look, lines=2)
        self.names = (PlainLabel(), PlainLabel())
        self.codes = (MarkedText(look, lines=1, size="caption"), MarkedText(look, lines=1, size="caption"))
        self.glosses = (MarkedText(look, lines=3), MarkedText(look, lines=3))
        self.neighbours = (NeighbourList(look), NeighbourList(look))
        self.examples = [MarkedText(look) for _row in range(_EXAMPLES)]
        self._titles: list[QLabel] = []
        self._hint = PlainLabel()
        self._hint.setWordWrap(True)
        set_style(self._hint, kind="muted")
        self._about = QWidget()
        self._parts = QGridLayout(self._about)
        self._facts, self._quoted, self._column = QVBoxLayout(), QVBoxLayout(), QVBoxLayout()
        self._grid = QGridLayout()
        self._examples = QVBoxLayout()
        self._lay_out()
        self._retranslate()
        self._restyle(look.theme.theme)

    def _lay_out(self) -> None:
        facts, grid = self._facts, self._grid
        self._scores_line = QHBoxLayout()
        self._scores_line.addWidget(self._title(N_("Scores by source   ● proposed this pair")), 1)
        self._scores_line.addWidget(self.why)
        facts.addLayout(self._scores_line)
        facts.addWidget(self.bars)
        facts.addWidget(self._title(N_("Thesaurus entries")))
        facts.addWidget(self.shared)
        facts.addWidget(self._title(N_("English sets that hold both")))
        facts.addWidget(self.english)
        for side in range(2):
            set_style(self.names[side], kind="title")
            grid.addWidget(self.names[side], 0, side)
            grid.addWidget(self.codes[side], 1, side)
            grid.addWidget(self._title(N_("Dictionary entries")), 2, side)
            grid.addWidget(self.glosses[side], 3, side)
            grid.addWidget(self._title(N_("Nearest words by cosine")), 4, side)
            grid.addWidget(self.neighbours[side], 5, side)
            grid.setColumnStretch(side, 1)
        self._quoted.addWidget(self._title(N_("Example sentences")))
        for example in self.examples:
            self._examples.addWidget(example)
        self._quoted.addLayout(self._examples)
        self._quoted.addStretch()
        self._place()
        page = QWidget()
        page.setLayout(self._column)
        self._column.addWidget(self._hint)
        self._column.addWidget(self._about)
        self._column.addStretch()
        self._scroll = scroll = QScrollArea()
        self.scroll_bar = scroll.verticalScrollBar()
        self.scroll_place = ScrollPlace(self.scroll_bar, self)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        scroll.setWidget(page)
        self.bind_text(scroll.setAccessibleName, N_("Evidence"))
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)

    def _title(self, words: str) -> QLabel:
        title = PlainLabel()
        set_style(title, kind="caption")
        self.bind_text(title.setText, words)
        self._titles.append(title)
        return title

    def lie_wide(self, wide: bool) -> None:
        """Give the words a column of their own, for a panel that is low but wide enough for two."""
        if wide != self._is_wide:
            self._is_wide = wide
            for part in (self._facts, self._grid, self._quoted):
                self._parts.removeItem(part)
            self._place()
            self._space_names()

    def _place(self) -> None:
        """One part below the other, or the words in a column of their own."""
        self._parts.addLayout(self._facts, 0, 0)
        if self._is_wide:
            self._parts.addLayout(self._quoted, 1, 0)
            self._parts.addLayout(self._grid, 0, 1, 2, 1, Qt.AlignmentFlag.AlignTop)
        else:
            self._parts.addLayout(self._grid, 1, 0)
            self._parts.addLayout(self._quoted, 2, 0)
        self._parts.setColumnStretch(0, 1)
        self._parts.setColumnStretch(1, 1 if self._is_wide else 0)
        self._parts.setRowStretch(1, 1 if self._is_wide else 0)

    def carry(self, widgets: Sequence[QWidget]) -> None:
        """Take ``widgets`` along at the head of what scrolls."""
        for index, widget in enumerate(widgets):
            self._column.insertWidget(index, widget)

    def reveal(self, widget: QWidget) -> None:
        """Scroll to ``widget``, which is carried along."""
        self._scroll.ensureWidgetVisible(widget)

    def show_pair(self, row: Row | None, evidence: PairEvidence | None = None) -> None:
        """Show what came with the pair; what is not known of it yet is empty until :meth:`show_evidence`.

        Of no pair nothing is shown but the hint.
        """
        self._row, self._evidence = row, evidence
        self._about.setVisible(row is not None)
        self._hint.setVisible(row is None and bool(self._hint.text()))
        self.bars.show_scores({} if row is None else dict(row.scores), () if row is None else row.sources)
        self._retranslate()

    @property
    def _words(self) -> tuple[str, str]:
        return ("", "") if self._row is None else (self._row.word1, self._row.word2)

    @Slot()
    def _on_why(self) -> None:
        if self._row is not None:
            self.why_asked.emit(*self._words)

    def show_hint(self, text: str) -> None:
        """Say what to do while there is no pair to tell of."""
        self._hint.setText(text)
        self._about.setVisible(self._row is not None)
        self._hint.setVisible(self._row is None and bool(text))

    def show_evidence(self, evidence: PairEvidence) -> None:
        """Show what was fetched, if it is about the pair on the card."""
        if (evidence.word1.word, evidence.word2.word) == self._words:
            self._evidence = evidence
            self._waiting = ""
            self._retranslate()

    def show_waiting(self, text: str) -> None:
        """Say what is being read before anything can be looked up, or why nothing can: at the head and below."""
        self._waiting = text
        if self._evidence is None:
            self._show_shared()
            self._show_examples()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(0, 0, em(0.5), 0)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setHorizontalSpacing(em(1.25))
        self._parts.setVerticalSpacing(0)
        for column in (self._column, self._facts, self._quoted):
            column.setSpacing(em(0.125))
        self._grid.setHorizontalSpacing(em(1.25))
        self._grid.setVerticalSpacing(em(0.125))
        self._examples.setSpacing(em(0.375))
        for title in self._titles:
            title.setContentsMargins(0, em(0.5) if title is not self._titles[0] else 0, 0, 0)
        self._space_names()

    def _space_names(self) -> None:
        """Set the words off from what is above them, if anything is."""
        em = self.look.scale.em
        for name in self.names:
            name.setContentsMargins(0, 0 if self._is_wide else em(0.375), 0, 0)
            name.setMinimumHeight(0 if self._is_wide else em(1.75))

    def _retranslate(self) -> None:
        found = self._evidence
        for side, name in enumerate(self.names):
            name.setText(visible(self._words[side]))
            self._show_word(side, None if found is None else (found.word1, found.word2)[side])
        self._show_shared()
        self._show_examples()

    def _show_word(self, side: int, word: WordEvidence | None) -> None:
        codes = (() if self._row is None else self._row.codes[side]) if word is None else word.codes
        if codes:
            self.codes[side].show_text("  ".join(codes))
        else:
            self.codes[side].show_text(_("not in the thesaurus") if word is not None else "", muted=True)
        if word is None:
            self.glosses[side].show_text("")
            self.neighbours[side].show_neighbours(None)
            return
        self._show_glosses(side, word)
        self.neighbours[side].show_neighbours(word.neighbours, self._words[1 - side])

    def _show_glosses(self, side: int, word: WordEvidence) -> None:
        assert self._evidence is not None
        if not word.glosses:
            self.glosses[side].show_text(_("not in the dictionary"), muted=True)
            return
        marks = []
        shared = self._evidence.shared_glosses
        # What both have in common comes first, so that it is not what the ellipsis leaves out.
        senses = dict.fromkeys(sense for gloss in word.glosses for sense in gloss.split("; "))
        glosses = [*shared, *(sense for sense in senses if sense not in shared)]
        at = 0
        for gloss in glosses:
            if gloss in shared:
                marks.append(Mark(at, at + len(readable(gloss)), "bold"))
            at += len(readable(gloss)) + 2
        texts = [readable(gloss) for gloss in glosses]
        self.glosses[side].show_text("; ".join(texts), tuple(marks))
        self.glosses[side].setToolTip(plain_tip("\n".join(texts)))

    def _show_shared(self) -> None:
        found = self._evidence
        self._show_english()
        if found is None:
            self.shared.show_text(self._waiting, muted=True)
        elif not found.shared_prefix:
            self.shared.show_text(_("No common class in Cilin."), muted=True)
        else:
            depth = LEVEL_ENDS.index(len(found.shared_prefix)) + 1
            path = " › ".join(heading for heading in found.headings if heading)
            level = _(_LEVELS[depth - 1])
            relation = {"=": _("synonyms in one set"), "#": _("related words in one set")}.get(
                found.relation or "", _("same Cilin {level}").format(level=level)
            )
            prefix = found.shared_prefix
            self.shared.show_text(f"{prefix}  {relation}  {path}", (Mark(0, len(prefix), "bold"),))

    def _show_english(self) -> None:
        """Show which English sets proposed the pair, with the words that were translated; else which would."""
        proposed = () if self._row is None else self._row.english_sets
        proposals = None if self._evidence is None else self._evidence.proposals
        sets = proposed or tuple(each.text for each in proposals or ())
        if sets:
            self.english.show_text("   ".join(visible(each).replace(" ", _TIED) for each in sets))
            self.english.setToolTip(plain_tip("\n".join(map(visible, sets))))
        elif self._evidence is None:
            self.english.show_text("")
        elif proposals is None:
            told = _("No English lexicon is installed; Sources ({key}) says how to get one.")
            self.english.show_text(told.format(key=key_name("F5")), muted=True)
        else:
            self.english.show_text(_("None."), muted=True)

    def _show_examples(self) -> None:
        examples: tuple[Example, ...] = () if self._evidence is None else self._evidence.examples
        for index, label in enumerate(self.examples):
            if index < len(examples):
                _show_example(label, examples[index])
            elif index == 0:
                nothing = _("No sentence in the corpora contains either word.") if self._evidence else self._waiting
                label.show_text(nothing, muted=True)
            else:
                label.show_text("")
            # Hidden only while others are shown: hiding and showing at each card would cost more than drawing.
            if self._evidence is not None:
                label.setVisible(index == 0 or index < len(examples))


def _show_example(label: MarkedText, example: Example) -> None:
    spans: tuple[tuple[MarkKind, tuple[tuple[int, int], ...]], ...] = (
        ("one", example.spans1),
        ("two", example.spans2),
    )
    marks = [Mark(start, end, kind) for kind, places in spans for start, end in places]
    label.show_text(example.text, tuple(sorted(marks, key=lambda each: each.start)))
    label.setToolTip(plain_tip(example.corpus))
