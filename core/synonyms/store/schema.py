"""The tables of a store of judged pairs.

``decisions`` is the truth: a history that only grows. ``judgements`` (each annotator's current answer) and
the columns ``verdict``, ``disputed``, ``flagged``, ``judges`` and ``changed_at`` of ``candidates`` repeat
what follows from it, written in the same transaction, so that a table of a million pairs can be filtered
through an index. ``evidence`` keeps scores apart from pairs, clustered both ways: by pair for a card, and by
(source, score) for sorting a million of them without touching the pairs.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ColumnElement,
    Double,
    ForeignKey,
    FromClause,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
    func,
    literal_column,
)

SCHEMA_VERSION: Final = 3
"""What this program reads and writes; ``migrations`` brings older stores up to it."""

metadata: Final = MetaData()

# SQLite hands out row ids only to a column that is exactly INTEGER.
_Id = BigInteger().with_variant(Integer, "sqlite")
# PostgreSQL must compare words byte by byte, as SQLite and Python do.
_Word = Text().with_variant(Text(collation="C"), "postgresql")

info: Final = Table(
    "info",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", Text, nullable=False),
    comment="schema version, revision of the candidates, settings of the project",
)

words: Final = Table(
    "words",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("text", _Word, nullable=False, unique=True),
    Column("rank", Integer, comment="frequency rank, 1 = most frequent"),
    Column("codes", Text, nullable=False, default="", comment="dictionary codes, separated by blanks"),
    Index("words_rank", "rank"),
)

candidates: Final = Table(
    "candidates",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("word1_id", _Id, ForeignKey("words.id"), nullable=False),
    Column("word2_id", _Id, ForeignKey("words.id"), nullable=False),
    Column("known", Boolean, nullable=False, default=False),
    Column("verdict", Text),
    Column("disputed", Boolean, nullable=False, default=False),
    Column("flagged", Boolean, nullable=False, default=False),
    Column("judges", Integer, nullable=False, default=0, comment="annotators with a current judgement"),
    Column("changed_at", BigInteger, comment="microseconds since 1970, UTC"),
    UniqueConstraint("word1_id", "word2_id"),
    Index("candidates_word2", "word2_id"),
    sqlite_autoincrement=True,
)
# Most pairs of a large store are undecided, unflagged and undisputed: indices of the few are small and fast.
Index(
    "candidates_known",
    candidates.c.known,
    sqlite_where=candidates.c.known,
    postgresql_where=candidates.c.known,
)
Index(
    "candidates_verdict",
    candidates.c.verdict,
    sqlite_where=candidates.c.verdict.is_not(None),
    postgresql_where=candidates.c.verdict.is_not(None),
)
Index(
    "candidates_changed",
    candidates.c.changed_at,
    sqlite_where=candidates.c.changed_at.is_not(None),
    postgresql_where=candidates.c.changed_at.is_not(None),
)
JUDGED: Final = candidates.c.judges > literal_column("0")
"""That somebody has judged a pair; the number is written out, as an index of some rows must find it in the query."""
Index("candidates_judges", candidates.c.judges, sqlite_where=JUDGED, postgresql_where=JUDGED)
for _column in (candidates.c.disputed, candidates.c.flagged):
    Index(f"candidates_{_column.name}", _column, sqlite_where=_column, postgresql_where=_column)


def marked(mark: str) -> ColumnElement[bool]:
    """Return the condition that a pair is ``known``, ``disputed`` or ``flagged``, as its index has it.

    SQLAlchemy would write ``known = 1``, in which SQLite does not recognise the index of those WHERE known: it
    would look at a million pairs.
    """
    return literal_column(f"{candidates.name}.{candidates.c[mark].name}")


sources: Final = Table(
    "sources",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
)

evidence: Final = Table(
    "evidence",
    metadata,
    Column("candidate_id", _Id, ForeignKey("candidates.id"), primary_key=True),
    Column("source_id", _Id, ForeignKey("sources.id"), primary_key=True),
    Column("score", Double),
    Column("proposed", Boolean, nullable=False, comment="this source proposed the pair"),
    Column("details", Text, comment="what of the source it was, a line each; null where the source says all"),
    Index("evidence_by_score", "source_id", "score", "candidate_id", "proposed"),
    sqlite_with_rowid=False,
)

_LARGEST: Final = 1.7e308


def scored_between(low: float = -_LARGEST, high: float = _LARGEST) -> ColumnElement[bool]:
    """Return that a source has given a pair a score between two ends, both included.

    SQLite would also keep a text there, which is greater than any number. One condition and no second beside it: of two
    that bound a score from below, SQLite begins at the first, and reads its way to the other.
    """
    return evidence.c.score.between(max(low, -_LARGEST), min(high, _LARGEST))


SCORED: Final = scored_between()
"""That a source has given a pair a score."""

annotators: Final = Table(
    "annotators",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("created_at", BigInteger, nullable=False),
    Column("active", Boolean, nullable=False, default=True, comment="takes a share of the pairs"),
)

decisions: Final = Table(
    "decisions",
    metadata,
    Column("id", _Id, primary_key=True),
    Column("action", Text, nullable=False, comment="one key press, bulk decision or import"),
    Column("candidate_id", _Id, ForeignKey("candidates.id"), nullable=False),
    Column("annotator_id", _Id, ForeignKey("annotators.id"), nullable=False),
    Column("verdict", Text),
    Column("note", Text, nullable=False, default=""),
    Column("flagged", Boolean, nullable=False, default=False),
    Column("at", BigInteger, nullable=False, comment="microseconds since 1970, UTC"),
    Column("seconds", Double),
    Column("model_score", Double),
    Column("adjudicates", Boolean, nullable=False, default=False, server_default=false()),
    Column("imported", Boolean, nullable=False, default=False, server_default=false()),
    # Unique: two programs of one annotator cannot take the same decision back twice.
    Column("undoes", _Id, ForeignKey("decisions.id"), unique=True),
    # Unique: an action repeated after a lost connection is not counted twice.
    UniqueConstraint("action", "candidate_id", "annotator_id", "adjudicates"),
    Index("decisions_of_pair", "candidate_id", "annotator_id", "id"),
    Index("decisions_of_annotator", "annotator_id", "id"),
    sqlite_autoincrement=True,
)

judgements: Final = Table(
    "judgements",
    metadata,
    Column("candidate_id", _Id, ForeignKey("candidates.id"), primary_key=True),
    Column("annotator_id", _Id, ForeignKey("annotators.id"), primary_key=True),
    Column("adjudicates", Boolean, primary_key=True),
    Column("decision_id", _Id, ForeignKey("decisions.id"), nullable=False),
    Column("verdict", Text),
    Column("flagged", Boolean, nullable=False),
    Index("judgements_of_annotator", "annotator_id", "candidate_id"),
    # Covers the question how much everybody has judged.
    Index("judgements_counted", "annotator_id", "adjudicates", "verdict"),
    sqlite_with_rowid=False,
    comment="each annotator's current answer: the newest entry of the history that was not taken back",
)


def takes_nothing_back(entries: FromClause) -> ColumnElement[bool]:
    """Return the condition that an entry of ``decisions``, or of an alias, is not itself an undoing.

    In other words than "undoes IS NULL": SQLite takes the unique index on ``undoes`` for one that finds a single
    entry and would read the whole history for each key pressed.
    """
    return func.coalesce(entries.c.undoes, 0) == 0


stages: Final = Table(
    "stages",
    metadata,
    Column("name", Text, primary_key=True),
    Column("completed_at", BigInteger, nullable=False),
)
