"""The policy as a picture: π over a plane of states, redrawn after each update, with episodes on it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, ClassVar, Final

import numpy as np
from PySide6.QtCore import QElapsedTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.page import Explanation
from app.panel import Look
from app.policy_gradient.exporting.saved_plot import SavedPlot, plot_of_run
from app.policy_gradient.live.symbols import values_of
from app.policy_gradient.page import PolicyPage
from app.policy_gradient.plane.axes import AxisRange, axis_ranges
from app.policy_gradient.plane.controls import PlaneControls
from app.policy_gradient.plane.page_state import PlaneState, decode_plane_state
from app.policy_gradient.plane.policy_map import MapContent, PolicyMap, flat
from app.policy_gradient.plane.starter import Starter
from app.policy_gradient.plane.words import pointed_words, started_words
from app.policy_gradient.run_state import restore_run_state, save_run_state
from app.policy_gradient.session import Phase, TrainingSession
from app.style import set_style
from app.theme import Theme
from app.widgets.elided_label import ElidedLabel
from core.language import _
from core.policy_gradient.environments.description import EnvironmentDescription
from core.policy_gradient.export.run_plots import plane_table
from core.policy_gradient.networks.layers import Layers
from core.policy_gradient.plane import Plane, policy_on, visits
from core.policy_gradient.runs.recording import Floats32

CELLS: Final = 48
"""Cells along each axis in which visited states are counted."""
VISITED_EVERY: Final = 250
"""Milliseconds between two counts of visited states while playing."""
HELD_EVERY: Final = 50
"""Milliseconds between two maps that differ only in what is held, while playing."""


class PlanePage(PolicyPage):
    """π(right|s) over angle and angular velocity; of other environments, over any two numbers."""

    page_id: ClassVar[str] = "policy_gradient.plane"

    def __init__(self, look: Look, session: TrainingSession, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._session = session
        self._n_obs = 0
        self._environment = session.config.environment
        self._is_presenting = False
        self._axes = (0, 0)
        self._ranges: list[AxisRange] = []
        self._weights: object = None
        self._seen: list[tuple[float, ...]] = []
        self._episode = 0
        self._pointed: tuple[float, float] | None = None
        self._since_visited, self._since_held = QElapsedTimer(), QElapsedTimer()
        self._since_visited.start()
        self._since_held.start()
        nothing = AxisRange("", "", 1.0, -1.0, 1.0)
        self.map = PolicyMap(look, MapContent(nothing, nothing))
        self.controls = PlaneControls(look)
        self.starter = Starter(session, self)
        self.words = ElidedLabel()
        set_style(self.words, kind="muted")
        self._stage = QVBoxLayout()
        self._stage.addWidget(self.map, 1)
        self._stage.addWidget(self.words)
        self._row = QHBoxLayout(self)
        self._row.addLayout(self._stage, 1)
        self._row.addWidget(self.controls)
        self.map.chosen.connect(self._on_chosen)
        self.map.pointed.connect(self._on_pointed)
        self.controls.axes_chosen.connect(self._on_axes)
        self.controls.held_moved.connect(self._on_held)
        self.controls.layers_switched.connect(self._show_layers)
        self.controls.greedy_switched.connect(self._start_again)
        self.starter.changed.connect(self._show_started)
        session.progressed.connect(self._on_progressed)
        session.restarted.connect(self._on_restarted)
        self.symbol_links.add("pi", self.map)
        self.symbol_links.add("s", self.controls)
        self._restyle(look.theme.theme)
        self._on_restarted()
        self._show_started()
        self._on_progressed()

    @property
    def plane(self) -> Plane:
        """The states that are shown."""
        x, y = self._axes
        ranges = self._ranges
        held = tuple(slider.value for slider in self.controls.held)
        return Plane(x, y, (ranges[x].low, ranges[x].high), (ranges[y].low, ranges[y].high), held)

    def opened(self) -> None:
        """Show what has come while another page was in front."""
        self._on_progressed()

    def present(self, on: bool) -> None:
        """The map grows, the choices leave."""
        self._is_presenting = on
        self.controls.setVisible(not on)
        self._restyle(self.look.theme.theme)

    def explain(self) -> Explanation:
        """Return what the symbols of the article stand for now."""
        return Explanation(self.page_id, values_of(self._session.config, self._session.state))

    def saved_plot(self) -> SavedPlot | None:
        """Return the map; None while no policy is known."""
        values, run = self.map.content.values, self._session.shelf.current
        if values is None:
            return None
        plane, action = self.plane, self.controls.action
        held = [
            f"{one.name} {one.written(value)}"
            for number, (one, value) in enumerate(zip(self._ranges, plane.held, strict=True))
            if number not in self._axes
        ]
        return plot_of_run(
            "policy", self.map.accessibleName(), (self.map,), run,
            partial(plane_table, run, plane, values, action), _("Held: {numbers}").format(numbers=" · ".join(held)),
        )  # fmt: skip

    def save_state(self) -> dict[str, Any]:
        """Return the run, the axes, what is held, what lies on the map, and where an episode was started."""
        x, y = self._axes
        plane = PlaneState(
            axes=(x, y) if self._n_obs else None,
            held=tuple(slider.value for slider in self.controls.held),
            follows=self.controls.follows.isChecked(),
            path=self.controls.path.isChecked(),
            visited=self.controls.visited.isChecked(),
            greedy=self.controls.greedy.isChecked(),
            start=self.starter.start,
            action=self.controls.action,
        )
        return save_run_state(self._session) | {"plane": plane.to_dict()}

    def restore_state(self, state: Mapping[str, Any]) -> None:
        """Bring back what was saved; a started episode is played again once its policy is known."""
        restore_run_state(self._session, state)
        saved = decode_plane_state(state.get("plane"))
        for switch, on in (
            (self.controls.follows, saved.follows),
            (self.controls.path, saved.path),
            (self.controls.visited, saved.visited),
            (self.controls.greedy, saved.greedy),
        ):
            if on is not None:
                switch.setChecked(on)
        self._take_up(saved)

    def _take_up(self, saved: PlaneState) -> None:
        """Take axes, held values and start where they belong to as many numbers as there are."""
        if saved.axes is not None and all(number < self._n_obs for number in saved.axes):
            self._show_axes(*saved.axes)
        if saved.action is not None:
            self.controls.action_box.choose_if(lambda action: action == saved.action)
        if len(saved.held) == self._n_obs:
            self.controls.show_held(saved.held)
        if saved.start is None:
            self.starter.forget()
        elif len(saved.start) == self._n_obs:
            self._start(saved.start)
        self._redraw()
        self._show_layers()

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._row.setContentsMargins(em(0.75), em(0.5), em(0.75) if self._is_presenting else 0, em(0.5))
        self._row.setSpacing(em(0.25))
        self._stage.setSpacing(em(0.375))

    def _retranslate(self) -> None:
        if self._n_obs:
            self._show_axes(*self._axes)
        self._show_started()

    def _layers(self) -> Layers | None:
        """Return the policy's network as it is now; None while it is not known."""
        return self._session.state.layers(self._n_obs, self._session.config.hidden) if self._n_obs else None

    @property
    def _known(self) -> EnvironmentDescription:
        return self._session.described

    @Slot()
    def _on_restarted(self) -> None:
        """Another run: its policy is not known yet, and perhaps its environment is another."""
        self._weights = None
        self._seen.clear()
        environment = self._session.config.environment
        if environment != self._environment:  # a state of the former one is none of this
            self._environment = environment
            self._n_obs = 0  # nor are its axes: the run may come with its policy, as one from the shelf does
            self.starter.forget()
        self._meet(self._known.n_obs)
        self._start_again()

    def _meet(self, n_obs: int) -> None:
        """Show an environment that observes ``n_obs`` numbers; 0 where that is not known yet."""
        if n_obs and n_obs != self._n_obs:
            self._n_obs = n_obs
            cart = self._known.cart
            x = cart.angle if cart is not None else 0
            self._show_axes(x, x + 1 if x + 1 < n_obs else 0)
            self.controls.show_held([0.0] * n_obs)

    def _show_axes(self, x: int, y: int) -> None:
        self._axes = (x, y)
        seen = np.array(self._seen, np.float32).reshape(-1, self._n_obs)
        self._ranges = axis_ranges(self._known, self._n_obs, seen)
        self.controls.show_axes(self._ranges, x, y)
        self.controls.show_actions(self._action_names())
        self._redraw()
        self._show_layers()

    @Slot()
    def _on_axes(self) -> None:
        """Take the axes that were chosen; of two alike, the other one gives way."""
        before, x, y = self._axes, self.controls.x_box.value, self.controls.y_box.value
        assert isinstance(x, int)
        assert isinstance(y, int)
        if x == y:
            x, y = (x, before[0]) if x != before[0] else (before[1], y)
        self._show_axes(x, y)

    @Slot()
    def _on_held(self) -> None:
        self._follow()
        self.controls.show_held([slider.value for slider in self.controls.held])
        self._redraw()

    @Slot()
    def _on_progressed(self) -> None:
        state, frame = self._session.state, self._session.state.frame
        if frame is None or not self.isVisible():
            return
        self._meet(len(frame.obs))
        self._note_step()
        is_playing = self._session.phase is Phase.PLAYING
        is_new = state.weights is not None and state.weights is not self._weights
        follows = self._follow() and (not is_playing or self._since_held.elapsed() >= HELD_EVERY)
        if is_new or follows:
            self._since_held.restart()
            self._redraw()
        if is_new:
            self._start_again(hurried=is_playing)
            self._show_words()
        x, y = self._axes
        path = flat(self._path(), x, y) if self.controls.path.isChecked() else None
        self.map.show_episode(path, (frame.obs[x], frame.obs[y]))
        if not is_playing or self._since_visited.elapsed() >= VISITED_EVERY:
            self._since_visited.restart()
            self._show_layers()
            self.explanation_changed.emit()

    def _note_step(self) -> None:
        """Go on with the path of the episode on screen."""
        frame = self._session.state.frame
        assert frame is not None  # there is a picture
        step = frame.transition
        episode = 0 if step is None else step.episode
        if episode != self._episode:
            self._episode = episode
            self._seen = [] if step is None else [step.obs]
        if not self._seen or self._seen[-1] != frame.obs:
            self._seen.append(frame.obs)

    def _path(self) -> list[tuple[float, ...]] | Floats32:
        """Return the states of the episode on screen; where many are passed over, of the last one that is whole."""
        last = self._session.state.last_record
        if self._session.speed in {"fast", "turbo"} and last is not None and self._session.phase is Phase.PLAYING:
            return last.obs
        return self._seen

    def _follow(self) -> bool:
        """Hold the numbers where they are in the picture, if they are to follow it; return whether they have moved."""
        frame = self._session.state.frame
        if frame is None or not self.controls.follows.isChecked() or len(frame.obs) != self._n_obs:
            return False
        if [slider.value for slider in self.controls.held] == list(frame.obs):
            return False
        self.controls.show_held(frame.obs)
        return True

    def _action_names(self) -> list[str]:
        """Return what the actions are called: by their numbers where they have no names."""
        known, frame = self._known, self._session.state.frame
        if known.actions:
            return [_(name) for name in known.actions]
        count = frame.facts.n_actions if frame is not None and frame.facts is not None else 2
        return [str(number) for number in range(count)]

    def _redraw(self) -> None:
        """Draw the map anew."""
        if not self._n_obs:
            return
        x, y = self._axes
        names, action = self._action_names(), self.controls.action
        layers = self._layers()
        self._weights = self._session.state.weights
        content = self.map.content
        self.map.show_content(
            MapContent(
                self._ranges[x],
                self._ranges[y],
                names[action] if action < len(names) else str(action),
                names[0] if len(names) == 2 else "",
                None if layers is None else policy_on(layers, self.plane, action),
                content.visited,
                content.path,
                content.now,
                self._started_path(),
            )
        )

    @Slot()
    def _show_layers(self) -> None:
        """Lay path and visited states over the map, or take them off."""
        if not self._n_obs:
            return
        x, y = self._axes
        visited = None
        if self.controls.visited.isChecked():
            visited = visits(self._session.state.recent_states(self._n_obs), self.plane, CELLS)
        frame = self._session.state.frame
        now = None if frame is None or len(frame.obs) != self._n_obs else (frame.obs[x], frame.obs[y])
        path = flat(self._path(), x, y) if self.controls.path.isChecked() else None
        self.map.show_visited(visited)
        self.map.show_episode(path, now)

    def _started_path(self) -> Floats32 | None:
        episode = self.starter.episode
        return None if episode is None else flat(episode.obs, *self._axes)

    @Slot(float, float)
    def _on_chosen(self, x: float, y: float) -> None:
        """Start an episode at a state of the map."""
        held = [slider.value for slider in self.controls.held]
        held[self._axes[0]], held[self._axes[1]] = x, y
        self._start(tuple(held))

    def _start(self, start: tuple[float, ...]) -> None:
        self.starter.begin(start, self._layers(), greedy=self.controls.greedy.isChecked())

    @Slot()
    def _start_again(self, *, hurried: bool = False) -> None:
        """Play the started episode with the policy as it is now."""
        if self.starter.start is not None and not (hurried and self.starter.is_busy):
            self._start(self.starter.start)

    @Slot()
    def _show_started(self) -> None:
        """Say how the started episode went, and draw it."""
        self.map.show_started(self._started_path())
        self._show_words()

    @Slot(object)
    def _on_pointed(self, state: object) -> None:
        self._pointed = state if isinstance(state, tuple) else None
        self._show_words()

    def _show_words(self) -> None:
        """Say what π is under the mouse; while nothing is, how the started episode went."""
        is_known = self.starter.start is not None or self._layers() is not None
        unknown = "" if is_known else _("The policy's weights are not known yet, or too many to be shown.")
        self.words.setText(self._pointed_words() or unknown or started_words(self.starter))

    def _pointed_words(self) -> str:
        layers = self._layers()
        if self._pointed is None or layers is None or not self._n_obs:
            return ""
        x, y = self._pointed
        point = Plane(*self._axes, (x, x), (y, y), self.plane.held)
        share = float(policy_on(layers, point, self.controls.action, side=1)[0, 0])
        return pointed_words(self.map.content, self._pointed, share)
