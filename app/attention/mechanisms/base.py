"""What the views of all mechanisms share: vectors of the typed text, a drawing over the keys, and its numbers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.attention.drawing.labels import named
from app.attention.mechanisms.controls import MechanismControls
from app.attention.mechanisms.lanes import Boxes, Lane, Strip, Words
from app.attention.mechanisms.options import MechanismOptions
from app.attention.mechanisms.page import MechanismPage
from app.attention.mechanisms.picture import Scene
from app.attention.mechanisms.question import Question
from app.attention.options import ViewOptions
from app.attention.selection import Selection
from app.attention.state import AttentionState, Wanted
from app.attention.state import Slot as Place
from app.attention.views import ViewSpec
from app.attention.views.base import Control, Shown, View, typed_line
from app.explain.symbols import LATEX
from app.panel import Look
from core.attention.export.caption import DOT, model_parts, unit_name
from core.attention.requests import FormulasRequest
from core.attention.results import Floats
from core.attention.tasks.mechanisms.requests import VectorsRequest
from core.attention.tasks.mechanisms.results import Mechanism, Vectors
from core.formulas import Typeset
from core.language import _

Found = TypeVar("Found", bound=Mechanism)


class MechanismView(View, Generic[Found]):
    """One mechanism.

    Attributes:
        page: formulas, drawing, numbers.
        formulas: LaTeX of all that may stand over its drawing.
        symbols: those that its drawing or its formulas have parts for.
    """

    least_width = 26
    controls: ClassVar[frozenset[Control]] = frozenset({"unit"})
    formulas: ClassVar[tuple[str, ...]] = ()
    symbols: ClassVar[tuple[str, ...]] = ()
    kind: ClassVar[type[Mechanism]] = Mechanism

    def __init__(self, spec: ViewSpec, look: Look, selection: Selection) -> None:
        super().__init__(spec, look, selection)
        self.slot: Place[Found] = Place(spec.id, self.kind)  # type: ignore[arg-type]  # the class of ``Found``
        self.typeset = Place(f"{spec.id}.formulas", Typeset)
        self.own = self._make_controls()
        self.page = MechanismPage(look, self.formulas, self._make_below())
        self.page.link_symbols(self.symbol_links, self.symbols)
        self.page.pointed.connect(self.symbol_pointed)
        self.symbol_links.pointed.connect(self.page.light)
        picture = self.page.picture
        picture.query_chosen.connect(self._on_query)
        picture.query_moved.connect(self._on_query_moved)
        picture.hovered.connect(self._on_hovered)
        self.own.moved.connect(self._move)

    def _make_controls(self) -> MechanismControls:
        """Return what it brings to the sidebar."""
        raise NotImplementedError

    def _make_below(self) -> QWidget | None:
        """Return what stands below its drawing."""
        return None

    def _request(self, vectors: VectorsRequest, options: MechanismOptions) -> Any:
        """Return what it asks for."""
        raise NotImplementedError

    def _scene(self, found: Found) -> Scene:
        """Return its drawing."""
        raise NotImplementedError

    def _numbers(self, found: Found, key: int) -> str:
        """Return what is said of one key."""
        raise NotImplementedError

    def _formulas_for(self, _found: Found) -> Sequence[str]:
        """Return which formulas stand over the drawing."""
        return self.formulas

    @property
    def widget(self) -> MechanismPage:
        """All of it."""
        return self.page

    @property
    def own_controls(self) -> MechanismControls:
        """What can be moved by hand."""
        return self.own

    def wants(self, options: ViewOptions, _state: AttentionState) -> tuple[Wanted, ...]:
        """What it shows, and its formulas."""
        vectors = VectorsRequest(options.source, options.unit, options.states)
        shown = Wanted(self.slot, self._request(vectors, options.mechanism))
        formulas = {formula: formula for formula in self.formulas}
        return shown, Wanted(self.typeset, FormulasRequest(formulas, LATEX))

    def position(self, shown: Shown) -> tuple[str, str] | None:
        """How many tokens ask and are asked."""
        found = shown[self.slot]
        if found is None:
            return None
        words = _("queries × keys: {rows} × {columns}").format(
            rows=len(found.vectors.rows), columns=len(found.vectors.columns)
        )
        return words, words

    def _show(self, shown: Shown) -> None:
        found, typeset = shown[self.slot], shown[self.typeset]
        if not self._is_new(found, typeset):
            return
        pictures = dict(typeset.pictures) if typeset is not None else {}
        self.page.show_pictures(lambda formula: pictures.get(formula, ""))
        if found is not None:
            self.page.show_formulas(self._formulas_for(found))
            self.page.picture.show_scene(self._scene(found))
            self._show_more(found)
            self._show_numbers()

    def _show_more(self, found: Found) -> None:
        """Show ``found`` below the drawing, where there is anything."""

    def draw(self, painter: QPainter, _ratio: float) -> None:
        """Draw formulas and drawing."""
        self.page.draw(painter)

    def light_symbol(self, symbol: str) -> None:
        """Light its lanes, and its terms in the formulas."""
        super().light_symbol(symbol)
        self.page.light(symbol)

    def caption(self, shown: Shown) -> list[str]:
        """Which vectors these are."""
        found = shown[self.slot]
        if found is None:
            return super().caption(shown)
        vectors = found.vectors
        parts = [
            *model_parts(vectors.card, vectors.card.stacks[0], prefixed=shown.options.source.is_prefixed),
            _("vectors after {layer} of {layers} layers").format(layer=vectors.layer, layers=vectors.card.layers),
            unit_name(shown.options.unit),
            _("query: {token}").format(token=vectors.rows[found.query].label),
            *self._caption_parts(found),
        ]
        return [typed_line(shown.options), DOT.join(parts)]

    def _caption_parts(self, _found: Found) -> list[str]:
        """Return what was moved by hand."""
        return []

    def symbol_values(self, shown: Shown) -> dict[str, str]:
        """The query, the key under the mouse, and what the mechanism has."""
        found = shown[self.slot]
        if found is None:
            return {}
        vectors = found.vectors
        values = {"q": named(vectors.rows[found.query]), "d_k": str(vectors.keys.shape[1])}
        key = self.page.picture.key
        if key is not None and key < len(vectors.columns):
            values["k"] = values["v"] = named(vectors.columns[key])
        return values | self._values(found, key)

    def _values(self, _found: Found, _key: int | None) -> dict[str, str]:
        """Return what the mechanism's own symbols stand for, with a key under the mouse or none."""
        return {}

    def move(self, **changes: Any) -> None:
        """Want something else of what can be moved by hand."""
        options = self.shown.options.mechanism if self.shown is not None else MechanismOptions()
        self.options_wanted.emit({"mechanism": replace(options, **changes)})

    @Slot(dict)
    def _move(self, changes: dict[str, Any]) -> None:
        self.move(**changes)

    @Slot(int)
    def _on_query(self, query: int) -> None:
        self.move(query=query)

    @Slot(int)
    def _on_query_moved(self, by: int) -> None:
        found = self.shown[self.slot] if self.shown is not None else None
        if found is not None:
            self._on_query(max(0, min(len(found.vectors.rows) - 1, found.query + by)))

    @Slot(object)
    def _on_hovered(self, _key: int | None) -> None:
        self._show_numbers()
        self._tell_explanation()

    def _show_numbers(self) -> None:
        found = self.shown[self.slot] if self.shown is not None else None
        key = self.page.picture.key
        if found is None:
            self.page.numbers.show_text("")
        elif key is not None and key < len(found.vectors.columns):
            self.page.numbers.show_text(f"{named(found.vectors.columns[key])}: {self._numbers(found, key)}")
        else:
            self.page.numbers.show_text(self._hint(found))

    def _hint(self, _found: Found) -> str:
        """Return what is said while the mouse is on no key."""
        return _("Click a word to let it ask. Rest on a key to read its numbers.")


def asking(vectors: Vectors, query: int, weights: Floats) -> tuple[Lane, ...]:
    """Return the lanes that every mechanism begins with: who asks, and who is asked with which vector."""
    return (
        Question(
            _("Query q"), "", 4.0, 0.6, tokens=vectors.rows, query=query, weights=weights, vector=vectors.queries[query]
        ),
        Words(_("Keys k"), "k", 1.75),
        Boxes("", "k", 2.5, 1.0, vectors=vectors.keys),
    )


def context(vector: Floats, title: str) -> Strip:
    """Return the lane of what comes out."""
    return Strip(title, "c", 1.5, vector=vector, note=f"‖c‖ = {float((vector**2).sum()) ** 0.5:.2f}")
