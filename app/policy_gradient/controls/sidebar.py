"""The choices of a run: preset, seed and hyperparameters, checked as they are typed."""

from __future__ import annotations

from dataclasses import replace
from random import SystemRandom
from typing import Any, Final

from PySide6.QtCore import QTimer, Signal, Slot
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from app.actions import ACTIONS, keys_text
from app.explain.links import SymbolLinks
from app.icons import icon
from app.panel import Look, Panel
from app.policy_gradient.controls.environment_menu import EnvironmentMenu
from app.policy_gradient.controls.hyperparameter_field import HyperparameterField, NextRunMark
from app.style import set_style
from app.theme import Theme
from app.widgets.page_scroll import page_scroll
from app.widgets.plain import PlainLabel
from core.language import N_, _
from core.policy_gradient.config import HYPERPARAMETERS, PRESETS, Preset, TrainConfig
from core.policy_gradient.hyperparameters import ChoiceHyperparameter, FlagHyperparameter

TYPING_PAUSE: Final = 400
"""Milliseconds without a key after which what was typed counts: on the way to 0.001 lies 0, and to 1e-3 lies 1."""

PRESET_NAMES: Final[dict[Preset, str]] = {"article": N_("Article"), "fast": N_("Fast training")}
_SYMBOLS: Final = {"gamma": "gamma", "learning_rate": "alpha_lr"}
"""The symbols that hyperparameters stand for, by the hyperparameters' names."""
_CHOICE_NAMES: Final = {
    "rmsprop": "RMSprop",
    "adam": "Adam",
    "sgd": "SGD",
    "none": N_("none"),
    "mean": N_("mean of the batch"),
    "step": N_("mean at the time step"),
    "value": N_("value network"),
}
"""What the choices of a list are called."""


def _offered(*, chosen: bool = False, switched: bool = False) -> tuple[str, ...]:
    """Return the hyperparameters that are offered here: those typed, or those chosen from a list, or switched."""
    return tuple(
        name
        for name, spec in HYPERPARAMETERS.items()
        if spec.in_sidebar
        and isinstance(spec, ChoiceHyperparameter) is chosen
        and isinstance(spec, FlagHyperparameter) is switched
    )


class Sidebar(Panel):
    """The column of choices. It keeps no run; it says what the next one should be.

    Signals:
        wanted: a ``TrainConfig`` that is allowed: at once after a click, and when typing pauses or ends.
    """

    wanted = Signal(object)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._config = PRESETS["article"]
        self._running: TrainConfig | None = None
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(TYPING_PAUSE)
        self._typing.timeout.connect(self.commit)
        self._column = QVBoxLayout()
        self._presets = QButtonGroup(self)
        self._preset_label = PlainLabel()
        self._preset_buttons: dict[Preset, QPushButton] = {}
        self.fields = {name: HyperparameterField(look, name) for name in _offered()}
        self._dice = QToolButton()
        self._boxes: dict[str, QComboBox] = {}
        self._box_labels: dict[str, QLabel] = {}
        self._switches: dict[str, QCheckBox] = {}
        self._reset = next(spec for spec in ACTIONS if spec.id == "pg_reset")
        self.environment = EnvironmentMenu(look)
        self.environment.chosen.connect(self._on_environment)
        self.environment.committed.connect(self.commit)
        self.later: dict[str, NextRunMark] = {name: field.later for name, field in self.fields.items()}
        self.later |= self.environment.later
        self._pending = PlainLabel()
        self._pending.setWordWrap(True)
        set_style(self._pending, kind="caption")
        self._column.addWidget(self.environment)
        self._add_presets()
        self._add_fields()
        self._add_boxes()
        self._column.addWidget(self._pending)
        self._column.addStretch()
        page = QWidget()
        page.setLayout(self._column)
        scroll = page_scroll(page, is_column=True)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        self._retranslate()
        self._restyle(look.theme.theme)
        self.show_config(self._config)

    def _add_presets(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        for name, title in PRESET_NAMES.items():
            button = QPushButton()
            button.setCheckable(True)
            button.setObjectName(f"preset_{name}")
            self.bind_text(button.setText, title)
            self._presets.addButton(button)
            self._preset_buttons[name] = button
            row.addWidget(button, 1)
        self._presets.buttonClicked.connect(self._on_preset)
        self._column.addLayout(self._headed("preset", self._preset_label))
        self._column.addLayout(row)

    def _headed(self, name: str, head: QWidget) -> QHBoxLayout:
        """Return a row of ``head`` and the mark of the field ``name``."""
        self.later[name] = NextRunMark(self.look)
        row = QHBoxLayout()
        row.addWidget(head)
        row.addStretch()
        row.addWidget(self.later[name])
        return row

    def _add_fields(self) -> None:
        for field in self.fields.values():
            field.edited.connect(self._typing.start)
            field.committed.connect(self.commit)
            self._column.addWidget(field)
        self._dice.setIcon(icon("seed"))
        self._dice.clicked.connect(self._roll)
        self.fields["seed"].add_button(self._dice)

    def _add_boxes(self) -> None:
        for name in _offered(chosen=True):
            spec = HYPERPARAMETERS[name]
            assert isinstance(spec, ChoiceHyperparameter)
            label, box = PlainLabel(), QComboBox()
            box.setObjectName(name)
            for choice in spec.choices:
                box.addItem("", choice)
            box.activated.connect(self.commit)
            label.setBuddy(box)
            self._boxes[name], self._box_labels[name] = box, label
            self._column.addLayout(self._headed(name, label))
            self._column.addWidget(box)
        for name in _offered(switched=True):
            switch = QCheckBox()
            switch.setObjectName(name)
            switch.clicked.connect(self.commit)
            self._switches[name] = switch
            self._column.addLayout(self._headed(name, switch))

    def link_symbols(self, links: SymbolLinks) -> None:
        """Let the fields stand for their symbols on a page beside them."""
        for name, symbol in _SYMBOLS.items():
            links.add(symbol, self.fields[name])

    def show_config(self, config: TrainConfig) -> None:
        """Show ``config`` in all fields."""
        self._config = config
        self.environment.show_config(config)
        self._preset_buttons[config.preset].setChecked(True)
        for name, field in self.fields.items():
            field.show_value(getattr(config, name))
        for name, box in self._boxes.items():
            box.setCurrentIndex(box.findData(getattr(config, name)))
        for name, switch in self._switches.items():
            switch.setChecked(getattr(config, name))
        self._show_pending()

    def show_running(self, config: TrainConfig | None) -> None:
        """Mark what differs from the config of the run under way; None when no run is under way."""
        self._running = config
        self._show_pending()

    def hideEvent(self, event: QHideEvent) -> None:
        """Count what was typed last."""
        if self._typing.isActive():
            self.commit()
        super().hideEvent(event)

    def _restyle(self, _theme: Theme) -> None:
        em = self.look.scale.em
        self._column.setSpacing(em(0.375))
        self._column.setContentsMargins(em(0.75), em(0.5), em(0.75), em(0.5))
        self._dice.setIconSize(self.look.scale.icon_size(1))
        self.setFixedWidth(em(13))

    def _retranslate(self) -> None:
        self._preset_label.setText(HYPERPARAMETERS["preset"].label)
        for name, label in self._box_labels.items():
            label.setText(HYPERPARAMETERS[name].label)
            self._boxes[name].setAccessibleName(HYPERPARAMETERS[name].label)
            self._boxes[name].setToolTip(HYPERPARAMETERS[name].meaning)
            for place in range(self._boxes[name].count()):
                choice = self._boxes[name].itemData(place)
                self._boxes[name].setItemText(place, _(_CHOICE_NAMES.get(choice, choice)))
        for name, switch in self._switches.items():
            switch.setText(HYPERPARAMETERS[name].label)
            switch.setToolTip(HYPERPARAMETERS[name].meaning)
        for button in self._preset_buttons.values():
            button.setToolTip(HYPERPARAMETERS["preset"].meaning)
        self._dice.setToolTip(_("New random seed"))
        self._dice.setAccessibleName(_("New random seed"))
        self._show_pending()

    def _show_pending(self) -> None:
        for name, later in self.later.items():
            later.show_later(
                self._running is not None
                and not HYPERPARAMETERS[name].live
                and getattr(self._config, name) != getattr(self._running, name)
            )
        pending = any(later.is_on for later in self.later.values())
        words = _("Applies to the next run. Press {key} to restart.").format(key=keys_text(self._reset))
        self._pending.setText(words if pending else "")

    @Slot()
    def _on_preset(self) -> None:
        """Take the values of the preset clicked, chosen before or not; the environment and the seed typed stay."""
        self._typing.stop()
        for preset, button in self._preset_buttons.items():
            if button.isChecked():
                config = replace(
                    PRESETS[preset].for_environment(self._config.env_id),
                    env_kwargs=self._config.env_kwargs,
                    max_episode_steps=self._config.max_episode_steps,
                    seed=self.fields["seed"].value,
                )
                changed = config != self._config
                self.show_config(config)
                if changed:
                    self.wanted.emit(config)

    @Slot(str)
    def _on_environment(self, env_id: str) -> None:
        """Take an environment of the menu, with what is known of it; one to be named by hand is none yet."""
        if env_id and env_id != self._config.env_id:
            self._typing.stop()
            self.show_config(self._config.for_environment(env_id))
            self.wanted.emit(self._config)

    @Slot()
    def _roll(self) -> None:
        self.show_config(replace(self._config, seed=SystemRandom().randrange(10_000)))
        self.wanted.emit(self._config)

    @Slot()
    def commit(self) -> None:
        """Want what the fields say. A field that is not allowed says so itself and keeps its last value."""
        self._typing.stop()
        for field in self.fields.values():
            field.keep()
        values: dict[str, Any] = {name: field.value for name, field in self.fields.items()}
        values |= {name: box.currentData() for name, box in self._boxes.items()}
        values |= {name: switch.isChecked() for name, switch in self._switches.items()}
        config = self._in_environment(replace(self._config, **values))
        if config != self._config:
            self._config = config
            self.environment.show_config(config)
            self._show_pending()
            self.wanted.emit(config)

    def _in_environment(self, config: TrainConfig) -> TrainConfig:
        """Return ``config`` with the environment that is named, and what it is made with; another brings its own."""
        typed = self.environment.fields
        for field in typed.values():
            field.keep()
        if self.environment.is_other and typed["env_id"].value != config.env_id:
            return config.for_environment(typed["env_id"].value)
        return replace(config, env_kwargs=typed["env_kwargs"].value, max_episode_steps=typed["max_episode_steps"].value)
