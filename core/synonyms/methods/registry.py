"""Every method: one row each."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from importlib import import_module
from math import exp
from typing import Any, Final

from core.language import N_, _
from core.synonyms.methods.method import Learning, MethodData
from core.synonyms.pairs import SynonymsError


@dataclass(frozen=True, slots=True)
class Method:
    """A method, loaded when it is used: some need torch.

    Attributes:
        name: its name in files and commands; also its module, of ``on_sentences`` if it reads them, its function, and
            in capitals its config.
        title: what people read, in English, to be translated when shown.
        paper: where it comes from.
        cost: seconds of the processor that one learning takes on our own split, roughly; progress is weighted by it.
        reads_sentences: it learns from sentences; without any it can't.
        asks_others: it asks all other methods, those that read sentences where there are any.
        is_log_odds: its scores are log-odds of a synonym; people are shown the probability.
        learns_pairs: it learns from pairs of which it is known whether they are synonyms.
    """

    name: str
    title: str
    paper: str
    cost: float
    reads_sentences: bool = False
    asks_others: bool = False
    is_log_odds: bool = False
    learns_pairs: bool = True

    @property
    def label(self) -> str:
        """What people read."""
        return _(self.title)

    def shown(self, score: float) -> float:
        """Return ``score`` as people and stores have it: log-odds as the probability they mean, others as they are."""
        return 1 / (1 + exp(-score)) if self.is_log_odds else score

    def config(self, seed: int) -> Any:
        """Return the usual config, with ``seed`` where it takes one."""
        usual = getattr(self._module, self.name.title().replace("_", "") + "Config")()
        seeded = any(each.name == "seed" for each in fields(usual))
        return replace(usual, seed=seed) if seeded else usual

    def learn(self, config: Any, data: MethodData) -> Learning:
        """Learn from ``data``.

        Raises:
            SynonymsError: it learns from pairs, and there are no synonyms among them, or nothing else.
        """
        if self.learns_pairs and not data.training.has_both:
            message = _("{method} learns from pairs of synonyms and from others, and there are none of one sort.")
            raise SynonymsError(message.format(method=self.label))
        function: Callable[[Any, MethodData], Learning] = getattr(self._module, self.name)
        return function(config, data)

    def mark(self, config: Any, data: MethodData) -> str:
        """Return a text that is another where what is learnt by ``config`` from ``data`` may be another."""
        return f"{self.name} {config} {data.mark()}"

    @property
    def _module(self) -> Any:
        folder = "core.synonyms.methods" + (".on_sentences" if self.reads_sentences else "")
        return import_module(f"{folder}.{self.name}")


METHODS: Final = {
    method.name: method
    for method in (
        Method("cosine", N_("Cosine"), "Mikolov et al. 2013", 1, learns_pairs=False),
        Method("cosine_centred", N_("Cosine, centred"), "Mu & Viswanath 2018", 1, learns_pairs=False),
        Method("csls", N_("CSLS"), "Conneau et al. 2018", 10, learns_pairs=False),
        Method("characters", N_("Shared characters"), "Jaccard 1901", 1, learns_pairs=False),
        Method("classifier", N_("Logistic regression"), "", 4, is_log_odds=True),
        Method("network", N_("Network"), "", 20, is_log_odds=True),
        Method("attract_repel", N_("Attract-Repel"), "Mrkšić et al. 2017", 20),
        Method("attract_repel_transfer", N_("Attract-Repel, carried over"), "Vulić et al. 2018", 16),
        Method("pseudo_senses", N_("Pseudo-senses"), "Ferret 2018", 15, reads_sentences=True, learns_pairs=False),
        Method("pcnn", N_("PCNN"), "Zeng et al. 2015; Lin et al. 2016", 40, reads_sentences=True, is_log_odds=True),
        Method("patterns", N_("Patterns"), "Hearst 1992", 8, reads_sentences=True, is_log_odds=True),
        Method("dpe", N_("DPE"), "Qu, Ren & Han 2017", 30, reads_sentences=True, is_log_odds=True),
        Method("reranker", N_("Re-ranker"), "Friedman 2001", 90, asks_others=True, is_log_odds=True),
    )
}
"""By name, in the order they are shown."""
