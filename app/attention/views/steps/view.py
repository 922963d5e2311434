"""Three steps: score, normalise, weighted sum, for one query and one head."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Slot
from PySide6.QtGui import QPainter

from app.attention.drawing.labels import named
from app.attention.drawing.vector_strip import length
from app.attention.options import ViewOptions
from app.attention.selection import Selection
from app.attention.state import AttentionState, Wanted
from app.attention.state import Slot as Place
from app.attention.views import ViewSpec
from app.attention.views.base import Shown, View, typed_line
from app.attention.views.snapshot import ViewSnapshot
from app.attention.views.steps.formulas import formulas_for
from app.attention.views.steps.picture import StepsPicture
from app.attention.views.steps.table import number
from app.explain.symbols import LATEX
from app.panel import Look
from core.attention.export.caption import DOT, head_name, layer_name, model_parts
from core.attention.requests import FormulasRequest
from core.attention.results import AttentionMap, ThreeSteps, Token
from core.formulas import Typeset
from core.language import _, listed

PIECES = Place("pieces", AttentionMap)
"""The map in the model's own pieces, by which three steps are counted."""
STEPS = Place("steps", ThreeSteps, about=PIECES)
TYPESET = Place("formulas", Typeset)


class StepsView(View):
    """Every number of one query and one head, to point at and to move.

    Attributes:
        steps: its picture.
        query: whose three steps are shown; None for the first typed piece.
    """

    least_width = 34
    controls = frozenset({"layer", "head"})
    shows_set = False

    def __init__(self, spec: ViewSpec, look: Look, selection: Selection) -> None:
        super().__init__(spec, look, selection)
        self.steps = StepsPicture(look)
        self.steps.link_symbols(self.symbol_links)
        self.query: Token | None = None
        self.steps.query_chosen.connect(self._on_query)
        self.steps.temperature_chosen.connect(lambda value: self.options_wanted.emit({"temperature": value}))
        self.steps.mask_chosen.connect(lambda masked: self.options_wanted.emit({"masked": masked}))
        self.steps.pointed.connect(self._tell_explanation)
        selection.changed.connect(self._on_picked)

    @property
    def widget(self) -> StepsPicture:
        """All of it."""
        return self.steps

    def wants(self, options: ViewOptions, state: AttentionState) -> tuple[Wanted, ...]:
        """The pieces, and once they are there, the steps of one of them; and the formulas."""
        pieces = Wanted(PIECES, options.pieces())
        query = self.query_index(state[PIECES]) if state.requests.get(PIECES.name) == pieces.request else None
        steps = () if query is None else (Wanted(STEPS, options.steps(query)),)
        return (pieces, *steps, Wanted(TYPESET, FormulasRequest(formulas_for(state[STEPS]), LATEX)))

    def query_index(self, pieces: AttentionMap | None) -> int | None:
        """Return which of the pieces the three steps are about; None before the pieces are there."""
        if pieces is None or not pieces.rows:
            return None
        token = self.query
        if token is not None:
            for index, row in enumerate(pieces.rows):
                if row == token:
                    return index
            for index, row in enumerate(pieces.rows):
                if row.sentence == token.sentence and row.start < token.end and token.start < row.end:
                    return index
        return next((index for index, row in enumerate(pieces.rows) if not row.special and row.text.strip()), 0)

    def ask_about(self, token: Token | None) -> None:
        """Show the steps of the piece at ``token``'s place, or of the first typed one."""
        if token != self.query:
            self.query = token
            self.requests_changed.emit()

    def main_map(self, shown: Shown) -> AttentionMap | None:
        """The map in pieces."""
        return shown[PIECES]

    def layer_and_head(self, options: ViewOptions) -> tuple[int | None, int | None]:
        """One of each; a mean has no steps."""
        return options.steps_place

    def has_free_head(self, _options: ViewOptions) -> bool:
        """Always: steps are a head's own, however heads are made a map elsewhere."""
        return True

    def _show(self, shown: Shown) -> None:
        formulas, options = shown[TYPESET], shown.options
        steps, pieces = shown[STEPS], shown.state.bases.get(STEPS.name)
        if self._is_new(formulas, steps, pieces, str(options.temperature), str(options.masked)):
            self.steps.show_formulas(dict(formulas.pictures) if formulas is not None else {})
            self.steps.show_steps(steps, pieces, options.temperature, options.masked)

    def draw(self, painter: QPainter, _ratio: float) -> None:
        """Draw sentence, formulas, the rows in sight, results."""
        self.steps.draw(painter)

    def caption(self, shown: Shown) -> list[str]:
        """Whose steps they are, and what was moved by hand."""
        steps, options = shown[STEPS], shown.options
        if steps is None:
            return super().caption(shown)
        parts = [
            *model_parts(steps.card, steps.stack, prefixed=options.source.is_prefixed),
            layer_name(steps.layer, steps.card.layers_of(steps.stack)),
            head_name(steps.head, steps.card.heads_of(steps.stack)),
            _("query: {token}").format(token=steps.query_token.label),
            f"T = {steps.temperature:.2f}",
        ]
        masked = [steps.key_tokens[index].label for index in options.masked if index < len(steps.key_tokens)]
        if masked:
            parts.append(_("masked by hand: {keys}").format(keys=listed(masked)))
        return [typed_line(options), DOT.join(parts)]

    def exports(self, options: ViewOptions, state: AttentionState) -> dict[str, Any]:
        """The numbers of the steps; of the pieces while those aren't there."""
        wanted = {one.slot.name: one.request for one in self.wants(options, state)}
        return dict.fromkeys((".csv", ".npz"), wanted.get(STEPS.name, wanted[PIECES.name]))

    def prepare(self, snapshot: ViewSnapshot) -> None:
        """Whose steps they were decides what is asked for."""
        self.ask_about(snapshot.query)

    def snapshot(self) -> ViewSnapshot:
        """Whose steps they are, and how far they are scrolled; the pins of other views aren't seen."""
        return ViewSnapshot(query=self.query, scrolls=self.steps.scrolled)

    def put_up(self, snapshot: ViewSnapshot) -> None:
        """Scroll as it was."""
        self.steps.scroll_to(snapshot.scrolls)

    def symbol_values(self, shown: Shown) -> dict[str, str]:
        """The query, the key under the mouse with its weight, and the sizes."""
        steps = shown[STEPS]
        if steps is None:
            return {}
        values = {
            "q": named(steps.query_token),
            "n_head": str(steps.card.heads_of(steps.stack)),
            "d_k": str(steps.query.size),
            "temperature": f"{steps.temperature:.2f}",
            "c": length("c", steps.context),
        }
        row = self.steps.pointed_row
        if row is not None and row < len(steps.key_tokens):
            values["k"] = values["v"] = named(steps.key_tokens[row])
            values["score"] = number(float(steps.scores[row]), 3)
            values["alpha"] = number(float(steps.weights[row]), 4)
        return values

    @Slot(object)
    def _on_query(self, token: Token) -> None:
        self.ask_about(token)
        self.selection.pin_place(token)

    @Slot()
    def _on_picked(self) -> None:
        """What is pinned in another view is asked about here."""
        token = self.selection.pinned_token()
        if token is not None and not self.is_in_front:
            self.ask_about(token)
