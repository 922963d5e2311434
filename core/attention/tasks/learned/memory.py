"""A question asks the sentences of a story, hop by hop."""

from __future__ import annotations

from collections.abc import Generator, Iterator

import numpy as np
import torch

from core.attention.export.writing import Row
from core.attention.learned.memory import words as w
from core.attention.learned.memory.drawn import drawn_story
from core.attention.learned.memory.lesson import as_numbers, load
from core.attention.learned.memory.reading import answers_to, language_of, read_facts, read_question, task_of
from core.attention.learned.memory.stories import Story
from core.attention.learned.store import Saved
from core.attention.results import Preparing
from core.attention.tasks.learned.models import opened
from core.attention.tasks.learned.requests import MemoryRequest
from core.attention.tasks.learned.results import MemorySteps, Truth
from core.attention.tasks.learned.words import in_a_text


def answer(request: MemoryRequest) -> Generator[Preparing | MemorySteps, None, None]:
    """Answer the question with the model that was trained for its kind.

    Raises:
        AttentionError: the model has not been trained, or the text is none of its world; the text says what to do.
    """
    question = read_question(request.question)
    facts = read_facts(request.story)
    saved, (config, model) = yield from opened(f"memory-{task_of(question)}-{request.hops}", load)
    asked = as_numbers((Story(facts, question, w.YES, ()),))
    with torch.no_grad():
        scores, looked = model(asked.story, asked.question, asked.ages)  # (S, 1, V)
        memories = model.memories(asked.story, asked.ages)
    chosen, n = _chosen(saved), len(facts)
    kept = torch.stack([memory[chosen, 0, :n] for memory in memories]).numpy()  # (K + 1, n, d)
    words = answers_to(question)
    likely = scores[:, 0].softmax(dim=-1)  # (S, V)
    said = likely.argmax(dim=-1)  # (S,)
    language = language_of(request.question)
    yield MemorySteps(
        saved.record.name,
        config.seeds[chosen],
        float(saved.record.scores.get("chosen_by_validation", np.nan)),
        in_a_text([w.say(fact, language_of(request.story)) for fact in facts]),
        w.say(question, language),
        kept[:-1],
        kept[1:],
        np.stack([hop.weights[chosen, 0, :n].numpy() for hop in looked]),
        np.stack([looked[0].question[chosen, 0].numpy(), *(hop.after[chosen, 0].numpy() for hop in looked)]),
        np.stack([hop.read[chosen, 0].numpy() for hop in looked]),
        in_a_text([w.say((word,), language) for word in words]),
        likely[chosen, w.numbers(words)].numpy(),
        int((said == said[chosen]).sum()),
        len(config.seeds),
        _truth(request, facts, question),
    )


def _chosen(saved: Saved) -> int:
    """Return which of the seeds side by side validation chooses."""
    return int(saved.record.scores.get("chosen", 0))


def _truth(request: MemoryRequest, facts: tuple[tuple[str, str, str], ...], question: tuple[str, ...]) -> Truth | None:
    """Return what is known of a story that the simulator told, unless another was typed since."""
    story = None if request.drawn is None else drawn_story(task_of(question), request.drawn)
    if story is None or (story.facts, story.question) != (facts, question):
        return None
    return Truth(w.say((story.answer,), language_of(request.question)), story.supports)


def table(shown: MemorySteps) -> Iterator[Row]:
    """Yield a row for each sentence."""
    yield ["number", "sentence", *(f"hop_{hop + 1}" for hop in range(len(shown.weights)))]
    for at, sentence in enumerate(shown.sentences):
        yield [at + 1, sentence.text, *shown.weights[:, at].tolist()]
