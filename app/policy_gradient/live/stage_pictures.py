"""What stands on the stage: the environment, the loop of agent and environment, or the policy's network."""

from __future__ import annotations

from typing import Final, Literal

import numpy as np
from PySide6.QtCore import QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.policy_gradient.drawing.cart_pole import style_of
from app.policy_gradient.drawing.loop import LoopScene, paint_loop
from app.policy_gradient.drawing.network import NetworkScene, paint_activity, paint_weights
from app.policy_gradient.drawing.type_size import grown
from app.policy_gradient.live.symbols import action_name, signed
from app.policy_gradient.state import TrainingState
from app.style import set_style
from app.theme import Theme
from app.widgets.keys.button import KeyPushButton
from app.widgets.keys.cap import caps_width
from core.language import N_, _
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.environments.description import EnvironmentDescription, describe
from core.policy_gradient.networks.layers import activations, probabilities

Picture = Literal["environment", "loop", "network"]
PICTURES: Final[dict[Picture, tuple[str, str]]] = {
    "environment": (N_("Environment"), "1"),
    "loop": (N_("Loop"), "2"),
    "network": (N_("Network"), "3"),
}
"""The pictures, what they are called, and their keys."""


class _Painted(Panel):
    """A picture that is painted from the state of the run and the config it has."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look.of_pictures)
        self._state, self._config = TrainingState(), TrainConfig()
        self.bind_text(self.setAccessibleName, name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._restyle(self.look.theme.theme)

    def show_state(self, state: TrainingState, config: TrainConfig) -> None:
        """Show where the run is."""
        self._state, self._config = state, config
        self.update()

    @property
    def _known(self) -> EnvironmentDescription:
        return describe(self._config.env_id).completed(self._state.facts)

    def _numbers(self, between: str = " ") -> tuple[str, ...]:
        """Return the numbers of the state after their names, where these are known."""
        known, frame = self._known, self._state.frame
        if frame is None or known.n_obs != len(frame.obs) or any(one.states for one in known.observations):
            return ()
        pairs = zip(known.observations, frame.obs, strict=True)
        return tuple(f"{_(one.name)}{between}{signed(number * one.factor, one.unit)}" for one, number in pairs)

    def _restyle(self, _theme: Theme) -> None:
        style = grown(style_of(self.look), QSizeF(self.size()))
        if style != getattr(self, "_style", None):  # another object would have the weights drawn anew
            self._style = style
            self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Let the words grow with the picture."""
        super().resizeEvent(event)
        self._restyle(self.look.theme.theme)


class LoopView(_Painted):
    """The loop."""

    def scene(self) -> LoopScene:
        """Return what is painted."""
        step, colours = self._state.frame.transition if self._state.frame is not None else None, self._style.colours
        if step is None:
            return LoopScene("–", colours.outline, "–", self._numbers())
        shares = step.probabilities or (1 - step.probability_right, step.probability_right)
        action = f"{action_name(self._known, step.action)} · π = {shares[step.action]:.1%}"
        sides = self._known.sides
        side = sides[step.action] if step.action < len(sides) else 0
        colour = {-1: colours.left_ink, 0: colours.text, 1: colours.right_ink}[side]
        return LoopScene(action, colour, f"{step.reward:+g}".replace("-", "−"), self._numbers())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the loop."""
        painter = QPainter(self)
        paint_loop(painter, QRectF(self.rect()), self.scene(), self._style)
        painter.end()


class NetworkView(_Painted):
    """The network."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__(look, name)
        self._weights: QPixmap | None = None
        self._key: tuple[object, ...] = ()

    def scene(self) -> NetworkScene | None:
        """Return what is painted; None while the policy is not known, or too large to be told."""
        frame = self._state.frame
        layers = None if frame is None else self._state.layers(len(frame.obs), self._config.hidden)
        if frame is None or layers is None:
            return None
        obs = np.array(frame.obs, np.float32)
        active = activations(layers, obs)
        shares = probabilities(active[-1]).tolist()
        actions = tuple(action_name(self._known, action) for action in range(len(shares)))
        return NetworkScene(layers, obs, active, self._numbers("\n"), shares, actions)

    def _drawn_weights(self, scene: NetworkScene) -> QPixmap:
        """Return the picture of the weights, which is drawn when they, the size or the look have changed."""
        key = (id(self._state.weights), self.size(), id(self._style))
        if self._weights is None or key != self._key:
            self._key = key
            self._weights = QPixmap(self.size() * self.devicePixelRatioF())
            self._weights.setDevicePixelRatio(self.devicePixelRatioF())
            painter = QPainter(self._weights)
            paint_weights(painter, QRectF(self.rect()), scene, self._style)
            painter.end()
        return self._weights

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the network, or say why there is none."""
        painter = QPainter(self)
        scene = self.scene()
        if scene is not None:
            painter.drawPixmap(0, 0, self._drawn_weights(scene))
            paint_activity(painter, QRectF(self.rect()), scene, self._style)
        else:
            painter.fillRect(self.rect(), self._style.colours.stage)
            painter.setPen(self._style.colours.muted)
            painter.setFont(self.look.scale.font("title"))
            words = _("The policy's weights are not known yet, or too many to be shown.")
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap, words)
        painter.end()


class StagePictures(Panel):
    """The stage with the buttons that choose what stands on it.

    Signals:
        chosen: the id of the picture whose button was pressed.
    """

    chosen = Signal(str)

    def __init__(self, look: Look, environment: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.picture: Picture = "environment"
        self.loop, self.network = (
            LoopView(look, N_("Loop of agent and environment")),
            NetworkView(look, N_("Network of the policy")),
        )
        self._widgets: dict[Picture, QWidget] = {
            "environment": environment, "loop": self.loop, "network": self.network,
        }  # fmt: skip
        self._group = QButtonGroup(self)
        self.buttons: dict[Picture, KeyPushButton] = {}
        self._row, self._stack = QHBoxLayout(), QStackedWidget()
        for picture, widget in self._widgets.items():
            button = KeyPushButton(look)
            button.setCheckable(True)
            button.setObjectName(f"picture_{picture}")
            set_style(button, quiet=True)
            button.clicked.connect(lambda _on, picture=picture: self.chosen.emit(picture))
            self._group.addButton(button)
            self.buttons[picture] = button
            self._row.addWidget(button)
            self._stack.addWidget(widget)
        self._row.addStretch()
        self.buttons["environment"].setChecked(True)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._row)
        self._column.addWidget(self._stack, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._retranslate()
        self._restyle(look.theme.theme)

    def show_picture(self, picture: Picture) -> None:
        """Put ``picture`` on the stage."""
        self.picture = picture
        self._stack.setCurrentWidget(self._widgets[picture])
        self.buttons[picture].setChecked(True)

    def show_state(self, state: TrainingState, config: TrainConfig) -> None:
        """Show where the run is in what stands on the stage; the environment is shown frame by frame elsewhere."""
        for view in (self.loop, self.network):
            if view is self._stack.currentWidget():
                view.show_state(state, config)

    def sizeHint(self) -> QSize:
        """That of the environment, and the buttons."""
        return QSize(self.look.scale.em(30), self.look.scale.em(22))

    def minimumSizeHint(self) -> QSize:
        """Room for the buttons' words without their keys, and for the smallest picture."""
        width = max(self._row_width(keys=False), self._stack.minimumSizeHint().width())
        return QSize(width, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the keys where they have room."""
        super().resizeEvent(event)
        self._show_keys()

    def _show_keys(self) -> None:
        has_room = self.width() >= self._row_width(keys=True)
        for picture, (_name, key) in PICTURES.items():
            self.buttons[picture].show_key(key if has_room else "")

    def _row_width(self, *, keys: bool) -> int:
        """Return how wide the row of buttons is with their keys, or without."""
        scale, widths = self.look.scale, []
        for picture, (_name, key) in PICTURES.items():
            button = self.buttons[picture]
            cap = caps_width(self.look, (key,)) + scale.em(0.25)
            change = int(keys) - int(bool(button.key))  # its own hint has what is shown now
            widths.append(button.sizeHint().width() + change * round(cap))
        return sum(widths) + self._row.spacing() * len(widths)

    def _restyle(self, _theme: Theme) -> None:
        self._row.setSpacing(self.look.scale.em(0.125))
        self._column.setSpacing(self.look.scale.em(0.25))
        self._show_keys()

    def _retranslate(self) -> None:
        for picture, (name, _key) in PICTURES.items():
            self.buttons[picture].setText(_(name))
        self._show_keys()
