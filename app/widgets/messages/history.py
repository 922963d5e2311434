"""Everything the program has said since it was started, for whoever looked elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from core.passwords import hide_passwords

Kind = Literal["info", "success", "warning", "error"]

MOST: Final = 200
"""Messages that are kept; the log has those before."""


@dataclass(frozen=True, slots=True)
class Said:
    """One message.

    Attributes:
        kind: of the message.
        text: plain text, or a ``Sentence``, which follows the language.
        last: when it was said, the last time.
        times: how often it was said without another one in between.
    """

    kind: Kind
    text: object
    last: datetime
    times: int = 1

    @property
    def words(self) -> str:
        """The text in the language in use, without passwords."""
        return hide_passwords(str(self.text))


class MessageHistory:
    """Keeps what was said, the newest last."""

    def __init__(self) -> None:
        self._said: list[Said] = []

    @property
    def said(self) -> tuple[Said, ...]:
        """All that is kept."""
        return tuple(self._said)

    def add(self, kind: Kind, text: object, at: datetime) -> None:
        """Keep a message; what is said again at once is the same one, said once more."""
        said = Said(kind, text, at)
        if self._said and (self._said[-1].kind, self._said[-1].words) == (kind, said.words):
            said = Said(kind, text, at, self._said.pop().times + 1)
        self._said = [*self._said, said][-MOST:]

    def text(self) -> str:
        """Return all of it as lines, to be sent to whoever helps."""
        return "\n".join(
            f"{said.last:%Y-%m-%d %H:%M:%S}\t{said.kind}\t{' '.join(said.words.split())}" for said in self._said
        )
