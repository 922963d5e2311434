"""The variants that an experiment compares: a preset, a preset with changes, or one of the named ones.

As text, a variant is ``fast``, ``fast:learning_rate=0.03``, ``article:optimizer=adam:gamma=1`` or a name of ``NAMED``;
several are separated by commas.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from importlib.util import find_spec
from typing import Any, Final

from core.language import N_, _, listed
from core.policy_gradient.config import HYPERPARAMETERS, PRESETS, TrainConfig
from core.policy_gradient.errors import ConfigError
from core.policy_gradient.hyperparameters import brief

PLAY: Final = "core.policy_gradient.experiments.play:play"
"""The task that plays one run of a variant of our own; see there."""
_SB3: Final = "stable_baselines3"
_A2C: Final = "core.policy_gradient.experiments.stable_baselines:play_a2c"
_PPO: Final = "core.policy_gradient.experiments.stable_baselines:play_ppo"

_COMMAS: Final = re.compile(r",(?![^(\[{]*[)\]}])")
"""Commas outside of brackets: ``hidden=(24,36)`` is one value."""
_COLONS: Final = re.compile(r":(?=[a-z_]+=)")
"""Colons before a change; those within a value, such as an environment's id, are its own."""


@dataclass(frozen=True, slots=True)
class Variant:
    """One way to train, to be played with several seeds.

    Attributes:
        name: how it is called in tables and files, as it was typed.
        config: its hyperparameters; the seed is chosen by the experiment.
        task: what plays one run of it, by text, as a ``Job`` names it; called with the config.
    """

    name: str
    config: TrainConfig
    task: str = PLAY


@dataclass(frozen=True, slots=True)
class NamedVariant:
    """A row of ``NAMED``.

    Attributes:
        name: how it is called.
        text: the variant it stands for.
        meaning_source: what it shows, one sentence in English, marked for translation.
        task: as in ``Variant``.
        needs: the package without which it can't be played; empty for none.
    """

    name: str
    text: str
    meaning_source: str
    task: str = PLAY
    needs: str = ""

    @property
    def meaning(self) -> str:
        """Return what it shows, in the language in use."""
        return _(self.meaning_source)

    @property
    def is_here(self) -> bool:
        """Whether what it needs is installed."""
        return not self.needs or find_spec(self.needs) is not None


NAMED: Final[tuple[NamedVariant, ...]] = (
    NamedVariant("fast", "fast", N_("The preset fast: 64 episodes at once, RMSprop, learning rate 0.01.")),
    NamedVariant("article", "article", N_("The article to the letter: one environment, five episodes an update.")),
    NamedVariant("no-normalisation", "fast:normalise=no", N_("Without bringing the returns to mean 0, deviation 1.")),
    NamedVariant("whole-return", "fast:reward_to_go=no", N_("Every action is credited with its whole episode.")),
    NamedVariant("no-discount", "fast:gamma=1", N_("A reward counts the same however late it comes: γ = 1.")),
    NamedVariant("keep-last-reward", "fast:zero_last_reward=no", N_("The last step of an episode keeps its reward.")),
    NamedVariant("lr-0.003", "fast:learning_rate=0.003", N_("Learning rate 0.003: slow and safe.")),
    NamedVariant("lr-0.02", "fast:learning_rate=0.02", N_("Learning rate 0.02: twice the article's.")),
    NamedVariant("lr-0.03", "fast:learning_rate=0.03", N_("Learning rate 0.03: most seeds die for good.")),
    NamedVariant("adam", "fast:optimizer=adam", N_("Adam in place of RMSprop.")),
    NamedVariant("sgd", "fast:optimizer=sgd", N_("Plain stochastic gradient descent in place of RMSprop.")),
    NamedVariant("batch-5", "fast:batch_episodes=5", N_("5 episodes per update.")),
    NamedVariant("batch-16", "fast:batch_episodes=16", N_("16 episodes per update.")),
    NamedVariant(
        "baseline-mean",
        "fast:normalise=no:baseline=mean",
        N_("The batch's mean is subtracted, nothing is scaled; compare with no-normalisation."),
    ),
    NamedVariant(
        "baseline-step",
        "fast:normalise=no:baseline=step",
        N_("The mean at the same time step is subtracted, nothing is scaled; compare with no-normalisation."),
    ),
    NamedVariant(
        "baseline-value",
        "fast:normalise=no:baseline=value",
        N_("A value network's prediction is subtracted, nothing is scaled; compare with no-normalisation."),
    ),
    NamedVariant("entropy", "fast:entropy_bonus=0.01", N_("An entropy bonus of 0.01 keeps the policy undecided.")),
    NamedVariant("article-lr-0.003", "article:learning_rate=0.003", N_("The article with learning rate 0.003.")),
    NamedVariant("article-lr-0.02", "article:learning_rate=0.02", N_("The article with learning rate 0.02.")),
    NamedVariant("article-lr-0.03", "article:learning_rate=0.03", N_("The article with learning rate 0.03.")),
    NamedVariant(
        "article-adam", "article:optimizer=adam:reduction=mean", N_("The article with Adam and the mean loss.")
    ),
    NamedVariant("sb3-a2c", "fast", N_("For reference: A2C of Stable-Baselines3, where it is installed."), _A2C, _SB3),
    NamedVariant("sb3-ppo", "fast", N_("For reference: PPO of Stable-Baselines3, where it is installed."), _PPO, _SB3),
)
"""Variants that have a name of their own, in the order to offer them."""


def parse_variants(text: str) -> tuple[Variant, ...]:
    """Return the variants that ``text`` names, in its order.

    Raises:
        ConfigError: one is unknown, is named twice, or has a value that is not allowed; its field is ``variants``.
    """
    variants = tuple(parse_variant(part.strip()) for part in _COMMAS.split(_halfwidth(text)) if part.strip())
    if not variants:
        raise ConfigError("variants", _("No variant is named. {what}").format(what=_what_may_be()))
    for number, variant in enumerate(variants):
        if any(variant.name == other.name for other in variants[:number]):
            raise ConfigError("variants", _("{name} is named twice.").format(name=brief(variant.name)))
    return variants


def parse_variant(text: str) -> Variant:
    """Return the variant that ``text`` names.

    Raises:
        ConfigError: there is none, or it has a value that is not allowed.
    """
    text = _halfwidth(text).strip()
    named = next((row for row in NAMED if row.name == text), None)
    if named is not None:
        return Variant(text, _config(named.text), named.task)
    return Variant(text, _config(text))


def with_seed(variant: Variant, seed: int) -> TrainConfig:
    """Return the config of one run of ``variant``."""
    return replace(variant.config, seed=seed)


def _config(text: str) -> TrainConfig:
    base, *changes = _COLONS.split(text)
    if base not in PRESETS:
        message = _("There is no variant {name}. {what}").format(name=brief(base), what=_what_may_be())
        raise ConfigError("variants", message)
    typed: dict[str, Any] = dict(_changes(changes))
    try:
        config = PRESETS[base].for_environment(typed.pop("env_id", PRESETS[base].env_id))
        return replace(config, **typed)
    except ConfigError as error:
        raise ConfigError("variants", f"{brief(text)}: {error}") from error


def _changes(changes: list[str]) -> Iterator[tuple[str, object]]:
    for change in changes:
        name, _equals, value = change.partition("=")
        spec = HYPERPARAMETERS.get(name)
        if spec is None or name in ("preset", "seed"):
            message = _("{name} can't be changed in a variant. What can: {names}.")
            names = listed(known for known in HYPERPARAMETERS if known not in ("preset", "seed"))
            raise ConfigError("variants", message.format(name=brief(name), names=names))
        try:
            yield name, spec.parse(value)
        except ConfigError as error:
            raise ConfigError("variants", str(error)) from error


def _what_may_be() -> str:
    return _(
        "A variant is a preset ({presets}), a preset with changes such as fast:learning_rate=0.03, or one of the "
        "names that --list shows."
    ).format(presets=listed(PRESETS))


def _halfwidth(text: str) -> str:
    """Return ``text`` with the marks of a Chinese keyboard made those of a Latin one."""
    return text.translate(str.maketrans("，：＝（）", ",:=()"))
