"""Dependency parsers, where one is installed: which word of a sentence hangs on which, and how.

The program brings none: no Chinese parser ships its model in a package that can be kept. Whoever has one hands it
over: any object that keeps ``DependencyParser``, or a model of spaCy by its name or folder (``spacy_parser``).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from core.language import _
from core.one_line import reason_of
from core.synonyms.pairs import SynonymsError
from core.synonyms.sentences.bags import Mention


class DependencyParser(Protocol):
    """Anything that parses."""

    def parse(self, tokens: Sequence[str]) -> Sequence[tuple[int, str]]:
        """Return of each token the one it hangs on, itself for the root, and the name of the relation."""


class SpacyParser:
    """A model of spaCy.

    Args:
        model: a loaded pipeline with a parser.
    """

    def __init__(self, model: Any) -> None:
        self._model = model

    def parse(self, tokens: Sequence[str]) -> Sequence[tuple[int, str]]:
        """Parse words as they are parted, without parting them anew."""
        from spacy.tokens import Doc

        parsed = self._model(Doc(self._model.vocab, words=list(tokens), spaces=[False] * len(tokens)))
        return [(token.head.i, token.dep_) for token in parsed]


def spacy_parser(name: str) -> SpacyParser:
    """Load a model of spaCy.

    Args:
        name: of an installed model, such as ``zh_core_web_sm``, or its folder.

    Raises:
        SynonymsError: spaCy or the model is missing, or it doesn't parse.
    """
    try:
        import spacy

        model = spacy.load(name)
    except (ImportError, OSError, ValueError) as error:
        message = _("No dependency parser {name} ({reason}). Install one: pip install spacy; spacy download {name}")
        raise SynonymsError(message.format(name=name, reason=reason_of(error))) from error
    if "parser" not in model.pipe_names:
        raise SynonymsError(_("{name} has no dependency parser. Choose a model that has.").format(name=name))
    return SpacyParser(model)


def way_between(parser: DependencyParser, mention: Mention) -> str | None:
    """Return the way through the tree from the first word of the pair in the sentence to the second.

    Steps up to the word they meet at are told before those down from it: ``X ↑conj ↓dobj Y``. None where the tree
    doesn't join them.
    """
    links = parser.parse(mention.tokens)
    left, right = sorted((mention.first, mention.second))
    up, down = _to_root(links, left), _to_root(links, right)
    meeting = next((node for node in up if node in down), None)
    if meeting is None:
        return None
    rising = [f"↑{links[node][1]}" for node in up[: up.index(meeting)]]
    falling = [f"↓{links[node][1]}" for node in reversed(down[: down.index(meeting)])]
    return " ".join(("X", *rising, *falling, "Y"))


def _to_root(links: Sequence[tuple[int, str]], node: int) -> list[int]:
    """Return ``node`` and what it hangs on, up to the root; a parser whose links run in a circle ends it, too."""
    passed = [node]
    while (head := links[node][0]) not in passed:
        passed.append(head)
        node = head
    return passed
