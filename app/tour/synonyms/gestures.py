"""What the tour's steps on the synonyms tab have in common: where they stand, and what hands do there."""

from __future__ import annotations

from collections.abc import Callable
from time import perf_counter
from typing import TYPE_CHECKING, Final, cast

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLineEdit

from app.synonyms.tab import SynonymsTab
from app.theme import ThemeName
from app.tour.driver import USUAL, Visitor
from app.tour.player import Until, Way, expect, turns
from core.language import Language
from core.paths import data_folder
from core.synonyms.verdicts import Verdict

if TYPE_CHECKING:  # they bring SQLAlchemy, which the window loads when the tab is opened
    from app.synonyms.agreement.page import AgreementPage
    from app.synonyms.annotation.session import LabelSession
    from app.synonyms.card.page import CardPage
    from app.synonyms.exchange.page import ExchangePage
    from app.synonyms.sources.mining import Mining
    from app.synonyms.table.page import TablePage
    from app.widgets.pages import Pages
    from app.widgets.sidebar import ChoiceBox
    from core.synonyms.store import Row

DECISIONS: Final = 52
"""Pairs judged before anything is counted: the model learns after 50."""
MINING: Final = 120.0
"""Seconds the first store may take on a busy machine."""
READING: Final = 120.0
"""Seconds until the dictionaries, vectors and sentences behind a card are read on a busy machine."""
STORE: Final = "synonyms.db"
"""The store of a first start, in the folder of what the person made."""

Reach = Callable[[Visitor], Way]
"""What brings the window to a state that is to be looked at."""


def tab_of(visitor: Visitor) -> SynonymsTab:
    """Return the tab."""
    return visitor.tab("synonyms", SynonymsTab)


def is_built(visitor: Visitor) -> bool:
    """Return whether the tab has been opened and its pages built."""
    return tab_of(visitor).workspace is not None


def session_of(visitor: Visitor) -> LabelSession:
    """Return the session of the tab, whose pages are built."""
    workspace = tab_of(visitor).workspace
    assert workspace is not None
    return workspace.session


def mining_of(visitor: Visitor) -> Mining:
    """Return what fills the store."""
    workspace = tab_of(visitor).workspace
    assert workspace is not None
    return workspace.mining


def stages_of(visitor: Visitor) -> Pages:
    """Return what shows the page in front."""
    stages = tab_of(visitor).stages
    assert stages is not None
    return stages


def card_of(visitor: Visitor) -> CardPage:
    """Return the card."""
    return cast("CardPage", tab_of(visitor).pages["card"])


def table_of(visitor: Visitor) -> TablePage:
    """Return the table."""
    return cast("TablePage", tab_of(visitor).pages["table"])


def agreement_of(visitor: Visitor) -> AgreementPage:
    """Return the page of agreement."""
    return cast("AgreementPage", tab_of(visitor).pages["agreement"])


def exchange_of(visitor: Visitor) -> ExchangePage:
    """Return the page for files in and out."""
    return cast("ExchangePage", tab_of(visitor).pages["exchange"])


def stand(
    visitor: Visitor,
    page: str = "card",
    *,
    size: QSize = USUAL,
    theme: ThemeName = "light",
    language: Language | None = None,
) -> Way:
    """Bring the window to a page of the tab, with its usual store; the rest as ``Visitor.stand``.

    A pair that a step before has opened by hand is left.
    """
    yield from visitor.stand(tab="synonyms", size=size, theme=theme, language=language)
    yield Until(lambda: is_built(visitor), "the tab's pages", READING)
    session_of(visitor).current_card.leave_reopened()
    session, usual = session_of(visitor), str(data_folder() / STORE)
    if session.address != usual:  # a step before has looked into another
        yield from connect(visitor, usual)
        yield Until(lambda: session.address == usual, "the usual store")
        visitor.put_away()
    visitor.press(f"syn_{page}")
    yield turns()


def connect(visitor: Visitor, address: str) -> Way:
    """Open another store by its address, under Sources."""
    visitor.press("syn_sources")
    yield turns(1)
    visitor.type_into("server", address)
    QTest.keyClick(visitor.find(QLineEdit, "server"), Qt.Key.Key_Return)
    yield turns(1)


def with_card(visitor: Visitor) -> Way:
    """Have a pair on the card, with all that is known of it."""
    session = session_of(visitor)
    if session.state.reopened:
        session.current_card.leave_reopened()
    yield Until(lambda: session.state.card is not None, "a pair on the card", MINING)
    yield Until(lambda: session.state.evidence is not None, "what is known of the pair", READING)
    yield turns()


def mined(visitor: Visitor) -> Way:
    """Wait until the first store is complete."""
    mining = mining_of(visitor)
    yield Until(lambda: not mining.is_working, "the end of the mining", MINING)
    expect(mining.state.phase != "failed", "the store is filled from the shipped material")


def opinion(row: Row, *, strict: bool) -> Verdict:
    """Judge a pair as the dictionaries have it; who is not ``strict`` lets a common group pass for a synonym."""
    one, other = (set(codes) for codes in row.codes)
    if any(code.endswith("=") for code in one & other):
        return Verdict.SYNONYM
    is_near = "reference" in row.sources or {code[:5] for code in one} & {code[:5] for code in other}
    if one and other:
        return (Verdict.RELATED if strict else Verdict.SYNONYM) if is_near else Verdict.NOT
    # One of them is not in Cilin: the other dictionary gives both the same meaning, or nobody knows.
    return Verdict.SYNONYM if "gloss" in row.sources else Verdict.UNSURE


def judge(visitor: Visitor, decisions: int, waits: list[float]) -> Way:
    """Judge pairs with the keyboard, noting how long (ms) each key took until the next card was there."""
    session = session_of(visitor)
    for _decision in range(decisions):
        yield Until(lambda: session.state.card is not None, "the next card", READING)
        card = session.state.card
        assert card is not None
        begin = perf_counter()
        visitor.press(f"syn_{opinion(card.row, strict=True)}")
        waits.append((perf_counter() - begin) * 1000)
        expect(session.state.card is not card, "a key brings the next card")
        yield turns(1)


def decisions(visitor: Visitor) -> int:
    """Return today's decisions of the annotator that stand."""
    progress = session_of(visitor).state.progress
    return 0 if progress is None else progress.today


def judged(visitor: Visitor) -> Way:
    """Have ``DECISIONS`` pairs judged."""
    yield from with_card(visitor)
    yield from judge(visitor, max(0, DECISIONS - decisions(visitor)), [])
    yield from with_card(visitor)


def choose(visitor: Visitor, name: str, value: object) -> None:
    """Choose an entry of a box, as a person does: arrow keys in the list, then Enter."""
    box = visitor.find(QComboBox, name)
    entries: ChoiceBox = box  # type: ignore[assignment]  # every box with a name is one, but for the annotator's
    entries.choose(value)
    box.activated.emit(box.currentIndex())


def all_open(visitor: Visitor) -> Way:
    """Have the usual queue again: open pairs, without an end."""
    from core.synonyms.queue.config import Only

    choose(visitor, "only", (Only.OPEN, False))
    choose(visitor, "bound", (None, None))
    yield from with_card(visitor)


def rows(visitor: Visitor) -> int:
    """Return how many pairs the table shows."""
    return table_of(visitor).model.rowCount()


def unfiltered(visitor: Visitor) -> Way:
    """Stand before the whole table."""
    yield from stand(visitor, "table")
    yield from unfiltered_here(visitor)


def unfiltered_here(visitor: Visitor) -> Way:
    """Show everything in the table in front."""
    table_of(visitor).sidebar.show_everything()
    store = session_of(visitor).store
    assert store is not None
    yield Until(lambda: 0 < store.table_query().count() == rows(visitor), "all pairs in the table", READING)
    yield turns()


def write(field: QLineEdit, text: str) -> None:
    """Write ``text``, Chinese too, at the cursor: it comes as an input method hands it over."""
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(field, event)
