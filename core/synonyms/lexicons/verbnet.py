"""VerbNet (Kipper Schuler 2005) where the user has it: a folder of XML files, one a class of verbs.

Verbs of a class share the frames they stand in. A subclass holds the members whose frames are narrower; each class
and subclass is a set of its own: ``give-13.1``, ``give-13.1-1``.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final
from xml.etree import ElementTree as ET

from core.language import _
from core.one_line import system_reason
from core.synonyms.lexicons.english import EnglishLexicon, EnglishSet
from core.synonyms.pairs import SynonymsError

NAME: Final = "VerbNet"
_CLASSES: Final = ("VNCLASS", "VNSUBCLASS")
_LARGEST: Final = 4 << 20
"""Bytes of a file; VerbNet's largest has a tenth of it."""


def read_verbnet(folder: Path) -> EnglishLexicon:
    """Read the classes of a folder.

    Raises:
        SynonymsError: it holds none, or one is no such file; the message says what to do.
    """
    files = sorted(folder.glob("*.xml"))
    if not files:
        message = _("{path} holds no VerbNet classes. Choose the folder with the files such as give-13.1.xml.")
        raise SynonymsError(message.format(path=folder))
    sets = tuple(found for file in files for found in _classes(file))
    if not sets:
        raise SynonymsError(_("The files in {path} name no verbs; they are not VerbNet's.").format(path=folder))
    return EnglishLexicon(NAME, sets)


def _classes(file: Path) -> Iterator[EnglishSet]:
    try:
        if file.stat().st_size > _LARGEST:
            raise ValueError(_("it is too large"))
        content = file.read_bytes()
        if b"<!ENTITY" in content.replace(b"\0", b""):  # what they stand for can be without end; in UTF-16, too
            raise ValueError(_("it defines entities of its own"))
        root = ET.fromstring(content)  # noqa: S314 (no entities, no large files)
    except (OSError, ValueError, LookupError, ET.ParseError) as error:  # LookupError: of an encoding
        message = _("{name} is no VerbNet class: {reason}")
        raise SynonymsError(message.format(name=file.name, reason=system_reason(error))) from error
    for node in root.iter():
        if node.tag in _CLASSES:
            names = [member.get("name", "") for member in node.findall("MEMBERS/MEMBER")]
            words = tuple(dict.fromkeys(name.strip().replace("_", " ") for name in names if name.strip()))
            if words:
                yield EnglishSet(node.get("ID", file.stem), words, is_verbal=True)
