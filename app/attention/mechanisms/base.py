"""What the mechanisms share that work on vectors of the typed text: who asks, who is asked, and what comes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, TypeVar

from PySide6.QtCore import Slot

from app.attention.drawing.labels import named
from app.attention.drawing.vector_strip import length
from app.attention.mechanisms.drawing.lanes import Boxes, Lane, Strip, Words
from app.attention.mechanisms.drawing.question import Question
from app.attention.mechanisms.drawn import DrawnView
from app.attention.mechanisms.options import MechanismOptions
from app.attention.options import ViewOptions
from app.attention.selection import Selection
from app.attention.views import ViewSpec
from app.attention.views.base import Control, Shown, typed_line
from app.panel import Look
from core.attention.export.caption import DOT, model_parts, unit_name
from core.attention.results import Floats
from core.attention.tasks.mechanisms.requests import VectorsRequest
from core.attention.tasks.mechanisms.results import Mechanism, Vectors
from core.language import _

Found = TypeVar("Found", bound=Mechanism)


class MechanismView(DrawnView[Found]):
    """One mechanism on the vectors of a pretrained encoder."""

    controls: ClassVar[frozenset[Control]] = frozenset({"unit"})
    step_words: ClassVar[Mapping[str, str]] = {"at_head_back": "", "at_head_next": ""}
    kind: ClassVar[type[Mechanism]] = Mechanism

    def __init__(self, spec: ViewSpec, look: Look, selection: Selection) -> None:
        super().__init__(spec, look, selection)
        picture = self.page.picture
        picture.query_chosen.connect(self._on_query)
        picture.query_moved.connect(self._on_query_moved)

    def _request(self, vectors: VectorsRequest, options: MechanismOptions) -> Any:
        """Return what it asks for."""
        raise NotImplementedError

    def _ask(self, options: ViewOptions) -> Any:
        return self._request(VectorsRequest(options.source, options.unit, options.states), options.mechanism)

    def position(self, shown: Shown) -> tuple[str, str] | None:
        """How many tokens ask and are asked."""
        found = shown[self.slot]
        if found is None:
            return None
        words = _("queries × keys: {rows} × {columns}").format(
            rows=len(found.vectors.rows), columns=len(found.vectors.columns)
        )
        return words, words

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

    @Slot(int)
    def _on_query(self, query: int) -> None:
        self.move(query=query)

    @Slot(int)
    def _on_query_moved(self, by: int) -> None:
        found = self.shown[self.slot] if self.shown is not None else None
        if found is not None:
            self._on_query(max(0, min(len(found.vectors.rows) - 1, found.query + by)))

    def _hint(self, _found: Found) -> str:
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
    return Strip(title, "c", 1.5, vector=vector, note=length("c", vector, 2))
