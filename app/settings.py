"""What the program remembers from one start to the next: one readable file, written beside and replaced.

Several windows may be open. Each writes what was changed in it since it read or wrote last, by the name of each value;
what another window has written meanwhile stays.
"""

from __future__ import annotations

import copy
import json
import logging
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Annotated, Any, Final

import msgspec
from PySide6.QtCore import QLockFile

from app.sentence import Sentence
from app.theme import ThemeChoice
from core.decode import decode_usable
from core.files import replacing
from core.language import N_, Language
from core.one_line import system_reason

VERSION: Final = 1
FILE_NAME: Final = "settings.json"
PATIENCE: Final = 2000
"""Milliseconds that a window waits at most for another one that saves."""

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Settings:
    """Everything remembered. None means that the person has not chosen and the system decides.

    Attributes:
        language: of the window.
        theme: light, dark, projector, or as the system.
        on_paper: pictures in a dark window are as on paper.
        zoom: the user's own factor; None until chosen.
        geometry: the window's place and size as Qt packs it, in hexadecimal.
        tab: the tab that was open last.
        recent: addresses of documents that were opened or saved last, by kind, the newest first.
        reduces_motion: nothing in the window moves by itself.
        welcomes: the welcome is shown at the next start.
        hints_done: tabs whose first-use hint has done what it is for.
        explains: the panel that explains the page in front is open.
        tabs: what each tab wants to remember, by tab; plain JSON values.
    """

    language: Language | None = None
    theme: ThemeChoice = "system"
    on_paper: bool = False
    zoom: Annotated[float, msgspec.Meta(ge=0.5, le=4)] | None = None
    geometry: str = ""
    tab: str = ""
    recent: dict[str, list[str]] = field(default_factory=dict)
    reduces_motion: bool = False
    welcomes: bool = True
    hints_done: list[str] = field(default_factory=list)
    explains: bool = False
    tabs: dict[str, dict[str, Any]] = field(default_factory=dict)


class SettingsFile:
    """Reads and writes the settings; says at most once why they cannot be kept."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / FILE_NAME
        self._told = False
        self._is_foreign = False
        self._known: dict[str, Any] = {}

    def load(self) -> tuple[Settings, Sentence | None]:
        """Return the settings and, where they could not be read, one sentence for the person at the screen.

        A file that cannot be understood is set aside. One that cannot even be read, or set aside, may be whole: it is
        neither moved nor overwritten.
        """
        try:
            settings, _unusable = decode_usable(Settings(), self._read())
            _to_text(_values(settings))  # what can be read but not written again would spoil every later save
            self._known = _values(settings)
        except (FileNotFoundError, NotADirectoryError):  # nothing to lose; saving will say what is in the way
            return Settings(), None
        except (ValueError, TypeError, OverflowError, RecursionError, IsADirectoryError) as error:
            log.warning("Settings could not be understood: %s", error)
            return Settings(), self._set_aside()
        except OSError as error:
            log.warning("Settings could not be read: %s", error)
            self._is_foreign = True
            return Settings(), Sentence(
                N_(
                    "The settings in {path} can't be read ({reason}). They stay as they are; the program starts with "
                    "its defaults and saves no settings."
                ),
                {"path": self.path, "reason": system_reason(error)},
            )
        return settings, None

    def save(self, settings: Settings) -> Sentence | None:
        """Write the settings; return one sentence when that fails for the first time."""
        if self._is_foreign:
            return None
        values = _values(settings)
        turn = QLockFile(f"{self.path}.lock")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            turn.tryLock(PATIENCE)  # a value of one window lost is better than all of the other's, so it saves anyhow
            theirs = self._written_meanwhile(values)
            text = _to_text(values if theirs is None else merged(self._known, values, theirs))
            with replacing(self.path) as beside:
                beside.write_bytes(text)
            self._known = values
        except (OSError, ValueError, TypeError, RecursionError) as error:
            log.warning("Settings could not be saved: %s", error)
            if self._told:
                return None
            self._told = True
            return Sentence(
                N_("Settings can't be saved in {folder} ({reason}). They last until the window is closed."),
                {"folder": self.path.parent, "reason": system_reason(error)},
            )
        finally:
            turn.unlock()
        return None

    def _read(self) -> dict[str, Any]:
        values = json.loads(self.path.read_text(encoding="utf-8"))
        if not isinstance(values, dict):
            raise ValueError("the file holds no object")
        if int(values.get("version", 0)) > VERSION:
            raise ValueError(f"the file is of version {values['version']}, newer than this program")
        return values

    def _written_meanwhile(self, mine: Mapping[str, Any]) -> dict[str, Any] | None:
        """Return what the file holds now, with ``mine`` for what of it can't be used; None where it can't be read."""
        try:
            theirs = self._read()
            _usable, unusable = decode_usable(Settings(), theirs)
        except (OSError, ValueError, TypeError, OverflowError, RecursionError):
            return None
        return theirs | {name: value for name, value in mine.items() if name in unusable or name not in theirs}

    def _set_aside(self) -> Sentence:
        aside = self.path.with_name(f"{self.path.stem}-unreadable{self.path.suffix}")
        try:
            self.path.replace(aside)
        except OSError as error:
            self._is_foreign = True
            return Sentence(
                N_(
                    "The settings in {path} can be neither read nor moved ({reason}). The program starts "
                    "with its defaults and saves no settings."
                ),
                {"path": self.path, "reason": system_reason(error)},
            )
        return Sentence(
            N_("The settings can't be read. They were saved as {path}; the program starts with defaults."),
            {"path": aside},
        )


def merged(known: Mapping[str, Any], mine: Mapping[str, Any], theirs: Mapping[str, Any]) -> dict[str, Any]:
    """Return ``theirs`` with what was changed from ``known`` to ``mine``, name by name, objects within objects."""
    values = {name: value for name, value in theirs.items() if name in mine or name not in known}
    for name, value in mine.items():
        before, there = known.get(name), theirs.get(name)
        if isinstance(value, dict) and isinstance(there, dict):
            values[name] = merged(before if isinstance(before, dict) else {}, value, there)
        elif name not in known or value != before or (isinstance(value, dict) and name in theirs):
            values[name] = value
    return values


def _values(settings: Settings) -> dict[str, Any]:
    return {"version": VERSION, **copy.deepcopy(asdict(settings))}


def _to_text(values: Mapping[str, Any]) -> bytes:
    text = json.dumps(values, ensure_ascii=False, indent=2) + "\n"
    return text.encode("utf-8")
