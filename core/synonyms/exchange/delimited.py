"""CSV and TSV, harmless for spreadsheets: ``word1,word2,label,annotator,timestamp,score,source,note``.

A last column ``english_sets`` follows where the store has any.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import ClassVar, Final, Self

from core.language import _, listed, ngettext
from core.spreadsheet import guarded, unguarded
from core.synonyms.exchange.record import (
    BadRecordError,
    ExchangeError,
    Format,
    Lines,
    Record,
    Reject,
    candidate_of,
    english_sets_of,
    leading,
    moment_of,
    moment_text,
    number,
    text_of,
    verdict_of,
    with_leading,
)

COLUMNS: Final = ("word1", "word2", "label", "annotator", "timestamp", "score", "source", "note")
_SETS: Final = "english_sets"
_READ: Final = (*COLUMNS, _SETS)


class _Delimited(Format):
    delimiter: ClassVar[str]
    line_end: ClassVar[str]

    def __init__(self, *, has_sets: bool = False) -> None:
        self._has_sets = has_sets

    def with_english_sets(self) -> Self:
        """Return the format with a column for them."""
        return type(self)(has_sets=True)

    def reduce(self, record: Record) -> Record | None:
        """Keep words, verdict, who, when, note and the leading source with its score; no adjudications."""
        if record.adjudicates:
            return None
        candidate = with_leading(record.candidate)
        if self._has_sets:
            candidate = replace(candidate, english_sets=record.candidate.english_sets)
        # Without a label and a note the line says only that there is such a pair.
        if record.verdict is None and not record.note:
            return Record(candidate)
        return Record(candidate, record.verdict, record.annotator, record.at, note=record.note)

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield a header and a line a record."""
        yield self._line(_READ if self._has_sets else COLUMNS)
        for record in filter(None, map(self.reduce, records)):
            source, score = leading(record.candidate)
            cells = [
                guarded(record.candidate.word1),
                guarded(record.candidate.word2),
                record.verdict or "",
                guarded(record.annotator),
                moment_text(record.at),
                "" if score is None else repr(score),
                guarded(source),
                guarded(record.note),
            ]
            yield self._line([*cells, guarded("\n".join(record.candidate.english_sets))] if self._has_sets else cells)

    def _line(self, cells: Iterable[str]) -> str:
        return self.delimiter.join(map(self._quoted, cells)) + self.line_end

    def _quoted(self, cell: str) -> str:
        # Python's writer leaves a lone carriage return unquoted when lines end in "\n", and readers break
        # there.
        if any(sign in cell for sign in (self.delimiter, '"', "\r", "\n")):
            return '"' + cell.replace('"', '""') + '"'
        return cell

    def read(self, lines: Lines) -> Iterator[Record | Reject]:
        """Yield a record a line; columns may stand in any order, and unknown ones are named and passed over."""
        # Strict: otherwise a quote that is never closed takes all lines after it into one note, without a word.
        rows = csv.reader(lines, delimiter=self.delimiter, strict=True)
        try:
            header = next(rows, [])
        except csv.Error as error:
            raise ExchangeError(_("Line {n}: {reason}").format(n=1, reason=_why(error, 1, rows.line_num))) from error
        names = [name.strip().lower() for name in header]
        if not {"word1", "word2"} <= set(names):
            raise ExchangeError(_no_header(self.delimiter.join(header)[:80]))
        twice = [name for name in _READ if names.count(name) > 1]
        if twice:
            told = _("The first line names these columns twice: {names}. Rename or remove all but one of each.")
            raise ExchangeError(told.format(names=listed(twice)))
        unknown = [name for name in names if name and name not in _READ]
        if unknown:
            told = _("Unknown columns were ignored: {unknown}. Known columns: {known}.")
            text = self.delimiter.join(header)[:500]
            yield Reject(1, told.format(unknown=listed(unknown)[:200], known=listed(_READ)), text)
        while True:
            line = rows.line_num + 1
            row: list[str] = []
            try:
                row = next(rows)
                if row:
                    yield self._record(names, row)
            except StopIteration:
                return
            except BadRecordError as error:
                yield Reject(line, str(error), self.delimiter.join(row)[:500])
            except csv.Error as error:
                yield Reject(line, _why(error, line, rows.line_num))

    def _record(self, names: Sequence[str], row: Sequence[str]) -> Record:
        found, wanted = len(row), len(names)
        if any(name in _READ for name in names[found:]):
            # What is not there may be the label, or the end of a file that was cut off.
            raise BadRecordError(
                ngettext(
                    "{found} cell under {wanted} column names; write a separator for each empty cell.",
                    "{found} cells under {wanted} column names; write a separator for each empty cell.",
                    found,
                ).format(found=found, wanted=wanted)
            )
        if found > wanted:
            raise BadRecordError(
                _("{found} cells under {wanted} column names; quote cells that contain a separator.").format(
                    found=found, wanted=wanted
                )
            )
        cells = dict(zip(names, row, strict=False))

        def cell(name: str) -> str:
            return unguarded(text_of(cells.get(name, "")))

        source, score = cell("source"), cells.get("score", "").strip()
        scores = {source or "score": number(score)} if score else {}
        sets = english_sets_of([line for line in cell(_SETS).split("\n") if line.strip()])
        sources = [source] if source else list(scores)
        candidate = candidate_of(cell("word1"), cell("word2"), scores, sources, english_sets=sets)
        verdict = verdict_of(cells.get("label"))
        note = cell("note")
        if verdict is None and not note:
            return Record(candidate)
        return Record(candidate, verdict, cell("annotator"), moment_of(cells.get("timestamp")), note=note)


def _why(error: csv.Error, first: int, last: int) -> str:
    """Return, in words for a person, why the lines from ``first`` to ``last`` could not be taken apart."""
    said = str(error)
    if "end of data" in said:
        return _("A quote opened here is never closed; the file can't be read up to line {n}.").format(n=last)
    if "limit" in said and last > first:
        return _(
            "A cell has more than {limit:,} characters, or a quote opened here is never closed; the "
            "file can't be read up to line {n}."
        ).format(limit=csv.field_size_limit(), n=last)
    if "limit" in said:
        return _("A cell has more than {limit:,} characters.").format(limit=csv.field_size_limit())
    return _("Expected a separator after the closing quote; to write a quote inside a cell, double it.")


def _no_header(found: str) -> str:
    return _("The first line must name the columns, including word1 and word2; found: {found!r}.").format(found=found)


class Csv(_Delimited):
    """Comma-separated values as RFC 4180 has them."""

    name = "csv"
    suffix = ".csv"
    delimiter = ","
    line_end = "\r\n"

    def title(self) -> str:
        """Return the format's name for a menu."""
        return _("CSV table")


class Tsv(_Delimited):
    """Tab-separated values, quoted like CSV where a cell holds a tab or a line break."""

    name = "tsv"
    suffix = ".tsv"
    delimiter = "\t"
    line_end = "\n"

    def title(self) -> str:
        """Return the format's name for a menu."""
        return _("TSV table")
