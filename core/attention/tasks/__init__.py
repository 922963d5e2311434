"""What a worker is asked for, one file an answer, and the table that says which file answers what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from core.attention.learned.live.events import TwinRequest
from core.attention.learned.report_events import ReportRequest
from core.attention.requests import (
    AlignmentRequest,
    AttentionRequest,
    ComparisonRequest,
    FormulasRequest,
    HeadsRequest,
    LinkingHeadsRequest,
    OpenArraysRequest,
    StepsRequest,
)
from core.attention.tasks.learned.requests import ClozeRequest, MemoryRequest, ReviewRequest, TranslationRequest
from core.attention.tasks.mechanisms.requests import (
    HardRequest,
    LocalRequest,
    OverRequest,
    RowsRequest,
    ScoreRequest,
    SelfRequest,
)

_MECHANISMS: Final = "core.attention.tasks.mechanisms"
_LEARNED: Final = "core.attention.tasks.learned"


@dataclass(frozen=True, slots=True)
class TaskSpec:
    """What answers one kind of request. Functions are named by text: the window's process imports none of them.

    Attributes:
        task: called with ``request``; yields what takes time, then the answer.
        table: called with the answer; yields the rows of its table, names first. Empty where there is none.
    """

    task: str
    table: str = ""


TASKS: Final[dict[type, TaskSpec]] = {
    AttentionRequest: TaskSpec("core.attention.tasks.attention_map:attend", "core.attention.tasks.attention_map:table"),
    HeadsRequest: TaskSpec("core.attention.tasks.heads:show_heads", "core.attention.tasks.heads:table"),
    LinkingHeadsRequest: TaskSpec(
        "core.attention.tasks.linking_heads:rank_heads", "core.attention.tasks.linking_heads:table"
    ),
    StepsRequest: TaskSpec("core.attention.tasks.steps:step_through", "core.attention.tasks.steps:table"),
    ComparisonRequest: TaskSpec("core.attention.tasks.comparison:compare", "core.attention.tasks.comparison:table"),
    AlignmentRequest: TaskSpec("core.attention.tasks.alignment:align", "core.attention.tasks.alignment:table"),
    OpenArraysRequest: TaskSpec("core.attention.tasks.own_arrays:open_arrays"),
    FormulasRequest: TaskSpec("core.attention.tasks.formulas:typeset_formulas"),
    ScoreRequest: TaskSpec(f"{_MECHANISMS}.scores:show_scores", f"{_MECHANISMS}.scores:table"),
    LocalRequest: TaskSpec(f"{_MECHANISMS}.local:show_local", f"{_MECHANISMS}.local:table"),
    HardRequest: TaskSpec(f"{_MECHANISMS}.hard:show_hard", f"{_MECHANISMS}.hard:table"),
    RowsRequest: TaskSpec(f"{_MECHANISMS}.multi_dimensional:show_rows", f"{_MECHANISMS}.multi_dimensional:table"),
    OverRequest: TaskSpec(
        f"{_MECHANISMS}.attention_over_attention:show_over", f"{_MECHANISMS}.attention_over_attention:table"
    ),
    SelfRequest: TaskSpec(f"{_MECHANISMS}.self_attention:show_self", f"{_MECHANISMS}.self_attention:table"),
    ReportRequest: TaskSpec(
        "core.attention.learned.report_task:show_recorded", "core.attention.learned.report_task:table"
    ),
    TwinRequest: TaskSpec("core.attention.learned.live.run:show_twin"),
    TranslationRequest: TaskSpec(f"{_LEARNED}.translation:translate", f"{_LEARNED}.translation:table"),
    MemoryRequest: TaskSpec(f"{_LEARNED}.memory:answer", f"{_LEARNED}.memory:table"),
    ClozeRequest: TaskSpec(f"{_LEARNED}.cloze:fill", f"{_MECHANISMS}.attention_over_attention:table"),
    ReviewRequest: TaskSpec(f"{_LEARNED}.reviews:judge", f"{_LEARNED}.reviews:table"),
}
"""By the class of the request."""


def task_for(request: object) -> TaskSpec:
    """Return what answers ``request``.

    Raises:
        KeyError: nothing does.
    """
    return TASKS[type(request)]
