"""Prodigy's JSONL: one label a task, answered accept, reject or ignore; or options, of which one is accepted.

Prodigy asks yes or no about a label. "Not" is SYNONYM rejected; skipped and unsure are both ignored, and an
unsure one says so in its meta. Times are whole seconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b
from typing import Any, Final

from core.language import _
from core.synonyms.exchange.doccano import words_of
from core.synonyms.exchange.jsonl import dumped, objects
from core.synonyms.exchange.record import (
    BadRecordError,
    Format,
    Lines,
    Record,
    Reject,
    candidate_of,
    leading,
    moment_at,
    number,
    text_of,
    verdict_of,
    with_leading,
)
from core.synonyms.verdicts import Verdict

_ANSWERS: Final[Mapping[Verdict, tuple[str, str]]] = {
    Verdict.SYNONYM: ("SYNONYM", "accept"),
    Verdict.RELATED: ("RELATED", "accept"),
    Verdict.ANTONYM: ("ANTONYM", "accept"),
    Verdict.NOT: ("SYNONYM", "reject"),
    Verdict.UNSURE: ("SYNONYM", "ignore"),
    Verdict.SKIP: ("SYNONYM", "ignore"),
}
_KEYS: Final = frozenset({
    "text", "label", "meta", "word1", "word2", "answer", "note", "flagged", "options", "accept", "config", "id",
    "priority", "score", "tokens", "html", "_input_hash", "_task_hash", "_view_id", "_timestamp", "_annotator_id",
    "_session_id",
})  # fmt: skip
"""What is read of a task, and what Prodigy adds that says nothing about the pair."""

_ACCEPTED: Final = {label: verdict for verdict, (label, answer) in _ANSWERS.items() if answer == "accept"}


def signed_hash(*parts: str) -> int:
    """Return a signed 32-bit hash, as Prodigy keeps for inputs and tasks."""
    digest = blake2b("\x00".join(parts).encode(), digest_size=4).digest()
    return int.from_bytes(digest, "little", signed=True)


class Prodigy(Format):
    """Prodigy JSONL."""

    name = "prodigy"
    suffix = ".jsonl"

    def title(self) -> str:
        """Return the format's name for a menu."""
        return _("Prodigy JSONL")

    def reduce(self, record: Record) -> Record | None:
        """Keep words, verdict, who, when to the second, note, flag, leading source; no adjudications."""
        if record.adjudicates:
            return None
        candidate = with_leading(record.candidate)
        if not record.is_judged:
            return Record(candidate)
        at = None if record.at is None else record.at.replace(microsecond=0)
        return Record(candidate, record.verdict, record.annotator, at, note=record.note, flagged=record.flagged)

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield a line a record."""
        for record in filter(None, map(self.reduce, records)):
            pair = record.candidate
            text = f"{pair.word1} / {pair.word2}"
            label, answer = _ANSWERS[record.verdict] if record.verdict else ("SYNONYM", "")
            source, score = leading(pair)
            meta = {"score": score, "source": source} if source else {}
            if record.verdict is Verdict.UNSURE:
                meta["verdict"] = Verdict.UNSURE.value
            task: dict[str, Any] = {
                "text": text,
                "label": label,
                "meta": {name: value for name, value in meta.items() if value is not None},
                "word1": pair.word1,
                "word2": pair.word2,
                "_input_hash": signed_hash(text),
                "_task_hash": signed_hash(text, label),
                "_view_id": "classification",
            }
            if record.is_judged:
                task |= {"answer": answer} if record.verdict else {}
                task |= {"note": record.note} if record.note else {}
                task |= {"flagged": True} if record.flagged else {}
                task |= {"_timestamp": int(record.at.timestamp())} if record.at else {}
                task |= {"_annotator_id": record.annotator, "_session_id": record.annotator} if record.annotator else {}
            yield dumped(task) + "\n"

    def read(self, lines: Lines) -> Iterator[Record | Reject]:
        """Yield a record a line."""
        return objects(lines, self._record, _KEYS)

    def _record(self, value: Mapping[str, Any]) -> Record:
        meta = value.get("meta", {})
        if not isinstance(meta, dict):
            raise BadRecordError(_("meta must be an object."))
        source, score = text_of(meta.get("source") or ""), meta.get("score")
        scores = {} if score is None else {source or "score": number(score)}
        candidate = candidate_of(*words_of(value, " / "), scores, [source] if source else list(scores))
        verdict = _verdict(value, meta)
        note, flagged = text_of(value.get("note") or ""), value.get("flagged") is True
        if verdict is None and not note and not flagged:
            return Record(candidate)
        stamp = value.get("_timestamp")
        at = None if stamp is None else moment_at(int(number(stamp)))
        return Record(
            candidate,
            verdict,
            text_of(value.get("_annotator_id") or value.get("_session_id") or ""),
            at,
            note=note,
            flagged=flagged,
        )


def _verdict(value: Mapping[str, Any], meta: Mapping[str, Any]) -> Verdict | None:
    """Return what a task's answer says.

    Raises:
        BadRecordError: it says nothing about synonyms.
    """
    answer = value.get("answer")
    if answer is None:
        if value.get("accept"):
            raise BadRecordError(_("The task has chosen options and no answer."))
        return None
    if answer == "ignore":
        return Verdict.UNSURE if meta.get("verdict") == Verdict.UNSURE else Verdict.SKIP
    if "options" in value or "accept" in value:
        return _chosen(value, answer)
    if not value.get("label"):
        raise BadRecordError(_("The task has an answer and no label, so nobody knows what was asked."))
    label = text_of(value["label"]).upper()
    if answer == "accept" and label in _ACCEPTED:
        return _ACCEPTED[label]
    if answer == "reject" and label == "SYNONYM":
        return Verdict.NOT
    raise _says_nothing(answer, label)


def _chosen(value: Mapping[str, Any], answer: object) -> Verdict | None:
    """Return the verdict of a task with options, of which exactly one must be accepted.

    Raises:
        BadRecordError: it is none of the options, several or none was accepted, or the whole task was rejected.
    """
    if answer != "accept":
        raise _says_nothing(answer, _("one of several options"))
    accepted, options = value.get("accept", []), value.get("options", [])
    accepted = accepted if isinstance(accepted, list) else [accepted]
    if not isinstance(options, list) or not all(isinstance(option, dict) for option in options):
        raise BadRecordError(_("options must be a list of objects."))
    if len(accepted) != 1:
        raise BadRecordError(_("One accepted option is expected; there are {n}.").format(n=len(accepted)))
    named = {option.get("id"): option.get("text") for option in options if isinstance(option.get("id"), (str, int))}
    (chosen,) = accepted
    if not isinstance(chosen, (str, int)) or (options and chosen not in named):
        raise BadRecordError(_("{value} is none of the task's options.").format(value=repr(chosen)[:60]))
    if isinstance(chosen, str) and chosen.strip().lower() in {*Verdict}:
        return verdict_of(chosen)
    return verdict_of(named.get(chosen) or chosen)


def _says_nothing(answer: object, label: str) -> BadRecordError:
    return BadRecordError(
        _("Label {label} answered {answer} is not a verdict on synonyms.").format(
            answer=repr(answer)[:30], label=repr(label)[:30]
        )
    )
