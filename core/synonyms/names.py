"""What an annotator may be called."""

from __future__ import annotations

import unicodedata
from typing import Final

from core.language import _
from core.synonyms.pairs import SynonymsError

NAME_LIMIT: Final = 80
_JOINERS: Final = {0x200C: None, 0x200D: None}
"""Signs without a picture of their own that some scripts and pictures (👩‍🔬) cannot be written without."""


class NameRefusedError(SynonymsError):
    """A text that cannot name an annotator."""


def clean_name(name: str) -> str:
    """Return a name from a file as names are kept: composed (NFC), without blanks around it."""
    return unicodedata.normalize("NFC", name).strip()


def check_name(name: str) -> str:
    """Return ``name`` if it can name an annotator.

    Raises:
        NameRefusedError: it is empty or too long, begins or ends in a blank, or holds control characters.
    """
    seen = name.translate(_JOINERS)
    if not seen or len(name) > NAME_LIMIT or name != name.strip() or not seen.isprintable():
        raise NameRefusedError(
            _("{name!r} can't be used as the name of an annotator: use 1 to {limit} printable characters.").format(
                name=name[:NAME_LIMIT], limit=NAME_LIMIT
            )
        )
    return name
