"""What a line of an exchange file says, and what every format can do."""

from __future__ import annotations

import math
from abc import ABC, abstractmethod
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, ClassVar, Final, Protocol

from core.language import _, listed
from core.synonyms.pairs import LONGEST_SET, UNWRITABLE, Candidate, SynonymsError, word_pair
from core.synonyms.verdicts import Verdict


class ExchangeError(SynonymsError):
    """A file cannot be exchanged; the message is one line and says what to do."""


class BadRecordError(ExchangeError):
    """One record of a file is wrong; the others may be right."""


RESERVED: Final = frozenset({"word1", "word2", "sources", "english_sets"})
"""Names a score may not have: formats use them for other things."""

_SOURCE_LIMIT: Final = 80


@dataclass(frozen=True, slots=True)
class Record:
    """A candidate and, perhaps, what one annotator said about it.

    Attributes:
        candidate: the pair and its evidence.
        verdict: None for a pair nobody has judged, or where there is only a flag or a note.
        annotator: who; empty where the file does not say.
        at: when, UTC; None where the file does not say.
        seconds: how long they looked; None where nobody measured.
        note: free text.
        flagged: "come back to this one".
        adjudicates: the verdict settles a dispute.
        model_score: the ranker's probability at that moment.
    """

    candidate: Candidate
    verdict: Verdict | None = None
    annotator: str = ""
    at: datetime | None = None
    seconds: float | None = None
    note: str = ""
    flagged: bool = False
    adjudicates: bool = False
    model_score: float | None = None

    @property
    def is_judged(self) -> bool:
        """Whether somebody said something about the pair."""
        return self.verdict is not None or bool(self.note) or self.flagged


@dataclass(frozen=True, slots=True)
class Reject:
    """A record that was not understood.

    Attributes:
        line: where it begins, from 1; for a list of tasks, the number of the task.
        reason: one line.
        text: the beginning of what stands there.
    """

    line: int
    reason: str
    text: str = ""


class Lines(Protocol):
    """The text of a file, line by line, line ends kept."""

    def __iter__(self) -> Iterator[str]: ...

    def whole(self) -> str:
        """Return the text at once.

        Raises:
            ExchangeError: it is too large for that.
        """


class Format(ABC):
    """One kind of file.

    What a format cannot say is dropped when writing; ``reduce`` tells what is left, and reading what was
    written gives exactly that.

    Attributes:
        name: as the command line knows it.
        suffix: usual end of a file's name.
        says_all: also candidates that nobody has judged can be written.
        can_chain: it holds sets, which may be merged where they share a word; made with ``chained=True`` it does.
    """

    name: ClassVar[str]
    suffix: ClassVar[str]
    says_all: ClassVar[bool] = True
    can_chain: ClassVar[bool] = False

    @abstractmethod
    def title(self) -> str:
        """Return the format's name for a menu, in the language in use."""

    def short_title(self) -> str:
        """Return a name for a narrow column: where the title would be cut where it differs from others."""
        return self.title()

    def with_english_sets(self) -> Format:
        """Return the format as it is for a store that has English sets."""
        return self

    @abstractmethod
    def reduce(self, record: Record) -> Record | None:
        """Return what the format can say of a record; None for nothing."""

    @abstractmethod
    def write(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield the text of a file. All records of one pair come one after the other."""

    @abstractmethod
    def read(self, lines: Lines) -> Iterator[Record | Reject]:
        """Yield what a file says, in its order.

        Raises:
            ExchangeError: it is no file of this format.
        """


def checked_source(name: str) -> str:
    """Return ``name`` without blanks around it if it can name a score or source; any words of a person's can.

    Raises:
        BadRecordError: it is empty or too long, holds control characters, or means something else to a format.
    """
    name = name.strip()
    if not 0 < len(name) <= _SOURCE_LIMIT or UNWRITABLE.search(name) or name in RESERVED:
        raise BadRecordError(_("{name!r} can't be used as the name of a score or source.").format(name=name[:60]))
    return name


def english_sets_of(value: object) -> tuple[str, ...]:
    """Return the words of English sets, each once, if they can be kept and shown.

    Raises:
        BadRecordError: they are no list, or one is empty or too long, or holds control characters.
    """
    if not isinstance(value, list):
        raise BadRecordError(_("english_sets must be a list."))
    texts = [text_of(each).strip() for each in value]
    for text in texts:
        if not 0 < len(text) <= LONGEST_SET or UNWRITABLE.search(text):
            raise BadRecordError(_("{value} can't be an English set.").format(value=repr(text)[:60]))
    return tuple(dict.fromkeys(texts))


def is_table_head(cells: Iterable[str]) -> bool:
    """Tell whether ``cells`` name the columns of a table of pairs: what stands below them may be of any verdict."""
    return {"word1", "word2"} <= {cell.strip().casefold() for cell in cells}


def candidate_of(
    one: object,
    other: object,
    scores: Mapping[str, object] | None = None,
    sources: Iterable[object] = (),
    **more: Any,
) -> Candidate:
    """Return a candidate of what a file says, the words in the store's order.

    Raises:
        BadRecordError: these are no two words, or a score is no number.
    """
    if not isinstance(one, str) or not isinstance(other, str):
        raise BadRecordError(_("word1 and word2 must be text."))
    try:
        pair = word_pair(one, other)
        checked = {checked_source(name): number(value) for name, value in (scores or {}).items()}
        named = {checked_source(text_of(source)) for source in sources}
        return Candidate(pair.word1, pair.word2, checked, sources=tuple(sorted(named)), **more)
    except BadRecordError:
        raise
    except SynonymsError as error:
        raise BadRecordError(str(error)) from error


def text_of(value: object) -> str:
    """Return ``value`` if it is text that can be kept.

    Raises:
        BadRecordError: it is not text, too long, or was not decoded.
    """
    if not isinstance(value, str):
        raise BadRecordError(_("{value} should be text.").format(value=repr(value)[:60]))
    if "\x00" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise BadRecordError(
            _("The text does not match the file's encoding, or contains a character that can't be saved.")
        )
    return value


def number(value: object) -> float:
    """Return ``value``, a number or its text, as a finite float.

    Raises:
        BadRecordError: it is no finite number.
    """
    is_one = isinstance(value, (int, float, str)) and not isinstance(value, bool)
    if isinstance(value, str) and "_" in value:  # to Python, 1_0 is ten
        is_one = False
    try:
        found = float(value) if is_one else math.nan  # type: ignore[arg-type]
    except (ValueError, OverflowError):
        found = math.nan
    if not math.isfinite(found):
        raise BadRecordError(_("{value} is not a number.").format(value=repr(value)[:60]))
    return found


def seconds_of(value: object) -> float | None:
    """Return how long somebody looked; None where nobody measured.

    Raises:
        BadRecordError: it is no number, or less than 0.
    """
    if value is None:
        return None
    found = number(value)
    if found < 0:
        raise BadRecordError(_("{value} is not a number of seconds.").format(value=repr(value)[:60]))
    return found


def probability_of(value: object) -> float | None:
    """Return a ranker's probability; None where there was none.

    Raises:
        BadRecordError: it is no number from 0 to 1.
    """
    if value is None:
        return None
    found = number(value)
    if not 0 <= found <= 1:
        raise BadRecordError(_("{value} is not a probability; write 0 to 1.").format(value=repr(value)[:60]))
    return found


def verdict_of(value: object) -> Verdict | None:
    """Return the verdict that ``value`` names in any case; None for an empty one.

    Raises:
        BadRecordError: there is no such verdict.
    """
    if value is None or value == "":
        return None
    try:
        return Verdict(text_of(value).strip().lower())
    except ValueError:
        raise BadRecordError(
            _("{value} is not a verdict; available: {names}.").format(
                value=repr(value)[:60], names=listed(verdict.value for verdict in Verdict)
            )
        ) from None


def moment_of(value: object) -> datetime | None:
    """Return the moment that ISO 8601 text names, UTC; without a zone it is UTC. None for an empty one.

    Raises:
        BadRecordError: it names none.
    """
    if value is None or value == "":
        return None
    try:
        found = datetime.fromisoformat(text_of(value).strip())
        found = found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise BadRecordError(
            _("{value} is not a time; write 2024-05-01T12:00:00Z.").format(value=repr(value)[:60])
        ) from None
    return _plausible(found, value)


def moment_at(value: object) -> datetime:
    """Return the moment so many seconds after the beginning of 1970, UTC.

    Raises:
        BadRecordError: it is no number, or names none.
    """
    try:
        found = datetime.fromtimestamp(number(value), UTC)
    except (ValueError, OverflowError, OSError):
        raise BadRecordError(_("{value} is not a time.").format(value=repr(value)[:60])) from None
    return _plausible(found, value)


def _plausible(found: datetime, value: object) -> datetime:
    """Return ``found`` if clocks and calendars can show it; else ``value``, which said it, is named."""
    if not datetime(1970, 1, 1, tzinfo=UTC) <= found <= datetime(3000, 1, 1, tzinfo=UTC):
        raise BadRecordError(_("{value} is not a plausible time.").format(value=repr(value)[:60]))
    return found


def moment_text(at: datetime | None) -> str:
    """Return ISO 8601 with microseconds where there are any; empty for None."""
    return "" if at is None else at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def leading(candidate: Candidate) -> tuple[str, float | None]:
    """Return the source that formats have room for, and its score; the cosine where it proposed.

    A score alone did not propose the pair: written as a source, it would come back as one that did.
    """
    if not candidate.sources:
        return "", None
    name = "cosine" if "cosine" in candidate.sources else candidate.sources[0]
    return name, candidate.scores.get(name)


def bare(candidate: Candidate) -> Candidate:
    """Return the candidate's words alone."""
    return Candidate(candidate.word1, candidate.word2)


def with_leading(candidate: Candidate) -> Candidate:
    """Return the candidate's words with its leading source and score alone."""
    name, score = leading(candidate)
    if not name:
        return bare(candidate)
    scores = {} if score is None else {name: score}
    return Candidate(candidate.word1, candidate.word2, scores, sources=(name,))


def without_judgement(record: Record) -> Record:
    """Return a record that says only that there is such a pair."""
    return Record(record.candidate)
