"""What is said to the person at the screen, so that it can be said again in another language."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from core.language import _, ngettext


@dataclass(frozen=True, slots=True)
class Sentence:
    """A message with its values; ``str(sentence)`` says it in the language in use.

    Attributes:
        message: the English text, marked with ``N_``; or its singular and plural, marked with ``nN_``, between
            which the value ``n`` decides.
        values: what stands in its braces; a value may be a sentence itself.
    """

    message: str | tuple[str, str]
    values: Mapping[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        if isinstance(self.message, str):
            return _(self.message).format(**self.values)
        n = self.values["n"]
        assert isinstance(n, int)
        return ngettext(*self.message, n).format(**self.values)


def shorten(text: str, longest: int) -> str:
    """Return ``text`` with at most ``longest`` characters; what is cut off shows as one ``…``."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
