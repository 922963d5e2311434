"""Methods: which are measured on what, their table and curves, and a threshold that shows what it costs."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from app.actions import Actions, key_name
from app.explain.columns import link_columns
from app.page import Explanation
from app.sentence import Sentence
from app.style import set_style
from app.synonyms.ask.painter import two_places
from app.synonyms.methods.border import Border
from app.synonyms.methods.curves import CurvesPlot
from app.synonyms.methods.exporter import CurvesPicture, ask_where_to_save, save_results
from app.synonyms.methods.labels_view import LabelsView
from app.synonyms.methods.measuring import Measuring
from app.synonyms.methods.retraining import Retraining
from app.synonyms.methods.scoring import Scoring
from app.synonyms.methods.sidebar import MethodsSidebar
from app.synonyms.methods.stage import Stage
from app.synonyms.methods.status_bar import MethodsStatusBar
from app.synonyms.methods.table import OPEN_AP, MethodsTable
from app.synonyms.page import SynonymsPage
from app.synonyms.workspace import Workspace
from app.theme import Theme
from app.widgets.big_number import UNKNOWN, BigNumber
from app.widgets.control_state import is_number, restore_controls, save_controls
from core.language import N_, _, ngettext
from core.synonyms.evaluation.results.ranking import Ranking
from core.synonyms.evaluation.split import Protocol
from core.synonyms.methods.registry import METHODS
from core.synonyms.pairs import Candidate, SynonymsError
from core.synonyms.retraining.config import NOT_FROM_LABELS

_STEP = 0.05
"""How far a key moves the line."""
_USUAL_RECALL = 0.2
_COLUMNS = {"AP": OPEN_AP}


class MethodsPage(SynonymsPage):
    """Every method on the same pairs."""

    page_id = "synonyms.methods"

    def __init__(self, workspace: Workspace, parent: QWidget | None = None) -> None:
        look = workspace.look
        super().__init__(look, parent)
        self.session, self._wishes = workspace.session, workspace.wishes
        self.sidebar: MethodsSidebar = MethodsSidebar(look)
        self.status_bar: MethodsStatusBar = MethodsStatusBar(look)
        self.measuring = Measuring(workspace.background, self)
        self.scoring = Scoring(workspace.background, self.session, self)
        self.retraining = Retraining(workspace.background, self.session, self)
        self.labels = LabelsView(look, self.retraining)
        self.recall = _USUAL_RECALL
        self.table, self.curves, self.border = MethodsTable(look), CurvesPlot(look), Border(look)
        self.precision = BigNumber(look, N_("Precision"), N_("Of the pairs above the line, the share of synonyms."))
        self.found = BigNumber(look, N_("Recall"), N_("Of all synonyms, the share above the line."))
        self.threshold = BigNumber(look, N_("Threshold"), N_("The least score above the line."))
        self._lay_out()
        self._connect()
        for symbol, widget in (("P", self.precision), ("recall", self.found), ("tau", self.threshold)):
            self.symbol_links.add(symbol, widget)
        link_columns(self.symbol_links, self.table, tuple(_COLUMNS), _COLUMNS.__getitem__)
        self._retranslate()
        self._restyle(look.theme.theme)

    def _lay_out(self) -> None:
        content = QWidget()
        self._numbers, self._beside, self._right = QHBoxLayout(), QHBoxLayout(), QVBoxLayout()
        for number in (self.precision, self.found, self.threshold):
            self._numbers.addWidget(number, 1, Qt.AlignmentFlag.AlignTop)
        self._right.addLayout(self._numbers)
        self._right.addWidget(self.border, 1)
        self._beside.addWidget(self.curves, 3)
        self._beside.addLayout(self._right, 2)
        self._column = QVBoxLayout(content)
        self._column.addWidget(self.table, 2)
        self._column.addLayout(self._beside, 3)
        set_style(content, stage=True)
        self.stage = Stage(self.look, content)
        self.empty = self.stage.empty
        self._pictures = QStackedWidget()
        for picture in (self.stage, self.labels):
            self._pictures.addWidget(picture)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self._pictures)

    def _connect(self) -> None:
        self.measuring.changed.connect(self._show)
        self.measuring.failed.connect(self._on_failed)
        self.measuring.faulty.connect(self._on_faulty)
        self.sidebar.protocol_chosen.connect(self._show)
        self.sidebar.edited.connect(self._show_state)
        self.sidebar.shown_chosen.connect(self._show)
        self.retraining.changed.connect(self._show_state)
        self.retraining.said.connect(self.message)
        self.labels.wanted.connect(self.run)
        self.labels.asked.connect(self._wishes.pair)
        self.sidebar.score_wanted.connect(self._on_score)
        self.scoring.changed.connect(self._show_scoring)
        self.scoring.said.connect(self.message)
        self.table.chosen.connect(self._show_curves)
        self.curves.moved.connect(self.move_to)
        self.border.asked.connect(self._on_pair_asked)
        self.status_bar.run_wanted.connect(self.run)
        self.status_bar.again_wanted.connect(partial(self.run, again=True))
        self.status_bar.export_wanted.connect(self._on_export)
        self.status_bar.send_wanted.connect(self.send)
        self.empty.pressed.connect(self.run)

    def connect_actions(self, actions: Actions) -> None:
        """Let keys move the threshold."""
        actions.on("syn_methods_lower", partial(self.turn, 1))
        actions.on("syn_methods_raise", partial(self.turn, -1))

    def entered(self) -> None:
        """Show what is kept."""
        self.measuring.read()

    @Slot()
    def run(self, *, again: bool = False) -> None:
        """Measure what is chosen, or let it learn from the labels; stop where something is under way."""
        for work in (self.measuring, self.retraining):
            if work.is_working:
                work.stop()
                return
        if self.sidebar.shows_labels:
            methods, seed = self.sidebar.chosen_methods(), self.sidebar.seed.value()
            self.retraining.start(methods, seed=seed, enter=self.sidebar.enter.isChecked())
            return
        try:
            self.measuring.start(self.sidebar.config(), again=again)
        except SynonymsError as error:
            self.message.emit("error", str(error))

    def turn(self, by: int) -> None:
        """Lower the threshold, so that more is found (1), or raise it (-1)."""
        self.move_to(self.recall + by * _STEP)

    @Slot(float)
    def move_to(self, recall: float) -> None:
        """Put the line where the share ``recall`` of the synonyms is found."""
        self.recall = max(0.0, min(1.0, recall))
        self._show_place()

    def _ranking(self) -> Ranking | None:
        return self.measuring.ranking(self.table.method, self.sidebar.chosen_protocol())

    # What is shown

    @Slot()
    def _show(self) -> None:
        self.table.show_measured(self.measuring.measured, self.sidebar.chosen_protocol())
        self._show_state()
        self._show_curves()

    @Slot()
    def _show_state(self) -> None:
        measuring = self.measuring
        known = {each.method for each in measuring.measured}
        chosen = self.sidebar.chosen_methods()
        self._pictures.setCurrentWidget(self.labels if self.sidebar.shows_labels else self.stage)
        self.sidebar.show_choices()
        self.labels.show_store(is_open=self.session.store is not None)
        if self.retraining.is_working or (self.sidebar.shows_labels and not measuring.is_working):
            can_start = self.session.store is not None and not set(chosen) <= set(NOT_FROM_LABELS)
            self.status_bar.show_retraining(self.retraining, can_start=can_start)
        else:
            missing = sum(name not in known for name in chosen)
            self.status_bar.show_state(measuring, missing=missing, told=self._facts())
        if known:
            self.stage.show_content()
            return
        if measuring.is_working:
            parts = (round(1000 * measuring.share), 1000)
            self.stage.say(measuring.words(), parts=parts)
        else:
            minutes = max(1, round(sum(2 * METHODS[name].cost for name in chosen) / 60))
            detail = ngettext("All chosen methods take about {n} minute.", "All chosen methods take about {n} minutes.",
                              minutes)  # fmt: skip
            reason = _("No method has been measured yet.")
            self.stage.say(reason, detail.format(n=minutes), _("Measure"))

    def _facts(self) -> str:
        material = self.measuring.material
        if material is None:
            return ""
        words = _("{pairs:,} test pairs, {base:.0%} of them synonyms")
        return words.format(pairs=material.test_pairs, base=material.base_rate)

    @Slot()
    def _show_curves(self) -> None:
        material, protocol = self.measuring.material, self.sidebar.chosen_protocol()
        if material is None:
            self._show_scoring()
            return
        rankings = {
            each.method: ranking
            for each in self.measuring.measured
            if (ranking := self.measuring.ranking(each.method, protocol)) is not None
        }
        closure = material.closure_ap if protocol is Protocol.CLOSED else None
        self.curves.show_rankings(rankings, self.table.method, material.base_rate, closure)
        self._show_place()

    @Slot()
    def _show_scoring(self) -> None:
        method = self.table.method
        self.sidebar.show_scoring(METHODS[method].label if method else "", self.scoring.words())

    @Slot()
    def _on_score(self) -> None:
        """Score the pairs of the store by the current method; stop where that is under way."""
        if self.scoring.is_working:
            self.scoring.stop()
        elif self.session.store is None:
            text = N_("No store is open. Open one under Sources ({key}).")
            self.message.emit("error", Sentence(text, {"key": key_name("F5")}))
        else:
            self.scoring.start(self.table.method)

    def _show_place(self) -> None:
        self._show_scoring()
        ranking = self._ranking()
        self.curves.show_recall(self.recall)
        place = 0 if ranking is None else ranking.place_of(self.recall)
        self.border.show_place(self.table.method, ranking, place)
        if ranking is None:
            for number in (self.precision, self.found, self.threshold):
                number.show_number(UNKNOWN, "")
        else:
            pairs, found = int(ranking.places[place]), int(ranking.found[place])
            self.precision.show_number(f"{ranking.precision[place]:.0%}", f"{found:,} / {pairs:,}")
            self.found.show_number(f"{ranking.recall[place]:.0%}", f"{found:,} / {int(ranking.found[-1]):,}")
            row = METHODS[self.table.method]
            self.threshold.show_number(two_places(row.shown(ranking.threshold(place))), row.label)
        self.explanation_changed.emit()

    def _retranslate(self) -> None:
        self._show()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._column.setSpacing(em(0.5))
        self._beside.setSpacing(em(1))
        self._right.setSpacing(em(0.5))
        self._numbers.setSpacing(em(0.75))

    # What leaves the page

    @Slot()
    def send(self) -> None:
        """Put the pairs around the threshold into the store, for the labelling queue."""
        store, ranking = self.session.store, self._ranking()
        if store is None or ranking is None:
            text = N_("No store is open. Open one under Sources ({key}).")
            self.message.emit("error", Sentence(text, {"key": key_name("F5")}))
            return
        method = self.table.method
        scores = self._scores(method)
        batch = [
            Candidate(*ranking.test.pairs[row], {method: METHODS[method].shown(scores[row])}, sources=(method,))
            for row, _above in self.border.rows
        ]
        self.session.calls.call(partial(store.add, batch), partial(self._say_sent, len(batch)), self._say_failed)

    def _scores(self, method: str) -> list[float]:
        of = next(each for each in self.measuring.measured if each.method == method)
        scores: list[float] = of.scores[self.sidebar.chosen_protocol()].tolist()
        return scores

    def _say_sent(self, pairs: int, added: int) -> None:
        text = ngettext("{n:,} pair sent, {added:,} new in the store.", "{n:,} pairs sent, {added:,} new in the store.",
                        pairs)  # fmt: skip
        self.message.emit("success", text.format(n=pairs, added=added))
        self.session.renew()

    def _say_failed(self, error: SynonymsError) -> None:
        self.message.emit("error", str(error))

    @Slot()
    def _on_export(self) -> None:
        ask_where_to_save(self, self.sidebar.config(), self.save)

    def save(self, path: Path) -> None:
        """Write the results to ``path``, as the ending of its name says."""
        titles = {Protocol.OPEN: _("Open: words never seen"), Protocol.CLOSED: _("Closed: pairs never seen")}
        caption = [titles[self.sidebar.chosen_protocol()], self._facts()]
        try:
            save_results(
                path, self.measuring, self.sidebar.config(), lambda: CurvesPicture(self.look, self.curves, caption)
            )
        except SynonymsError as error:
            self.message.emit("error", str(error))
        else:
            self.message.emit("success", Sentence(N_("Saved as {path}."), {"path": path}))

    @Slot(str, str)
    def _on_pair_asked(self, one: str, other: str) -> None:
        """Say why: by the method of the table, if it can."""
        self._wishes.pair.emit(one, other, self.table.method)

    @Slot(object)
    def _on_failed(self, text: object) -> None:
        self.message.emit("error", text)

    @Slot(object)
    def _on_faulty(self, text: object) -> None:
        self.message.emit("warning", text)

    # What the panel says, and what is brought back

    def explain(self) -> Explanation:
        """Return precision, recall, threshold and average precision of the current method."""
        ranking, protocol = self._ranking(), self.sidebar.chosen_protocol()
        if ranking is None or self.sidebar.shows_labels:
            return Explanation(self.page_id)
        place = ranking.place_of(self.recall)
        of = next(each for each in self.measuring.measured if each.method == self.table.method)
        values = {
            "P": f"{ranking.precision[place]:.2f}",
            "recall": f"{ranking.recall[place]:.2f}",
            "tau": two_places(METHODS[self.table.method].shown(ranking.threshold(place))),
            "AP": f"{of.figures[protocol].ap:.3f}",
        }
        return Explanation(self.page_id, values)

    def save_state(self) -> dict[str, Any]:
        """Return the choices, the current method, how the table is sorted, and where the line stands."""
        head = self.table.horizontalHeader()
        return {
            "controls": save_controls(self.sidebar.controls()),
            "method": self.table.wanted,
            "sorted": [head.sortIndicatorSection(), head.sortIndicatorOrder().value],
            "recall": self.recall,
        }

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Bring choices, table and line back."""
        restore_controls(self.sidebar.controls(), state.get("controls"))
        self.table.sort_as(state.get("sorted"))
        method, recall = state.get("method"), state.get("recall")
        if isinstance(method, str) and method in ("", *METHODS):
            self.table.want(method)
        if is_number(recall) and 0 <= recall <= 1:
            self.recall = float(recall)
        self._show()

    def save_settings(self) -> dict[str, Any]:
        """Return all that is chosen, for the next start."""
        return {"methods": self.save_state()}

    def restore_settings(self, remembered: Mapping[str, Any]) -> None:
        """Take up what was chosen."""
        kept = remembered.get("methods")
        if isinstance(kept, Mapping):
            self.restore_state(kept)
