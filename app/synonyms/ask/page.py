"""Ask a word: the article's lesson on one page. Whatever a method puts beside a word, it is not synonyms alone."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from app.actions import Actions, key_name
from app.page import Explanation
from app.sentence import Sentence
from app.style import set_style
from app.synonyms.ask.asking import Asking
from app.synonyms.ask.column import columns_of, scores_of
from app.synonyms.ask.columns import NeighbourColumns
from app.synonyms.ask.sidebar import EXAMPLES, AskSidebar
from app.synonyms.ask.status_bar import AskStatusBar
from app.synonyms.ask.threshold import Measure, Threshold
from app.synonyms.methods.stage import Stage
from app.synonyms.page import SynonymsPage
from app.synonyms.workspace import Workspace
from app.theme import Theme
from app.widgets.control_state import ScrollPlace, is_number, restore_controls, save_controls
from app.widgets.plain import PlainLabel
from core.language import N_, _, ngettext
from core.synonyms.asking.config import Near
from core.synonyms.asking.queueing import candidates_of
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import SynonymsError, clean_word
from core.visible import visible


class AskPage(SynonymsPage):
    """A word, its neighbours by several methods, and a line among them."""

    page_id = "synonyms.ask"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        look = workspace.look
        super().__init__(look, parent)
        self.session = workspace.session
        self.sidebar: AskSidebar = AskSidebar(look)
        self.status_bar: AskStatusBar = AskStatusBar(look)
        self._wishes = workspace.wishes
        self._wishes.word.connect(self._on_wished)
        self.asking = Asking(workspace.background, self.session, self)
        self.threshold = Threshold()
        self._before: list[str] = []
        self.name, self.facts = PlainLabel(), PlainLabel()
        self.facts.setWordWrap(True)
        set_style(self.name, kind="display")
        set_style(self.facts, kind="muted")
        self.columns = NeighbourColumns(look)
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._scroll = scroll = QScrollArea()
        self._lay_out(scroll)
        self.scroll_bar = self._bar = scroll.verticalScrollBar()
        self._place = ScrollPlace(self._bar, self)
        self._connect()
        self.symbol_links.add("u", self.name)
        self.columns.link_symbols(self.symbol_links)
        self._retranslate()
        self._restyle(look.theme.theme)

    def _lay_out(self, scroll: QScrollArea) -> None:
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.columns)
        self._content = QWidget()
        self._content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_style(self._content, stage=True)
        self._column = QVBoxLayout(self._content)
        self._column.addWidget(self.name, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self.facts)
        self._column.addWidget(scroll, 1)
        self.stage = Stage(self.look, self._content)
        self.empty = self.stage.empty
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stage)

    def _connect(self) -> None:
        self.sidebar.asked.connect(self.ask)
        self.sidebar.chosen.connect(self._on_chosen)
        self.sidebar.measured.connect(self._on_measured)
        self.columns.asked.connect(self.ask)
        self.columns.why_asked.connect(self._on_why)
        self.columns.line_moved.connect(self._on_line)
        self.columns.moved.connect(self._on_current)
        self._bar.valueChanged.connect(self.columns.scroll_to)
        self.asking.changed.connect(self._show)
        self.asking.labelled.connect(self._show)
        self.status_bar.sent.connect(self.send)
        self.empty.pressed.connect(self._on_suggestion)
        self.session.look_up.forgotten.connect(self._on_material)

    def connect_actions(self, actions: Actions) -> None:
        """Let keys move the lines and go back."""
        actions.on("syn_ask_lower", partial(self.move_lines, 1))
        actions.on("syn_ask_raise", partial(self.move_lines, -1))
        actions.on("syn_ask_back", self.go_back)
        actions.on("syn_ask_why", self.columns.ask_why)

    def entered(self) -> None:
        """Ask the word again where nothing is known of it yet; at the very first, an example."""
        word = self.asking.word or EXAMPLES[0]
        self.asking.ask(word, self.sidebar.chosen_methods(), self.session.look_up.material)
        self.sidebar.word.setText(word)

    @Slot(str)
    def ask(self, word: str) -> None:
        """Ask ``word``."""
        word = clean_word(word)
        if not word:
            return
        former = self.asking.word
        if former and former != word:
            self._before.append(former)
        self._turn_to(word)

    @Slot(str)
    def _on_wished(self, word: str) -> None:
        """Another page wants a word to be asked."""
        self.ask(word)
        self.page_wanted.emit(self.page_id, "")

    @Slot(str, str)
    def _on_why(self, method: str, word: str) -> None:
        """Another page says why a method puts a word beside the one that is asked."""
        self._wishes.pair.emit(self.asking.word, word, method)

    @Slot()
    def go_back(self) -> None:
        """Ask the word before."""
        if self._before:
            self._turn_to(self._before.pop())

    def _turn_to(self, word: str) -> None:
        self.sidebar.word.setText(word)
        self.columns.current = (0, 0)
        self._bar.setValue(0)
        self.asking.ask(word, self.sidebar.chosen_methods(), self.session.look_up.material)

    def turn(self, by: int) -> None:
        """Move the lines down or up: one more word, or one less, is taken for a synonym."""
        self.move_lines(by)

    @property
    def is_busy(self) -> bool:
        """Whether more is to come of what is asked."""
        return self.asking.is_asking

    def take_focus(self) -> None:
        """Give the keyboard to the neighbours while they are seen: hidden, they would keep it from every field."""
        if self.stage.has_content:
            self.columns.setFocus()
        else:
            self.setFocus()

    def move_lines(self, by: int) -> None:
        """Move all lines one place down (1) or up (-1)."""
        scores = {method: scores_of(answer) for method, answer in self.asking.answers.items()}
        self.threshold.step({name: scores[name] for name in self.asking.methods if name in scores}, by)
        self._show()

    @Slot()
    def send(self) -> None:
        """Put the pairs above the line into the store, for the labelling queue."""
        store, about = self.session.store, self.asking.about
        if store is None or about is None:
            text = N_("No store is open. Open one under Sources ({key}).")
            self.message.emit("error", Sentence(text, {"key": key_name("F5")}))
            return
        batch = candidates_of(about, self._above())
        self.session.calls.call(partial(store.add, batch), partial(self._say_sent, len(batch)), self._say_failed)

    def _say_sent(self, pairs: int, added: int) -> None:
        text = ngettext("{n:,} pair sent, {added:,} new in the store.", "{n:,} pairs sent, {added:,} new in the store.",
                        pairs)  # fmt: skip
        self.message.emit("success", text.format(n=pairs, added=added))
        self.session.renew()

    def _say_failed(self, error: SynonymsError) -> None:
        self.message.emit("error", str(error))

    def _above(self) -> list[tuple[str, Near]]:
        """Return the methods with the words above their lines."""
        return [(column.method, row.near) for column in self.columns.columns for row in column.rows[: column.above]]

    # What is shown

    @Slot()
    def _show(self) -> None:
        self.columns.show_columns(columns_of(self.asking, self.threshold))
        self._show_reason()
        self.name.setText(visible(self.asking.word))
        self.facts.setText(self._facts())
        self.status_bar.show_pairs(len({near.word for _method, near in self._above()}))
        self.explanation_changed.emit()

    def _show_reason(self) -> None:
        """Say what is missing, in place of neighbours."""
        asking, reason, detail, button = self.asking, "", "", ""
        if asking.has_failed:
            reason = _("The word could not be looked at. Press {key} to try again.").format(key=key_name("F7"))
        elif asking.about is None:
            reason = asking.reading or _("Reading dictionaries and vectors…")
        elif asking.about.rank is None:
            reason = _("{word} has no vector: nobody knows its neighbours.").format(word=visible(asking.word))
            if near := asking.about.suggestion:
                detail = _("The most similar spelling that has one is {word}.").format(word=visible(near))
                button = _("Ask {word}").format(word=visible(near))
        elif not asking.methods:
            reason = _("Choose at least one method.")
        if reason:
            self.stage.say(reason, detail, button)
        else:
            self.stage.show_content()

    def _facts(self) -> str:
        about = self.asking.about
        if about is None or about.rank is None:
            return ""
        n = len(about.synonyms)
        listed = ngettext("{n:,} synonym in Cilin", "{n:,} synonyms in Cilin", n).format(n=n)
        rank = _("frequency rank {rank}").format(rank=f"{about.rank:,}")
        return "   ·   ".join(filter(None, (rank, "  ".join(about.codes) or _("not in the thesaurus"), listed)))

    def _retranslate(self) -> None:
        self._show()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(em(1), em(0.5), em(0.5), 0)
        self._column.setSpacing(em(0.25))

    # What hands do

    @Slot()
    def _on_chosen(self) -> None:
        if self.asking.word:
            self.asking.ask(self.asking.word, self.sidebar.chosen_methods(), self.session.look_up.material)

    @Slot()
    def _on_measured(self) -> None:
        measure = self.sidebar.measure.value
        assert isinstance(measure, Measure)
        self.threshold.measure = measure
        self._show()

    @Slot(str, int)
    def _on_line(self, method: str, above: int) -> None:
        self.threshold.move(method, scores_of(self.asking.answers[method]), above)
        self._show()

    @Slot()
    def _on_current(self) -> None:
        rect = self.columns.rect_of_current().toAlignedRect()
        self._scroll.ensureVisible(rect.center().x(), rect.bottom(), 0, 0)
        self._scroll.ensureVisible(rect.center().x(), rect.top(), 0, 0)

    @Slot()
    def _on_suggestion(self) -> None:
        if self.asking.about is not None and self.asking.about.suggestion:
            self.ask(self.asking.about.suggestion)

    @Slot()
    def _on_material(self) -> None:
        """Words are looked up in other material now."""
        self.asking.forget()
        if self.isVisible():
            self.entered()

    # What the panel says, and what is brought back

    def explain(self) -> Explanation:
        """Return the word, and precision, recall and threshold of the column the keyboard is on."""
        values: dict[str, str] = {}
        if self.asking.word:
            values["u"] = visible(self.asking.word)
        columns, (column, row) = self.columns.columns, self.columns.current
        if column < len(columns) and columns[column].rows:
            shown = columns[column]
            if row < len(shown.rows):
                values["v_word"] = visible(shown.rows[row].near.word)
            values |= {
                name: f"{value:.2f}".replace("-", "−")
                for name, value in (("P", shown.precision), ("recall", shown.recall), ("tau", shown.threshold))
                if value is not None
            }
        return Explanation(self.page_id, values)

    def save_state(self) -> dict[str, Any]:
        """Return the word, the methods, the lines, and the place."""
        return {
            "word": self.asking.word,
            "before": self._before[-20:],
            "controls": save_controls(self.sidebar.controls()),
            "scores": dict(self.threshold.scores),
            "count": self.threshold.count,
            "current": list(self.columns.current),
            "scroll": self._place.save(),
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Ask the word as it was asked."""
        restore_controls(self.sidebar.controls(), state.get("controls"))
        measure = self.sidebar.measure.value
        assert isinstance(measure, Measure)
        self.threshold.measure = measure
        scores, count, word = state.get("scores"), state.get("count"), state.get("word")
        if isinstance(scores, Mapping):
            self.threshold.scores = {
                name: float(value) for name, value in scores.items() if name in METHODS and is_number(value)
            }
        if is_number(count):
            self.threshold.count = max(0, int(count))
        before = state.get("before")
        if isinstance(before, list) and all(isinstance(each, str) for each in before):
            self._before = list(before)
        if isinstance(word, str) and word == clean_word(word):
            self.sidebar.word.setText(word)
            self.asking.ask(word, self.sidebar.chosen_methods(), self.session.look_up.material)
        current = state.get("current")
        if isinstance(current, list) and len(current) == 2 and all(is_number(n) and n >= 0 for n in current):
            self.columns.current = int(current[0]), int(current[1])
        self._place.restore(state.get("scroll"))
        self._show()

    def save_settings(self) -> dict[str, Any]:
        """Return the methods, the lines and the word, for the next start."""
        return {"ask": self.save_state()}

    def restore_settings(self, remembered: Mapping[str, Any]) -> None:
        """Take up methods, lines and word; the word is asked when the page is opened."""
        kept = remembered.get("ask")
        if isinstance(kept, Mapping):
            self.restore_state({name: value for name, value in kept.items() if name != "word"})
            word = kept.get("word")
            if isinstance(word, str) and word == clean_word(word):
                self.asking.word = word
