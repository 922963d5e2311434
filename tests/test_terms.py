"""One word for one thing: what docs/glossary.md says is not used, nobody reads in the program."""

from __future__ import annotations

import json
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


GUIDES = sorted((ROOT / "docs" / "guide").glob("*.md"))
EXPLANATIONS = ROOT / "resources" / "explain"
LECTURES = ROOT / "resources" / "lectures"


def written(files):
    """Every line of these texts with its place; what an article says (quoted with ``>``) is its own."""
    return [
        (f"{file.name}:{number}", line)
        for file in files
        for number, line in enumerate(file.read_text("utf-8").splitlines(), start=1)
        if not line.lstrip().startswith(">")
    ]


def spoken(language):
    """Title, captions and notes of the lectures in a language, with their places."""
    found = []
    for file in sorted(LECTURES.glob(f"*.{language}.json")):
        lecture = json.loads(file.read_text("utf-8"))
        found.append((file.name, lecture["title"]))
        for number, scene in enumerate(lecture["scenes"], start=1):
            found += [(f"{file.name} scene {number}", scene.get(part, "")) for part in ("caption", "notes")]
    return found


def test_each_term_has_both_languages_and_no_word_is_both_used_and_not():
    rows = terms()
    assert len(rows) > 40
    assert all(len(row) == 5 and all(row) for row in rows)
    assert sum(len(listed(row[3]) + listed(row[4])) for row in rows) > len(rows), "most terms have a rival"
    for used, unused in ((0, 3), (1, 4)):
        words = [row[used] for row in rows]
        assert len(words) == len(set(words))
        assert not set(words) & {word for row in rows for word in listed(row[unused])}


def rivals(english, chinese):
    """Where the texts, pairs of a place and words, say something else for a term."""
    found = []
    for term, word, _meaning, others, more in terms():
        for other in listed(others):
            says = re.compile(rf"\b{re.escape(other)}s?\b", re.IGNORECASE)
            found += [f"{place}: {other} for {term}" for place, text in english if says.search(text)]
        found += [f"{place}: {other} for {word}" for other in listed(more) for place, text in chinese if other in text]
    return found


def test_no_text_of_the_program_uses_another_word_for_a_term():
    english, chinese = texts()
    assert rivals([(text, text) for text in english], [(text, text) for text in chinese]) == []


def test_no_guide_explanation_or_lecture_uses_another_word_for_a_term():
    guides = written(GUIDES)
    english = [*guides, *written(sorted((EXPLANATIONS / "en").glob("*.md"))), *spoken("en")]
    chinese = [*guides, *written(sorted((EXPLANATIONS / "zh_CN").glob("*.md"))), *spoken("zh_CN")]
    assert min(len(english), len(chinese)) > 1000
    assert rivals(english, chinese) == []


def test_every_term_is_said_somewhere():
    _english, chinese = texts()
    unsaid = [word for _term, word, *_rest in terms() if not any(word.removeprefix("一") in text for text in chinese)]
    assert unsaid == [], "a row of the glossary that nobody needs"
