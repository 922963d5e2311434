"""What is known of the text on screen. Qt-free: it takes payloads, views read it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Final, Generic, TypeVar

from core.attention.results import Answer, AttentionMap, HeadsGrid, LinkingHeads, ModelCard, Preparing
from core.runtime.events import Payload

Kind = TypeVar("Kind", bound=Payload)


@dataclass(frozen=True, slots=True)
class Slot(Generic[Kind]):
    """A place for the newest answer of one kind.

    Attributes:
        name: which; two views that name the same share the answer.
        kind: the class of the answers.
        about: another slot whose answer these answers are a part of, and may be older than.
    """

    name: str
    kind: type[Kind]
    about: Slot[Any] | None = None


@dataclass(frozen=True, slots=True)
class Wanted:
    """One answer that is wanted.

    Attributes:
        slot: where it goes.
        request: what is asked for; its class has a row in ``core.attention.tasks.TASKS``.
        at_rest: it can wait until typing rests.
    """

    slot: Slot[Any]
    request: Any
    at_rest: bool = False


MAP: Final = Slot("map", AttentionMap)
"""The map of the text."""
HEADS: Final = Slot("heads", HeadsGrid)
"""All heads of the text."""
LINKING: Final = Slot("linking_heads", LinkingHeads)
"""The weight of the picked cell in every head."""


class Status(Enum):
    """What the stage has to show."""

    EMPTY = "empty"
    """Nothing was typed."""
    WAITING = "waiting"
    """The first answer is awaited; what is on the stage, if anything, is older."""
    SHOWN = "shown"
    """The stage shows what was asked for, or the moment before it."""
    REFUSED = "refused"
    """What was asked for can't be done; ``AttentionState.trouble`` says why and what to do."""


@dataclass(slots=True)
class AttentionState:
    """The newest answer of each kind; ``state[slot]`` is None while there is none.

    Attributes:
        status: what the stage has to show.
        trouble: one or two sentences while refused.
        is_untrained: it was refused because a small model of ours has not been trained yet.
        may_go_better: trying again what was refused may help: a folder may have been mended, but a text stays long.
        preparing: what takes time just now; None when nothing does.
        answers: by the name of their slot.
        requests: by the same, what they answer.
        bases: by the same, what the answers of a slot that has an ``about`` are a part of.
        cards: what is known of each model, by the name it was asked for.
    """

    status: Status = Status.EMPTY
    trouble: str = ""
    is_untrained: bool = False
    may_go_better: bool = True
    preparing: Preparing | None = None
    answers: dict[str, Any] = field(default_factory=dict)
    requests: dict[str, Any] = field(default_factory=dict)
    bases: dict[str, Any] = field(default_factory=dict)
    cards: dict[str, ModelCard] = field(default_factory=dict)

    def __getitem__(self, slot: Slot[Kind]) -> Kind | None:
        answer: Kind | None = self.answers.get(slot.name)
        return answer

    @property
    def map(self) -> AttentionMap | None:
        """The map of the text."""
        return self[MAP]

    @property
    def heads_grid(self) -> HeadsGrid | None:
        """All heads of the text."""
        return self[HEADS]

    def clear(self) -> None:
        """Forget every answer about a text, but not the models."""
        self.answers = {name: answer for name, answer in self.answers.items() if not isinstance(answer, Answer)}
        self.requests = {name: request for name, request in self.requests.items() if name in self.answers}
        self.bases.clear()
        self.preparing = None

    def apply(self, wanted: Wanted, payloads: Iterable[Payload]) -> bool:
        """Take in payloads, oldest first.

        Args:
            wanted: what was asked for.
            payloads: what the task yielded.

        Returns:
            Whether the answer was among them.
        """
        slot = wanted.slot
        answered = False
        for payload in payloads:
            self.preparing = payload if isinstance(payload, Preparing) else None
            if isinstance(payload, Answer):
                for card in payload.cards:
                    self.cards[card.name] = card
            if isinstance(payload, slot.kind):
                self.answers[slot.name] = payload
                self.requests[slot.name] = wanted.request
                if slot.about is not None:
                    self.bases[slot.name] = self[slot.about]
                answered = True
        return answered
