"""The tour's steps on the synonyms tab: from an empty store to a file for a search engine, and what can go wrong."""

from __future__ import annotations

from functools import partial

from app.tour.driver import Step, Visitor
from app.tour.player import Script, Way, turns
from app.tour.synonyms import asking, card, store, table
from app.tour.synonyms.gestures import Reach, judged, stand
from app.tour.variants import IN_LARGE, IN_SMALL, Posture, looks
from core.language import _


def _look(page: str, reach: Reach, posture: Posture, visitor: Visitor) -> Script:
    yield from stand(visitor, page, size=posture.size, theme=posture.theme, language=posture.language)
    yield from reach(visitor)
    visitor.put_away()
    yield turns()
    return {}


def _as_it_is(_visitor: Visitor) -> Way:
    yield turns()


def steps() -> tuple[Step, ...]:
    """Return the steps in the order that costs least: labelling goes on while the first store is being filled."""
    return (
        Step("pairs-first-start", lambda: _("On first start, the store is being filled."), card.first_start),
        Step("pairs-growing", lambda: _("Progress is shown under Sources."), card.growing),
        Step("pairs-card", lambda: _("The first pair is on the card, with all its evidence."), card.show_card),
        Step("pairs-labelling", lambda: _("One key judges the pair, and the next one appears."), card.labelling),
        Step("pairs-undo", lambda: _("Backspace undoes the last verdict."), card.undo),
        Step("pairs-marked", lambda: _("F flags the pair, N opens its note."), card.marked),
        Step("pairs-reopened", lambda: _("Clicking an earlier pair reopens it."), card.reopened),
        *looks("pairs-card", lambda: _("The card"), partial(_look, "card", judged), IN_SMALL + IN_LARGE),
        Step("pairs-presentation", lambda: _("F11 shows the card full screen."), card.presentation),
        Step("pairs-table", lambda: _("The table of all pairs, the latest verdicts on top."), table.show_table),
        Step("pairs-filter", lambda: _("Ctrl+F finds the pairs containing 美."), table.search),
        Step("pairs-many", lambda: _("One key judges all selected pairs."), table.many),
        Step("pairs-opened", lambda: _("Clicking a row opens its card."), table.opened),
        Step("pairs-nothing-found", lambda: _("No matches: the table says what to do."), table.nothing_found),
        *looks("pairs-table", lambda: _("The table"), partial(_look, "table", table.first_row), IN_SMALL + IN_LARGE),
        Step("pairs-agreement", lambda: _("A second annotator has judged the same pairs."), table.show_agreement),
        *looks("pairs-agreement", lambda: _("Agreement"), partial(_look, "agreement", _as_it_is), IN_SMALL),
        Step("pairs-settle", lambda: _("A disputed pair on the card, with both verdicts, ready to be settled."),
            table.settle),
        Step("pairs-sources", lambda: _("Sources: the three steps of mining, and the included data."),
            store.show_sources),
        *looks("pairs-sources", lambda: _("Sources"), partial(_look, "sources", _as_it_is), IN_SMALL),
        Step("pairs-export", lambda: _("What a search engine would get: a preview."), store.write_out),
        *looks("pairs-export", lambda: _("Export"), partial(_look, "exchange", store.counted), IN_SMALL),
        Step("pairs-import", lambda: _("What an import would change: a preview."), store.take_in),
        Step("pairs-asked", lambda: _("A word is asked: its neighbours by each method, and a line among them."),
            asking.ask_word),
        *looks("pairs-asked", lambda: _("Ask a word"), partial(_look, "ask", asking.answered), IN_SMALL + IN_LARGE),
        Step("pairs-measured", lambda: _("Methods are measured side by side, with a threshold to be moved."),
            asking.measure),
        *looks("pairs-measured", lambda: _("Methods"), partial(_look, "methods", asking.measured), IN_SMALL + IN_LARGE),
        *looks("pairs-why", lambda: _("Why this pair"), partial(_look, "why", asking.explained), IN_SMALL + IN_LARGE),
        Step("pairs-session-over", lambda: _("A session of 20 pairs is complete."), card.session_over),
        Step("pairs-no-pairs", lambda: _("An empty store explains what to do."), store.no_pairs),
        Step("pairs-no-server", lambda: _("A server does not answer: the open store stays open."), store.no_server),
        Step("pairs-held-elsewhere", lambda: _("Another program locks the store: nothing is lost."),
            store.held_elsewhere),
    )  # fmt: skip
