"""Small text files that a person made: lexicons, lists of words, labelled pairs."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from core.files import read_whole
from core.language import _
from core.one_line import system_reason
from core.synonyms.encodings import decoded, guess_of
from core.synonyms.pairs import SynonymsError

_MOST_BYTES: Final = 256 << 20


def read_text(path: Path) -> str:
    """Return the text of a file, in the encoding it looks like; bytes that are broken come as lone surrogates.

    Raises:
        SynonymsError: it can't be read, is too large, or may be in one encoding as well as in another.
    """
    try:
        content = read_whole(path, _MOST_BYTES)
    except OSError as error:
        message = _("{name} can't be read: {reason}")
        raise SynonymsError(message.format(name=path, reason=system_reason(error))) from error
    found = guess_of(content)
    if found.is_doubtful:
        message = _("{name}: which encoding the text is in can't be told for certain. Save it as UTF-8.")
        raise SynonymsError(message.format(name=path))
    return decoded(content, found)
