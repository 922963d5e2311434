"""Why this pair: what one method has to say for its score, in its own manner."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeGuard

from PySide6.QtCore import QRectF, Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions import Actions, key_name
from app.page import Explanation
from app.style import set_style
from app.synonyms.ask.painter import two_places
from app.synonyms.methods.stage import Stage
from app.synonyms.page import SynonymsPage
from app.synonyms.relation_style import RELATION_LOOKS
from app.synonyms.why.asked import AskedPair
from app.synonyms.why.bars_panel import BarsPanel
from app.synonyms.why.map_panel import MapPanel
from app.synonyms.why.sentences import SentencesPanel
from app.synonyms.why.sidebar import EXAMPLES, WhySidebar
from app.synonyms.why.status_bar import WhyStatusBar
from app.synonyms.workspace import Workspace
from app.theme import Theme
from app.widgets.big_number import UNKNOWN, BigNumber
from app.widgets.control_state import is_number
from app.widgets.plain import PlainLabel
from core.language import N_, _
from core.synonyms.asking.config import AskedWord
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import clean_word
from core.synonyms.why.reasons import EXPLAINED, Contributions, FoundPatterns, Manner, NeighbourMap, WeighedSentences
from core.visible import visible


class WhyPage(SynonymsPage):
    """Two words, and why a method scores them as it does."""

    page_id = "synonyms.why"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        look = workspace.look
        super().__init__(look, parent)
        self.session, self._wishes = workspace.session, workspace.wishes
        self.sidebar: WhySidebar = WhySidebar(look)
        self.status_bar: WhyStatusBar = WhyStatusBar(look)
        self.asked = AskedPair(workspace.background, self.session, self)
        self.names = (PlainLabel(), PlainLabel())
        self.between, self.facts = PlainLabel("/"), PlainLabel()
        self.score = BigNumber(look, N_("Score"), N_("What the method says of the pair."))
        self.map, self.sentences, self.bars = MapPanel(look), SentencesPanel(look), BarsPanel(look)
        self.manners: dict[Manner, QWidget] = {
            Manner.MAP: self.map, Manner.SENTENCES: self.sentences, Manner.PATTERNS: self.bars,
            Manner.FEATURES: self.bars,
        }  # fmt: skip
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._lay_out()
        self._connect(workspace)
        self._link_symbols()
        self._retranslate()
        self._restyle(look.theme.theme)

    def _lay_out(self) -> None:
        content = QWidget()
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_style(content, stage=True)
        self._line, self._head = QHBoxLayout(), QHBoxLayout()
        for label in (self.names[0], self.between, self.names[1]):
            set_style(label, kind="display")
            self._line.addWidget(label)
        self._line.addStretch()
        self._titles = QVBoxLayout()
        self._titles.addLayout(self._line)
        self._titles.addWidget(self.facts)
        self.facts.setWordWrap(True)
        set_style(self.facts, kind="muted")
        self._head.addLayout(self._titles, 1)
        self._head.addWidget(self.score, 0, Qt.AlignmentFlag.AlignTop)
        self._about = QWidget()
        self._about.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_style(self._about, stage=True)
        self._about.setLayout(self._head)
        self._column = QVBoxLayout(content)
        for panel in (self.map, self.sentences, self.bars):
            panel.hide()
            self._column.addWidget(panel, 1)
        self.stage = Stage(self.look, content)
        self.empty = self.stage.empty
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(0)
        outer.addWidget(self._about)
        outer.addWidget(self.stage, 1)

    def _connect(self, workspace: Workspace) -> None:
        workspace.wishes.pair.connect(self._on_wished)
        self.sidebar.asked.connect(self.ask)
        self.sidebar.chosen.connect(self._on_chosen)
        self.asked.changed.connect(self._show)
        self.map.map.asked.connect(workspace.wishes.word)
        self.map.played.connect(self._on_played)
        self.status_bar.asked.connect(workspace.wishes.word)
        self.empty.pressed.connect(self._on_empty_pressed)
        self.session.look_up.forgotten.connect(self._on_material)

    def _link_symbols(self) -> None:
        for symbol, label in zip(("u", "v_word"), self.names, strict=True):
            self.symbol_links.add(symbol, label)
        self.map.map.link_symbols(self.symbol_links)
        self.sentences.link_symbols(self.symbol_links)
        self.bars.bars.link_symbols(self.symbol_links)
        self.symbol_links.add("cos", self.score, self._cosine_rects)

    def _cosine_rects(self) -> tuple[QRectF, ...]:
        """Return where the pair's cosine stands: where a map is shown, the score is one."""
        is_cosine = isinstance(self.asked.reason, NeighbourMap)
        return (QRectF(self.score.rect()),) if is_cosine else ()

    def connect_actions(self, actions: Actions) -> None:
        """Let a key play the map."""
        actions.on("syn_why_play", self._on_played)

    def entered(self) -> None:
        """Ask again where nothing is known of the pair yet; at the very first, about an example."""
        words = self.asked.words if all(self.asked.words) else EXAMPLES[0]
        self._turn_to(words)

    def left(self) -> None:
        """Nothing moves that nobody sees."""
        self.hold()

    def hold(self) -> None:
        """Let the map stand still."""
        self.map.map.stop()

    def turn(self, by: int) -> None:
        """Move the map to after (1) or to before (-1); scroll what is no map."""
        if EXPLAINED[self.sidebar.method] is Manner.MAP:
            self.map.map.play(1.0 if by > 0 else 0.0)
        else:
            panel = self.sentences if EXPLAINED[self.sidebar.method] is Manner.SENTENCES else self.bars
            self.scroll_bar = panel.scroll_bar
            super().turn(by)

    @Slot(str, str)
    def ask(self, one: str, other: str) -> None:
        """Ask why the method that is chosen scores these words as it does."""
        words = clean_word(one), clean_word(other)
        if all(words) and words[0] != words[1]:
            self._turn_to(words)

    @Slot(str, str, str)
    def _on_wished(self, one: str, other: str, method: str) -> None:
        """Another page wants to know why."""
        self.sidebar.choose(method)
        self.ask(one, other)
        self.page_wanted.emit(self.page_id, "")

    def _turn_to(self, words: tuple[str, str], *, learn: bool = False) -> None:
        words = min(words), max(words)  # as pairs are kept
        self.sidebar.show_words(words)
        self.asked.ask(words, self.sidebar.method, self.session.look_up.material, learn=learn)

    @property
    def is_busy(self) -> bool:
        """Whether a reason is on its way."""
        return self.asked.is_asking

    def learn(self) -> None:
        """Let the method learn, unless it has."""
        if self.asked.not_learnt is not None:
            self._turn_to(self.asked.words, learn=True)

    @Slot()
    def _on_chosen(self) -> None:
        if all(self.asked.words):
            self._turn_to(self.asked.words)

    @Slot()
    def _on_played(self) -> None:
        if isinstance(self.asked.reason, NeighbourMap):
            self.map.map.play()

    @Slot()
    def _on_material(self) -> None:
        """Words are looked at in other material now."""
        self.asked.forget()
        if self.isVisible():
            self.entered()

    @Slot()
    def _on_empty_pressed(self) -> None:
        """Let the method learn, or ask about a word that is known in place of one that is not."""
        unknown = self._unknown()
        if unknown is None:
            self.learn()
        elif unknown.suggestion:
            one, other = (unknown.suggestion if word == unknown.word else word for word in self.asked.words)
            self.ask(one, other)

    def _unknown(self) -> AskedWord | None:
        about = self.asked.about
        return None if about is None else next((word for word in about.words if word.rank is None), None)

    # What is shown

    @Slot()
    def _show(self) -> None:
        asked, reason = self.asked, self.asked.reason
        for label, word in zip(self.names, asked.words, strict=True):
            label.setText(visible(word))
        self._about.setVisible(all(asked.words))
        self.facts.setText(self._facts())
        self._show_score()
        self.map.show_map(reason if isinstance(reason, NeighbourMap) else None)
        self.sentences.show_sentences(reason if isinstance(reason, WeighedSentences) else None)
        self.bars.show_reason(reason if isinstance(reason, FoundPatterns | Contributions) else None)
        shown = self.manners[EXPLAINED[self.sidebar.method]]
        for panel in (self.map, self.sentences, self.bars):
            panel.setVisible(panel is shown)
        self.status_bar.show_pair(asked.words, asked.about)
        self._show_stage()
        self.explanation_changed.emit()

    def _show_stage(self) -> None:
        """Show the reason, or say what is missing in its place."""
        asked, unknown, method = self.asked, self._unknown(), METHODS[self.sidebar.method]
        if asked.reason is not None:
            self.stage.show_content()
        elif asked.has_failed:
            self.stage.say(_("It could not be said why. Press {key} to try again.").format(key=key_name("F10")))
        elif unknown is not None:
            reason = _("{word} has no vector: no method can be asked.").format(word=visible(unknown.word))
            detail = button = ""
            if near := visible(unknown.suggestion):
                detail = _("The most similar spelling that has one is {word}.").format(word=near)
                button = _("Ask about {word}").format(word=near)
            self.stage.say(reason, detail, button)
        elif asked.not_learnt is not None:
            reason = _("{method} is not trained yet, so it can't say why.").format(method=method.label)
            detail = _("It learns from Cilin's pairs once a session, in about {seconds:,.0f} s. How good it is stands "
                       "under Methods ({key}).")  # fmt: skip
            detail = detail.format(seconds=asked.not_learnt.seconds, key=key_name("F12"))
            self.stage.say(reason, detail, _("Let it learn"))
        elif not all(asked.words):
            self.stage.say(_("Type two words."))
        else:
            share = asked.learning.share
            parts = None if share is None else (round(1000 * share), 1000)
            named = "" if share is None else f"{method.label}: "
            self.stage.say(named + asked.learning.words, parts=parts)

    def _show_score(self) -> None:
        name, reason = self.sidebar.method, self.asked.reason
        if isinstance(reason, NeighbourMap):
            self.score.show_number(
                f"{two_places(reason.before)} → {two_places(reason.after)}", _("cosine, before → after")
            )
        elif reason is None:
            self.score.show_number(UNKNOWN, METHODS[name].label)
        else:
            self.score.show_number(
                f"{METHODS[name].shown(reason.score):.0%}", _("P(synonym), {method}").format(method=METHODS[name].label)
            )

    def _facts(self) -> str:
        about = self.asked.about
        if about is None:
            return ""
        told = [_("Dictionaries: {relation}").format(relation=_(RELATION_LOOKS[about.relation].word))]
        for word, seen in zip(about.words, about.seen or (), strict=False):
            told.append(
                (_("{word}: in pairs that were learnt") if seen else _("{word}: never met")).format(
                    word=visible(word.word)
                )
            )
        return "   ·   ".join(told)

    def _retranslate(self) -> None:
        self._show()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._head.setContentsMargins(em(1), em(0.5), em(1), 0)
        self._column.setContentsMargins(em(1), em(0.5), em(1), em(0.5))
        self._column.setSpacing(em(0.5))
        self._line.setSpacing(em(0.5))
        self._head.setSpacing(em(1))
        self._titles.setSpacing(em(0.25))

    # What the panel says, and what is brought back

    def explain(self) -> Explanation:
        """Return the words, and the figures of the method that is asked."""
        values: dict[str, str] = {}
        if all(self.asked.words):
            values |= dict(zip(("u", "v_word"), map(visible, self.asked.words), strict=True))
        match self.asked.reason:
            case NeighbourMap(before=before, after=after):
                values["cos"] = f"{two_places(before)} → {two_places(after)}"
            case WeighedSentences(mentions=mentions) if mentions:
                values["alpha_s"] = f"{mentions[0].weight:.2f}"
        return Explanation(self.page_id, values)

    def save_state(self) -> dict[str, Any]:
        """Return the pair, the method, and how far the map has moved."""
        return {"words": list(self.asked.words), "method": self.sidebar.method, "moved": self.map.map.position}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Ask as it was asked."""
        words, method, moved = state.get("words"), state.get("method"), state.get("moved")
        if isinstance(method, str):
            self.sidebar.choose(method)
        self.map.map.stop()
        if is_number(moved) and 0 <= moved <= 1:
            self.map.map.move_to(float(moved))
        if _are_words(words):
            self._turn_to((words[0], words[1]))
        elif words == ["", ""]:  # nothing had been asked yet
            self.asked.forget()
            self.asked.words = ("", "")
            self.sidebar.show_words(self.asked.words)
        elif all(self.asked.words):
            self._turn_to(self.asked.words)
        self._show()

    def save_settings(self) -> dict[str, Any]:
        """Return what was asked, for the next start."""
        return {"why": self.save_state()}

    def restore_settings(self, remembered: Mapping[str, Any]) -> None:
        """Take up what was asked; it is asked when the page is opened."""
        kept = remembered.get("why")
        if isinstance(kept, Mapping):
            if isinstance(method := kept.get("method"), str):
                self.sidebar.choose(method)
            if is_number(moved := kept.get("moved")) and 0 <= moved <= 1:
                self.map.map.move_to(float(moved))
            if _are_words(words := kept.get("words")):
                self.asked.words = min(words), max(words)


def _are_words(words: object) -> TypeGuard[list[str]]:
    """Return whether a JSON value is two different words, as they are kept."""
    return (
        isinstance(words, list)
        and len(words) == 2
        and all(isinstance(word, str) and word and word == clean_word(word) for word in words)
        and words[0] != words[1]
    )
