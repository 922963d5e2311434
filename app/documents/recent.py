"""Which documents were opened or saved last, of each kind."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from core.passwords import without_password

MOST: Final = 10
"""Of each kind."""
_SERVER: Final = "://"


class Recent:
    """Addresses by kind, the newest first. A server's is kept without its password."""

    def __init__(self) -> None:
        self._addresses: dict[str, list[str]] = {}

    def restore(self, addresses: Mapping[str, list[str]]) -> None:
        """Take up what :meth:`save` gave."""
        self._addresses = {kind: list(dict.fromkeys(names))[:MOST] for kind, names in addresses.items()}

    def save(self) -> dict[str, list[str]]:
        """Return everything, for the settings."""
        return {kind: list(names) for kind, names in self._addresses.items()}

    def of(self, kind: str) -> tuple[str, ...]:
        """Return the addresses of one kind."""
        return tuple(self._addresses.get(kind, ()))

    def add(self, kind: str, address: str) -> None:
        """Put an address before the others."""
        kept = without_password(address) if _SERVER in address else str(Path(address).absolute())
        self._addresses[kind] = [kept, *(name for name in self.of(kind) if name != kept)][:MOST]

    def remove(self, kind: str, address: str) -> None:
        """Take an address off the list."""
        self._addresses[kind] = [name for name in self.of(kind) if name != address]


def is_gone(address: str) -> bool:
    """Return whether a file or a folder is no longer there; of a server that is not asked."""
    return _SERVER not in address and not os.path.exists(address)  # noqa: PTH110  which takes any name calmly


def short_name(address: str) -> str:
    """Return what a file is called in a menu; a server's address stays whole."""
    return address if _SERVER in address else Path(address).name or address
