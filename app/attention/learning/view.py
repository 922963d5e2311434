"""Train live: any of the small models, trained while its map of one example sharpens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import ClassVar, Final

from PySide6.QtCore import QPoint, Slot
from PySide6.QtGui import QPainter, QRegion
from PySide6.QtWidgets import QWidget

from app.attention.drawing.heatmap import MapContent
from app.attention.learning.controls import LearningControls
from app.attention.learning.learner import Learner, Phase
from app.attention.learning.page import LOSS, LearningPage, waiting_words
from app.attention.learning.plots import EACH_STEP, LOSSES, MEASURES, Measure, show_log
from app.attention.mechanisms.page import places
from app.attention.options import ViewOptions
from app.attention.pictures.matrix import Matrix
from app.attention.selection import Selection
from app.attention.state import AttentionState, Wanted
from app.attention.state import Slot as Place
from app.attention.views import ViewSpec
from app.attention.views.base import Control, Shown, View
from app.attention.views.snapshot import ViewSnapshot
from app.background import Background
from app.explain.symbols import LATEX
from app.panel import Look
from core.attention.colormaps import intensity, levels
from core.attention.export.caption import DOT, colours
from core.attention.learned.live.events import LiveRequest, Twin, TwinRequest
from core.attention.learned.looked import Looked
from core.attention.requests import FormulasRequest
from core.attention.results import Token
from core.formulas import Typeset
from core.language import _

TWIN: Final = Place("learning.twin", Twin)
TYPESET: Final = Place("learning.formulas", Typeset)


class LearningView(View):
    """A training under the person's hands.

    Attributes:
        page: all of it.
        learner: the training; None until there are workers.
    """

    needs_text = False
    step_words: ClassVar[Mapping[str, str]] = dict.fromkeys(
        ("at_layer_back", "at_layer_next", "at_head_back", "at_head_next"), ""
    )
    has_own_model = True
    plays = True
    has_primary = True
    least_width = 44
    controls: ClassVar[frozenset[Control]] = frozenset({"colormap", "scale"})

    def __init__(self, spec: ViewSpec, look: Look, _selection: Selection) -> None:
        own = Selection()  # an example's words are not those that are typed
        super().__init__(spec, look, own)
        own.setParent(self)
        self.page = LearningPage(look, own)
        self._own_controls = LearningControls(look)
        self.learner: Learner | None = None
        self._trained: tuple[str, int] | None = None
        self._phase = Phase.IDLE
        self._link_symbols()
        page = self.page
        page.play_wanted.connect(self._on_play)
        page.step_wanted.connect(self._on_step)
        page.stop_wanted.connect(self._on_stop)
        page.anew_wanted.connect(self._on_anew)
        page.show_looked(None, None)

    def _link_symbols(self) -> None:
        page, links = self.page, self.symbol_links
        page.matrix.link_symbols(links, "q", "k", "alpha")
        for symbol in ("cross_entropy", "p_right"):
            links.add(symbol, page.formula, partial(places, page.formula, symbol), points=False)
        links.add("cross_entropy", page.loss)
        links.add("bleu", page.worth)
        links.add("aer", page.worth, points=False)
        page.formula.pointed.connect(self.symbol_pointed)
        links.pointed.connect(page.formula.light)

    def take_background(self, background: Background) -> None:
        """Train with these workers from now on."""
        self.learner = Learner(background, self)
        self.learner.changed.connect(self._on_changed)
        self.learner.looked.connect(self._on_looked)
        self.learner.failed.connect(self.failed)

    @property
    def widget(self) -> QWidget:
        """All of it."""
        return self.page

    @property
    def own_controls(self) -> LearningControls:
        """What is trained."""
        return self._own_controls

    @property
    def maps(self) -> tuple[Matrix, ...]:
        """The map."""
        return (self.page.matrix,)

    @property
    def options(self) -> ViewOptions:
        """What is wanted."""
        return self.shown.options if self.shown is not None else ViewOptions()

    def wants(self, options: ViewOptions, _state: AttentionState) -> tuple[Wanted, ...]:
        """How the twin without attention learned, and the formula."""
        row = options.learning.row
        return Wanted(TWIN, TwinRequest(row.name)), Wanted(TYPESET, FormulasRequest({LOSS: LOSS}, LATEX))

    def exports(self, _options: ViewOptions, _state: AttentionState) -> dict[str, object]:
        """Nothing but pictures: numbers are in the log beside the weights."""
        return {}

    def _show(self, shown: Shown) -> None:
        typeset, learning = shown[TYPESET], shown.options.learning
        if typeset is not None:
            self.page.formula.show_picture(typeset.pictures.get(LOSS, ""))
        chosen = (learning.row.name, learning.seed)
        if chosen != self._trained:
            self._trained = chosen
            if self.learner is not None and self.learner.phase is not Phase.IDLE:
                self.learner.clear()
            self._draw_anew()
            self._on_looked()
        elif self.learner is not None and self.learner.map is not None and self.learner.map.example != self._example():
            self.learner.show_example(learning.example)
        twin = shown[TWIN]
        if self._is_new(twin, shown.options.colormap, shown.options.scale, learning.row.name):
            self._draw_anew()
            self._draw_curves()
            self._on_looked()
        self._on_changed()

    def _example(self) -> int:
        """Return which example is wanted, of those that there are."""
        count = self.learner.examples if self.learner is not None else 0
        return self.options.learning.example % count if count else self.options.learning.example

    @property
    def _measures(self) -> tuple[Measure, ...]:
        return MEASURES[self.options.learning.row.task]

    @property
    def _losses(self) -> tuple[Measure, ...]:
        return LOSSES[self.options.learning.row.task]

    def _draw_anew(self) -> None:
        """Begin the plots with the twin alone."""
        losses, measures = self._losses, self._measures
        self.page.loss.begin({measure.name: measure.title for measure in losses})
        self.page.worth.begin({measure.name: measure.title for measure in measures})
        twin = self.shown[TWIN] if self.shown is not None else None
        if twin is not None and twin.course is not None:
            show_log(self.page.loss, twin.course.log, losses[:1], is_twin=True)
            show_log(self.page.worth, twin.course.log, measures, is_twin=True)

    def _draw_curves(self) -> None:
        learner = self.learner
        if learner is None or not learner.losses:
            return
        steps, losses = zip(*learner.losses, strict=True)
        self.page.loss.show_line(EACH_STEP.name, steps, losses)
        show_log(self.page.loss, learner.watched, [one for one in self._losses if one is not EACH_STEP])
        show_log(self.page.worth, learner.watched, self._measures)

    @Slot()
    def _on_changed(self) -> None:
        if self.learner is not None:
            self.page.show_progress(self.learner)
            if self.learner.phase is not self._phase:
                self._phase = self.learner.phase
                self.play_changed.emit()
            for plot in (self.page.loss, self.page.worth):
                plot.show_steps(self.learner.steps)
            self._draw_curves()
            self._tell_explanation()

    @Slot()
    def _on_looked(self) -> None:
        found = self.learner.map if self.learner is not None else None
        looked = found.looked if found is not None else None
        self.page.show_looked(looked, self._content(looked))

    def _content(self, looked: Looked | None) -> MapContent | None:
        if looked is None or looked.weights is None:
            return None
        options = self.options
        return MapContent(
            _tokens(looked.rows, 1), _tokens(looked.columns, 0), looked.weights,
            levels(intensity(looked.weights, options.scale)), options.colormap, rings=looked.right,
        )  # fmt: skip

    def draw(self, painter: QPainter, _ratio: float) -> None:
        """Draw map and curves as they are."""
        self.page.render(painter, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)

    def caption(self, shown: Shown) -> list[str]:
        """Which model it is, how far it is trained, and what its map is of."""
        learning, found = shown.options.learning, self.learner.map if self.learner is not None else None
        parts = [f"{learning.row.name} (seed {learning.seed})"]
        if self.learner is None or found is None:
            return [DOT.join(parts)]
        parts.append(_("step {step} of {steps}").format(step=found.step, steps=self.learner.steps))
        return ["".join(found.looked.columns), DOT.join([*parts, colours(shown.options.scale)])]

    def symbol_values(self, _shown: Shown) -> dict[str, str]:
        """What was measured last."""
        learner, values = self.learner, dict[str, str]()
        if learner is None or not learner.losses:
            return values
        values["cross_entropy"] = f"{learner.losses[-1][1]:.3f}"
        measured = dict(learner.watched[-1].figures) if learner.watched else {}
        for name, written in (("bleu", "{:.1f}"), ("aer", "{:.3f}")):
            if name in measured:
                values[name] = written.format(measured[name])
        return values

    def light_symbol(self, symbol: str) -> None:
        """Light its part, and its terms in the formula."""
        super().light_symbol(symbol)
        self.page.formula.light(symbol)

    def snapshot(self) -> ViewSnapshot:
        """What is picked, and how far the training is."""
        learner = self.learner
        is_kept = learner is not None and learner.phase in (Phase.RUNNING, Phase.PAUSED, Phase.STOPPED)
        picked = super().snapshot()
        if learner is None or learner.map is None:
            picked = ViewSnapshot(zooms=picked.zooms)  # without a map there is nothing to pick
        return replace(picked, trained=learner.step if learner is not None and is_kept else 0)

    def put_up(self, snapshot: ViewSnapshot) -> None:
        """Pick as it was, and train as far as it was."""
        super().put_up(snapshot)
        if self.learner is not None and snapshot.trained and snapshot.trained != self.learner.step:
            request = replace(self._request(), is_resumed=True, hold_after=snapshot.trained)
            self.learner.begin(request, is_held=True)

    def toggle_play(self) -> None:
        """Begin, hold or go on."""
        self._on_play()

    @property
    def is_playing(self) -> bool:
        """Whether steps are done without end."""
        return self.learner is not None and self.learner.phase is Phase.RUNNING

    def why_still(self, _shown: Shown) -> str:
        """What is waited for before it can be begun, held or gone on with."""
        return waiting_words(self.learner.phase) if self.learner is not None else ""

    def take_remedy(self) -> None:
        """Look at the next example."""
        learning = self.options.learning
        self.options_wanted.emit({"learning": replace(learning, example=learning.example + 1)})

    def _request(self) -> LiveRequest:
        learning = self.options.learning
        return LiveRequest(learning.row.name, learning.seed, learning.example)

    def _begin(self, *, is_held: bool = False) -> None:
        """Begin, or go on with what was stopped."""
        assert self.learner is not None
        request = replace(self._request(), is_resumed=self.learner.phase is Phase.STOPPED)
        self.learner.begin(request, is_held=is_held)
        self._draw_anew()

    @Slot()
    def _on_play(self) -> None:
        if self.learner is None:
            return
        if self.learner.phase is Phase.RUNNING:
            self.learner.pause()
        elif self.learner.phase is Phase.PAUSED:
            self.learner.play()
        elif not self.learner.is_under_way:
            self._begin()

    @Slot()
    def _on_step(self) -> None:
        if self.learner is None:
            return
        if self.learner.is_under_way:
            self.learner.do_one_step()
        else:
            self._begin(is_held=True)

    @Slot()
    def _on_stop(self) -> None:
        if self.learner is not None:
            self.learner.stop()

    @Slot()
    def _on_anew(self) -> None:
        if self.learner is not None:
            self.learner.begin(self._request())
            self._draw_anew()


def _tokens(words: tuple[str, ...], sentence: int) -> tuple[Token, ...]:
    """Return words as a map's labels, each at its place among them."""
    tokens, start = list[Token](), 0
    for word in words:
        tokens.append(Token(word, start, start + len(word), special=False, piece=word, sentence=sentence))
        start += len(word) + 1
    return tuple(tokens)
