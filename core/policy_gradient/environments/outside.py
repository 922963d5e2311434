"""The border to environments that others wrote: what they give becomes our own types here, or is refused in words.

An environment of one's own may return a reward in an array, hand out the buffer it goes on writing to, or raise what
it likes. Whatever passes this border is a float, a bool, or an own vector of finite float32 numbers.
"""

from __future__ import annotations

import math
import signal
from typing import Any, Final

import numpy as np
import numpy.typing as npt

from core.language import _
from core.one_line import reason_of
from core.policy_gradient.errors import EnvironmentFailedError
from core.policy_gradient.policy import Obs

LARGEST: Final = float(np.finfo(np.float32).max)
"""The largest number that the network can be given."""

Picture = npt.NDArray[np.uint8]


class ValueRefusedError(ValueError):
    """What an environment gave can't be used; the message says what it is and what is needed."""


def observation(raw: object, shape: tuple[int, ...], name: str = "") -> Obs:
    """Return an own copy of an observation, or of a field of it, as float32.

    Args:
        raw: what the environment gave.
        shape: what its observation space says, (n_obs,) of a plain vector.
        name: the field's; empty for the whole.

    Raises:
        ValueRefusedError: it has another shape, or holds what is no finite float32 number.
    """
    obs: Obs
    if type(raw) is np.ndarray and raw.dtype == np.float32:
        obs = raw.copy()
    else:
        with np.errstate(over="ignore"):
            obs = _numbers(raw, name).astype(np.float32)
    _check_shape(obs.shape, shape, name)
    if not math.isfinite(sum(obs.ravel().tolist())):
        place = int(np.flatnonzero(~np.isfinite(obs))[0])
        value = float(np.asarray(raw).ravel()[place])
        where = _("number {place} of {name}").format(place=place + 1, name=observed(name))
        raise ValueRefusedError(_number_refused(where, value))
    return obs


def whole_numbers(raw: object, shape: tuple[int, ...], name: str = "") -> npt.NDArray[np.int64]:
    """Return the states that were observed, as whole numbers.

    Args:
        raw: what the environment gave; numpy's numbers, and arrays of one for one, are taken, too.
        shape: what the space says; () for a single state.
        name: the field's; empty for the whole.

    Raises:
        ValueRefusedError: it has another shape, or holds what is no whole number.
    """
    numbers = _numbers(raw, name)
    if shape == () and numbers.size == 1:
        numbers = numbers.reshape(())
    _check_shape(numbers.shape, shape, name)
    if numbers.dtype.kind == "f":
        raise ValueRefusedError(wrong_kind(observed(name), raw, _("a whole number")))
    return numbers.astype(np.int64)


def observed(name: str) -> str:
    """Return what an observation, or a field of it, is called in a message."""
    return _("the field {name} of the observation").format(name=name) if name else _("the observation")


def _check_shape(given: tuple[int, ...], declared: tuple[int, ...], name: str) -> None:
    if given != declared:
        message = _("{name} has the shape {given}, and its space says {declared}")
        raise ValueRefusedError(message.format(name=observed(name), given=given, declared=declared))


def reward(raw: object) -> float:
    """Return a reward as a float.

    Raises:
        ValueRefusedError: it is no single finite number.
    """
    value = raw if type(raw) is float else _single(raw, _("the reward"), "biuf", _("a single number"))
    number = float(value)
    if not abs(number) <= LARGEST:
        raise ValueRefusedError(_number_refused(_("the reward"), number))
    return number


def flag(raw: object, name: str) -> bool:
    """Return whether an episode is over, as a bool.

    Args:
        raw: what the environment gave.
        name: ``"terminated"`` or ``"truncated"``.

    Raises:
        ValueRefusedError: it is no single yes or no.
    """
    if type(raw) is bool:
        return raw
    value = _single(raw, name, "biu", _("True or False"))
    if value not in (0, 1):
        raise ValueRefusedError(wrong_kind(name, raw, _("True or False")))
    return bool(value)


def picture(raw: object, size: tuple[int, ...] | None) -> Picture:
    """Return a picture that was drawn, as an own copy.

    Args:
        raw: what ``render`` gave.
        size: the shape of the pictures before; None for the first.

    Raises:
        ValueRefusedError: it is no uint8 array of height × width × 3, or of another size than those before.
    """
    drawn = raw if isinstance(raw, np.ndarray) else np.asarray(None)
    if drawn.dtype != np.uint8 or drawn.ndim != 3 or drawn.shape[2] != 3 or 0 in drawn.shape:
        what = f"{drawn.dtype} {drawn.shape}" if isinstance(raw, np.ndarray) else type(raw).__name__
        message = _("the picture is {what}; an array of uint8, height × width × 3, is needed")
        raise ValueRefusedError(message.format(what=what))
    if size is not None and drawn.shape != size:
        message = _("the picture is {now} now and was {before} before; all must have one size")
        raise ValueRefusedError(message.format(now=drawn.shape, before=size))
    return np.array(drawn, order="C")


def five_values(result: object) -> tuple[Any, Any, Any, Any]:
    """Return observation, reward, terminated and truncated of what ``step`` gave.

    Raises:
        ValueRefusedError: it gave something else than five values.
    """
    if not isinstance(result, tuple) or len(result) != 5:
        given = len(result) if isinstance(result, tuple) else type(result).__name__
        message = _(
            "step() must return five values (observation, reward, terminated, truncated, info), "
            "as Gymnasium asks for, not {given}"
        )
        raise ValueRefusedError(message.format(given=given))
    return result[0], result[1], result[2], result[3]


def two_values(result: object) -> Any:
    """Return the observation of what ``reset`` gave.

    Raises:
        ValueRefusedError: it gave something else than two values.
    """
    if not isinstance(result, tuple) or len(result) != 2:
        given = len(result) if isinstance(result, tuple) else type(result).__name__
        message = _("reset() must return two values (observation, info), as Gymnasium asks for, not {given}")
        raise ValueRefusedError(message.format(given=given))
    return result[0]


def pass_on_ctrl_c(error: BaseException) -> None:
    """Raise ``error`` again if a person pressed Ctrl-C; an environment may raise a ``KeyboardInterrupt`` itself.

    Where Ctrl-C is another process's to handle, as in a worker, it can only be the environment's own.
    """
    if isinstance(error, KeyboardInterrupt) and signal.getsignal(signal.SIGINT) is not signal.SIG_IGN:
        raise error


def failed(env_id: str, call: str, where: str, error: BaseException) -> EnvironmentFailedError:
    """Return the error of an environment that failed in ``call``, ``where`` the run was."""
    reason = str(error) if isinstance(error, ValueRefusedError) else reason_of(error)
    message = _("The environment {env_id} failed in {call} ({where}): {reason}.")
    return EnvironmentFailedError(message.format(env_id=env_id, call=call, where=where, reason=reason.rstrip(".")))


def _numbers(raw: object, name: str) -> npt.NDArray[Any]:
    try:
        array = np.asarray(raw)
    except Exception as error:  # ragged lists, tensors that don't give their numbers away, …
        raise ValueRefusedError(wrong_kind(observed(name), raw, _("a vector of numbers"))) from error
    if array.dtype.kind not in "biuf":
        raise ValueRefusedError(wrong_kind(observed(name), raw, _("a vector of numbers")))
    return array


def _single(raw: object, name: str, kinds: str, needed: str) -> Any:
    """Return the one number in ``raw``, which may be numpy's, or an array of one element."""
    try:
        array = np.asarray(raw)
    except Exception as error:  # whatever foreign code makes of being asked for its numbers
        raise ValueRefusedError(wrong_kind(name, raw, needed)) from error
    if array.size != 1 or array.dtype.kind not in kinds:
        raise ValueRefusedError(wrong_kind(name, raw, needed))
    return array.item()


def wrong_kind(name: str, raw: object, needed: str) -> str:
    """Return that ``raw``, called ``name``, is not what is ``needed``."""
    what = f"{raw.dtype} {raw.shape}" if isinstance(raw, np.ndarray) else type(raw).__name__
    return _("{name} is {what}; {needed} is needed").format(name=name, what=what, needed=needed)


def _number_refused(name: str, value: float) -> str:
    if math.isfinite(value):
        return _("{name} is {value:g}, more than a float32 can hold; scale it down").format(name=name, value=value)
    return _("{name} is {value}; a finite number is needed").format(name=name, value=value)
