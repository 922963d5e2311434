"""From an id to Gymnasium's own account of the environment: the id is resolved before anything is looked up by it."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

import gymnasium as gym
from gymnasium.envs.registration import EnvSpec, find_highest_version, get_env_id, parse_env_id

from core.language import _
from core.one_line import one_line, reason_of
from core.policy_gradient.environments.outside import pass_on_ctrl_c
from core.policy_gradient.errors import EnvironmentRefusedError


@dataclass(frozen=True, slots=True)
class Registered:
    """An environment that Gymnasium knows.

    Attributes:
        env_id: the id by which it is found again anywhere: with its module where that has to be imported first, with
            its version, and Gymnasium's own environments by their plain id.
        spec: what it was registered with.
        is_gymnasiums: whether it is one of those that come with Gymnasium.
    """

    env_id: str
    spec: EnvSpec
    is_gymnasiums: bool


def find(env_id: str) -> Registered:
    """Return the environment that ``env_id`` means.

    Args:
        env_id: ``"CartPole-v1"``; without a version, the newest; ``"module:Id-v0"`` for one that a module registers
            when it is imported.

    Raises:
        EnvironmentRefusedError: the module can't be imported, or there is no such environment.
    """
    module, has_module, name = env_id.rpartition(":")
    if has_module:
        _import(env_id, module)
    try:
        namespace, plain, version = parse_env_id(name)
        if version is None:
            version = find_highest_version(namespace, plain)
        spec = gym.spec(get_env_id(namespace, plain, version))
    except gym.error.Error as error:
        message = _(
            "There is no environment {env_id}: {reason} "
            "One of a package of its own is named with the module that registers it, as in module:Id-v0."
        )
        raise EnvironmentRefusedError(message.format(env_id=env_id, reason=one_line(str(error)))) from error
    is_gymnasiums = isinstance(spec.entry_point, str) and spec.entry_point.startswith("gymnasium.")
    return Registered(f"{module}:{spec.id}" if has_module and not is_gymnasiums else spec.id, spec, is_gymnasiums)


def _import(env_id: str, module: str) -> None:
    try:
        importlib.import_module(module)
    except BaseException as error:  # the module is foreign code; it may even call sys.exit
        pass_on_ctrl_c(error)
        if isinstance(error, ModuleNotFoundError) and error.name == module:
            message = _(
                "There is no module {module} for the environment {env_id}: "
                "install its package, or let PYTHONPATH name the folder it lies in."
            )
        else:
            message = _("The module {module} of the environment {env_id} can't be imported: {reason}")
        raise EnvironmentRefusedError(message.format(module=module, env_id=env_id, reason=reason_of(error))) from error
