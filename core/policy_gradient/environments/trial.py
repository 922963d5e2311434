"""A first reset and a first step of an environment nobody has played yet, before anything is built upon it."""

from __future__ import annotations

import inspect
from typing import Any

from core.language import _
from core.policy_gradient.environments import outside
from core.policy_gradient.environments.chance import undisturbed
from core.policy_gradient.environments.choice import EnvironmentChoice
from core.policy_gradient.environments.environment import Environment, chosen, let_go, make
from core.policy_gradient.environments.outside import ValueRefusedError
from core.policy_gradient.errors import EnvironmentFailedError, EnvironmentRefusedError, RecordingError


def examine(env: EnvironmentChoice | str, *, pictures: bool = False) -> None:
    """Play one step in a copy of the environment, and let go of it.

    Args:
        env: which, or its id alone.
        pictures: whether it has to draw itself, too.

    Raises:
        EnvironmentRefusedError: it can't be made, is of a kind that can't be learned, or its first reset or step
            raise something or give what can't be used; the message says what is needed.
        RecordingError: it has no pictures, or none that a film can be made of.
    """
    with undisturbed():
        _look_at_reset(chosen(env))
        try:
            environment = Environment(env, 0, picture=pictures)
        except EnvironmentFailedError as error:
            raise EnvironmentRefusedError(str(error)) from error
        returned = _Returned(environment)
        try:
            if pictures:
                _see_picture(environment)
            environment.step(0)
            if pictures:
                _see_picture(environment)
        except EnvironmentFailedError as error:
            raise EnvironmentRefusedError(returned.remedy() or str(error)) from error
        finally:
            environment.close()


def _see_picture(environment: Environment) -> None:
    try:
        picture = environment.picture()
    except EnvironmentFailedError as error:
        raise RecordingError(str(error)) from error
    if picture is None:
        message = _(
            '{env_id} has no pictures to record: it would have to be made with render_mode="rgb_array" '
            "and name that in its metadata."
        )
        raise RecordingError(message.format(env_id=environment.env_id))


def _look_at_reset(choice: EnvironmentChoice) -> None:
    """Refuse a ``reset`` of the older interface, which Gymnasium's wrappers could not call."""
    env = make(choice)
    try:
        signature = inspect.signature(env.unwrapped.reset)
        signature.bind(seed=0, options=None)
    except TypeError as error:
        message = _(
            "The environment {env_id} follows an older interface: "
            "reset(*, seed=None, options=None) is needed, and its reset takes {given}."
        )
        raise EnvironmentRefusedError(message.format(env_id=choice.env_id, given=signature)) from error
    except ValueError:  # written in C, say: nobody can tell
        return
    finally:
        let_go(env)


class _Returned:
    """What the innermost ``step`` returned: Gymnasium's wrappers take it apart before anybody could look at it."""

    def __init__(self, environment: Environment) -> None:
        self._env_id = environment.env_id
        self._last: Any = None
        self._has_returned = False
        inner = environment.env.unwrapped
        step = inner.step

        def seen(action: Any) -> Any:
            self._last = step(action)
            self._has_returned = True
            return self._last

        try:
            inner.step = seen  # type: ignore[method-assign]
        except AttributeError:  # it lets nobody in; its own words must do
            return

    def remedy(self) -> str:
        """Return what is wrong with what was returned as a whole; empty if nothing is."""
        if not self._has_returned:
            return ""
        try:
            outside.five_values(self._last)
        except ValueRefusedError as error:
            return str(outside.failed(self._env_id, "step()", _("in the first step"), error))
        return ""
