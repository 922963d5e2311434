"""The furnished room: it assembles sessions, pages, columns and feet, and opens the store."""

from __future__ import annotations

import getpass
from typing import Any, Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QVBoxLayout, QWidget

from app.actions import ACTIONS, Actions
from app.background import Background
from app.key_routing import OwnKeys
from app.panel import Look, Panel
from app.sentence import Sentence
from app.synonyms.agreement.annotators_sidebar import AnnotatorsSidebar
from app.synonyms.agreement.page import AgreementPage
from app.synonyms.annotation.session import TABLE_LANE, LabelSession
from app.synonyms.card.page import CardPage
from app.synonyms.card.queue_sidebar import QueueSidebar
from app.synonyms.card.status_bar import CardStatusBar
from app.synonyms.exchange.page import ExchangePage
from app.synonyms.exchange.sidebar import ExchangeSidebar
from app.synonyms.exchange.transfer import Transfer
from app.synonyms.saved_choices import can_name, mining_from_json, mining_to_json, queue_from_json, queue_to_json
from app.synonyms.sources.mining import Mining
from app.synonyms.sources.page import SourcesPage
from app.synonyms.sources.store_sidebar import StoreSidebar
from app.synonyms.table.filter_sidebar import FilterSidebar
from app.synonyms.table.page import TablePage
from app.synonyms.verdict_style import VERDICT_LOOKS
from app.widgets.page_switcher import PAGES, PageName
from app.widgets.pages import Page, Pages
from core.language import N_, _
from core.paths import data_folder
from core.synonyms.evidence.gather import EvidenceConfig
from core.synonyms.mining.config import MineConfig
from core.synonyms.pairs import SynonymsError
from core.synonyms.queue.config import Only, QueueConfig
from core.synonyms.verdicts import Verdict

STORE_NAME: Final = "synonyms.db"
_SPECS: Final = {spec.id: spec for spec in ACTIONS}


class LabelDesk(Panel):
    """Everything of the synonyms tab.

    Signals:
        told: kind and text of a message for the person at the screen.
        untold: a text it told that is no longer so.
    """

    told = Signal(str, object)
    untold = Signal(object)

    def __init__(
        self, look: Look, background: Background, actions: Actions, remembered: dict[str, Any],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(look, parent)
        self._actions = actions
        self._remembered = remembered
        self._background = background
        self._is_open = True
        self._table_is_warm = False
        self._said_of_name: object = None
        self._visited: int | None = None
        self.keys = OwnKeys(self)
        self.session = LabelSession(background, default_annotator(), self)
        self.session.config = queue_from_json(remembered.get("queue"), self.session.config)
        self.mining = Mining(background, self)
        self.queue_sidebar = QueueSidebar(look, self.keys, self.session.config)
        self.card = CardPage(look, self.session)
        self.status_bar = CardStatusBar(look)
        filter_sidebar = FilterSidebar(look, self.keys)
        self.table = TablePage(look, self.session, background, filter_sidebar)
        people = AnnotatorsSidebar(look, self.keys)
        self.agreement = AgreementPage(look, self.session, background, people)
        self.store_sidebar = StoreSidebar(look, self.keys)
        self.sources = SourcesPage(look, self.mining, self.keys)
        self.exchange = Transfer(background, self)
        exchange_sidebar = ExchangeSidebar(look, self.keys, self.session.annotator)
        self.files = ExchangePage(look, self.session, self.exchange, exchange_sidebar)
        self.page: PageName = "card"
        self.pages = Pages(
            look,
            {
                "card": Page(self.card, self.queue_sidebar, self.status_bar),
                "table": Page(self.table, filter_sidebar, self.table.status_bar),
                "agreement": Page(self.agreement, people),
                "sources": Page(self.sources, self.store_sidebar, self.sources.status_bar),
                "exchange": Page(self.files, exchange_sidebar, self.files.status_bar),
            },
        )
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.pages)
        self._connect()

    def _connect(self) -> None:
        actions, session = self._actions, self.session
        self.pages.switcher.connect_actions(actions)
        self.status_bar.connect_actions(actions)
        self.table.status_bar.connect_actions(actions)
        self.pages.show_choices(actions["syn_choices"].isChecked())
        session.failed.connect(self._on_failed)
        session.held.connect(self._on_held)
        session.resolved.connect(self.untold)
        session.opened.connect(self._on_opened)
        session.card_changed.connect(self._on_card)
        session.settled.connect(self._on_settled)
        session.marks_changed.connect(self._on_progress)
        session.progressed.connect(self._on_progress)
        self.mining.changed.connect(self._on_mining)
        self.mining.grew.connect(self._on_grew)
        self.mining.ended.connect(self._on_mined)
        self.mining.failed.connect(self._on_failed)
        self.queue_sidebar.wanted.connect(self._on_queue)
        self.queue_sidebar.refused.connect(self._on_refused)
        self.card.left_note.connect(self._return_to_card)
        self.keys.keep(self.card.note)
        self.keys.follow(self)
        self.keys.left.connect(self._return_to_card)
        self.table.card_wanted.connect(self._on_card_wanted)
        self.table.told.connect(self.told)
        self.agreement.settle_wanted.connect(self._on_settle)
        self.store_sidebar.wanted.connect(self._on_store_wanted)
        self.exchange.failed.connect(self._on_failed)
        self.files.told.connect(self.told)
        self.files.changed_store.connect(self._on_imported)

    def begin(self) -> None:
        """Open the store that was open last, or the usual one; fill it if it is new."""
        usual = str(data_folder() / STORE_NAME)
        wanted = self._remembered.get("store")
        address = wanted if isinstance(wanted, str) and wanted else usual
        try:
            data_folder().mkdir(parents=True, exist_ok=True)
        except OSError as error:
            self.told.emit(
                "error",
                Sentence(
                    N_("The folder {folder} cannot be made ({reason}). Open a store elsewhere, under Sources."),
                    {"folder": data_folder(), "reason": error.strerror or error},
                ),
            )
        # A store that was elsewhere and has gone is said, not replaced by an empty one.
        if not self.session.open(address, create=address == usual) and not self.session.awaited and address != usual:
            self.session.open(usual)
        kept = mining_from_json(self._remembered.get("mining"))
        if kept is not None:
            self.sources.form.show_config(kept)
            self.session.use_material(EvidenceConfig(kept.vectors, kept.lexicons, kept.corpora))
        if self.session.address == usual and self._remembered.get("mined") not in ("finished", "stopped"):
            self._mine_first()
        page = self._remembered.get("page")
        self.open_page(page if page in PAGES else "card")

    def _mine_first(self) -> None:
        """Fill the usual store from the shipped material: at the first start, or where that was cut short."""
        try:
            self.mining.start(self.sources.form.config())
        except SynonymsError as error:
            self.told.emit("error", str(error))

    def opened(self) -> None:
        """The tab has come to the front: the card's time begins, and its keys are the card's."""
        self._is_open = True
        if self.session.queue is not None:
            self.session.queue.shown()
        self.open_page(self.page)

    def left(self) -> None:
        """Another tab has come to the front."""
        self._is_open = False
        self.table.left()

    def remember(self) -> dict[str, Any]:
        """Return store, page, queue and how far the mining was."""
        phase = self.mining.state.phase
        config: MineConfig | None = self.mining.config
        return {
            "store": self.session.awaited or self.session.address,
            "page": self.page,
            "queue": queue_to_json(self.session.config),
            "mined": phase if phase != "idle" else self._remembered.get("mined"),
            "mining": mining_to_json(config) if config is not None else self._remembered.get("mining"),
        }

    def open_page(self, page: PageName) -> None:
        """Bring a page to the front, give its keys their meaning and the keyboard a place."""
        if self.page == "table" and page != "table":
            self.table.left()
        self.page = page
        self.pages.show_page(page)
        self._give_keys()
        match page:
            case "card":
                self.session.look_up.preview(None)
                self.card.setFocus()
                if self.session.state.card is None and not self.session.is_planning:
                    self.session.plan()
            case "table":
                self.table.entered()
            case "agreement":
                self.agreement.entered()
            case "exchange":
                self.files.entered()
            case _:
                self._show_store()

    def _give_keys(self) -> None:
        """On the card every key is a verdict's; in the table arrows walk and digits judge; elsewhere none does."""
        judges = self.page in {"card", "table"}
        for verdict in VERDICT_LOOKS.values():
            keys = _SPECS[verdict.action].keys
            action = self._actions[verdict.action]
            action.setShortcuts([QKeySequence(key) for key in (keys if self.page == "card" else keys[:1])])
            action.setEnabled(judges)
        self._actions["syn_undo"].setEnabled(judges)
        for name in ("syn_flag", "syn_note"):
            self._actions[name].setEnabled(self.page == "card")

    def decide(self, verdict: Verdict) -> None:
        """Enter ``verdict`` on the card's pair, or on the table's selection."""
        if self.exchange.doing == "importing":  # it holds the store until it is complete
            self.told.emit("info", Sentence(N_("A file is being taken in. The card waits for its end.")))
        elif self.page == "table":
            self.table.decide(verdict)
        else:
            self.card.decide(verdict)

    def search(self) -> None:
        """Go to the table's search field."""
        self.open_page("table")
        self._actions["syn_choices"].setChecked(True)
        self.table.sidebar.text.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.table.sidebar.text.selectAll()

    def show_choices(self, on: bool) -> None:
        """Show or fold away the column of choices."""
        self.pages.show_choices(on)

    def _retranslate(self) -> None:
        self._on_progress()
        self._show_store()

    def _show_store(self) -> None:
        store = self.session.store
        if store is None:
            self.store_sidebar.show_store("", "", 0)
            return
        try:
            self.store_sidebar.show_store(self.session.address, store.where, store.table_query().count())
        except SynonymsError as error:
            self.told.emit("error", str(error))

    @Slot(object)
    def _on_failed(self, text: object) -> None:
        self.told.emit("error", text)

    @Slot(object)
    def _on_held(self, text: object) -> None:
        self.told.emit("warning", text)

    @Slot()
    def _on_opened(self) -> None:
        self.sources.form.show_store(self.session.address)
        self._show_people()
        self._show_store()
        if self.page != "card":
            self.open_page(self.page)

    def _show_people(self) -> list[str]:
        """Show annotators, scores and the queue that was chosen; return the annotators' names."""
        store, names = self.session.store, []
        if store is not None:
            try:
                names = [each.name for each in store.annotators()]
                self.queue_sidebar.show_store(names, store.table_query().scores())
            except SynonymsError as error:
                self.told.emit("error", str(error))
        self.queue_sidebar.show_config(self.session.config)
        return names

    @Slot()
    def _on_progress(self) -> None:
        if self.session.state.card is not None and not self._table_is_warm:
            self._table_is_warm = True
            self._background.warm(TABLE_LANE)
        self.status_bar.show_state(self.session.state, self.session.config)
        self.queue_sidebar.show_model(self.session.state.model)

    @Slot()
    def _on_mining(self) -> None:
        self.card.show_growing(self.mining.words())
        if self.mining.config is not None:  # what pairs come from is also what they are looked up in
            config = self.mining.config
            self.session.use_material(EvidenceConfig(config.vectors, config.lexicons, config.corpora))

    @Slot()
    def _on_grew(self) -> None:
        """The store has grown: a queue that had run dry goes on, the table follows."""
        if self.mining.config is None or self.mining.config.database != self.session.address:
            return
        if self.session.state.card is None and not self.session.is_planning:
            self.session.plan()
        if self.page == "table":
            self.table.grow()
        elif self.page == "sources":
            self._show_store()

    @Slot()
    def _on_mined(self) -> None:
        self._show_people()
        self._show_store()
        self.session.plan()
        if self.page == "table":
            self.table.grow()

    @Slot()
    def _on_imported(self) -> None:
        """A file was taken in: pairs, answers and perhaps annotators are others now."""
        self._show_people()
        self._show_store()
        self.session.renew()

    @Slot(object)
    def _on_queue(self, config: object) -> None:
        assert isinstance(config, QueueConfig)
        former = self.session.annotator
        if self._said_of_name is not None:
            self.untold.emit(self._said_of_name)
            self._said_of_name = None
        self.session.arrange(config)
        names = self._show_people()
        if self.session.annotator != former and self.session.annotator not in names:
            told = N_("{name} is new here and joins the store with the first decision. A slip? Choose your name again.")
            self._said_of_name = Sentence(told, {"name": self.session.annotator})
            self.told.emit("info", self._said_of_name)
        self._return_to_card()

    @Slot(str)
    def _on_refused(self, reason: str) -> None:
        """A name was refused: the one before stays, on the screen as in the session."""
        self._said_of_name = reason
        self.told.emit("error", reason)

    @Slot()
    def _return_to_card(self) -> None:
        match self.page:
            case "card":
                self.card.setFocus()
            case "table":
                self.table.view.setFocus()
            case _:
                self.pages.focus_stage()

    @Slot(int)
    def _on_card_wanted(self, pair: int) -> None:
        """Open a pair of the table on the card; the table waits behind it."""
        self._visited = pair
        self.open_page("card")
        self.session.reopen(pair)
        self.pages.click_guard.hold()

    @Slot(int, bool)
    def _on_settled(self, pair: int, judged: bool) -> None:
        """Go back to the table, if that is where the pair came from."""
        if pair == self._visited and self.page == "card":
            if judged:  # a second quick key must not judge it again
                self.table.view.clearSelection()
            self.open_page("table")
            self.pages.click_guard.hold()

    @Slot()
    def _on_card(self) -> None:
        if not self.session.state.reopened:
            self._visited = None
        self._on_progress()

    @Slot()
    def _on_settle(self) -> None:
        """Bring the disputes to the card, to be settled."""
        config = self.session.config
        self.session.arrange(
            QueueConfig(
                config.store,
                config.annotator,
                config.order,
                Only.DISPUTED,
                config.score,
                adjudicate=True,
                seed=config.seed,
            )
        )
        self._show_people()
        self.open_page("card")

    @Slot(str)
    def _on_store_wanted(self, address: str) -> None:
        if self.mining.is_working:
            self.told.emit("info", Sentence(N_("Pairs are being gathered. Stop that first, then open another store.")))
        elif self.session.open(address):
            self.told.emit("success", Sentence(N_("{where} is open."), {"where": address}))


def default_annotator() -> str:
    """Return the name of who sits at this machine, if it can name an annotator."""
    try:
        name = getpass.getuser().strip()
    except (OSError, KeyError, ImportError):  # a machine that does not know its users
        return _("me")
    return name if can_name(name) else _("me")
