"""What methods make of the store's labels: average precision before and after, and the pairs that moved most."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.actions import key_name
from app.panel import Look, Panel
from app.style import set_style
from app.synonyms.methods.moved_pairs import MovedPairs
from app.synonyms.methods.retraining import Retraining
from app.synonyms.methods.stage import Stage
from app.theme import Theme
from app.widgets.plain import PlainLabel
from app.widgets.tables.text_table import TextTable
from core.language import N_, _
from core.synonyms.methods.registry import METHODS
from core.synonyms.retraining.config import Interval, Retrained

_TITLES = (N_("Method"), N_("AP before"), N_("AP after"), N_("Gain"))


class LabelsView(Panel):
    """A row a method; the two lists belong to the row that is chosen.

    Attributes:
        method: whose pairs are shown; empty before anything is known.

    Signals:
        wanted: the chosen methods are to learn from the labels.
        asked: a pair was clicked; its words and the method.
    """

    wanted = Signal()
    asked = Signal(str, str, str)

    def __init__(self, look: Look, retraining: Retraining, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._retraining = retraining
        self.method = ""
        self._has_store = False
        self.facts = PlainLabel()
        self.facts.setWordWrap(True)
        set_style(self.facts, kind="muted")
        self.table = TextTable(look, N_("What the labels bring"), _TITLES, frozenset({1, 2, 3}))
        self.risen, self.fallen = MovedPairs(look, N_("Rose most")), MovedPairs(look, N_("Fell most"))
        content = QWidget()
        content.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        set_style(content, stage=True)
        self._lists = QHBoxLayout()
        for widget in (self.risen, self.fallen):
            self._lists.addWidget(widget, 1)
            widget.asked.connect(self._on_asked)
        self._column = QVBoxLayout(content)
        self._column.addWidget(self.table)
        self._column.addWidget(self.facts)
        self._column.addLayout(self._lists, 1)
        self.stage = Stage(look, content)
        self.stage.empty.pressed.connect(self.wanted)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.stage)
        self.table.view.clicked.connect(self._on_row)
        retraining.changed.connect(self._show)
        self._retranslate()
        self._restyle(look.theme.theme)

    def show_store(self, *, is_open: bool) -> None:
        """Say whether there is a store whose labels could be learnt from."""
        self._has_store = is_open
        self._show()

    @property
    def _results(self) -> list[Retrained]:
        return [self._retraining.results[name] for name in METHODS if name in self._retraining.results]

    @Slot()
    def _show(self) -> None:
        results, retraining = self._results, self._retraining
        if results:
            if self.method not in retraining.results:
                self.method = results[0].method
            self.table.show_rows([_row(each) for each in results])
            shown = retraining.results[self.method]
            self.table.view.selectRow(results.index(shown))
            self.facts.setText(_facts(shown))
            self.risen.show_pairs(shown.risen)
            self.fallen.show_pairs(shown.fallen)
            self.stage.show_content()
        elif retraining.is_working:
            self.stage.say(retraining.words(), parts=(round(1000 * retraining.share), 1000))
        elif not self._has_store:
            self.stage.say(_("No store is open. Open one under Sources ({key}).").format(key=key_name("F5")))
        else:
            reason = _("What would the methods gain from what was judged in this store?")
            detail = _(
                "Each learns twice, with your labels and without; three in ten are only asked about. Those of others "
                "are used while you settle disputes."
            )
            self.stage.say(reason, detail, _("Learn from labels"))

    @Slot()
    def _on_row(self) -> None:
        row = self.table.view.currentIndex().row()
        if 0 <= row < len(self._results):
            self.method = self._results[row].method
            self._show()

    @Slot(str, str)
    def _on_asked(self, one: str, other: str) -> None:
        self.asked.emit(one, other, self.method)

    def _retranslate(self) -> None:
        self.table.model.retranslate()
        self._show()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._column.setSpacing(em(0.5))
        self._lists.setSpacing(em(1.5))


def _row(each: Retrained) -> tuple[str, ...]:
    return (METHODS[each.method].label, _interval(each.before), _interval(each.after), _signed(each.gain))


def _interval(figure: Interval) -> str:
    return f"{figure.value:.3f}  ({figure.low:.3f}–{figure.high:.3f})"


def _signed(figure: Interval) -> str:
    value, low, high = (f"{each:+.3f}".replace("-", "−") for each in (figure.value, figure.low, figure.high))
    return f"{value}  ({_('{low} to {high}').format(low=low, high=high)})"


def _facts(each: Retrained) -> str:
    labels = each.labels
    words = _("Learnt from {taught:,} labels ({synonyms:,} of synonyms); asked about {held_out:,} that share no word "
              "with them, {base:.0%} of synonyms. Below: places among all {pairs:,} pairs of the store, and scores: "
              "the upper bar before, the lower one after.")  # fmt: skip
    return words.format(
        taught=labels.taught, synonyms=labels.taught_synonyms, held_out=labels.held_out, base=each.base_rate,
        pairs=len(each.ids),
    )  # fmt: skip
