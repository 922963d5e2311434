r"""doccano's JSONL for text classification: ``{"text": "漂亮\t美丽", "label": ["synonym"], …}``.

doccano keeps keys it does not know as metadata and gives them back, so the words stand beside the text and
nothing is lost on the way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from core.language import _
from core.synonyms.exchange.jsonl import (
    EVIDENCE_KEYS,
    JUDGEMENT_KEYS,
    WORD_KEYS,
    dumped,
    evidence_fields,
    evidence_of,
    judged,
    judgement_fields,
    objects,
)
from core.synonyms.exchange.record import BadRecordError, Format, Lines, Record, Reject, text_of

_LABELS: Final = ("label", "labels")
"""What doccano calls a task's labels, and what it called them before."""

_COMMENTS: Final = ("Comments", "comments")
"""What doccano calls what people have said about a task: a list of texts."""

_KEYS: Final = WORD_KEYS | {*_LABELS, *_COMMENTS, "text", "annotations", "id", "meta"} | JUDGEMENT_KEYS | EVIDENCE_KEYS
"""What is read of a task, and what doccano adds that says nothing about the pair."""


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
        return objects(lines, self._record, _KEYS)

    def _record(self, value: Mapping[str, Any]) -> Record:
        one, other = words_of(value, "\t")
        return judged(evidence_of(one, other, value), _label(value), {**value, "note": _note(value)})


def _label(value: Mapping[str, Any]) -> object:
    """Return the one label of a task, under its present name or the one that older versions gave it.

    Raises:
        BadRecordError: there are several, or what stands there are numbers that only doccano can name.
    """
    if value.get("annotations"):
        raise BadRecordError(
            _('doccano names the labels in "annotations" by numbers; export the task as JSONL with text labels.')
        )
    found: list[object] = []
    for name in _LABELS:
        labels = value.get(name)
        labels = [] if labels is None else [labels] if isinstance(labels, str) else labels
        if not isinstance(labels, list):
            raise BadRecordError(_("A pair can have at most one label."))
        found += [label for label in labels if label not in found]
    if len(found) > 1:
        raise BadRecordError(_("A pair can have at most one label."))
    return found[0] if found else None


def _note(value: Mapping[str, Any]) -> str:
    """Return the note on a pair, and below it what was said about it in doccano.

    Raises:
        BadRecordError: something of it is no text.
    """
    said = [value.get("note") or ""]
    for name in _COMMENTS:
        comments = value.get(name) or []
        said += comments if isinstance(comments, list) else [comments]
    return "\n".join(filter(None, map(text_of, said)))


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
