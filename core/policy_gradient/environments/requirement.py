"""What an environment needs that this program does not bring along, and whether it is there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from importlib.util import find_spec

from core.language import _


@dataclass(frozen=True, slots=True)
class Requirement:
    """A module that must be there. Looking for it loads nothing.

    Attributes:
        module: what is imported.
        extra: the extra of this program that brings it; empty where it is a part of it.
        since: the first version that will do, (major, minor); empty where each does.
    """

    module: str
    extra: str = ""
    since: tuple[int, ...] = ()

    def missing(self) -> str:
        """Return what to do where it is not there; empty where it is."""
        if self.extra and find_spec(self.module) is None:
            words = _("It needs {package}: pip install 'yaya-lab[{extra}]'")
            return words.format(package=self.module, extra=self.extra)
        if self.since and _version(self.module) < self.since:
            words = _("It needs {package} {version} or newer.")
            return words.format(package=self.module, version=".".join(map(str, self.since)))
        return ""


def _version(module: str) -> tuple[int, ...]:
    from importlib.metadata import PackageNotFoundError, version  # slow to load, and the window's start needs none

    try:
        return tuple(int(part) for part in re.findall(r"\d+", version(module))[:2])
    except PackageNotFoundError:
        return ()
