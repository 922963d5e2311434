"""The attention tab: assembles text, sidebar, stage, evidence and transport around one session."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from functools import partial
from pathlib import Path
from typing import Any, Final, TypeVar

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtGui import QImage, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.actions import Actions, Context
from app.attention.evidence_panel import EvidencePanel
from app.attention.export.exporter import Exporter
from app.attention.input.sidebar import Sidebar
from app.attention.input.text_bar import TextBar
from app.attention.layer_player import LayerPlayer
from app.attention.layout_rules import fold, is_brief, lines_of_text
from app.attention.learning.offer import train_what_is_missing
from app.attention.options import ONLY_MAPS, ORDERS, ViewOptions
from app.attention.presenter import Presenter
from app.attention.scenes import WALK_LAYERS
from app.attention.selection import Selection
from app.attention.session import AttentionSession
from app.attention.session_document import SessionDocument
from app.attention.state import Status
from app.attention.views import VIEWS
from app.attention.views.base import View, build_view
from app.attention.views.stack import Stage
from app.background import Background
from app.documents.file_kind import FileKind
from app.documents.text_file import TextFileError, read_text
from app.panel import Look
from app.sentence import Sentence
from app.style import set_style
from app.tab import Tab
from app.theme import Theme
from app.widgets.fields.index_slider import IndexSlider
from app.widgets.fold_handle import FoldHandle
from app.widgets.transport import Transport
from core.attention.examples import EXAMPLES
from core.attention.requests import AGGREGATIONS, COLORMAPS, MAX_CHARACTERS, SCALES, UNITS
from core.language import N_, _

_FIRST_EXAMPLE: Final = 0
_MAP_INSTEAD: Final = Sentence(ONLY_MAPS)
SomeView = TypeVar("SomeView", bound=View)


class AttentionTab(Tab):
    """What real models attend to in what is typed."""

    context: Context = "attention"
    exports = ("at_export",)

    def __init__(self, look: Look, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.selection = Selection(self)
        self.views = {spec.id: build_view(spec, look, self.selection) for spec in VIEWS}
        views = tuple(self.views.values())
        self.session = AttentionSession(background, self.views, self)
        for view in views:
            view.take_background(background)
        self.text_bar = TextBar(look)
        self.sidebar = Sidebar(look, views)
        self.stage = Stage(look, views)
        self.handle = FoldHandle(look, "at_sidebar")
        self.evidence = EvidencePanel(look, self.selection)
        self.transport = Transport(
            look,
            play="at_play",
            steps=(
                ("at_layer_back", N_("Previous layer")),
                ("at_layer_next", N_("Next layer")),
                ("at_head_back", N_("Previous head")),
                ("at_head_next", N_("Next head")),
            ),
            reset=("at_fit", N_("Reset view")),
            speeds=(("slow", N_("Slow"), "slow"), ("fast", N_("Fast"), "fast")),
        )
        self.presenter = Presenter(self.session, self.views, self.stage, self.evidence, self)
        self.exporter = Exporter(look, self.session, self.presenter, self.stage, self)
        self._was_opened = self._is_presenting = False
        self._page = self.page
        self._trouble: object = None
        self._is_view_refused = False
        self._wants_sidebar, self._forces_sidebar = True, False
        self._actions: Actions | None = None
        self._example = _FIRST_EXAMPLE
        self._player = LayerPlayer(self.session, self._layer_slider, self)
        self._document = SessionDocument(self.session, self.exporter, self._begin_anew, self)
        self._lay_out()
        self._connect()
        self.transport.show_speed(self._player.speed)
        self._show_options()
        self._restyle(look.theme.theme)

    def _lay_out(self) -> None:
        self._rules = (QFrame(), QFrame())
        for rule in self._rules:
            set_style(rule, rule=True)
        self._middle = QHBoxLayout()
        self._middle.addWidget(self.stage, 13)
        self._middle.addWidget(self.evidence, 7)
        self._switched = QVBoxLayout()
        self._switched.addWidget(self.stage.switch)
        self._switched.addLayout(self._middle, 1)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.sidebar)
        beside.addWidget(self.handle)
        beside.addLayout(self._switched, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.text_bar)
        column.addWidget(self._rules[0])
        column.addLayout(beside, 1)
        column.addWidget(self._rules[1])
        column.addWidget(self.transport)

    def _connect(self) -> None:
        session, stage = self.session, self.stage
        session.options_changed.connect(self._show_options)
        session.answered.connect(self._on_answered)
        session.failed.connect(self._on_failed)
        session.noticed.connect(self._on_noticed)
        self.text_bar.typed.connect(self._on_typed)
        self.text_bar.second_typed.connect(lambda text: session.want(second=text))
        self.text_bar.pair_wanted.connect(lambda on: session.want(paired=on))
        self.text_bar.example_chosen.connect(self.show_example)
        self.text_bar.done.connect(self.take_focus)
        self.sidebar.wanted.connect(self._on_choice)
        session.status_changed.connect(self._show_effect)
        session.status_changed.connect(self._offer_steps)
        stage.view_wanted.connect(lambda view: session.want(view=view))
        stage.empty_state.pressed.connect(self._on_empty_state_pressed)
        for one in self.views.values():
            one.options_wanted.connect(self._on_choice)
            one.requests_changed.connect(session.go_on)
            one.failed.connect(self._on_view_failed)
            one.play_changed.connect(self._offer_steps)
        self.evidence.heads.chosen.connect(lambda layer, head: session.want(layer=layer, head=head))
        self.evidence.requests_changed.connect(session.go_on)
        self.evidence.turn_wanted.connect(self.selection.turn)
        self.evidence.order_wanted.connect(lambda order: session.want(order=order))
        self.transport.speed_chosen.connect(self._player.set_speed)
        self._player.toggled.connect(self._show_playing)
        self.presenter.note_changed.connect(self.text_bar.show_note)
        self.presenter.position_changed.connect(self.transport.show_position)
        self.exporter.message.connect(self.message)
        self.exporter.opened.connect(self._on_session_opened)

    @property
    def document(self) -> SessionDocument:
        """What is looked at."""
        return self._document

    @property
    def foot(self) -> QWidget:
        """The transport."""
        return self.transport

    @property
    def hint_target(self) -> QWidget:
        """Where one types."""
        return self.text_bar.first

    @property
    def page(self) -> View:
        """The view that is wanted."""
        return self.presenter.view

    def view(self, kind: type[SomeView]) -> SomeView:
        """Return the view of a class, for those who know it: the tour, benchmarks and tests."""
        return next(view for view in self.views.values() if isinstance(view, kind))

    def open_page(self, page_id: str) -> None:
        """Bring a view onto the stage."""
        for view in self.views.values():
            if view.page_id == page_id:
                self.session.want(view=view.spec.id)

    def restore_page(self, page_id: str, state: Mapping[str, Any]) -> None:
        """Bring a view onto the stage as it was; a state without a text leaves what is typed."""
        for view in self.views.values():
            if view.page_id == page_id:
                self.session.want(view=view.spec.id)
                view.restore_state(state)

    def set_aside(self) -> Callable[[], None]:
        """Set what is wanted aside, with what is picked and laid out by hand in the view on the stage."""
        asked_for, view, example, speed = self.session.asked_for, self.page, self._example, self._player.speed
        was_opened, state = self._was_opened, view.save_state()

        def bring_back() -> None:
            self._was_opened, self._example = was_opened, example
            self._player.set_speed(speed)
            self.transport.show_speed(speed)
            self.take_up(asked_for)
            view.restore_state(state)
            self.take_up(asked_for)  # to the letter: the state says what the models at hand have of it

        return bring_back

    @property
    def is_busy(self) -> bool:
        """Whether an answer is awaited, or the layers are walked through."""
        return self.session.is_busy or self._player.is_playing

    def perform(self, run: Mapping[str, Any]) -> None:
        """Walk through the layers."""
        if run.get("do") == WALK_LAYERS.do and not self._player.is_playing:
            self._player.toggle()

    def hold(self) -> None:
        """Let the layers stand still."""
        self._player.stop()

    def connect_actions(self, actions: Actions) -> None:
        """Say what the tab's actions do."""
        self._actions = actions
        session, sidebar = self.session, self.sidebar
        actions.on("at_play", self._play_or_pause)
        actions.on("at_layer_back", lambda: self._layer_slider().step(-1))
        actions.on("at_layer_next", lambda: self._layer_slider().step(+1))
        actions.on("at_head_back", lambda: sidebar.head.step(-1))
        actions.on("at_head_next", lambda: sidebar.head.step(+1))
        actions.on("at_mean", lambda: session.want(head=None))
        actions.on("at_fit", self._fit)
        actions.on("at_zoom_in", lambda: self.stage.zoom_by(1.5))
        actions.on("at_zoom_out", lambda: self.stage.zoom_by(1 / 1.5))
        for spec in VIEWS:
            actions.on(spec.action, partial(session.want, view=spec.id))
        actions.on("at_text", self.text_bar.take_focus)
        actions.on("at_pair", self.text_bar.toggle_pair)
        actions.on("at_example", self._show_next_example)
        actions.on("at_turn", self.selection.turn)
        actions.on("at_unit", lambda: self._next("unit", UNITS))
        actions.on("at_aggregation", lambda: self._next("aggregation", AGGREGATIONS))
        actions.on("at_colormap", lambda: self._next("colormap", COLORMAPS))
        actions.on("at_scale", lambda: self._next("scale", SCALES))
        actions.on("at_scale_whole", lambda: session.want(scale="linear"))
        actions.on_toggle("at_specials", lambda on: session.want(specials=on))
        actions.on("at_order", lambda: self._next("order", ORDERS))
        actions["at_sidebar"].setChecked(True)
        actions.on_toggle("at_sidebar", self._on_sidebar)
        actions.on("at_export", self.exporter.ask_where_to_export)
        self.transport.connect_actions(actions)
        self.handle.connect_actions(actions)

    def opened(self) -> None:
        """Begin with an example where nothing was typed yet."""
        self._offer_views()
        self._offer_steps()
        if not self._was_opened and not self.session.options.text:
            self.show_example(_FIRST_EXAMPLE)
        self._was_opened = True
        self.session.wake()

    def left(self) -> None:
        """Nobody looks: layers stand still."""
        self._player.stop()

    def closed(self) -> None:
        """Nothing is put up any more."""
        for view in self.views.values():
            view.let_go()

    @Slot()
    def take_focus(self) -> None:
        """Give the keyboard to the view on the stage."""
        self.stage.page.setFocus()

    def turn(self, by: int) -> None:
        """Show the next layer, or the one before."""
        self._layer_slider().step(by)

    def present(self, on: bool) -> None:
        """The stage grows, the sidebar leaves."""
        self._is_presenting = on
        self._wants_sidebar, self._forces_sidebar = not on, False
        self._fold()

    def save_settings(self) -> dict[str, Any]:
        """Return the options, which file they are of, and the models opened before."""
        return {
            "options": self.session.options.to_dict(),
            "models": self.sidebar.model.recent,
            "document": self._document.save_settings(),
        }

    def restore_settings(self, remembered: dict[str, Any]) -> None:
        """Take up options and models; what this version does not allow is left at its default."""
        models = remembered.get("models")
        if isinstance(models, list):
            self.sidebar.remember_models([name for name in models if isinstance(name, str)])
        options = remembered.get("options", remembered.get("wish"))  # as earlier versions called it
        if isinstance(options, dict):
            self.take_up(ViewOptions.from_dict(options))
            self._document.restore_settings(remembered.get("document"))

    def take_up(self, options: ViewOptions) -> None:
        """Want all of ``options``."""
        self.session.want(**{field.name: getattr(options, field.name) for field in fields(ViewOptions)})

    @property
    def page_widget(self) -> QWidget:
        """The view on the stage."""
        return self.page.widget

    def image(self) -> QImage:
        """Return the view as it is exported."""
        return self.exporter.image()

    def copy_numbers(self) -> bool:
        """Have the numbers of the view copied; the worker has all of them."""
        return self.exporter.copy_numbers()

    def open_files(self, kind: FileKind, paths: tuple[Path, ...]) -> None:
        """Open a session, weights and tokens, a model's folder, or texts: of two, the second is the second sentence."""
        if kind is FileKind.TEXT:
            self._open_texts(paths)
        elif kind is FileKind.MODEL:
            self.session.want(model=str(paths[0]), download=False)
        else:
            self.exporter.open_file(paths[0])

    def _open_texts(self, paths: tuple[Path, ...]) -> None:
        try:
            texts = [read_text(path, MAX_CHARACTERS) for path in paths[:2]]
        except TextFileError as error:
            self.message.emit("error", str(error))
            return
        pair = {"second": texts[1], "paired": True} if len(texts) > 1 else {}
        self.session.want(text=texts[0], **pair)

    def _begin_anew(self) -> None:
        self.selection.clear()
        self.session.want(text="", second="", paired=False)
        self.text_bar.take_focus()

    def show_example(self, number: int) -> None:
        """Begin with an example, and have the one after it ready."""
        example = EXAMPLES[number % len(EXAMPLES)]
        request = example.request
        self._example = (number + 1) % len(EXAMPLES)
        self.selection.clear()
        self.session.want(
            text=request.source.text,
            second=request.source.pair or "",
            paired=request.source.pair is not None,
            model=request.source.model,
            unit=request.unit,
        )
        self.text_bar.show_example(number % len(EXAMPLES))

    def _show_next_example(self) -> None:
        """Begin with the next example, or with the next text that the page's own model knows."""
        if self.page.has_own_model:
            self.page.take_remedy()
        else:
            self.show_example(self._example)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._middle.setSpacing(em(1))
        self._switched.setSpacing(em(0.5))
        self._switched.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._fold()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show beside the stage what there is room for."""
        super().resizeEvent(event)
        self._fold()

    def _retranslate(self) -> None:
        self.session.say_again()
        self._show_options()

    def _layer_slider(self) -> IndexSlider:
        """Return what walks through the layers in this view."""
        return self.sidebar.layers_of(self.page)

    def _play_or_pause(self) -> None:
        """Let the view play what it has, or else the layers."""
        if self.page.plays:
            self.page.toggle_play()
        else:
            self._player.toggle()

    def _next(self, name: str, values: Sequence[Any]) -> None:
        at = values.index(getattr(self.session.options, name))
        self.session.want(**{name: values[(at + 1) % len(values)]})

    def _fit(self) -> None:
        self.selection.clear()
        self.stage.zoom_to_fit()

    @Slot()
    def _on_empty_state_pressed(self) -> None:
        """Try again what was refused, or bring what works; ask for what is missing; else begin with an example."""
        state = self.session.state
        is_refused = state.status is Status.REFUSED
        if is_refused and state.is_untrained:
            train_what_is_missing(self.session, self.page)
        elif is_refused and state.may_go_better:
            self.session.retry()
        elif self.page.remedy:
            self.page.take_remedy()
        elif self.session.options.has_text:
            self.text_bar.ask_for_second()
        else:
            self.show_example(self._example)

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.first_used.emit()
        self.session.want(text=text)

    @Slot(bool)
    def _on_sidebar(self, on: bool) -> None:
        """Show or hide the sidebar; asked for in a narrow window, it takes the stage's room."""
        self._wants_sidebar = self._forces_sidebar = on
        self._fold()

    def _fold(self) -> None:
        """Fold away what the window is too narrow for."""
        line = self.look.scale.line
        room = fold(
            self.page.least_width,
            self.width() / line,
            self.sidebar.width() / line,
            has_evidence=self.page.has_evidence,
            wanted=self._wants_sidebar,
        )
        self._forces_sidebar = self._forces_sidebar and not room.sidebar
        seen = self._wants_sidebar and (room.sidebar or self._forces_sidebar)
        self.sidebar.setVisible(seen)
        self.handle.setVisible(not seen and not self._is_presenting)
        self.presenter.make_room(evidence=room.evidence)
        self.text_bar.be_brief(is_brief(self.width() / line, self.height() / line))
        self.text_bar.show_lines(lines_of_text(self.height() / line))
        if self._actions is not None:
            with QSignalBlocker(self._actions["at_sidebar"]):
                self._actions["at_sidebar"].setChecked(seen)

    @Slot(dict)
    def _on_choice(self, changes: dict[str, Any]) -> None:
        self.session.want(**changes)
        # A choice that changes nothing (the mean, where steps need one head) leaves its control where it was.
        self.sidebar.show_options(self.page, self.session.options, self.session.state.cards)

    def _show_what_serves(self) -> None:
        """Hide the field where nothing that is typed is shown, and the transport where nothing moves."""
        moves = self.page.moves(self.session.options)
        for rule, bar, serves in zip(
            self._rules, (self.text_bar, self.transport), (self.page.needs_text, moves), strict=True
        ):
            rule.setVisible(serves)
            bar.setVisible(serves)

    def _offer_views(self) -> None:
        """Grey out, with the reason, the views that show what the model doesn't give."""
        card = self.session.state.cards.get(self.session.options.model)
        only_maps = card is not None and card.only_maps
        refused = {spec.id: _(ONLY_MAPS) for spec in VIEWS if spec.needs_vectors and only_maps}
        self.stage.switch.refuse(refused)
        if self._actions is None:
            return
        for spec in VIEWS:
            if spec.needs_vectors:
                action = self._actions[spec.action]
                action.setEnabled(action.isVisible() and spec.id not in refused)  # seen only in this tab

    @Slot()
    def _offer_steps(self) -> None:
        """Offer to play and to step where there is something to walk through, and say why where there is nothing."""
        page, heads = self.page, self.sidebar.head
        reason = page.why_still(self.presenter.shown)
        many_heads = heads.count > 1 and not reason
        if not reason and not page.plays and self._layer_slider().count <= 1:
            reason = _("There is only one step, and it is on the stage.")
        if self._actions is not None:
            offered = dict.fromkeys(("at_play", "at_layer_back", "at_layer_next"), not reason)
            for name, on in {**offered, "at_head_back": many_heads, "at_head_next": many_heads}.items():
                action = self._actions[name]
                action.setEnabled(action.isVisible() and on)  # seen only in this tab
        self.transport.say_why_still(reason)
        self._show_playing()

    @Slot()
    def _show_playing(self) -> None:
        self.transport.show_playing(self.page.is_playing if self.page.plays else self._player.is_playing)

    def _say_why_the_map(self) -> None:
        """Say why the map stands where another view was, as long as that is so."""
        is_refused = self.session.is_view_refused
        if is_refused != self._is_view_refused:
            self._is_view_refused = is_refused
            if is_refused:
                self.message.emit("info", _MAP_INSTEAD)
            else:
                self.message_withdrawn.emit(_MAP_INSTEAD)

    @Slot()
    def _show_effect(self) -> None:
        found = self.page.main_map(self.presenter.shown)
        self.sidebar.show_effect(found, specials=self.session.options.specials)

    @Slot(str)
    def _on_answered(self, _kind: str) -> None:
        self._offer_views()
        self._offer_steps()
        self._show_effect()
        if self._trouble is not None:  # it goes on: what was wrong is wrong no more
            self.message_withdrawn.emit(self._trouble)
            self._trouble = None

    @Slot(str, dict)
    def _on_session_opened(self, view: str, state: dict[str, Any]) -> None:
        self.views[view].restore_state(state)

    @Slot(object)
    def _on_noticed(self, said: object) -> None:
        self.message.emit("info", said)

    @Slot(object)
    def _on_view_failed(self, said: object) -> None:
        self.message.emit("error", said)

    @Slot(object)
    def _on_failed(self, trouble: object) -> None:
        self._trouble = trouble
        self.message.emit("error", trouble)

    @Slot()
    def _show_options(self) -> None:
        options = self.session.options
        if self._page is not self.page:
            self._page = self.page
            self.page_changed.emit()
        self.transport.call_steps(self.page.step_words)
        self.text_bar.show_texts(options.text, options.second, paired=options.paired)
        self.sidebar.show_options(self.page, options, self.session.state.cards)
        self._offer_views()
        self._say_why_the_map()
        self.transport.show_primary(not self.page.has_primary)
        self.transport.offer_speeds(not self.page.plays)
        self._show_what_serves()
        self._show_effect()
        self._fold()
        self.presenter.show_options()
        self._offer_steps()
        if self._actions is not None:
            self._actions["at_specials"].setChecked(options.specials)
