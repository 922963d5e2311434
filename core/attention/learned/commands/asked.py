"""``attend`` with a memory, a reader or a judge of ours: what it answers, and where it looked."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pkgutil import resolve_name
from typing import Any, Final, TextIO, cast

from core.attention.errors import ModelError, NotAvailableError
from core.attention.learned.catalogue import Row, find, names
from core.attention.learned.memory.reading import read_question, task_of
from core.attention.results import Answer
from core.attention.tasks import task_for
from core.attention.tasks.learned.requests import ClozeRequest, HopCount, MemoryRequest, ReaderName, ReviewRequest
from core.attention.tasks.learned.results import ClozeSteps, MemorySteps, ReviewSteps
from core.command_line import DONE, said_on, say
from core.language import _, listed

ASKED: Final = ("memory", "cloze", "reviews")
"""Tasks whose models are asked here."""
_JUDGES: Final = ("han", "hn-ave")


def is_asked(model: str) -> bool:
    """Whether ``--model`` names one that is asked here."""
    return model in names() and find(model).task in ASKED


def run(args: argparse.Namespace, text: str, out: TextIO, err: TextIO) -> int:
    """Ask the model as ``args`` say, and print what it answers.

    Args:
        args: of the command ``attend``.
        text: the story, the text or the review.
        out: where the answer goes.
        err: where notes go.

    Returns:
        0.

    Raises:
        AttentionError: the model can't be asked this, or knows not the words; the text says what would work.
    """
    for name in ("png", "svg", "json"):
        if getattr(args, name) is not None:
            message = _("{model} writes tables (--csv) and arrays (--npz): leave {option} out.")
            raise NotAvailableError(message.format(model=args.model, option=f"--{name}"))
    row = find(args.model)
    request = _request(row, text, args.pair)
    found = next(one for one in resolve_name(task_for(request).task)(request=request) if isinstance(one, Answer))
    targets = [path for path in (args.csv, args.npz) if path is not None]
    if targets:
        from core.attention.export.tables import export  # only now: it reads what writes maps

        for path in targets:
            for _step in export(request, path):
                pass
    said = said_on(out, err, targets)
    for line in _lines(row, found):
        say(said, line)
    note = getattr(found, "note", "")
    if note:
        say(err, note)
    if targets:
        say(said, _("Written: {files}").format(files=listed(map(str, targets))))
    return DONE


def _request(row: Row, text: str, question: str | None) -> MemoryRequest | ClozeRequest | ReviewRequest:
    """Return what is asked.

    Raises:
        AttentionError: a question is missing, or there should be none, or the model answers no such question.
    """
    if row.task == "reviews":
        if question is not None:
            raise NotAvailableError(_("{model} judges one text: leave --pair out.").format(model=row.name))
        if row.variant not in _JUDGES:
            message = _("{name} judges nothing that is typed. These do: {names}.")
            judges = listed(f"{row.prefix}-{variant}" for variant in _JUDGES)
            raise ModelError(message.format(name=row.name, names=judges))
        return ReviewRequest(text)
    if question is None:
        raise NotAvailableError(_("{model} needs a question: --pair QUESTION.").format(model=row.name))
    if row.task == "cloze":
        return ClozeRequest(text, question, cast("ReaderName", row.variant.partition("-")[0]))
    task, _dash, hops = row.variant.rpartition("-")
    wanted = task_of(read_question(question))
    if wanted != task:
        message = _("{model} has learned questions of another kind; this one is for {other}.")
        raise ModelError(message.format(model=row.name, other=f"memory-{wanted}-{hops}"))
    return MemoryRequest(text, question, cast("HopCount", int(hops)))


def _lines(row: Row, found: Any) -> Iterator[str]:
    """Yield the answer, and below it what the model looked at, with its weights."""
    if isinstance(found, MemorySteps):
        yield found.answers[int(found.probabilities.argmax())].text
        for at, sentence in enumerate(found.sentences):
            yield f"{_row(found.weights[:, at])}  {sentence.text}"
    elif isinstance(found, ClozeSteps):
        candidates = found.candidates if row.variant.endswith("aoa") else found.plain
        yield candidates[0].word
        yield from (f"{candidate.weight:.2f}  {candidate.word}" for candidate in candidates)
    elif isinstance(found, ReviewSteps):
        judged = found.attending if row.variant == "han" else found.averaging
        yield f"{_('good') if judged.probability > 0.5 else _('bad')} {judged.probability:.2f}"
        for number, weight in enumerate(judged.sentences):
            inside = [at for at, sentence in enumerate(found.sentence_of) if sentence == number]
            yield f"{weight:.2f}  " + "  ".join(f"{found.words[at].text} {judged.words[at]:.2f}" for at in inside)


def _row(weights: Any) -> str:
    return " ".join(f"{float(weight):.2f}" for weight in weights)
