"""The hyperparameters of a run, with their presets. One table says what each may be; see ``HYPERPARAMETERS``."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields, replace
from types import MappingProxyType
from typing import Any, Final, Literal, TypeVar, get_args

from core.decode import DecodeError, decode
from core.language import N_, _
from core.policy_gradient.environments.choice import EnvironmentChoice
from core.policy_gradient.environments.description import CARTPOLE, describe
from core.policy_gradient.errors import ConfigError
from core.policy_gradient.hyperparameters import (
    ChoiceHyperparameter,
    FlagHyperparameter,
    Hyperparameter,
    JsonHyperparameter,
    NameHyperparameter,
    NumberHyperparameter,
    SizesHyperparameter,
    brief,
)

Preset = Literal["article", "fast"]
Optimizer = Literal["rmsprop", "adam", "sgd"]
Baseline = Literal["none", "mean", "step", "value"]
Reduction = Literal["sum", "mean"]


_Value = TypeVar("_Value")


def row(default: _Value, spec: Hyperparameter) -> _Value:
    """Return a field of ``TrainConfig``: its default, and what it means and may be."""
    made: _Value = field(default=default, metadata={"spec": spec})  # a Field, which the decorator makes a value of
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainConfig:
    """One run, frozen. Valid by construction: a config that exists has allowed values only.

    A row a hyperparameter: its default, which is the article's, and what it means and may be. The checks below, the
    options of ``train``, the fields of the window and the files all follow from the row. ``preset`` is the
    name of the set of values it began with, and decides nothing.

    Raises:
        ConfigError: a value is not allowed.
    """

    preset: Preset = row(
        "article",
        ChoiceHyperparameter(
            label_source=N_("Preset"),
            meaning_source=N_("article: one environment, as written; fast: a whole batch of episodes played at once."),
            choices=get_args(Preset),
        ),
    )
    env_id: str = row(
        CARTPOLE,
        NameHyperparameter(
            label_source=N_("Environment"),
            meaning_source=N_("A Gymnasium environment with discrete actions, such as FrozenLake-v1, or module:Id-v0."),
        ),
    )
    env_kwargs: str = row(
        "{}",
        JsonHyperparameter(
            label_source=N_("Environment options"),
            meaning_source=N_('What the environment is made with, as JSON, such as {"is_slippery": false}.'),
            reserved=("id", "disable_env_checker", "max_episode_steps", "render_mode"),
        ),
    )
    max_episode_steps: int | None = row(
        None,
        NumberHyperparameter(
            label_source=N_("Longest episode"),
            meaning_source=N_("An episode is cut off after this many steps. Empty: the environment's own limit."),
            minimum=1,
            maximum=1_000_000,
            whole=True,
            optional=True,
        ),
    )
    scale_observations: bool = row(
        False,
        FlagHyperparameter(
            label_source=N_("Scale observations"),
            meaning_source=N_(
                "Bring every number observed to mean 0 and deviation 1 over the training so far; for environments "
                "whose numbers differ much in size."
            ),
            in_sidebar=True,
        ),
    )
    seed: int = row(
        0,
        NumberHyperparameter(
            label_source=N_("Seed"),
            meaning_source=N_("The origin of all randomness: on one computer, the same seed gives the same curve."),
            minimum=0,
            maximum=2**32 - 1,
            whole=True,
            in_sidebar=True,
        ),
    )
    learning_rate: float = row(
        0.01,
        NumberHyperparameter(
            label_source=N_("Learning rate"),
            meaning_source=N_(
                "How far one update moves the weights. Above about 0.02, training often collapses for good."
            ),
            minimum=0.0,
            maximum=1.0,
            open_minimum=True,
            live=True,
            in_sidebar=True,
        ),
    )
    gamma: float = row(
        0.99,
        NumberHyperparameter(
            label_source=N_("Discount γ"),
            meaning_source=N_(
                "How much a reward one step later is worth. 0 counts only the next reward, 1 all equally."
            ),
            minimum=0.0,
            maximum=1.0,
            in_sidebar=True,
        ),
    )
    batch_episodes: int = row(
        5,
        NumberHyperparameter(
            label_source=N_("Episodes per update"),
            meaning_source=N_("How many episodes are collected before the weights are updated."),
            minimum=1,
            maximum=4096,
            whole=True,
            in_sidebar=True,
        ),
    )
    n_envs: int | None = row(
        1,
        NumberHyperparameter(
            label_source=N_("Parallel environments"),
            meaning_source=N_("How many environments run in parallel. Empty: one for each episode of an update."),
            minimum=1,
            maximum=4096,
            whole=True,
            optional=True,
        ),
    )
    episodes: int = row(
        500,
        NumberHyperparameter(
            label_source=N_("Episodes"),
            meaning_source=N_("Training ends after this many episodes, or with the batch that reaches them."),
            minimum=1,
            maximum=1_000_000,
            whole=True,
            in_sidebar=True,
        ),
    )
    hidden: tuple[int, ...] = row(
        (24, 36),
        SizesHyperparameter(
            label_source=N_("Hidden layers"),
            meaning_source=N_("Sizes of the network's hidden layers; 24 and 36 in the article."),
            most_layers=4,
            widest=1024,
            in_sidebar=True,
        ),
    )
    optimizer: Optimizer = row(
        "rmsprop",
        ChoiceHyperparameter(
            label_source=N_("Optimizer"),
            meaning_source=N_(
                "How a gradient becomes an update: RMSprop as in the article; Adam is more stable; SGD is plain."
            ),
            choices=get_args(Optimizer),
            in_sidebar=True,
        ),
    )
    reduction: Reduction = row(
        "sum",
        ChoiceHyperparameter(
            label_source=N_("Loss of the batch"),
            meaning_source=N_("sum: as in the article, longer batches push harder; mean: every batch counts the same."),
            choices=get_args(Reduction),
        ),
    )
    reward_to_go: bool = row(
        True,
        FlagHyperparameter(
            label_source=N_("Reward-to-go"),
            meaning_source=N_(
                "An action is credited with the rewards that follow it, as in the article. Off: with those of its "
                "whole episode."
            ),
            in_sidebar=True,
        ),
    )
    baseline: Baseline = row(
        "none",
        ChoiceHyperparameter(
            label_source=N_("Baseline"),
            meaning_source=N_(
                "What is subtracted from the returns before they are learned from. mean: their mean over the batch; "
                "step: their mean at the same time step; value: what a second network expects of the state."
            ),
            choices=get_args(Baseline),
            in_sidebar=True,
        ),
    )
    normalise: bool = row(
        True,
        FlagHyperparameter(
            label_source=N_("Normalise"),
            meaning_source=N_(
                "Returns are brought to mean 0 and standard deviation 1 over the batch, as in the article."
            ),
            in_sidebar=True,
        ),
    )
    entropy_bonus: float = row(
        0.0,
        NumberHyperparameter(
            label_source=N_("Entropy bonus"),
            meaning_source=N_(
                "How much a policy is rewarded for staying undecided: this times its entropy is added to every "
                "step's objective. 0 in the article."
            ),
            minimum=0.0,
            maximum=10.0,
            in_sidebar=True,
        ),
    )
    zero_last_reward: bool = row(
        True,
        FlagHyperparameter(
            label_source=N_("Last reward set to 0"),
            meaning_source=N_(
                "As in the article: the last action of an episode earns no reward. Only suitable for CartPole."
            ),
        ),
    )
    until_solved: bool = row(
        False,
        FlagHyperparameter(
            label_source=N_("Stop when solved"),
            meaning_source=N_("Stop training once the environment counts as solved."),
            in_sidebar=True,
        ),
    )
    solved_at: float | None = row(
        None,
        NumberHyperparameter(
            label_source=N_("Solved at"),
            meaning_source=N_("The mean return that counts as solved. Empty: the environment's own threshold."),
            minimum=-1e9,
            maximum=1e9,
            optional=True,
        ),
    )
    solved_window: int = row(
        100,
        NumberHyperparameter(
            label_source=N_("Solved over"),
            meaning_source=N_("How many training episodes the running mean covers."),
            minimum=1,
            maximum=10_000,
            whole=True,
        ),
    )
    eval_episodes: int = row(
        100,
        NumberHyperparameter(
            label_source=N_("Greedy episodes"),
            meaning_source=N_("How many episodes an evaluation plays, always taking the most likely action."),
            minimum=1,
            maximum=10_000,
            whole=True,
        ),
    )
    evaluate_every: int | None = row(
        10,
        NumberHyperparameter(
            label_source=N_("Evaluate every"),
            meaning_source=N_(
                "After this many updates greedy episodes are played, so that the best weights are known and kept. "
                "Empty: only when it may be solved, and at the end."
            ),
            minimum=1,
            maximum=1_000_000,
            whole=True,
            optional=True,
        ),
    )
    evaluate_from: float | None = row(
        None,
        NumberHyperparameter(
            label_source=N_("Evaluate from"),
            meaning_source=N_(
                "With parallel environments, evaluate once a batch averages this. Empty: the "
                'environment\'s own threshold, or "Solved at".'
            ),
            minimum=-1e9,
            maximum=1e9,
            optional=True,
        ),
    )

    def __post_init__(self) -> None:
        self.validate()
        # In its one shortest form, so that equal options are equal configs; a dict is taken, too.
        object.__setattr__(self, "env_kwargs", HYPERPARAMETERS["env_kwargs"].check(self.env_kwargs))

    def validate(self) -> None:
        """Check every field against ``HYPERPARAMETERS``.

        Raises:
            ConfigError: naming the first field that has a value it can't have.
        """
        for name, spec in HYPERPARAMETERS.items():
            spec.check(getattr(self, name))

    @property
    def envs_at_once(self) -> int:
        """Environments stepped at once; with one, episodes are played one after the other, as in the article."""
        return self.batch_episodes if self.n_envs is None else self.n_envs

    @property
    def environment(self) -> EnvironmentChoice:
        """The environment, with what it is made with."""
        return EnvironmentChoice(self.env_id, self.env_kwargs, self.max_episode_steps)

    def for_environment(self, env_id: str) -> TrainConfig:
        """Return this config for another environment, by what is known of that one.

        What was chosen for this environment means nothing there: the other's own options, limit and threshold are
        taken.
        """
        if env_id == self.env_id:
            return self
        known = describe(env_id)
        return replace(
            self,
            env_id=env_id,
            env_kwargs="{}",
            max_episode_steps=known.cut_off,
            zero_last_reward=known.zero_last_reward,
            solved_at=None,
            evaluate_from=None,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return plain values that JSON can write."""
        return asdict(self) | {"hidden": list(self.hidden), "env_kwargs": json.loads(self.env_kwargs)}

    @classmethod
    def from_dict(cls, values: Mapping[str, Any]) -> TrainConfig:
        """Return the config that ``to_dict`` wrote.

        Raises:
            ConfigError: a value is not allowed, or a name is unknown.
        """
        if values.get("preset") == "fast" and "n_envs" not in values:
            values = {**values, "n_envs": None}  # as earlier versions meant it: the preset decided
        if "env_kwargs" in values:  # an object in files, its text here
            values = {**values, "env_kwargs": HYPERPARAMETERS["env_kwargs"].check(values["env_kwargs"])}
        try:
            return decode(cls, values)
        except DecodeError as error:
            spec = HYPERPARAMETERS.get(error.field)
            if spec is None:
                message = _("Unknown setting {name}.").format(name=brief(error.field))
                raise ConfigError(error.field, message) from error
            spec.check(values[error.field])  # says in a person's words what may be
            raise ConfigError(error.field, str(error)) from error


def _specifications() -> Mapping[str, Hyperparameter]:
    return MappingProxyType(
        {field.name: replace(field.metadata["spec"], name=field.name) for field in fields(TrainConfig)}
    )


HYPERPARAMETERS: Final = _specifications()
"""What every field of ``TrainConfig`` means and may be, by name, in the order to show them."""

ARTICLE: Final = TrainConfig()
"""The article to the letter: one environment, five episodes an update, RMSprop .01, γ .99, 500 episodes."""

FAST: Final = TrainConfig(
    preset="fast", episodes=6400, batch_episodes=64, n_envs=None, reduction="mean", until_solved=True
)
"""The same method, 64 episodes at once; ends when 100 greedy episodes reach the environment's threshold."""

PRESETS: Final[Mapping[str, TrainConfig]] = MappingProxyType({"article": ARTICLE, "fast": FAST})


def preset(name: str) -> TrainConfig:
    """Return the config of a preset.

    Raises:
        ConfigError: there is no preset of this name.
    """
    return PRESETS[str(HYPERPARAMETERS["preset"].check(name))]
