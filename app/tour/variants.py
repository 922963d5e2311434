"""One thing looked at in many postures: each language, theme and size of the window."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import product
from typing import Final

from PySide6.QtCore import QSize

from app.theme import ThemeName
from app.tour.driver import LARGE, SMALL, Step, Visitor
from app.tour.player import Script
from core.language import LANGUAGES, Language, _

THEMES: Final[tuple[ThemeName, ...]] = ("light", "dark", "projector")
_SHORT: Final[dict[Language, str]] = {"zh_CN": "zh", "en": "en"}


@dataclass(frozen=True, slots=True)
class Posture:
    """How the window stands while it is looked at."""

    language: Language
    theme: ThemeName
    size: QSize

    @property
    def name(self) -> str:
        """What the ids of steps in this posture end with."""
        return f"{_SHORT[self.language]}-{self.theme}-{self.size.width()}x{self.size.height()}"

    @property
    def words(self) -> str:
        """The posture in the language in use."""
        themes = {"light": _("light"), "dark": _("dark"), "projector": _("projector")}
        tongue = {"zh_CN": "中文", "en": "English"}[self.language]
        return f"{tongue}, {themes[self.theme]}, {self.size.width()} × {self.size.height()}"


IN_SMALL: Final = tuple(Posture(*choice, SMALL) for choice in product(LANGUAGES, THEMES))
"""Both languages and all themes, where there is least room."""
IN_LARGE: Final = tuple(Posture(*choice, LARGE) for choice in product(LANGUAGES, THEMES))


def is_look(step: Step) -> bool:
    """Return whether a step shows one thing in one of the postures."""
    return step.id.endswith(tuple(f"-{posture.name}" for posture in (*IN_SMALL, *IN_LARGE)))


def looks(
    name: str, title: Callable[[], str], play: Callable[[Posture, Visitor], Script], postures: Sequence[Posture]
) -> Iterator[Step]:
    """Yield a step for one thing in each of ``postures``.

    Args:
        name: begins the ids of the steps.
        title: says in the language in use what is looked at.
        play: brings the window into the posture it is given, and the thing into sight.
        postures: in their order.
    """
    for posture in postures:
        yield Step(f"{name}-{posture.name}", partial(_done, title, posture), partial(play, posture))


def _done(title: Callable[[], str], posture: Posture) -> str:
    return f"{title()}: {posture.words}"
