"""The tour's steps on the synonyms tab: from an empty store to a file for a search engine, and what can go wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import product
from typing import Final

from PySide6.QtCore import QSize

from app.theme import ThemeName
from app.tour.script import Script, Way, turns
from app.tour.synonyms import card, store, table
from app.tour.synonyms.hands import Reach, judged, stand
from app.tour.visitor import LARGE, SMALL, Step, Visitor
from core.language import LANGUAGES, Language, _

_SHORT: Final[dict[Language, str]] = {"zh_CN": "zh", "en": "en"}


_Posture = tuple[Language, ThemeName, QSize]

_THEMES: Final[tuple[ThemeName, ...]] = ("light", "dark", "projector")
_ALL: Final[tuple[_Posture, ...]] = tuple(product(LANGUAGES, _THEMES, (SMALL, LARGE)))
_EACH_ONCE: Final[tuple[_Posture, ...]] = (
    ("zh_CN", "light", SMALL), ("en", "dark", SMALL), ("zh_CN", "projector", SMALL),
)  # fmt: skip
"""Both languages and all themes, where there is least room."""


def _look(page: str, reach: Reach, posture: _Posture, visitor: Visitor) -> Script:
    language, theme, size = posture
    yield from stand(visitor, page, size=size, theme=theme, language=language)
    yield from reach(visitor)
    visitor.put_away()
    yield turns()
    return {}


def _look_words(state: Callable[[], str], language: Language, theme: str, size: QSize) -> str:
    words = {"light": _("light"), "dark": _("dark"), "projector": _("projector")}
    tongue = {"zh_CN": "中文", "en": "English"}[language]
    return f"{state()}: {tongue}, {words[theme]}, {size.width()} × {size.height()}"


def _looks(
    name: str, page: str, state: Callable[[], str], reach: Reach, postures: Sequence[_Posture]
) -> Iterator[Step]:
    """Yield a step for one page in each posture."""
    for language, theme, size in postures:
        yield Step(
            f"{name}-{_SHORT[language]}-{theme}-{size.width()}x{size.height()}",
            partial(_look_words, state, language, theme, size),
            partial(_look, page, reach, (language, theme, size)),
        )


def _as_it_is(_visitor: Visitor) -> Way:
    yield turns()


def steps() -> tuple[Step, ...]:
    """Return the steps in the order that costs least: labelling goes on while the first store is being filled."""
    return (
        Step("pairs-first-start", lambda: _("At the first start, the store is being filled."), card.first_start),
        Step("pairs-growing", lambda: _("Sources shows how far that is."), card.growing),
        Step("pairs-card", lambda: _("The first pair is on the card, with all that is known of it."), card.show_card),
        Step("pairs-labelling", lambda: _("One key decides and brings the next pair."), card.labelling),
        Step("pairs-undo", lambda: _("Backspace takes the last decision back."), card.undo),
        Step("pairs-marked", lambda: _("F flags the pair, N takes a note."), card.marked),
        Step("pairs-reopened", lambda: _("A click on an earlier pair opens it again."), card.reopened),
        *_looks("pairs-card", "card", lambda: _("The card"), judged, _ALL),
        Step("pairs-presentation", lambda: _("F11 presents the card."), card.presentation),
        Step("pairs-table", lambda: _("The table of all pairs, the newest decisions on top."), table.show_table),
        Step("pairs-filter", lambda: _("Ctrl+F finds the pairs with the character 美."), table.search),
        Step("pairs-many", lambda: _("One key judges all that are selected."), table.many),
        Step("pairs-nothing-found", lambda: _("Nothing matches: the table says what to do."), table.nothing_found),
        *_looks("pairs-table", "table", lambda: _("The table"), table.first_row, _EACH_ONCE),
        Step("pairs-agreement", lambda: _("A second annotator has judged the same pairs."), table.show_agreement),
        *_looks("pairs-agreement", "agreement", lambda: _("Agreement"), _as_it_is, _EACH_ONCE),
        Step("pairs-settle", lambda: _("A dispute on the card, with both answers, to be settled."), table.settle),
        Step("pairs-sources", lambda: _("Sources: the wizard, and the shipped material."), store.show_sources),
        *_looks("pairs-sources", "sources", lambda: _("Sources"), _as_it_is, _EACH_ONCE),
        Step("pairs-export", lambda: _("What a search engine would get, before it is written."), store.write_out),
        *_looks("pairs-export", "exchange", lambda: _("Export"), store.counted, _EACH_ONCE),
        Step("pairs-import", lambda: _("What an import would change, before it changes anything."), store.take_in),
        Step("pairs-session-over", lambda: _("A session of 20 pairs is over."), card.session_over),
        Step("pairs-no-pairs", lambda: _("A store without pairs says what to do."), store.no_pairs),
        Step("pairs-no-server", lambda: _("A server does not answer: the open store stays open."), store.no_server),
        Step("pairs-held-elsewhere", lambda: _("Another program holds the store: nothing lost."), store.held_elsewhere),
    )  # fmt: skip
