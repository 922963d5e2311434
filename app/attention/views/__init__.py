"""What can stand on the stage, a row a view: everything that differs from view to view outside the view's own file.

One more view costs its file and a row here. Nothing in this file loads a view: its class is named by text and
imported when the tab is built, so that the table of actions can read the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.icons import IconName
from core.language import N_


@dataclass(frozen=True, slots=True)
class ViewSpec:
    """One view.

    Attributes:
        id: its name in settings and sessions.
        title: what stands on its button, marked with ``N_``.
        key: its key.
        icon: its drawing in the menu.
        builder: its class, by text; called with this row, look and selection.
        former: its id in earlier versions, where that was another.
        needs_vectors: it shows q, k and v, which a model that only gives maps has not.
        is_mechanism: it is one of the survey's mechanisms, which share a button that opens a menu of them.
        is_about_models: it is about small models of our own, whatever is typed; it stands in the same menu.
    """

    id: str
    title: str
    key: str
    icon: IconName
    builder: str
    former: str = ""
    needs_vectors: bool = False
    is_mechanism: bool = False
    is_about_models: bool = False

    @property
    def has_button(self) -> bool:
        """Whether it has a button of its own."""
        return not (self.is_mechanism or self.is_about_models)

    @property
    def action(self) -> str:
        """The id of the action that brings it onto the stage."""
        return f"at_view_{self.id}"


VIEWS: Final = (
    ViewSpec("map", N_("Map"), "1", "table", "app.attention.views.map:MapView"),
    ViewSpec("heads", N_("All heads"), "2", "attention", "app.attention.views.heads:HeadsView"),
    ViewSpec("links", N_("Lines"), "3", "swarm", "app.attention.views.links:LinksView", former="lines"),
    ViewSpec("steps", N_("Three steps"), "4", "step", "app.attention.views.steps.view:StepsView", needs_vectors=True),
    ViewSpec(
        "comparison", N_("Compare"), "5", "table", "app.attention.views.comparison:ComparisonView", former="compare"
    ),
    ViewSpec("alignment", N_("Alignment"), "6", "link", "app.attention.views.alignment:AlignmentView"),
    ViewSpec(
        "seq2seq", N_("Seq2Seq"), "Alt+0", "parameters", "app.attention.mechanisms.learned.seq2seq:Seq2SeqView",
        is_mechanism=True,
    ),
    ViewSpec(
        "scores", N_("Score functions"), "Alt+1", "parameters", "app.attention.mechanisms.scores:ScoresView",
        is_mechanism=True,
    ),
    ViewSpec(
        "multi_dimensional", N_("Multi-dimensional"), "Alt+2", "parameters",
        "app.attention.mechanisms.multi_dimensional:MultiDimensionalView", is_mechanism=True,
    ),
    ViewSpec(
        "hard", N_("Soft and hard"), "Alt+3", "parameters", "app.attention.mechanisms.hard:HardView",
        is_mechanism=True,
    ),
    ViewSpec(
        "local", N_("Global and local"), "Alt+4", "parameters", "app.attention.mechanisms.local:LocalView",
        is_mechanism=True,
    ),
    ViewSpec(
        "hierarchical", N_("Hierarchical"), "Alt+5", "parameters",
        "app.attention.mechanisms.learned.hierarchical:HierarchicalView", is_mechanism=True,
    ),
    ViewSpec(
        "over", N_("Attention over attention"), "Alt+6", "parameters",
        "app.attention.mechanisms.attention_over_attention:OverView", is_mechanism=True,
    ),
    ViewSpec(
        "memory", N_("Memory hops"), "Alt+7", "parameters", "app.attention.mechanisms.learned.memory:MemoryView",
        is_mechanism=True,
    ),
    ViewSpec(
        "self", N_("Self-attention"), "Alt+8", "parameters", "app.attention.mechanisms.self_attention:SelfView",
        is_mechanism=True,
    ),
    ViewSpec(
        "learning", N_("Train live"), "8", "play", "app.attention.learning.view:LearningView", is_about_models=True
    ),
    ViewSpec("report", N_("Report"), "9", "table", "app.attention.report.view:ReportView", is_about_models=True),
)  # fmt: skip
"""All views, in the order of their buttons."""
