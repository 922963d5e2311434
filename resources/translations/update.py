"""Bring the Chinese catalogue up to date: ``python resources/translations/update.py``.

Collects every message marked with ``_``, ``N_``, ``ngettext`` or ``nN_`` in app/, core/, tests/benchmarks/ and
main.py, merges them into the catalogue (new ones come in empty, those no longer used go), and compiles it. Says
what is still to be translated. Needs Babel, which the ``test`` extra brings.
"""

from __future__ import annotations

import io
import re
import sys
from pathlib import Path
from typing import Final

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

HERE: Final = Path(__file__).resolve().parent
ROOT: Final = HERE.parents[1]
PO: Final = HERE / "zh_CN" / "LC_MESSAGES" / "yaya.po"
MO: Final = PO.with_suffix(".mo")
KEYWORDS: Final = {"_": None, "N_": None, "ngettext": (1, 2), "nN_": (1, 2)}


def extract() -> Catalog:
    """Return a catalogue of every message in the sources."""
    found = Catalog()
    for folder in ("app", "core", "tests/benchmarks"):
        for _name, _line, message, _comments, _context in extract_from_dir(
            ROOT / folder, method_map=[("**.py", "python")], keywords=KEYWORDS
        ):
            found.add(message)
    for _line, message, _comments, _context in extract_from_file("python", ROOT / "main.py", keywords=KEYWORDS):
        found.add(message)
    return found


def read() -> Catalog:
    """Return the catalogue as it stands."""
    with PO.open("rb") as file:
        return read_po(file, locale="zh_CN", domain="yaya")


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the messages that have no translation, or a doubtful one."""
    return [str(m.id) for m in catalogue if m.id and (m.fuzzy or not all(_texts(m.string)))]


def _texts(string: str | tuple[str, ...] | list[str] | None) -> tuple[str | None, ...]:
    """Return the texts of a translation: one, or one for each form of its plural."""
    return tuple(string) if isinstance(string, tuple | list) else (string,)


def po_bytes(catalogue: Catalog) -> bytes:
    """Return the catalogue as its file holds it.

    Sorted, without line numbers and without Babel's version, so that only changed words change the file.
    """
    stream = io.BytesIO()
    write_po(stream, catalogue, width=120, no_location=True, omit_header=False, sort_output=True, ignore_obsolete=True)
    return re.sub(rb'"Generated-By: .*\n', b"", stream.getvalue())


def mo_bytes(catalogue: Catalog) -> bytes:
    """Return the compiled catalogue."""
    stream = io.BytesIO()
    write_mo(stream, catalogue)
    return stream.getvalue()


def main() -> int:
    """Update and compile; return 1 while something is untranslated."""
    catalogue = read()
    catalogue.update(extract(), no_fuzzy_matching=True, update_creation_date=False)
    PO.write_bytes(po_bytes(catalogue))
    MO.write_bytes(mo_bytes(read()))
    missing = untranslated(catalogue)
    for message in missing:
        print(f"to translate: {message!r}")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
