"""The attention tab: assembles text, choices, stage, evidence and transport around one session."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from functools import partial
from typing import Any, Final

from PySide6.QtCore import QSignalBlocker, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from app.actions import Actions, Context
from app.attention.evidence_panel import Evidence
from app.attention.export.exporter import Keeper
from app.attention.input.sidebar import Choices
from app.attention.input.text_bar import Texts
from app.attention.layer_player import LayerPlayer
from app.attention.layout_rules import fold, is_brief
from app.attention.options import VIEWS, Wish
from app.attention.presenter import Display
from app.attention.selection import Picks
from app.attention.session import AttentionSession
from app.attention.views.heads import ORDERS
from app.attention.views.stack import Stage
from app.background import Background
from app.panel import Look
from app.style import mark
from app.tab import Tab
from app.theme import Theme
from app.widgets.index_slider import IndexSlider
from app.widgets.transport import Transport
from core.attention.examples import EXAMPLES
from core.attention.requests import RAMPS, READINGS, SCALES, UNITS
from core.attention.results import Token
from core.language import N_

_FIRST_EXAMPLE: Final = 0


class AttentionTab(Tab):
    """What real models attend to in what is typed."""

    context: Context = "attention"

    def __init__(self, look: Look, background: Background, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.session = AttentionSession(background, self)
        self.picks = Picks(self)
        self.texts = Texts(look)
        self.choices = Choices(look)
        self.stage = Stage(look, self.picks)
        self.evidence = Evidence(look, self.picks)
        self.transport = Transport(
            look,
            play="at_play",
            steps=(
                ("at_layer_back", N_("Layer")),
                ("at_layer_next", N_("Layer")),
                ("at_head_back", N_("Head")),
                ("at_head_next", N_("Head")),
            ),
            reset=("at_fit", N_("Fit")),
            speeds=(("slow", N_("Slow"), "slow"), ("fast", N_("Fast"), "fast")),
        )
        self.display = Display(self.session, self.picks, self.stage, self.evidence, self)
        self.keeper = Keeper(look, self.session, self.picks, self.stage, self)
        self._was_opened = False
        self._trouble: object = None
        self._wants_choices, self._forces_choices = True, False
        self._actions: Actions | None = None
        self._example = _FIRST_EXAMPLE
        self._player = LayerPlayer(self.session, self._layer_slider, self)
        self._lay_out()
        self._connect()
        self.transport.show_speed(self._player.speed)
        self._show_wish()
        self._restyle(look.theme.theme)

    def _lay_out(self) -> None:
        self._rules = (QFrame(), QFrame())
        for rule in self._rules:
            mark(rule, rule=True)
        self._middle = QHBoxLayout()
        self._middle.addWidget(self.stage, 13)
        self._middle.addWidget(self.evidence, 7)
        self._switched = QVBoxLayout()
        self._switched.addWidget(self.stage.switch)
        self._switched.addLayout(self._middle, 1)
        beside = QHBoxLayout()
        beside.setSpacing(0)
        beside.addWidget(self.choices)
        beside.addLayout(self._switched, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.texts)
        column.addWidget(self._rules[0])
        column.addLayout(beside, 1)
        column.addWidget(self._rules[1])
        column.addWidget(self.transport)

    def _connect(self) -> None:
        session, stage = self.session, self.stage
        session.wish_changed.connect(self._show_wish)
        session.answered.connect(self._on_answered)
        session.failed.connect(self._on_failed)
        session.noticed.connect(self._on_noticed)
        self.texts.typed.connect(self._on_typed)
        self.texts.second_typed.connect(lambda text: session.want(second=text))
        self.texts.pair_wanted.connect(lambda on: session.want(paired=on))
        self.texts.example_chosen.connect(self.show_example)
        self.texts.done.connect(self._focus_stage)
        self.choices.wanted.connect(self._on_choice)
        session.status_changed.connect(self._show_effect)
        stage.view_wanted.connect(lambda view: session.want(view=view))
        stage.notice.example_wanted.connect(lambda: self.show_example(self._example))
        stage.notice.retry_wanted.connect(session.retry)
        stage.steps.query_chosen.connect(self._on_query)
        stage.steps.temperature_chosen.connect(lambda value: session.want(temperature=value))
        stage.steps.mask_chosen.connect(lambda masked: session.want(masked=masked))
        stage.alignment.token_chosen.connect(self.picks.pin_place)
        for mosaic in (stage.mosaic, self.evidence.mosaic):
            mosaic.chosen.connect(self._on_head_chosen)
        self.evidence.turn_wanted.connect(self.picks.turn)
        self.evidence.order_wanted.connect(self._show_order)
        stage.order.chosen.connect(self._show_order)
        self.picks.changed.connect(self._on_picked)
        self.transport.speed_chosen.connect(self._player.set_speed)
        self._player.toggled.connect(self.transport.show_playing)
        self.display.note_changed.connect(self.texts.show_note)
        self.display.position_changed.connect(self.transport.show_position)
        self.keeper.told.connect(self.told)
        self.keeper.opened.connect(self._on_session_opened)
        self.keeper.order_wanted.connect(self._show_order)

    def connect_actions(self, actions: Actions) -> None:
        """Say what the tab's actions do."""
        self._actions = actions
        session, choices = self.session, self.choices
        actions.on("at_play", self._player.toggle)
        actions.on("at_layer_back", lambda: self._layer_slider().step(-1))
        actions.on("at_layer_next", lambda: self._layer_slider().step(+1))
        actions.on("at_head_back", lambda: choices.head.step(-1))
        actions.on("at_head_next", lambda: choices.head.step(+1))
        actions.on("at_mean", lambda: session.want(head=None))
        actions.on("at_fit", self._fit)
        actions.on("at_zoom_in", lambda: self.stage.zoom_by(1.5))
        actions.on("at_zoom_out", lambda: self.stage.zoom_by(1 / 1.5))
        for view in VIEWS:
            actions.on(f"at_view_{view}", partial(session.want, view=view))
        actions.on("at_text", self.texts.take_focus)
        actions.on("at_pair", self.texts.toggle_pair)
        actions.on("at_example", lambda: self.show_example(self._example))
        actions.on("at_turn", self.picks.turn)
        actions.on("at_unit", lambda: self._next("unit", UNITS))
        actions.on("at_reading", lambda: self._next("reading", READINGS))
        actions.on("at_ramp", lambda: self._next("ramp", RAMPS))
        actions.on("at_scale", lambda: self._next("scale", SCALES))
        actions.on_toggle("at_specials", lambda on: session.want(specials=on))
        actions.on("at_order", self._next_order)
        actions["at_choices"].setChecked(True)
        actions.on_toggle("at_choices", self._on_choices)
        actions.on("at_keep", self.keeper.ask_where_to_keep)
        actions.on("at_copy", self.keeper.copy)
        actions.on("at_save_session", self.keeper.ask_where_to_save)
        actions.on("at_open_session", self.keeper.ask_what_to_open)
        self.transport.connect_actions(actions)

    def opened(self) -> None:
        """Begin with an example where nothing was typed yet."""
        if not self._was_opened and not self.session.wish.text:
            self.show_example(_FIRST_EXAMPLE)
        self._was_opened = True
        self.session.wake()

    def left(self) -> None:
        """Nobody looks: layers stand still."""
        self._player.stop()

    def present(self, on: bool) -> None:
        """The stage grows, choices leave."""
        self._wants_choices, self._forces_choices = not on, False
        self._fold()

    def remember(self) -> dict[str, Any]:
        """Return the wish and the models opened before."""
        return {"wish": self.session.wish.to_dict(), "models": self.choices.model.recent}

    def recall(self, remembered: dict[str, Any]) -> None:
        """Take up wish and models; what this version does not allow is left at its default."""
        models = remembered.get("models")
        if isinstance(models, list):
            self.choices.remember_models([name for name in models if isinstance(name, str)])
        wish = remembered.get("wish")
        if isinstance(wish, dict):
            self.take_up(Wish.from_dict(wish))

    def take_up(self, wish: Wish) -> None:
        """Want all of ``wish``."""
        self.session.want(**{field.name: getattr(wish, field.name) for field in fields(Wish)})

    def show_example(self, number: int) -> None:
        """Begin with an example, and have the one after it ready."""
        example = EXAMPLES[number % len(EXAMPLES)]
        request = example.request
        self._example = (number + 1) % len(EXAMPLES)
        self.picks.clear()
        self.session.want(
            text=request.source.text,
            second=request.source.pair or "",
            paired=request.source.pair is not None,
            model=request.source.model,
            unit=request.unit,
        )
        self.texts.show_example(number % len(EXAMPLES))

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
        self._show_wish()
        self.display.show_reading()

    def _layer_slider(self) -> IndexSlider:
        """Return what walks through the layers in this view."""
        return self.choices.states if self.session.wish.view == "alignment" else self.choices.layer

    def _next(self, name: str, values: Sequence[Any]) -> None:
        at = values.index(getattr(self.session.wish, name))
        self.session.want(**{name: values[(at + 1) % len(values)]})

    def _next_order(self) -> None:
        self._show_order(ORDERS[(ORDERS.index(self.stage.mosaic.order) + 1) % len(ORDERS)])

    def _fit(self) -> None:
        self.picks.clear()
        self.stage.zoom_to_fit()

    @Slot(str)
    def _on_typed(self, text: str) -> None:
        self.session.want(text=text)

    @Slot()
    def _focus_stage(self) -> None:
        self.stage.page.setFocus()

    @Slot(int, int)
    def _on_head_chosen(self, layer: int, head: int) -> None:
        view = "map" if self.session.wish.view == "heads" else self.session.wish.view
        self.session.want(layer=layer, head=head, view=view)

    @Slot(object)
    def _on_query(self, token: object) -> None:
        assert isinstance(token, Token)
        self.session.ask_steps_of(token)
        self.picks.pin_place(token)

    @Slot(str)
    def _show_order(self, name: str) -> None:
        for order in ORDERS:
            if order == name:
                self.stage.mosaic.show_order(order)
                self.evidence.mosaic.show_order(order)
                for box in (self.stage.order, self.evidence.order):
                    box.show_order(order)

    @Slot()
    def _on_picked(self) -> None:
        token = self.picks.pinned_token()
        if token is not None and self.session.wish.view != "steps":
            self.session.ask_steps_of(token)

    @Slot(bool)
    def _on_choices(self, on: bool) -> None:
        """Show or hide the choices; asked for in a narrow window, they take the stage's room."""
        self._wants_choices = self._forces_choices = on
        self._fold()

    def _fold(self) -> None:
        """Fold away what the window is too narrow for."""
        line = self.look.scale.line
        room = fold(
            self.session.wish.view, self.width() / line, self.choices.width() / line, wanted=self._wants_choices
        )
        self._forces_choices = self._forces_choices and not room.choices
        seen = self._wants_choices and (room.choices or self._forces_choices)
        self.choices.setVisible(seen)
        self.display.make_room(evidence=room.evidence)
        self.texts.be_brief(is_brief(self.width() / line, self.height() / line))
        if self._actions is not None:
            with QSignalBlocker(self._actions["at_choices"]):
                self._actions["at_choices"].setChecked(seen)

    @Slot(dict)
    def _on_choice(self, changes: dict[str, Any]) -> None:
        self.session.want(**changes)
        # A choice that changes nothing (the mean, where steps need one head) leaves its control where it was.
        self.choices.show_wish(self.session.wish, self.session.state.cards)

    @Slot()
    def _show_effect(self) -> None:
        self.choices.show_effect(self.session.state, self.session.wish)

    @Slot(str)
    def _on_answered(self, _kind: str) -> None:
        self._show_effect()
        if self._trouble is not None:  # it goes on: what was wrong is wrong no more
            self.untold.emit(self._trouble)
            self._trouble = None

    @Slot(object)
    def _on_session_opened(self, wish: object) -> None:
        assert isinstance(wish, Wish)
        self.take_up(wish)

    @Slot(object)
    def _on_noticed(self, said: object) -> None:
        self.told.emit("info", said)

    @Slot(object)
    def _on_failed(self, trouble: object) -> None:
        self._trouble = trouble
        self.told.emit("error", trouble)

    @Slot()
    def _show_wish(self) -> None:
        wish = self.session.wish
        self.texts.show_texts(wish.text, wish.second, paired=wish.paired)
        self.choices.show_wish(wish, self.session.state.cards)
        self._show_effect()
        self._fold()
        self.display.show_wish()
        if self._actions is not None:
            self._actions["at_specials"].setChecked(wish.specials)
