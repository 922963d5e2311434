"""Keeping candidates and decisions: SQLite for one desk, PostgreSQL for a team, the same code.

``schema`` says what is kept, ``migrations`` brings older stores up to it, ``database`` opens and waits,
``candidates`` takes candidates in, ``decisions`` and ``history`` keep what was decided, ``people`` the annotators,
``table_query`` shows a million pairs, ``integrity`` compares everything computed with the history; ``Store`` is
the door to all.
"""

from core.synonyms.store.errors import (
    StoreAccessError,
    StoreAddressError,
    StoreDamagedError,
    StoreError,
    StoreFullError,
    StoreGoneError,
    StoreLockedError,
    StoreMissingError,
    StoreReadOnlyError,
    StoreUnreachableError,
    StoreVersionError,
)
from core.synonyms.store.people import Annotator, Sharing
from core.synonyms.store.rows import Filter, Range, Row, Sort
from core.synonyms.store.store import Store
from core.synonyms.store.table_query import TableQuery

__all__ = [
    "Annotator",
    "Filter",
    "Range",
    "Row",
    "Sharing",
    "Sort",
    "Store",
    "StoreAccessError",
    "StoreAddressError",
    "StoreDamagedError",
    "StoreError",
    "StoreFullError",
    "StoreGoneError",
    "StoreLockedError",
    "StoreMissingError",
    "StoreReadOnlyError",
    "StoreUnreachableError",
    "StoreVersionError",
    "TableQuery",
]
