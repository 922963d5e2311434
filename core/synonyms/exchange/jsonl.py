"""One JSON object a line: our own JSONL, which says all, and what it shares with other JSON formats."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from typing import Any, Final

from core.language import _, listed
from core.synonyms.exchange.record import (
    BadRecordError,
    Format,
    Lines,
    Record,
    Reject,
    candidate_of,
    english_sets_of,
    moment_of,
    moment_text,
    probability_of,
    seconds_of,
    text_of,
    verdict_of,
)
from core.synonyms.pairs import Candidate, clean_word


def dumped(value: object) -> str:
    """Return ``value`` as JSON on one line, Chinese left readable."""
    return json.dumps(value, ensure_ascii=False, allow_nan=False)


def loaded(text: str) -> Any:
    """Return the value that ``text`` says in JSON.

    Raises:
        BadRecordError: it is no JSON, nested to harm, or says one thing twice.
    """
    try:
        return json.loads(text, object_pairs_hook=_said_once)
    except RecursionError:
        raise BadRecordError(_("The JSON is nested too deeply.")) from None
    except json.JSONDecodeError as error:
        message = _("This is not JSON, from character {n} of line {line} on.")
        raise BadRecordError(message.format(n=error.colno, line=error.lineno)) from None
    except ValueError:  # to Python, a number may have 4300 digits
        raise BadRecordError(_("The JSON holds a number of thousands of digits.")) from None


def _said_once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object's values by key; of a key that stands there twice nobody knows which is meant."""
    found = dict(pairs)
    if len(found) < len(pairs):
        keys = [key for key, _value in pairs]
        twice = next(key for key in keys if keys.count(key) > 1)
        raise BadRecordError(_("The JSON names {key} twice: keep one.").format(key=repr(twice)[:60]))
    return found


EVIDENCE_KEYS: Final = frozenset({"scores", "sources", "ranks", "codes", "known", "english_sets"})
JUDGEMENT_KEYS: Final = frozenset(
    {"annotator", "timestamp", "seconds", "note", "flagged", "adjudicates", "model_score"}
)
WORD_KEYS: Final = frozenset({"word1", "word2"})


def objects(
    lines: Lines, make: Callable[[Mapping[str, Any]], Record], known: Collection[str]
) -> Iterator[Record | Reject]:
    """Yield what ``make`` makes of the JSON object on each line; blank lines are passed over.

    Args:
        lines: of the file.
        make: reads an object.
        known: the keys that it reads; each other key is named once, where it first stands.
    """
    told = set(known)
    for n, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            value = loaded(line)
            if not isinstance(value, dict):
                raise BadRecordError(_("Each line must be a JSON object."))
            if others := value.keys() - told:
                told |= others
                yield Reject(n, passed_over(others, known), line.strip()[:500])
            yield make(value)
        except BadRecordError as error:
            yield Reject(n, str(error), line.strip()[:500])


def passed_over(unknown: Iterable[str], known: Iterable[str]) -> str:
    """Return the sentence that names the keys nobody reads, and those that are read."""
    told = _("These keys are not known and were passed over: {unknown}. Known are: {known}.")
    return told.format(unknown=listed(sorted(unknown))[:200], known=listed(sorted(known)))


def evidence_fields(candidate: Candidate) -> dict[str, Any]:
    """Return the candidate's evidence as JSON, what is empty left out."""
    said = {
        "scores": dict(candidate.scores),
        "sources": list(candidate.sources),
        "ranks": list(candidate.ranks) if candidate.ranks != (None, None) else None,
        "codes": [list(codes) for codes in candidate.codes] if candidate.codes != ((), ()) else None,
        "known": candidate.known,
        "english_sets": list(candidate.english_sets),
    }
    return {name: value for name, value in said.items() if value}


def judgement_fields(record: Record) -> dict[str, Any]:
    """Return who said it, when and how, as JSON, what is empty left out."""
    said = {
        "annotator": record.annotator,
        "timestamp": moment_text(record.at),
        "seconds": record.seconds,
        "note": record.note,
        "flagged": record.flagged,
        "adjudicates": record.adjudicates,
        "model_score": record.model_score,
    }
    # By identity: 0.0 equals False, and says something.
    return {name: value for name, value in said.items() if value is not None and value is not False and value != ""}


def evidence_of(one: object, other: object, value: Mapping[str, Any]) -> Candidate:
    """Return the candidate that ``evidence_fields`` wrote.

    Raises:
        BadRecordError: something in it is wrong.
    """
    scores, sources = value.get("scores", {}), value.get("sources", [])
    ranks, codes = value.get("ranks") or [None, None], value.get("codes") or [[], []]
    if not isinstance(scores, dict) or not isinstance(sources, list):
        raise BadRecordError(_("scores must be an object and sources a list."))
    if not isinstance(ranks, list) or not isinstance(codes, list) or len(ranks) != 2 or len(codes) != 2:
        raise BadRecordError(_("ranks and codes must have one entry per word."))
    checked = tuple(_rank(rank) for rank in ranks)
    listed = tuple(_codes(word) for word in codes)
    candidate = candidate_of(one, other, scores, sources, known=_truth(value.get("known", False)))
    # The file's order of the two words may not be the store's.
    if candidate.word1 != clean_word(text_of(one)):
        checked, listed = checked[::-1], listed[::-1]
    return Candidate(
        candidate.word1,
        candidate.word2,
        candidate.scores,
        (checked[0], checked[1]),
        (listed[0], listed[1]),
        candidate.known,
        candidate.sources,
        english_sets_of(value.get("english_sets") or []),
    )


def judged(candidate: Candidate, verdict: object, value: Mapping[str, Any]) -> Record:
    """Return the record that ``judgement_fields`` wrote.

    Raises:
        BadRecordError: something in it is wrong.
    """
    return Record(
        candidate,
        verdict_of(verdict),
        text_of(value.get("annotator") or ""),
        moment_of(value.get("timestamp")),
        seconds=seconds_of(value.get("seconds")),
        note=text_of(value.get("note") or ""),
        flagged=_truth(value.get("flagged", False)),
        adjudicates=_truth(value.get("adjudicates", False)),
        model_score=probability_of(value.get("model_score")),
    )


def _rank(value: object) -> int | None:
    if value is None:
        return None
    # Databases keep ranks in 32 bits.
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < 2**31:
        raise BadRecordError(_("{value} is not a rank.").format(value=repr(value)[:60]))
    return value


def _codes(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or any(not code or code != "".join(code.split()) for code in map(text_of, value)):
        raise BadRecordError(_("{value} is not a list of dictionary codes.").format(value=repr(value)[:60]))
    return tuple(dict.fromkeys(value))


def _truth(value: object) -> bool:
    if not isinstance(value, bool):
        raise BadRecordError(_("{value} should be true or false.").format(value=repr(value)[:60]))
    return value


class Jsonl(Format):
    """Our own JSONL: everything a store knows, for keeping and for moving between stores."""

    name = "jsonl"
    suffix = ".jsonl"

    def title(self) -> str:
        """Return the format's name for a menu."""
        return _("JSON lines, complete")

    def reduce(self, record: Record) -> Record:
        """Keep everything."""
        return record

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield a line a record."""
        for record in records:
            pair = record.candidate
            label = {"word1": pair.word1, "word2": pair.word2, "label": record.verdict}
            yield dumped(label | judgement_fields(record) | evidence_fields(pair)) + "\n"

    def read(self, lines: Lines) -> Iterator[Record | Reject]:
        """Yield a record a line."""
        return objects(lines, self._record, WORD_KEYS | {"label"} | JUDGEMENT_KEYS | EVIDENCE_KEYS)

    def _record(self, value: Mapping[str, Any]) -> Record:
        return judged(evidence_of(value.get("word1"), value.get("word2"), value), value.get("label"), value)
