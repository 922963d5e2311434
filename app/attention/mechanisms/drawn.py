"""What the pages of all mechanisms share: formulas, a drawing over keys, its numbers, and controls of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, ClassVar, Generic, TypeVar

from PySide6.QtCore import Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.attention.drawing.labels import named
from app.attention.mechanisms.controls import MechanismControls
from app.attention.mechanisms.options import MechanismOptions
from app.attention.mechanisms.page import MechanismPage
from app.attention.mechanisms.picture import MechanismPicture, Scene
from app.attention.options import ViewOptions
from app.attention.selection import Selection
from app.attention.state import AttentionState, Wanted
from app.attention.state import Slot as Place
from app.attention.views import ViewSpec
from app.attention.views.base import Shown, View
from app.explain.symbols import LATEX
from app.panel import Look
from core.attention.requests import FormulasRequest
from core.attention.results import Answer
from core.formulas import Typeset

Found = TypeVar("Found", bound=Answer)


class DrawnView(View, Generic[Found]):
    """One mechanism.

    Attributes:
        page: formulas, drawing, numbers.
        formulas: LaTeX of all that may stand over its drawing.
        symbols: those that its drawing or its formulas have parts for.
        kind: the class of its answers.
    """

    least_width = 26
    formulas: ClassVar[tuple[str, ...]] = ()
    symbols: ClassVar[tuple[str, ...]] = ()
    kind: ClassVar[type[Answer]] = Answer

    def __init__(self, spec: ViewSpec, look: Look, selection: Selection) -> None:
        super().__init__(spec, look, selection)
        self.slot: Place[Found] = Place(spec.id, self.kind)  # type: ignore[arg-type]  # the class of ``Found``
        self.typeset = Place(f"{spec.id}.formulas", Typeset)
        self.own = self._make_controls()
        self.page = MechanismPage(look, self.formulas, self._make_below(), self._make_beside())
        self.page.link_symbols(self.symbol_links, self.symbols)
        self.page.pointed.connect(self.symbol_pointed)
        self.symbol_links.pointed.connect(self.page.light)
        self.page.picture.hovered.connect(self._on_hovered)
        self.own.moved.connect(self._move)

    def _make_controls(self) -> MechanismControls:
        """Return what it brings to the sidebar."""
        raise NotImplementedError

    def _make_below(self) -> QWidget | None:
        """Return what stands below its drawing."""
        return None

    def _make_beside(self) -> MechanismPicture | None:
        """Return a drawing left of its own."""
        return None

    def _ask(self, options: ViewOptions) -> Any:
        """Return what it asks for."""
        raise NotImplementedError

    def _scene(self, found: Found) -> Scene:
        """Return its drawing."""
        raise NotImplementedError

    def _numbers(self, found: Found, key: int) -> str:
        """Return what is said of one key."""
        raise NotImplementedError

    def _hint(self, found: Found) -> str:
        """Return what is said while the mouse is on no key."""
        raise NotImplementedError

    def _formulas_for(self, _found: Found) -> Sequence[str]:
        """Return which formulas stand over the drawing."""
        return self.formulas

    def _chosen(self, _options: MechanismOptions) -> str:
        """Return in words what of the options changes the drawing, though it asks for nothing new."""
        return ""

    @property
    def widget(self) -> MechanismPage:
        """All of it."""
        return self.page

    @property
    def own_controls(self) -> MechanismControls:
        """What can be moved by hand."""
        return self.own

    @property
    def options(self) -> MechanismOptions:
        """What was moved by hand."""
        return self.shown.options.mechanism if self.shown is not None else MechanismOptions()

    def wants(self, options: ViewOptions, _state: AttentionState) -> tuple[Wanted, ...]:
        """What it shows, and its formulas."""
        formulas = {formula: formula for formula in self.formulas}
        return Wanted(self.slot, self._ask(options)), Wanted(self.typeset, FormulasRequest(formulas, LATEX))

    def _show(self, shown: Shown) -> None:
        found, typeset = shown[self.slot], shown[self.typeset]
        if not self._is_new(found, typeset, self._chosen(shown.options.mechanism)):
            return
        pictures = dict(typeset.pictures) if typeset is not None else {}
        self.page.show_pictures(lambda formula: pictures.get(formula, ""))
        if found is not None:
            self.page.show_formulas(self._formulas_for(found))
            self.page.picture.show_scene(self._scene(found))
            self._show_more(found)
            self._show_numbers()

    def _show_more(self, found: Found) -> None:
        """Show ``found`` beside and below the drawing, where there is anything."""

    def draw(self, painter: QPainter, _ratio: float) -> None:
        """Draw formulas and drawing."""
        self.page.draw(painter)

    def light_symbol(self, symbol: str) -> None:
        """Light its lanes, and its terms in the formulas."""
        super().light_symbol(symbol)
        self.page.light(symbol)

    def move(self, **changes: Any) -> None:
        """Want something else of what can be moved by hand."""
        self.options_wanted.emit({"mechanism": replace(self.options, **changes)})

    @Slot(dict)
    def _move(self, changes: dict[str, Any]) -> None:
        self.move(**changes)

    @Slot(object)
    def _on_hovered(self, _key: int | None) -> None:
        self._show_numbers()
        self._tell_explanation()

    def _show_numbers(self) -> None:
        found = self.shown[self.slot] if self.shown is not None else None
        picture = self.page.picture
        key, keys = picture.key, picture.scene.keys
        if found is None:
            self.page.numbers.show_text("")
        elif key is not None and key < len(keys):
            self.page.numbers.show_text(f"{named(keys[key])}: {self._numbers(found, key)}")
        else:
            self.page.numbers.show_text(self._hint(found))
