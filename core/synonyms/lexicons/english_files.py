"""From what a person chooses, or has installed, to English lexicons: WordNet or VerbNet, whichever is there."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from core.files import is_there
from core.language import _
from core.synonyms.lexicons.english import EnglishLexicon
from core.synonyms.lexicons.verbnet import read_verbnet
from core.synonyms.lexicons.wordnet import find_wordnet, read_wordnet
from core.synonyms.pairs import SynonymsError

_NOUNS: Final = "data.noun"
_CLASSES: Final = "*.xml"


def read_english(paths: Sequence[Path]) -> tuple[EnglishLexicon, ...]:
    """Read the lexicons of ``paths``; without any, the WordNet that is installed.

    Args:
        paths: folders, or a file in each: of WordNet (``data.noun`` …, or ``wn.db``) or of VerbNet (XML).

    Raises:
        SynonymsError: there is none, or it is damaged; the message says what to do.
    """
    return tuple(map(_read, paths)) if paths else (read_wordnet(),)


def has_english(paths: Sequence[Path]) -> bool:
    """Return whether there is a lexicon to be read."""
    return bool(paths) or find_wordnet() is not None


def how_to_get_one() -> str:
    """Say how to get an English lexicon, and what serves without one."""
    return _(
        "No English lexicon is installed. Install WordNet (apt install wordnet-base, or pip install wn and then "
        "python -m wn download oewn:2024), or choose a folder of WordNet or VerbNet below. Until then the glosses of "
        'CC-CEDICT serve: "Identical glosses".'
    )


def _read(path: Path) -> EnglishLexicon:
    if not is_there(path):
        raise SynonymsError(_("{path} does not exist. Choose another place.").format(path=path))
    is_folder = path.is_dir()
    folder = path if is_folder else path.parent
    if path.suffix == ".db":
        return read_wordnet(path)
    if path.suffix == ".xml" or (is_folder and not (folder / _NOUNS).exists() and any(folder.glob(_CLASSES))):
        return read_verbnet(folder)
    return read_wordnet(folder)
