"""The pages of the synonyms tab, a row each: a new page costs its own folder and a row here.

Nothing in this file loads a page: its class is named by text and imported when the tab has been painted once.
"""

from __future__ import annotations

from typing import Final

from app.page_spec import PageSpec
from core.language import N_

PAGES: Final = (
    PageSpec("synonyms.card", "syn_card", N_("Card"), "synonyms", "F2", "app.synonyms.card.page:CardPage"),
    PageSpec("synonyms.table", "syn_table", N_("Table"), "table", "F3", "app.synonyms.table.page:TablePage"),
    PageSpec(
        "synonyms.agreement", "syn_agreement", N_("Agreement"), "user", "F4",
        "app.synonyms.agreement.page:AgreementPage",
    ),
    PageSpec("synonyms.sources", "syn_sources", N_("Sources"), "book", "F5", "app.synonyms.sources.page:SourcesPage"),
    PageSpec(
        "synonyms.exchange", "syn_exchange", N_("Import & export"), "export", "F6",
        "app.synonyms.exchange.page:ExchangePage",
    ),
    PageSpec("synonyms.ask", "syn_ask", N_("Ask a word"), "search", "F7", "app.synonyms.ask.page:AskPage"),
    PageSpec(
        "synonyms.methods", "syn_methods", N_("Methods"), "curve", "F12", "app.synonyms.methods.page:MethodsPage"
    ),
    PageSpec("synonyms.why", "syn_why", N_("Why this pair"), "help", "F10", "app.synonyms.why.page:WhyPage"),
)  # fmt: skip
"""All pages, in their order."""
