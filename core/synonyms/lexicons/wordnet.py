"""WordNet (Miller 1995) where the user has it: Princeton's files, as Debian installs them, or the store of ``wn``.

A line of ``data.verb`` begins with the offset of its synset, a number of words, and the words; pointers follow, of
which ``!`` leads from one word to its opposite (wndb(5WN)):

    00001740 29 v 04 breathe 0 take_a_breath 0 respire 0 suspire 3 021 * 00005041 v 0000 …

The library ``wn`` keeps synsets as rows of an SQLite file.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from core.language import _
from core.one_line import system_reason
from core.synonyms.lexicons.english import EnglishLexicon, EnglishSet
from core.synonyms.pairs import SynonymsError, WordPair

NAME: Final = "WordNet"
DEBIAN: Final = Path("/usr/share/wordnet")

_PARTS: Final = ("noun", "verb", "adj", "adv")
_STORE: Final = "wn.db"
_MARKER: Final = re.compile(r"\((?:a|p|ip)\)$")
"""What a file says about the place of an adjective: ``galore(ip)``."""
_OPPOSITE: Final = "!"


def find_wordnet() -> Path | None:
    """Return where a WordNet is installed: the store of ``wn``, or Debian's folder; None where there is none."""
    library = Path(os.environ.get("WN_DATA_DIR") or Path.home() / ".wn_data")
    return next((path for path in (library / _STORE, DEBIAN) if path.exists()), None)


def read_wordnet(path: Path | None = None) -> EnglishLexicon:
    """Read a WordNet.

    Args:
        path: a folder with ``data.noun`` …, or with ``wn.db``, or that file itself; None for what is installed.

    Raises:
        SynonymsError: there is none, or it is damaged; the message says what to do.
    """
    path = path or find_wordnet()
    if path is None:
        message = _(
            "No WordNet is installed. Install one (apt install wordnet-base, or pip install wn and then "
            "python -m wn download oewn:2024), or choose a folder that holds data.noun, data.verb, data.adj, data.adv."
        )
        raise SynonymsError(message)
    store = path / _STORE if path.is_dir() else path
    try:
        if store.is_file():
            return _from_store(store)
        return _from_files(path)
    except (OSError, ValueError, sqlite3.Error) as error:
        message = _("{path} is no WordNet that can be read: {reason}")
        raise SynonymsError(message.format(path=path, reason=_reason(error))) from error


def _reason(error: Exception) -> str:
    """Return what is wrong, in words that need no path a second time."""
    match error:
        case sqlite3.Error():
            return _("it is no store of wn ({reason})").format(reason=error)
        case OSError():
            return f"{Path(error.filename or '').name}: {system_reason(error)}"
    return str(error)


def _from_files(folder: Path) -> EnglishLexicon:
    sets: dict[str, EnglishSet] = {}
    opposites: list[tuple[str, int, str, int]] = []
    for part in _PARTS:
        with (folder / f"data.{part}").open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip() and not line.startswith(b" "):  # the licence
                    try:
                        found, pointers = _parsed(line.decode())
                    except (ValueError, IndexError) as error:
                        message = _("data.{part}, line {number} is no synset")
                        raise ValueError(message.format(part=part, number=number)) from error
                    sets[found.name] = found
                    opposites += [(found.name, *pointer) for pointer in pointers]
    if not sets:
        raise ValueError(_("its files are empty"))
    words = (
        (sets[name].words[word], sets[other].words[place])
        for name, word, other, place in opposites
        if other in sets and word < len(sets[name].words) and place < len(sets[other].words)
    )
    return EnglishLexicon(NAME, tuple(sets.values()), _antonyms(words))


def _parsed(line: str) -> tuple[EnglishSet, list[tuple[int, str, int]]]:
    """Return the synset of a line, and of each opposite: which word, whose, and which word there, from 0."""
    cells = line.split("|", 1)[0].split()
    offset, kind, count = cells[0], cells[2].replace("s", "a"), int(cells[3], 16)
    words = tuple(_MARKER.sub("", word).replace("_", " ") for word in cells[4 : 4 + 2 * count : 2])
    if len(words) != count:
        raise ValueError(f"synset {offset}")
    first = 5 + 2 * count
    pointers = cells[first : first + 4 * int(cells[first - 1])]
    opposites = [
        (int(ends[:2], 16) - 1, f"{target}-{sort.replace('s', 'a')}", int(ends[-2:], 16) - 1)
        for sign, target, sort, ends in zip(*(pointers[n::4] for n in range(4)), strict=False)
        if sign == _OPPOSITE
    ]
    return EnglishSet(f"{offset}-{kind}", words, kind == "v"), opposites


_SETS: Final = """
    SELECT synsets.id, synsets.pos, forms.form FROM senses
    JOIN synsets ON synsets.rowid = senses.synset_rowid
    JOIN lexicons ON lexicons.rowid = synsets.lexicon_rowid
    JOIN forms ON forms.entry_rowid = senses.entry_rowid AND forms.rank = 0
    WHERE lexicons.language LIKE 'en%' ORDER BY synsets.rowid, senses.synset_rank
"""
_ANTONYMS: Final = """
    SELECT one.form, other.form FROM sense_relations
    JOIN relation_types ON relation_types.rowid = sense_relations.type_rowid AND relation_types.type = 'antonym'
    JOIN senses AS a ON a.rowid = sense_relations.source_rowid
    JOIN senses AS b ON b.rowid = sense_relations.target_rowid
    JOIN lexicons ON lexicons.rowid = a.lexicon_rowid AND lexicons.language LIKE 'en%'
    JOIN forms AS one ON one.entry_rowid = a.entry_rowid AND one.rank = 0
    JOIN forms AS other ON other.entry_rowid = b.entry_rowid AND other.rank = 0
"""


def _from_store(path: Path) -> EnglishLexicon:
    words: dict[tuple[str, str], list[str]] = {}
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        for name, kind, form in connection.execute(_SETS):
            words.setdefault((name, kind), []).append(form)
        antonyms = _antonyms(connection.execute(_ANTONYMS))
    if not words:
        raise ValueError(_("it holds no English lexicon; python -m wn download oewn:2024 brings one"))
    sets = tuple(EnglishSet(name, tuple(found), kind == "v") for (name, kind), found in words.items())
    return EnglishLexicon(NAME, sets, antonyms)


def _antonyms(words: Iterable[tuple[str, str]]) -> frozenset[WordPair]:
    """Return pairs of opposites, each once; a word that a damaged file calls its own opposite is none."""
    return frozenset(WordPair(*sorted(each)) for each in words if each[0] != each[1])


def synonym_pairs(lexicon: EnglishLexicon) -> Iterator[WordPair]:
    """Yield each pair of single words of one set, each once."""
    seen: set[WordPair] = set()
    for each in lexicon.sets:
        singles = sorted({word for word in each.words if " " not in word})
        for n, one in enumerate(singles):
            for other in singles[n + 1 :]:
                if (pair := WordPair(one, other)) not in seen:
                    seen.add(pair)
                    yield pair
