"""Which environment: those that come along by name, any other by its id, and what is wrong with the choice."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from app.panel import Look, Panel
from app.policy_gradient.controls.hyperparameter_field import HyperparameterField, NextRunMark
from app.style import set_style
from app.theme import Theme
from app.widgets.plain import PlainLabel
from core.language import _
from core.policy_gradient.config import HYPERPARAMETERS, TrainConfig
from core.policy_gradient.environments.description import CARTPOLE, OFFERED

_OTHER: Final = ""
"""Stands for an environment that is named by hand."""
FIELDS: Final = ("env_id", "env_kwargs", "max_episode_steps")
"""The hyperparameters that are chosen here."""


class EnvironmentMenu(Panel):
    """The environment, and below it what it is made with: shown for all but CartPole, which needs neither.

    Attributes:
        fields: the boxes to type in, by the hyperparameter's name; that of ``env_id`` is shown for "Other…" alone.
        later: the marks of what counts from the next run on.

    Signals:
        chosen: the id of an environment of the menu; an empty text for "Other…".
        committed: something was typed to its end.
    """

    chosen = Signal(str)
    committed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._label = PlainLabel()
        self.box = QComboBox()
        self.box.setObjectName("env_id")
        # It is as wide as the column; what is greyed says why in the list, which may be wider.
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)
        self._label.setBuddy(self.box)
        self.fields = {name: HyperparameterField(look, name) for name in FIELDS}
        mark = NextRunMark(look)
        self.later = {name: field.later for name, field in self.fields.items()} | {"env_id": mark}
        self._problem = PlainLabel()
        self._problem.setWordWrap(True)
        self._problem.hide()
        set_style(self._problem, kind="error")
        head = QHBoxLayout()
        head.addWidget(self._label)
        head.addStretch()
        head.addWidget(mark)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(head)
        self._column.addWidget(self.box)
        for field in self.fields.values():
            field.committed.connect(self.committed)
        self._column.addWidget(self.fields["env_id"])
        self._column.addWidget(self._problem)
        self._column.addWidget(self.fields["env_kwargs"])
        self._column.addWidget(self.fields["max_episode_steps"])
        self._knows_missing = False
        for row in (*OFFERED, None):
            self.box.addItem("", _OTHER if row is None else row.env_id)
        self.box.activated.connect(self._on_activated)
        self._retranslate()
        self._restyle(look.theme.theme)

    @property
    def is_other(self) -> bool:
        """Whether the environment is named by hand."""
        return bool(self.box.currentData() == _OTHER)

    def look_for_missing(self) -> None:
        """Grey what this computer lacks a package for, and say so; what is installed is read once the window stands."""
        if not self._knows_missing:
            self._knows_missing = True
            self._retranslate()

    def show_config(self, config: TrainConfig) -> None:
        """Show the environment of ``config``; one that is named by hand stays so, whatever its name."""
        place = self.box.findData(config.env_id)
        is_named = self.is_other and self.fields["env_id"].isVisibleTo(self) and place < 0
        self.box.setCurrentIndex(self.box.count() - 1 if place < 0 or is_named else place)
        for name, field in self.fields.items():
            field.show_value(getattr(config, name))
        self._show_fields(config)

    def show_problem(self, problem: str) -> None:
        """Say why the environment can't be trained; an empty text when it can."""
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        set_style(self.box, invalid=bool(problem))

    def _show_fields(self, config: TrainConfig) -> None:
        is_made_otherwise = config.environment.options or config.max_episode_steps is not None
        self.fields["env_id"].setVisible(self.is_other)
        for name in ("env_kwargs", "max_episode_steps"):
            self.fields[name].setVisible(config.env_id != CARTPOLE or bool(is_made_otherwise))

    def _restyle(self, _theme: Theme) -> None:
        self._column.setSpacing(self.look.scale.em(0.25))

    def _retranslate(self) -> None:
        spec = HYPERPARAMETERS["env_id"]
        self._label.setText(spec.label)
        self.box.setAccessibleName(spec.label)
        self.box.setToolTip(spec.meaning)
        model = self.box.model()
        assert isinstance(model, QStandardItemModel)  # what a combo box makes for itself
        for place, row in enumerate(OFFERED):
            missing = row.requirement.missing() if row.requirement and self._knows_missing else ""
            title = _(row.title)
            self.box.setItemText(place, f"{title} · {missing}" if missing else title)
            self.box.setItemData(place, missing or row.env_id, Qt.ItemDataRole.ToolTipRole)
            model.item(place).setEnabled(not missing)
        self.box.setItemText(len(OFFERED), _("Other…"))
        view = self.box.view()
        view.setMinimumWidth(view.sizeHintForColumn(0) + self.look.scale.em(1.5))

    @Slot()
    def _on_activated(self) -> None:
        if self.is_other:
            self.fields["env_id"].show()
            self.fields["env_id"].box.setFocus()
            self.fields["env_id"].box.selectAll()
        self.chosen.emit(self.box.currentData())
