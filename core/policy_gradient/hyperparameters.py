"""What a hyperparameter may be: its meaning, its range, and how typed text becomes its value.

The command line and the window ask the same specification, so that both accept and refuse the same values in
the same words.
"""

from __future__ import annotations

import json
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from core.language import _, listed
from core.policy_gradient.errors import ConfigError

Value = int | float | bool | str | tuple[int, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyperparameter(ABC):
    """One field of a config.

    Attributes:
        name: the field's name in the config, which gives it.
        label_source: its short name in English, marked for translation; ``label`` gives it translated.
        meaning_source: one sentence on what it does, likewise; ``meaning`` gives it translated.
        live: whether it can be changed while a run is under way.
        optional: whether None is allowed; what None means is part of the meaning.
        in_sidebar: whether the window offers it.
    """

    name: str = ""
    label_source: str
    meaning_source: str
    live: bool = False
    optional: bool = False
    in_sidebar: bool = False

    @property
    def label(self) -> str:
        """Return the field's short name in the language in use."""
        return _(self.label_source)

    @property
    def meaning(self) -> str:
        """Return what the field does, one sentence in the language in use."""
        return _(self.meaning_source)

    @abstractmethod
    def allowed(self) -> str:
        """Return the allowed values in words, as they complete the sentence "it must be …"."""

    @abstractmethod
    def _check(self, value: object) -> Value:
        """Return ``value`` if it is allowed; it is not None."""

    @abstractmethod
    def _read(self, text: str) -> Value:
        """Return what ``text`` says; it is stripped and not empty. The range is not looked at."""

    def check(self, value: object) -> Value:
        """Return ``value`` if the field may have it.

        Raises:
            ConfigError: it may not; the message says what may be.
        """
        if value is None and self.optional:
            return None
        return self._check(value)

    def parse(self, text: str) -> Value:
        """Return the value that ``text``, as a person types it, stands for.

        Raises:
            ConfigError: it stands for nothing, or for a value that is not allowed.
        """
        text = text.strip()
        if not text:
            if self.optional:
                return None
            raise ConfigError(
                self.name,
                _("{label} is empty: it must be {allowed}.").format(label=self.label, allowed=self.allowed()),
            )
        value = self._read(text)
        try:
            return self._check(value)
        except ConfigError:
            # As it was typed: 1.0000001 shown as a rounded 1 would seem to lie within the range.
            raise self._refuse(text) from None

    def _refuse(self, value: object) -> ConfigError:
        shown = brief(value if isinstance(value, str) else repr(value))
        message = _("{label} must be {allowed}, not {value}.")
        return ConfigError(self.name, message.format(label=self.label, allowed=self.allowed(), value=shown))


def brief(text: str) -> str:
    """Return ``text`` as a message of one line quotes it: 20 characters at most, each of which can be seen."""
    seen = "".join(character if character.isprintable() else "�" for character in text[:21])
    return seen if len(seen) <= 20 else seen[:19] + "…"


@dataclass(frozen=True, slots=True, kw_only=True)
class NumberHyperparameter(Hyperparameter):
    """A whole number, or a real number where ``whole`` is False.

    Attributes:
        minimum: lower end of the range.
        maximum: upper end of the range.
        open_minimum: whether the lower end itself is excluded.
        open_maximum: whether the upper end itself is excluded.
        whole: whether only whole numbers are allowed.
    """

    minimum: float
    maximum: float
    open_minimum: bool = False
    open_maximum: bool = False
    whole: bool = False

    def allowed(self) -> str:
        """Return the range in words."""
        words = {
            (False, False): _("from {minimum} to {maximum}"),
            (True, False): _("greater than {minimum} and at most {maximum}"),
            (False, True): _("at least {minimum} and less than {maximum}"),
            (True, True): _("greater than {minimum} and less than {maximum}"),
        }[self.open_minimum, self.open_maximum]
        kind = _("a whole number {range}") if self.whole else _("a number {range}")
        # Ten digits keep 4294967295 from becoming 4.29497e+09.
        return kind.format(range=words.format(minimum=f"{self.minimum:.10g}", maximum=f"{self.maximum:.10g}"))

    def _check(self, value: object) -> int | float:
        if isinstance(value, bool) or not isinstance(value, int if self.whole else (int, float)):
            raise self._refuse(value)
        above = value > self.minimum or (value == self.minimum and not self.open_minimum)
        below = value < self.maximum or (value == self.maximum and not self.open_maximum)
        if not (above and below):  # neither holds for nan
            raise self._refuse(value)
        return value if self.whole else float(value)

    def _read(self, text: str) -> int | float:
        try:
            return int(text) if self.whole else float(text)
        except ValueError:
            raise self._refuse(text) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChoiceHyperparameter(Hyperparameter):
    """One of a few words.

    Attributes:
        choices: the words, in the order to offer them.
    """

    choices: tuple[str, ...]

    def allowed(self) -> str:
        """Return the choices in words."""
        return _("one of: {choices}").format(choices=listed(self.choices))

    def _check(self, value: object) -> str:
        if not isinstance(value, str) or value not in self.choices:
            raise self._refuse(value)
        return value

    def _read(self, text: str) -> str:
        return text.lower()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlagHyperparameter(Hyperparameter):
    """Yes or no."""

    def allowed(self) -> str:
        """Return the two words."""
        return _("yes or no")

    def _check(self, value: object) -> bool:
        if not isinstance(value, bool):
            raise self._refuse(value)
        return value

    def _read(self, text: str) -> bool:
        word = text.lower()
        if word in {"yes", "true", "on", "1", "是"}:
            return True
        if word in {"no", "false", "off", "0", "否"}:
            return False
        raise self._refuse(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameHyperparameter(Hyperparameter):
    """A name that only the world outside can judge, such as an environment's id."""

    def allowed(self) -> str:
        """Return what a name must be."""
        return _("a name without blanks, such as CartPole-v1")

    def _check(self, value: object) -> str:
        if not isinstance(value, str) or not value or not value.isprintable() or any(map(str.isspace, value)):
            raise self._refuse(value)
        return value

    def _read(self, text: str) -> str:
        return text


@dataclass(frozen=True, slots=True, kw_only=True)
class SizesHyperparameter(Hyperparameter):
    """The widths of a network's hidden layers.

    Attributes:
        most_layers: how many layers there may be.
        widest: how wide a layer may be.
    """

    most_layers: int
    widest: int

    def allowed(self) -> str:
        """Return the allowed shapes in words."""
        return _("1 to {layers} whole numbers from 1 to {widest}, with commas between").format(
            layers=self.most_layers, widest=self.widest
        )

    def _check(self, value: object) -> tuple[int, ...]:
        if not isinstance(value, tuple) or not 1 <= len(value) <= self.most_layers:
            raise self._refuse(value)
        if not all(type(width) is int and 1 <= width <= self.widest for width in value):
            raise self._refuse(value)
        return value

    def _read(self, text: str) -> tuple[int, ...]:
        try:
            return tuple(int(width) for width in text.strip("()[]").replace("，", ",").split(","))
        except ValueError:
            raise self._refuse(text) from None


@dataclass(frozen=True, slots=True, kw_only=True)
class JsonHyperparameter(Hyperparameter):
    """A JSON object: names with values, kept as its one shortest text, so that equal objects are equal texts.

    Attributes:
        reserved: names that the program gives values to itself.
    """

    reserved: tuple[str, ...] = ()

    def allowed(self) -> str:
        """Return what may be written."""
        return _("a JSON object, such as {example}").format(example='{"is_slippery": false}')

    def _check(self, value: object) -> str:
        content = _json(value) if isinstance(value, str) else value
        if not isinstance(content, Mapping):
            raise self._refuse(value)
        self._check_names(content)
        try:
            return json.dumps(content, ensure_ascii=False, sort_keys=True, allow_nan=False)
        except (TypeError, ValueError, RecursionError):
            raise self._refuse(value) from None

    def parse(self, text: str) -> Value:
        """Return the object that ``text`` stands for; nothing typed is an object without names.

        Raises:
            ConfigError: it stands for no object.
        """
        # By name: in a dataclass with slots, super() without arguments means a class that is no more.
        return Hyperparameter.parse(self, text.strip() or "{}")

    def _read(self, text: str) -> str:
        content = _json(text)
        if isinstance(content, Mapping):
            self._check_names(content)  # here, too: its reason says more than that the text is not allowed
        return text

    def _check_names(self, content: Mapping[str, Any]) -> None:
        for name in self.reserved:
            if name in content:
                message = _("{label}: {name} is set by the program. Leave it out.")
                raise ConfigError(self.name, message.format(label=self.label, name=name))


def _json(text: str) -> Any:
    """Return what ``text`` says as JSON; None where it says nothing."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
