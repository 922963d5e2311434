"""What is said about the pages: complete, alike in both languages, and strictly read."""

import re
from pathlib import Path

import pytest

from app.explain.glossary import glossary
from app.explain.symbols import SYMBOLS
from app.explain.texts import FOLDER, SymbolRef, TermRef, TextError, Words, page_ids, page_text, parse_page
from core.language import LANGUAGES
from tests.app.explain.conftest import PAGES

STANDING = {
    "attention.map", "attention.heads", "attention.links", "attention.steps", "attention.comparison",
    "attention.alignment", "policy_gradient.live", "policy_gradient.experiments", "policy_gradient.anatomy",
    "policy_gradient.plane", "policy_gradient.swarm", "policy_gradient.play",
    "synonyms.card", "synonyms.table", "synonyms.agreement", "synonyms.sources", "synonyms.exchange",
    "synonyms.ask", "synonyms.methods", "synonyms.why",
}  # fmt: skip
GOOD = """\
# Title

One sentence about {q}. Another about a [[rollout|rolled out]] map
and a [[head]].

$$ \\sym{alpha}=\\sym{softmax}(\\sym{score}) $$

> 原文。
>
> “The translation.”
>
> — the survey, a section
"""
HERE = Path("en/a.page.md")


def test_every_page_that_stands_is_explained_in_every_language():
    for language in LANGUAGES:
        assert set(page_ids(language)) >= STANDING
        assert page_ids(language) == PAGES
        assert {path.stem for path in (FOLDER / language).iterdir()} == {*PAGES, "glossary"}


@pytest.mark.parametrize("page", PAGES)
def test_both_languages_say_the_same(page):
    english, chinese = page_text(page, "en"), page_text(page, "zh_CN")
    assert english.formulas == chinese.formulas
    assert set(english.symbols) == set(chinese.symbols)
    assert set(english.terms) == set(chinese.terms)
    assert len(english.prose) == len(chinese.prose)
    assert english.quotes[0] == chinese.quotes[0], "the article's own words"
    assert (len(english.quotes), len(chinese.quotes)) == (2, 1), "and in English their translation"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_two_to_five_sentences_with_known_terms(page, language):
    text = page_text(page, language)
    assert 2 <= text.sentences <= 5
    assert set(text.terms) <= set(glossary(language))
    assert text.terms, "a term or two explain themselves"
    assert re.search("[一-鿿]", text.title) is not None if language == "zh_CN" else text.title.isascii()


@pytest.mark.parametrize("page", PAGES)
def test_every_letter_of_a_formula_is_a_symbol_or_only_counts(page):
    for formula in page_text(page, "en").formulas:
        rest = re.sub(r"\\sym\{\w+\}|\\mathrm\{\w+\}|\\[a-zA-Z]+", " ", formula)
        assert set(re.findall("[a-zA-Z]", rest)) <= {"i", "j", "t", "h", "N"}, formula


@pytest.mark.parametrize("page", PAGES)
def test_a_page_quotes_its_article_and_names_the_section(page):
    text = page_text(page, "zh_CN")
    assert re.match("《.+》，.+", text.source)
    assert len(text.quotes[0]) > 20


def test_the_parts_of_a_page_are_read():
    text = parse_page(GOOD, HERE)
    assert text.title == "Title"
    assert text.prose == (
        (
            Words("One sentence about "), SymbolRef("q"), Words(". Another about a "), TermRef("rollout", "rolled out"),
            Words(" map and a "), TermRef("head", "head"), Words("."),
        ),
    )  # fmt: skip
    assert text.symbols == ("alpha", "softmax", "score", "q")
    assert text.terms == ("rollout", "head")
    assert text.sentences == 2
    assert text.quotes == ("原文。", "“The translation.”")
    assert text.source == "the survey, a section"


@pytest.mark.parametrize(
    ("good", "bad", "said"),
    [
        ("{q}", "{omega}", "3: no symbol 'omega'"),
        ("{q}", "{q", "3: '{' means nothing"),
        ("{q}", "**q**", "3: '**' means nothing"),
        ("\\sym{score}", "\\sym{omega}", "6: no symbol 'omega'"),
        (") $$", ")", "6: a formula stands between two"),
        ("# Title\n\n", "", "no title"),
        ("# Title", "# Title\n\n# Title", "3: the order is"),
        ("> — the survey, a section", "> the survey", "8: a quotation ends"),
        ("> 原文。", "原文。", "the order is"),
        ("$$ \\sym{alpha}=\\sym{softmax}(\\sym{score}) $$\n\n", "", "no formula"),
    ],
)
def test_a_mistake_is_told_with_its_place(good, bad, said):
    assert good in GOOD
    with pytest.raises(TextError, match=re.escape(str(HERE))) as told:
        parse_page(GOOD.replace(good, bad), HERE)
    assert said in str(told.value)


def test_of_a_page_nobody_wrote_about_nothing_is_said():
    assert page_text("attention.nowhere", "en") is None


def test_every_symbol_is_used_by_a_page():
    used = {symbol for page in PAGES for symbol in page_text(page, "en").symbols}
    assert set(SYMBOLS) == used
