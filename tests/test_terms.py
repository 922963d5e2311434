"""One word for one thing: what docs/glossary.md says is not used, nobody reads in the program."""

from __future__ import annotations

import re
from pathlib import Path

from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
CATALOGUE = ROOT / "resources" / "translations" / "zh_CN" / "LC_MESSAGES" / "yaya.po"


def terms():
    """The rows of the glossary: term, 中文, meaning, not, 不作."""
    lines = (ROOT / "docs" / "glossary.md").read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
    return [row for row in rows if row[0] != "English"]


def listed(cell):
    """The words of a cell; a dash is none."""
    return [word.strip() for word in cell.split(",") if word.strip() != "–"]


def texts():
    """Every text in English and every translation, the singular and the plural."""
    with CATALOGUE.open("rb") as file:
        messages = [message for message in read_po(file) if message.id]
    english = [text for message in messages for text in (message.id if message.pluralizable else (message.id,))]
    chinese = [text for message in messages for text in (message.string if message.pluralizable else (message.string,))]
    return english, chinese


def test_each_term_has_both_languages_and_no_word_is_both_used_and_not():
    rows = terms()
    assert len(rows) > 40
    assert all(len(row) == 5 and all(row) for row in rows)
    assert sum(len(listed(row[3]) + listed(row[4])) for row in rows) > len(rows), "most terms have a rival"
    for used, unused in ((0, 3), (1, 4)):
        words = [row[used] for row in rows]
        assert len(words) == len(set(words))
        assert not set(words) & {word for row in rows for word in listed(row[unused])}


def test_no_text_uses_another_word_for_a_term():
    english, chinese = texts()
    found = []
    for term, word, _meaning, others, more in terms():
        for other in listed(others):
            says = re.compile(rf"\b{re.escape(other)}s?\b", re.IGNORECASE)
            found += [f"{term}: {text}" for text in english if says.search(text)]
        found += [f"{word}: {text}" for other in listed(more) for text in chinese if other in text]
    assert found == []


def test_every_term_is_said_somewhere():
    _english, chinese = texts()
    unsaid = [word for _term, word, *_rest in terms() if not any(word.removeprefix("一") in text for text in chinese)]
    assert unsaid == [], "a row of the glossary that nobody needs"
