"""Texts that a translator knows: the grammar's sentences, dates, or those of a person's own pairs."""

from __future__ import annotations

from pathlib import Path

from app.attention.mechanisms.options import MechanismOptions
from core.attention.learned.dates.generator import drawn_writing, typed
from core.attention.learned.folders import examples_of, named
from core.attention.learned.translation.grammar.drawn import drawn_sentence

GRAMMAR, DATES = "grammar", "dates"


def world_of(options: MechanismOptions) -> str:
    """Return in which world the chosen model is at home: two models of one world can read the same."""
    if not options.opened:
        return DATES if options.translator == "dates" else GRAMMAR
    weights = Path(options.opened)
    if examples_of(weights):
        return options.opened
    known = named(weights)
    return DATES if known is not None and known.name.startswith("dates-") else GRAMMAR


def text_of(options: MechanismOptions, number: int) -> str:
    """Return the text of a number, always the same, in the world of the chosen model."""
    world = world_of(options)
    if world == GRAMMAR:
        return "".join(drawn_sentence(number).zh)
    if world == DATES:
        return typed(drawn_writing(number))
    examples = examples_of(Path(options.opened))
    return examples[number % len(examples)]
