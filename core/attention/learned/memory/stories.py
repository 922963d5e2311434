"""Stories told by a simulator: people go about, take things and put them down; then something is asked.

After the tasks of Weston et al. 2015, "Towards AI-complete question answering" (bAbI), with a world of our own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from random import Random
from typing import Final

from core.attention.learned.memory import words as w

SHORTEST: Final = 5
LONGEST: Final = 20
"""Sentences of a story."""


@dataclass(frozen=True, slots=True)
class Story:
    """What happened, what is asked, and what has to be known for it.

    Attributes:
        facts: sentences of three words each.
        question: two or three words.
        answer: one word.
        supports: which facts the answer follows from, in the order in which they are needed.
    """

    facts: tuple[tuple[str, str, str], ...]
    question: tuple[str, ...]
    answer: str
    supports: tuple[int, ...]


@dataclass(slots=True)
class World:
    """Who is where and holds what, and since which sentence.

    Attributes:
        facts: what has been told.
        moves: sentences in which each person went somewhere.
        holder: who holds each thing that is held.
        lying: where each thing lies that was put down; one that nobody has touched yet may be anywhere.
        handled: the sentence in which each thing was last taken or put down.
        path: for each thing the places it has been in, each with the sentences that say so.
    """

    facts: list[tuple[str, str, str]] = field(default_factory=list)
    moves: dict[str, list[int]] = field(default_factory=lambda: {person: [] for person in w.PEOPLE})
    holder: dict[str, str] = field(default_factory=dict)
    lying: dict[str, str] = field(default_factory=dict)
    handled: dict[str, int] = field(default_factory=dict)
    path: dict[str, list[tuple[str, tuple[int, ...]]]] = field(
        default_factory=lambda: {thing: [] for thing in w.THINGS}
    )

    def place_of(self, person: str) -> str | None:
        """Return where somebody is; None where that was not told."""
        return self.facts[self.moves[person][-1]][2] if self.moves[person] else None

    def held_by(self, person: str) -> list[str]:
        """Return what somebody holds."""
        return [thing for thing, holder in self.holder.items() if holder == person]

    def within_reach(self, person: str) -> list[str]:
        """Return what somebody can take where they are."""
        place = self.place_of(person)
        free = (thing for thing in w.THINGS if thing not in self.holder)
        return [thing for thing in free if place is not None and self.lying.get(thing, place) == place]

    def go(self, person: str, place: str) -> None:
        """Let somebody go, with what they hold."""
        self.moves[person].append(len(self.facts))
        self.facts.append((person, w.WENT, place))
        for thing in self.held_by(person):
            self.path[thing].append((place, (self.handled[thing], self.moves[person][-1])))

    def take(self, person: str, thing: str) -> None:
        """Let somebody take what is within reach."""
        self.handled[thing] = len(self.facts)
        self.lying.pop(thing, None)
        self.holder[thing] = person
        self.facts.append((person, w.TOOK, thing))
        place = self.place_of(person)
        if place is not None and not self.path[thing]:
            self.path[thing].append((place, (self.handled[thing], self.moves[person][-1])))

    def drop(self, person: str, thing: str) -> None:
        """Let somebody put down what they hold."""
        self.handled[thing] = len(self.facts)
        del self.holder[thing]
        place = self.place_of(person)
        if place is not None:
            self.lying[thing] = place
        self.facts.append((person, w.DROPPED, thing))


def stories(task: str, seed: int) -> Iterator[Story]:
    """Yield stories with a question of ``task``, without end, the same for the same seed."""
    rng = Random(f"{task} {seed}")  # noqa: S311  nothing secret is drawn
    while True:
        story = _ASK[task](_happened(rng), rng)
        if story is not None:
            yield story


def _happened(rng: Random) -> World:
    world = World()
    for _sentence in range(rng.randint(SHORTEST, LONGEST)):
        person = rng.choice(w.PEOPLE)
        free, held = world.within_reach(person), world.held_by(person)
        chance = rng.random()
        if chance < 0.4 and free:
            world.take(person, rng.choice(free))
        elif chance < 0.5 and held:
            world.drop(person, rng.choice(held))
        else:
            world.go(person, rng.choice([place for place in w.PLACES if place != world.place_of(person)]))
    return world


def _ask_one(world: World, rng: Random) -> Story | None:
    """Ask where somebody is."""
    person = rng.choice(w.PEOPLE)
    place = world.place_of(person)
    if place is None:
        return None
    return _story(world, (person, w.WHERE), place, (world.moves[person][-1],))


def _ask_two(world: World, rng: Random) -> Story | None:
    """Ask where a thing is: who took it last, and where did they go?"""
    thing = rng.choice(w.THINGS)
    if not world.path[thing]:
        return None
    place, _supports = world.path[thing][-1]
    handler = world.facts[world.handled[thing]][0]
    until = len(world.facts) if thing in world.holder else world.handled[thing]
    move = max(at for at in world.moves[handler] if at < until)
    return _story(world, (thing, w.WHERE), place, (world.handled[thing], move))


def _ask_three(world: World, rng: Random) -> Story | None:
    """Ask where a thing was before it came to a place."""
    thing = rng.choice(w.THINGS)
    if len(world.path[thing]) < 2:
        return None
    at = rng.randrange(1, len(world.path[thing]))
    (before, _one), (place, supports) = world.path[thing][at - 1], world.path[thing][at]
    if [known for known, _supports in world.path[thing]].count(place) > 1:
        return None  # "before" would mean several times
    return _story(world, (thing, place, w.BEFORE), before, (*supports, world.path[thing][at - 1][1][-1]))


def _ask_count(world: World, rng: Random) -> Story | None:
    """Ask how many things somebody holds."""
    person = rng.choice(w.PEOPLE)
    supports = tuple(at for at, fact in enumerate(world.facts) if fact[0] == person and fact[1] != w.WENT)
    held = len(world.held_by(person))
    if not supports or (held < 2 and rng.random() < 0.5):  # else nearly every answer would be zero or one
        return None
    return _story(world, (person, w.HOW_MANY), w.NUMBERS[held], supports)


def _ask_yes_no(world: World, rng: Random) -> Story | None:
    """Ask whether somebody is in a place, as often right as wrong."""
    person = rng.choice(w.PEOPLE)
    place = world.place_of(person)
    if place is None:
        return None
    is_there = rng.random() < 0.5
    asked = place if is_there else rng.choice([other for other in w.PLACES if other != place])
    return _story(world, (person, asked, w.IS_IN), w.YES if is_there else w.NO, (world.moves[person][-1],))


def _story(world: World, question: tuple[str, ...], answer: str, supports: tuple[int, ...]) -> Story:
    return Story(tuple(world.facts), question, answer, supports)


_ASK: Final[dict[str, Callable[[World, Random], Story | None]]] = {
    "one": _ask_one,
    "two": _ask_two,
    "three": _ask_three,
    "count": _ask_count,
    "yes-no": _ask_yes_no,
}
TASKS: Final = tuple(_ASK)
"""One, two and three supporting facts, counting, yes or no."""
