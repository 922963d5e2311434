r"""doccano's JSONL for text classification: ``{"text": "漂亮\t美丽", "label": ["synonym"], …}``.

doccano keeps keys it does not know as metadata and gives them back, so the words stand beside the text and
nothing is lost on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from core.language import _
from core.synonyms.exchange.jsonl import dumped, evidence_fields, evidence_of, judged, judgement_fields, objects
from core.synonyms.exchange.record import BadRecordError, Format, Lines, Record, Reject, text_of


class Doccano(Format):
    """doccano JSONL."""

    name = "doccano"
    suffix = ".jsonl"

    def title(self) -> str:
        """Return the format's name for a menu."""
        return _("doccano JSONL")

    def reduce(self, record: Record) -> Record:
        """Keep everything."""
        return record

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield a line a record."""
        for record in records:
            pair = record.candidate
            task = {
                "text": f"{pair.word1}\t{pair.word2}",
                "label": [] if record.verdict is None else [record.verdict],
                "word1": pair.word1,
                "word2": pair.word2,
            }
            yield dumped(task | judgement_fields(record) | evidence_fields(pair)) + "\n"

    def read(self, lines: Lines) -> Iterator[Record | Reject]:
        """Yield a record a line."""
        return objects(lines, self._record)

    def _record(self, value: Mapping[str, Any]) -> Record:
        one, other = words_of(value, "\t")
        labels = value.get("label", [])
        labels = [labels] if isinstance(labels, str) else labels
        if not isinstance(labels, list) or len(labels) > 1:
            raise BadRecordError(_("A pair can have at most one label."))
        return judged(evidence_of(one, other, value), labels[0] if labels else None, value)


def words_of(value: Mapping[str, Any], between: str) -> tuple[object, object]:
    """Return the two words of a task: its own fields, or its text where somebody dropped them.

    Raises:
        BadRecordError: there is neither.
    """
    if "word1" in value and "word2" in value:
        return value["word1"], value["word2"]
    parts = text_of(value.get("text", "")).split(between)
    if len(parts) != 2:
        raise BadRecordError(_("word1 and word2 are missing, and the text is not two words."))
    return parts[0], parts[1]
