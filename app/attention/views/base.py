"""What a view is: what it asks for, how it shows the answers, and what the rest of the tab has to know of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from pkgutil import resolve_name
from typing import Any, ClassVar, Final, Literal

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from app.attention.drawing.colour_bar import ScaleBar
from app.attention.options import ViewOptions
from app.attention.pictures.matrix import Matrix
from app.attention.selection import Cell, Selection, Sweep
from app.attention.state import AttentionState, Kind, Status, Wanted
from app.attention.state import Slot as Place
from app.attention.views import ViewSpec
from app.attention.views.controls import Controls
from app.attention.views.snapshot import ViewSnapshot
from app.background import Background
from app.explain.links import SymbolLinks
from app.page import Explanation
from app.panel import Look
from core.attention.export.caption import text_line
from core.attention.requests import AttentionRequest
from core.attention.results import AttentionMap
from core.language import _, current_language, ngettext

Control = Literal["layer", "head", "specials", "aggregation", "unit", "across", "colormap", "scale"]
"""The parts of the sidebar that not every view needs."""
EVERY_CONTROL: Final[frozenset[Control]] = frozenset(
    {"layer", "head", "specials", "aggregation", "unit", "across", "colormap", "scale"}
)
Picture = Literal["map", "heads", "links"]
"""The pictures beside the stage, of which a view may show one already."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a view shows.

    Attributes:
        options: what is wanted.
        state: what has come back, for what is wanted or for the moment before it.
        is_complete: everything the view asked for has come.
    """

    options: ViewOptions
    state: AttentionState
    is_complete: bool = False

    def __getitem__(self, slot: Place[Kind]) -> Kind | None:
        """The answer to show; while something is refused there is none: what is left is about another text."""
        return None if self.state.status is Status.REFUSED else self.state[slot]


class View(QObject):
    """One view: a page of the tab, as ``app.page.Page`` says.

    Subclasses make their widget in the constructor, which takes what :meth:`__init__` does, and say what they need
    and show by overriding methods.

    Attributes:
        spec: its row.
        selection: what is pinned, swept and under the mouse in it; mostly shared with other views.
        shown: what it shows; None before the first time.
        is_in_front: it stands on the stage.
        symbol_links: which part of it stands for which symbol.

    Signals:
        symbol_pointed: a symbol's id, or an empty text.
        explanation_changed: :meth:`explain` returns something else.
        options_wanted: changed fields of the options, by name.
        requests_changed: :meth:`wants` returns something else for the same options.
        failed: a ``Sentence`` about what it did by itself and could not finish.
        play_changed: what :attr:`is_playing` or :meth:`why_still` says has changed.
    """

    symbol_pointed = Signal(str)
    explanation_changed = Signal()
    options_wanted = Signal(dict)
    requests_changed = Signal()
    failed = Signal(object)
    play_changed = Signal()

    least_width: ClassVar[float] = 20
    """Lines of text it must be wide to be read."""
    has_evidence: ClassVar[bool] = False
    """Whether other pictures of the same map stand beside it."""
    picture: ClassVar[Picture | None] = None
    """Which of those it shows itself."""
    has_own_model: ClassVar[bool] = False
    """Whether a model of its own reads the text, and it has texts for that; not the one chosen in the sidebar."""
    step_words: ClassVar[Mapping[str, str]] = {}
    """What the actions that step through layers and heads do here instead, by their ids; nothing where it is empty."""
    controls: ClassVar[frozenset[Control]] = EVERY_CONTROL
    """The parts of the sidebar it needs."""
    plays: ClassVar[bool] = False
    """Whether it has something to play besides the layers."""
    has_primary: ClassVar[bool] = False
    """Whether the one thing to press next stands on it or beside it, and not in the transport."""
    needs_text: ClassVar[bool] = True
    """Whether it shows something about what is typed."""
    shows_set: ClassVar[bool] = True
    """Whether the mean over a chosen set of layers and heads is among what it shows."""

    def __init__(self, spec: ViewSpec, look: Look, selection: Selection) -> None:
        super().__init__()
        self.spec = spec
        self.look = look
        self.selection = selection
        self.shown: Shown | None = None
        self.is_in_front = False
        self._explained: dict[str, str] = {}
        self._drawn: tuple[object, ...] = ()
        self._awaited: tuple[ViewOptions, ViewSnapshot] | None = None
        self.symbol_links = SymbolLinks(look, self)
        self.symbol_links.pointed.connect(self.symbol_pointed)
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.setInterval(0)
        self._later.timeout.connect(self._put_up)

    @property
    def widget(self) -> QWidget:
        """What stands on the stage."""
        raise NotImplementedError

    @property
    def footer(self) -> QWidget | None:
        """What stands below the stage, where there is room; None for nothing."""
        return None

    @property
    def bar(self) -> ScaleBar | None:
        """The scale of colours that is drawn below an exported picture; None where the picture has its own."""
        return None

    @property
    def own_controls(self) -> Controls | None:
        """What it brings to the sidebar; None for nothing."""
        return None

    @property
    def maps(self) -> tuple[Matrix, ...]:
        """The maps in it that can be zoomed."""
        return ()

    def take_background(self, background: Background) -> None:
        """Take the workers, once; for views that do more than answer requests."""

    def moves(self, _options: ViewOptions) -> bool:
        """Whether it has something to walk through, to play or to lay out anew."""
        return True

    def toggle_play(self) -> None:
        """Play or pause what it has to play."""

    @property
    def is_playing(self) -> bool:
        """Whether what it has to play is playing."""
        return False

    def why_still(self, shown: Shown) -> str:
        """Return why nothing can be played or walked through now; empty where something can."""
        return "" if shown.state.status is Status.SHOWN else _("There is nothing to walk through yet.")

    def wants(self, options: ViewOptions, state: AttentionState) -> tuple[Wanted, ...]:
        """Return what it has to know, the most urgent first; nothing while ``options`` leave nothing to ask.

        ``options`` have a text, where it needs one. What comes after a refusal isn't asked for.
        """
        raise NotImplementedError

    def show(self, shown: Shown) -> None:
        """Show what is wanted as far as it is there. Called while in front, whenever either has changed."""
        self.shown = shown
        self._show(shown)
        self._tell_explanation()
        if self._awaited is not None:
            self._later.start()

    def _show(self, shown: Shown) -> None:
        """Show ``shown``; what is the same as before costs nothing."""
        raise NotImplementedError

    def _is_new(self, *drawn: object) -> bool:
        """Return whether answers (by identity), words or the language differ from those of the last call."""
        before, self._drawn = self._drawn, (*drawn, current_language())
        return not is_same(before, self._drawn)

    def draw(self, painter: QPainter, ratio: float) -> None:
        """Draw what is seen onto another surface with ``ratio`` device pixels to a pixel."""
        raise NotImplementedError

    def what_is_missing(self, _options: ViewOptions) -> str:
        """Return what has to be typed before it can show a text; empty where a text is enough."""
        return ""

    @property
    def remedy(self) -> str:
        """Words of the button that brings a text it can show, where the typed one is refused; empty for none."""
        return ""

    def take_remedy(self) -> None:
        """Want such a text."""

    def reads_with_chosen_model(self, _options: ViewOptions) -> bool:
        """Whether the model that is chosen in the sidebar reads the text."""
        return not self.has_own_model

    def small_models(self, _options: ViewOptions) -> tuple[str, ...]:
        """Return the small models of ours that it shows, by their names in the catalogue."""
        return ()

    def note(self, shown: Shown) -> str:
        """Return what has to be known about what it shows; it stands below the text. Empty for nothing."""
        found = self.main_map(shown)
        return found.note if found is not None else ""

    def main_map(self, _shown: Shown) -> AttentionMap | None:
        """Return the map it is about, the first where there are two; None where it is about none."""
        return None

    def position(self, shown: Shown) -> tuple[str, str] | None:
        """Return how much was read and what that took, and the same in fewer words; None while nothing was."""
        found = self.main_map(shown)
        if found is None:
            return None
        took = max(1.0, sum(found.milliseconds.values()))  # nothing takes no time
        rows, tokens = len(found.rows), found.tokens
        read = ngettext("{tokens} token · {ms:.0f} ms", "{tokens} tokens · {ms:.0f} ms", tokens)
        brief = read.format(tokens=tokens, ms=took)
        many = ngettext("{n} row", "{n} rows", rows).format(n=rows)
        return f"{many} · {brief}", brief

    def layer_and_head(self, options: ViewOptions) -> tuple[int | None, int | None]:
        """Return the layer and head it shows."""
        return options.layer, options.head

    def has_free_head(self, options: ViewOptions) -> bool:
        """Return whether another head would change anything."""
        return options.aggregation != "rollout"

    def caption(self, shown: Shown) -> list[str]:
        """Return what a reader of an exported picture has to know."""
        return [typed_line(shown.options)]

    def exports(self, options: ViewOptions, state: AttentionState) -> dict[str, Any]:
        """Return what is written into a file of numbers: a request by the file's ending."""
        wanted = self.wants(options, state)
        return dict.fromkeys((".csv", ".npz"), wanted[0].request) if wanted else {}

    def saved_requests(self, options: ViewOptions) -> tuple[AttentionRequest, ...]:
        """Return the maps that a saved session names, for programs that read it."""
        return (options.attention(),)

    @property
    def page_id(self) -> str:
        """Its name in settings, scenes and texts."""
        return f"attention.{self.spec.id}"

    def explain(self) -> Explanation:
        """Return what the panel beside the page has to say now."""
        return Explanation(self.page_id, dict(self._explained))

    def symbol_values(self, _shown: Shown) -> dict[str, str]:
        """Return what each symbol stands for now, by its id."""
        return {}

    def light_symbol(self, symbol: str) -> None:
        """Light the part of the picture and the number that ``symbol`` stands for; none for an empty text."""
        self.symbol_links.light(symbol)

    def save_state(self) -> dict[str, Any]:
        """Return everything that decides what is shown, as plain JSON values."""
        if self.shown is None:
            return {}
        options = self.shown.options.to_dict()
        options["view"] = self.spec.id
        del options["download"]  # a state that is brought back fetches nothing from the network
        return {"options": options, "snapshot": self.snapshot().to_dict()}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Want what :meth:`save_state` saw, and put up the rest as soon as the answers have come."""
        kept = state.get("options")
        if isinstance(kept, Mapping) and isinstance(kept.get("text"), str):
            # Nobody's file fetches anything from the network unasked.
            now = self.shown.options if self.shown is not None else ViewOptions()
            options, _unusable = now.updated({**kept, "view": self.spec.id, "download": False})
            self._awaited = options, ViewSnapshot.from_dict(state.get("snapshot"))
            self.prepare(self._awaited[1])
            self.options_wanted.emit({field.name: getattr(options, field.name) for field in fields(options)})
            self._later.start()

    def let_go(self) -> None:
        """The window has been closed: put nothing up any more."""
        self._awaited = None
        self._later.stop()

    def prepare(self, snapshot: ViewSnapshot) -> None:
        """Take from ``snapshot`` what has to be known before anything is asked for."""

    def snapshot(self) -> ViewSnapshot:
        """Return what was picked and laid out by hand."""
        selection = self.selection
        return ViewSnapshot(
            row=selection.pinned.row,
            column=selection.pinned.column,
            swept_rows=selection.sweep.rows,
            swept_columns=selection.sweep.columns,
            direction=selection.direction,
            zooms=tuple(matrix.zoomed for matrix in self.maps),
        )

    def put_up(self, snapshot: ViewSnapshot) -> None:
        """Pick and lay out as it was, now that the answers are there."""
        pinned, sweep = Cell(snapshot.row, snapshot.column), Sweep(snapshot.swept_rows, snapshot.swept_columns)
        self.selection.take_up(pinned, sweep, snapshot.direction)
        for matrix, zoomed in zip(self.maps, snapshot.zooms, strict=False):
            matrix.zoom_to(*zoomed)

    @Slot()
    def _put_up(self) -> None:
        """Put up what is awaited, unless something else is wanted meanwhile."""
        if self._awaited is None or self.shown is None:
            return
        (options, snapshot), shown = self._awaited, self.shown
        is_refused = shown.state.status is Status.REFUSED
        if not self.is_in_front or shown.options.source != options.source or is_refused:
            self._awaited = None
        elif shown.is_complete and shown.state.status is Status.SHOWN:
            self._awaited = None
            self.put_up(snapshot)

    @Slot()
    def _tell_explanation(self) -> None:
        """Say that there is something else to explain, if there is."""
        values = self.symbol_values(self.shown) if self.shown is not None else {}
        if values != self._explained:
            self._explained = values
            self.explanation_changed.emit()


def build_view(spec: ViewSpec, look: Look, selection: Selection) -> View:
    """Import the view of ``spec`` and make it."""
    view: View = resolve_name(spec.builder)(spec, look, selection)
    return view


def is_same(before: tuple[object, ...], now: tuple[object, ...]) -> bool:
    """Return whether both hold the same answers (by identity: comparing their arrays would cost more) and words."""
    alike = (one is other or (isinstance(one, str) and one == other) for one, other in zip(before, now, strict=False))
    return len(before) == len(now) and all(alike)


def typed_line(options: ViewOptions) -> str:
    """Return what was typed in one line."""
    return text_line((options.text, options.second if options.has_second else ""))
