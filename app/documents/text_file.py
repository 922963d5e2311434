"""The text in a file, in whichever encoding it is."""

from __future__ import annotations

from pathlib import Path

from core.files import check_plain
from core.language import _
from core.one_line import system_reason
from core.spoken_error import SpokenError
from core.synonyms.encodings import decoded


class TextFileError(SpokenError):
    """A text can't be read, or is too long; the message names the file and says what to do."""


def read_text(path: Path, most: int) -> str:
    """Return the text in ``path``, without what surrounds it.

    Args:
        path: a file.
        most: characters that it may have.

    Raises:
        TextFileError: it can't be read, or is longer.
    """
    try:
        check_plain(path)
        with path.open("rb") as file:
            written = file.read(4 * most + 1)
    except OSError as error:
        message = _("{path} can't be read ({reason}).")
        raise TextFileError(message.format(path=path, reason=system_reason(error))) from error
    text = decoded(written).strip()
    if len(text) > most or len(written) > 4 * most:
        message = _("{path} is longer than {most:,} characters. Copy the part to be read into a file of its own.")
        raise TextFileError(message.format(path=path, most=most))
    return text.encode("utf-8", "replace").decode()
