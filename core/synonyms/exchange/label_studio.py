"""Label Studio's JSON: a list of tasks, each with the annotations of all annotators.

An adjudication is an annotation marked as ground truth. A skipped task is a cancelled annotation with an
empty result, so a skip has no note and no flag there.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from itertools import groupby
from typing import Any, Final

from core.language import _, listed
from core.synonyms.exchange.jsonl import dumped, loaded, passed_over
from core.synonyms.exchange.record import (
    RESERVED,
    BadRecordError,
    ExchangeError,
    Format,
    Lines,
    Record,
    Reject,
    candidate_of,
    english_sets_of,
    moment_at,
    moment_of,
    moment_text,
    seconds_of,
    text_of,
    verdict_of,
)
from core.synonyms.pairs import Candidate
from core.synonyms.verdicts import Verdict

LABELLING_CONFIG: Final = """\
<View>
  <Text name="pair" value="$word1 / $word2"/>
  <Choices name="rel" toName="pair" choice="single">
    <Choice value="synonym"/><Choice value="related"/><Choice value="antonym"/>
    <Choice value="not"/><Choice value="unsure"/>
  </Choices>
  <TextArea name="note" toName="pair"/>
  <Choices name="mark" toName="pair"><Choice value="flagged"/></Choices>
</View>
"""
"""The labelling interface that shows what is written here; the guide has it to copy."""


_CONTROL: Final = "rel"
"""Name of the control whose choice is the verdict."""

_ANNOTATIONS: Final = ("annotations", "completions")
"""What Label Studio calls a task's annotations, and what it called them before version 1.0."""

_KEYS: Final = frozenset({
    "id", "data", "annotations", "completions", "predictions", "drafts", "meta", "created_at", "updated_at",
    "inner_id", "total_annotations", "cancelled_annotations", "total_predictions", "comment_count",
    "unresolved_comment_count", "comment_authors", "last_comment_updated_at", "project", "updated_by", "file_upload",
    "overlap", "is_labeled", "annotators",
})  # fmt: skip
"""What is read of a task, and what Label Studio adds that says nothing about the pair."""


_ANNOTATION_KEYS: Final = frozenset({
    "id", "result", "completed_by", "was_cancelled", "skipped", "ground_truth", "lead_time", "created_at", "updated_at",
    "draft_created_at", "prediction", "result_count", "unique_id", "import_id", "last_action", "last_created_by",
    "task", "project", "updated_by", "parent_prediction", "parent_annotation", "bulk_created", "created_username",
    "created_ago", "honeypot", "state", "reviews", "comment_count", "unresolved_comment_count",
})  # fmt: skip
"""What is read of an annotation, and what Label Studio adds that says nothing about the pair."""

_RESULT_KEYS: Final = frozenset({
    "id", "value", "type", "from_name", "to_name", "origin", "score", "meta", "readonly", "hidden", "parentID",
    "original_width", "original_height", "image_rotation",
})  # fmt: skip
"""What is read of one thing in a result, and what Label Studio adds."""

_VALUES: Final = {"choices": "choices", "textarea": "text"}
"""What a result is of, by the key that its value has."""

_DATA_KEYS: Final = RESERVED
"""What is read of a task's data; besides, every number is a score."""


class LabelStudio(Format):
    """Label Studio JSON."""

    name = "label-studio"
    suffix = ".json"

    def title(self) -> str:
        """Return the format's name for a menu."""
        return _("Label Studio JSON")

    def reduce(self, record: Record) -> Record:
        """Keep words, scores, sources, English sets, verdict, who, when, how long, note and flag."""
        pair = record.candidate
        candidate = Candidate(pair.word1, pair.word2, pair.scores, sources=pair.sources, english_sets=pair.english_sets)
        if not record.is_judged:
            return Record(candidate)
        skipped = record.verdict is Verdict.SKIP
        return Record(
            candidate,
            record.verdict,
            record.annotator,
            record.at,
            record.seconds,
            note="" if skipped else record.note,
            flagged=record.flagged and not skipped,
            adjudicates=record.adjudicates,
        )

    def write(self, records: Iterable[Record]) -> Iterator[str]:
        """Yield a list of tasks, one task a line."""
        people: dict[str, int] = {}
        made = 0
        yield "["
        grouped = groupby(records, key=lambda record: record.candidate.pair)
        for n, (_pair, group) in enumerate(grouped, start=1):
            given = list(group)
            judged = [self.reduce(record) for record in given]
            pair = judged[0].candidate
            data: dict[str, Any] = {"word1": pair.word1, "word2": pair.word2} | dict(pair.scores)
            if set(pair.sources) != set(pair.scores):
                data["sources"] = list(pair.sources)
            if pair.english_sets:
                data["english_sets"] = list(pair.english_sets)
            annotations = []
            for record in judged:
                if record.is_judged:
                    made += 1
                    person = people.setdefault(record.annotator, len(people) + 1)
                    annotations.append(_annotation(record, made, person))
            predictions = [_prediction(record.model_score) for record in given if record.model_score is not None]
            task = {"id": n, "data": data, "annotations": annotations, "predictions": predictions}
            yield ("" if n == 1 else ",") + "\n" + dumped(task)
        yield "\n]\n"

    def read(self, lines: Lines) -> Iterator[Record | Reject]:
        """Yield a record an annotation, and one for a task without any."""
        try:
            tasks = loaded(lines.whole())
        except BadRecordError as error:
            raise ExchangeError(_("This is not a Label Studio export. {reason}").format(reason=error)) from error
        if not isinstance(tasks, list):
            raise ExchangeError(_("This is not a Label Studio export: expected a list of tasks."))
        control = _control(tasks)
        told: set[tuple[Collection[str], str]] = set()
        for n, task in enumerate(tasks, start=1):
            try:
                if not isinstance(task, dict) or not isinstance(task.get("data"), dict):
                    raise BadRecordError(_("A task must contain data."))
                yield from _unknown(n, task, told)
                candidate = _candidate(task["data"])
                annotations = _annotations(task)
            except BadRecordError as error:
                yield Reject(n, str(error), str(task)[:500])
                continue
            if not annotations:
                yield Record(candidate)
            for annotation in annotations:
                try:
                    yield _record(candidate, annotation, control)
                except BadRecordError as error:
                    yield Reject(n, str(error), str(annotation)[:500])


def _unknown(n: int, task: Mapping[str, Any], told: set[tuple[Collection[str], str]]) -> Iterator[Reject]:
    """Name the keys of a task, its data, its annotations and their results that nobody reads, each once a file.

    Args:
        n: number of the task.
        task: as it was read.
        told: what was named already, with the keys known there; what is named now is added.
    """
    scores = {name for name, value in task["data"].items() if _is_number(value)}
    parts: list[tuple[Mapping[str, Any], Collection[str], Collection[str]]] = [
        (task, _KEYS, ()),
        (task["data"], _DATA_KEYS, scores),
    ]
    for annotation in (each for each in _annotations(task) if isinstance(each, dict)):
        parts.append((annotation, _ANNOTATION_KEYS, ()))
        result = annotation.get("result")
        items = result if isinstance(result, list) else []
        parts += [(item, _RESULT_KEYS, ()) for item in items if isinstance(item, dict)]
    for part, known, read in parts:
        others = {name for name in part if name not in known and name not in read and (known, name) not in told}
        if others:
            told |= {(known, name) for name in others}
            yield Reject(n, passed_over(others, known), str(part)[:500])


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _annotation(record: Record, n: int, person: int) -> dict[str, Any]:
    def item(name: str, kind: str, value: Mapping[str, Any]) -> dict[str, Any]:
        return {"id": f"{name}{n}", "from_name": name, "to_name": "pair", "type": kind, "value": value}

    result = []
    if record.verdict is not Verdict.SKIP:
        if record.verdict is not None:
            result.append(item("rel", "choices", {"choices": [record.verdict]}))
        if record.note:
            result.append(item("note", "textarea", {"text": [record.note]}))
        if record.flagged:
            result.append(item("mark", "choices", {"choices": ["flagged"]}))
    at = moment_text(record.at)
    return {
        "id": n,
        # Label Studio finds a person by the address, and only then looks at the number.
        "completed_by": {"id": person, "email": record.annotator},
        "was_cancelled": record.verdict is Verdict.SKIP,
        "ground_truth": record.adjudicates,
        "lead_time": record.seconds,
        "created_at": at,
        "updated_at": at,
        "result": result,
    }


def _prediction(score: float) -> dict[str, Any]:
    # What Label Studio shows is how sure the choice is.
    choice, sure = (Verdict.SYNONYM, score) if score >= 0.5 else (Verdict.NOT, 1.0 - score)
    value = {"choices": [choice]}
    result = [{"from_name": "rel", "to_name": "pair", "type": "choices", "value": value}]
    return {"model_version": "yaya-lab", "score": sure, "result": result}


def _candidate(data: Mapping[str, Any]) -> Candidate:
    scores = {name: value for name, value in data.items() if name not in RESERVED and _is_number(value)}
    sources = data.get("sources", list(scores))
    if not isinstance(sources, list):
        raise BadRecordError(_("sources must be a list."))
    sets = english_sets_of(data.get("english_sets") or [])
    return candidate_of(data.get("word1"), data.get("word2"), scores, sources, english_sets=sets)


def _annotations(task: Mapping[str, Any]) -> list[object]:
    """Return a task's annotations, under their present name or the one that versions before 1.0 gave them.

    Raises:
        BadRecordError: they are no lists.
    """
    found: list[object] = []
    for name in _ANNOTATIONS:
        listed = task.get(name) or []
        if not isinstance(listed, list):
            raise BadRecordError(_("annotations must be a list."))
        found += listed
    return found


def _control(tasks: list[object]) -> str:
    """Return the name of the control whose choices are the verdicts: ``rel``, or the one that has any.

    It is found for the file as a whole: in a single annotation another control may happen to say "not".

    Raises:
        ExchangeError: it could be one of several.
    """
    chosen: dict[str, set[str]] = defaultdict(set)
    for task in tasks:
        for name in _ANNOTATIONS:
            annotations = task.get(name) if isinstance(task, dict) else None
            for annotation in annotations if isinstance(annotations, list) else []:
                for item in _items(annotation):
                    chosen[_control_of(item)] |= _choices(item)
    verdicts = {verdict.value for verdict in Verdict}
    chosen = {name: choices for name, choices in chosen.items() if choices - {"flagged"}}
    if _CONTROL in chosen or not chosen:
        return _CONTROL
    saying = [name for name, choices in chosen.items() if choices & verdicts] or list(chosen)
    if len(saying) > 1:
        raise ExchangeError(
            _('Several controls could hold the verdict: {names}. Call the right one "rel" (from_name).').format(
                names=listed(sorted(saying))[:200]
            )
        )
    return saying[0]


def _items(annotation: object) -> list[dict[str, Any]]:
    """Return what an annotation's result lists and has the form of choices."""
    result = annotation.get("result") if isinstance(annotation, dict) else None
    listed = result if isinstance(result, list) else []
    return [item for item in listed if isinstance(item, dict) and _kind_of(item) == "choices"]


def _kind_of(item: Mapping[str, Any]) -> object:
    """Return what a result is of: its type, or where scripts leave it out, what its value tells."""
    value = item.get("value")
    told = [kind for kind, key in _VALUES.items() if isinstance(value, dict) and key in value]
    return item.get("type") or (told[0] if len(told) == 1 else None)


def _control_of(item: Mapping[str, Any]) -> str:
    return str(item.get("from_name") or _CONTROL)


def _choices(item: Mapping[str, Any]) -> set[str]:
    value = item.get("value")
    choices = value.get("choices") if isinstance(value, dict) else None
    return {each.strip().lower() for each in choices if isinstance(each, str)} if isinstance(choices, list) else set()


def _moment(annotation: Mapping[str, Any]) -> datetime | None:
    """Return when an annotation was last changed; versions before 1.0 wrote seconds since 1970.

    Raises:
        BadRecordError: it is no time.
    """
    said = annotation.get("updated_at") or annotation.get("created_at")
    is_number = isinstance(said, (int, float)) and not isinstance(said, bool)
    return moment_at(said) if is_number else moment_of(said)


def _record(candidate: Candidate, annotation: object, control: str) -> Record:
    if not isinstance(annotation, dict):
        raise BadRecordError(_("annotation must be an object."))
    found = _Result(annotation.get("result", []), control)
    skipped = annotation.get("was_cancelled") is True or annotation.get("skipped") is True
    if not skipped and found.verdict is None and not found.note and not found.flagged:
        raise BadRecordError(_("The annotation has no choice and was not skipped."))
    return Record(
        candidate,
        Verdict.SKIP if skipped else found.verdict,
        _person(annotation.get("completed_by")),
        _moment(annotation),
        seconds_of(annotation.get("lead_time")),
        note="" if skipped else found.note,
        flagged=found.flagged and not skipped,
        adjudicates=annotation.get("ground_truth") is True,
    )


class _Result:
    """What an annotation's result says."""

    def __init__(self, items: object, control: str) -> None:
        """Read it.

        Args:
            items: the result.
            control: name of the control whose choice is the verdict; what other controls say is passed over.

        Raises:
            BadRecordError: it is no result.
        """
        self.verdict: Verdict | None = None
        self.note = ""
        self.flagged = False
        if not isinstance(items, list):
            raise BadRecordError(_("result must be a list."))
        for item in items:
            value = item.get("value") if isinstance(item, dict) else None
            if not isinstance(value, dict):
                raise BadRecordError(_("result must contain value."))
            kind = _kind_of(item)
            if kind == "textarea":
                text = value.get("text", [])
                parts = text if isinstance(text, list) else [text]
                said = "\n".join(text_of(part) for part in parts)
                self.note = "\n".join(filter(None, (self.note, said)))
            elif value.get("choices") == ["flagged"]:
                self.flagged = True
            elif kind == "choices" and _control_of(item) == control:
                self._choose(value.get("choices"))

    def _choose(self, choices: object) -> None:
        if not isinstance(choices, list) or len(choices) != 1:
            raise BadRecordError(_("Expected exactly one choice."))
        verdict = verdict_of(choices[0])
        if self.verdict not in (None, verdict):
            raise BadRecordError(
                _("The annotation chooses twice: {one} and {other}.").format(one=self.verdict, other=verdict)
            )
        self.verdict = verdict


def _person(value: object) -> str:
    """Return an annotator's name from what Label Studio says: an address, or a number."""
    if isinstance(value, dict):
        value = value.get("email") or value.get("username") or value.get("id")
    if isinstance(value, int) and not isinstance(value, bool):
        return f"label-studio-{value}"
    return text_of(value) if value else ""
