"""What an export or an import is told, and what they tell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar, Literal

from core.runtime.events import Payload
from core.synonyms.exchange.record import Record, Reject
from core.synonyms.exchange.sets import GrownSet
from core.synonyms.names import NAME_LIMIT, clean_name

Which = Literal["all", "judged"]
Whose = Literal["each", "final"]


@dataclass(frozen=True, slots=True)
class ExportConfig:
    """One export.

    Attributes:
        store: address of the store.
        file: to write; one that ends in ``.gz`` is packed.
        format: one of ``formats.FORMATS``.
        encoding: ``utf-8``, ``utf-8-sig`` for spreadsheets, or ``gb18030``.
        which: every candidate, or those somebody has judged. Formats that list synonyms have only those.
        whose: a record for each annotator's answer, or one with what they amount to.
        chained: let formats of sets merge pairs that share a word.
        known: formats that list synonyms also get the pairs that a dictionary knows.
    """

    store: str
    file: Path
    format: str
    encoding: Literal["utf-8", "utf-8-sig", "gb18030"] = "utf-8"
    which: Which = "all"
    whose: Whose = "each"
    chained: bool = False
    known: bool = False


@dataclass(frozen=True, slots=True)
class ExchangeProgress(Payload):
    """How far an export or import has come.

    Attributes:
        done: pairs written, or records read.
        total: pairs in all; None where nobody can know.
    """

    newest_only: ClassVar[bool] = True

    done: int
    total: int | None = None


@dataclass(frozen=True, slots=True)
class ExportPreview(Payload):
    """What an export will write.

    Attributes:
        records: records the format can say.
        left_out: records it cannot.
        sets: sets, for formats of sets.
        grown: sets that chaining makes larger than what was judged, the largest first.
    """

    records: int
    left_out: int
    sets: int = 0
    grown: tuple[GrownSet, ...] = ()


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written.

    Attributes:
        file: where.
        written: records in it.
        left_out: records that the format cannot say.
    """

    file: Path
    written: int
    left_out: int


@dataclass(frozen=True, slots=True)
class ImportConfig:
    """One import.

    Attributes:
        store: address of the store.
        file: to read; it may be packed by gzip.
        format: one of ``formats.FORMATS``.
        encoding: ``auto`` or a name.
        annotator: who said it, where the file does not say; empty for a name made of the file's.
        rejects: file for what was not understood; None for one beside ``file``.
    """

    store: str
    file: Path
    format: str
    encoding: str = "auto"
    annotator: str = ""
    rejects: Path | None = None

    @property
    def said_by(self) -> str:
        """Who said it, where the file does not say: two files without names are of two people."""
        if self.annotator:
            return clean_name(self.annotator)
        name = "".join(char for char in self.file.name if char.isprintable())
        return clean_name(f"imported: {name}"[:NAME_LIMIT])

    @property
    def rejects_file(self) -> Path:
        """Where the records go that were not understood, unless a file is there already."""
        return self.rejects or self.file.with_name(self.file.name + ".rejects.csv")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import will do, or did.

    Attributes:
        encoding: of the file, as found or told.
        records: understood.
        new_pairs: pairs that the store does not have.
        new_verdicts: answers on pairs their annotator has not answered.
        changed: answers that replace an older one.
        older: answers older than the one the store, or the file itself, has; it stays.
        unchanged: records that say what the store says.
        repeated: records that the file has twice.
        rejected: records not understood.
        rejects: the first of them.
        samples: the first records understood.
        fingerprint: of the file; an import after a preview asks for the same.
        rejects_file: where all rejects were written; None where there are none, or nothing was applied.
        is_guessed: the encoding is what the file looks like; its first words should be looked at.
        is_doubtful: another encoding is nearly as likely.
        new_store: the store, where it was made for the import, or would be.
    """

    encoding: str
    records: int = 0
    new_pairs: int = 0
    new_verdicts: int = 0
    changed: int = 0
    older: int = 0
    unchanged: int = 0
    repeated: int = 0
    rejected: int = 0
    rejects: tuple[Reject, ...] = ()
    samples: tuple[Record, ...] = ()
    fingerprint: str = ""
    rejects_file: Path | None = None
    new_store: str = ""
    is_guessed: bool = False
    is_doubtful: bool = False
