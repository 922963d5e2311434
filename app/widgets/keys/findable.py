"""What can be found among all there is to do: where each row of the table of actions is listed, and by which words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.action import LECTURE, LECTURING, PRESENTING, WINDOW, ActionSpec, Context
from app.actions import ACTIONS, key_name, without_dots
from app.tabs import TABS
from core.language import N_, _

_TITLES: Final = {tab.id: tab.title for tab in TABS} | {
    PRESENTING: N_("Presentation"),
    LECTURE: N_("A lecture is open"),
    LECTURING: N_("A lecture is being given"),
    WINDOW: N_("Everywhere"),
}


@dataclass(frozen=True, slots=True)
class Section:
    """Rows that stand together.

    Attributes:
        title: what stands over them, marked with ``N_``.
        rows: in the order of the menus.
        is_here: whether they are offered where one is.
    """

    title: str
    rows: tuple[ActionSpec, ...]
    is_here: bool


def sections(context: Context) -> list[Section]:
    """Return all there is to do: first what the page ``context`` and its tab offer, then what is offered everywhere.

    What pages elsewhere offer follows by tabs. What several of them offer is listed once, as the first has it, and
    not at all where the page in front offers it too.
    """
    here = context.partition(".")[0]
    offered = [spec for spec in ACTIONS if spec.context not in _TITLES or spec.context == here]
    at_hand = tuple(spec for spec in offered if spec.is_offered_in(context))
    found = [Section(_TITLES.get(here, ""), at_hand, is_here=True)]
    found += [Section(_TITLES[name], _of(name), is_here=True) for name in (WINDOW, PRESENTING, LECTURE, LECTURING)]
    names = {(spec.text, spec.group) for spec in at_hand}
    if here in _TITLES:
        elsewhere = tuple(spec for spec in _once(_of(here)) if (spec.text, spec.group) not in names)
        found.append(Section(N_("On the tab's other pages"), elsewhere, is_here=False))
    found += [Section(tab.title, _once(_of(tab.id)), is_here=False) for tab in TABS if tab.id != here]
    return [section for section in found if section.rows]


def matches(spec: ActionSpec, wanted: str) -> bool:
    """Return whether each word of ``wanted`` stands in what ``spec`` is called, in either language, or in its keys."""
    tab = _TITLES.get(spec.context.partition(".")[0], "")
    keys = (*map(key_name, spec.keys), *spec.keys)
    words = " ".join((title_of(spec), spec.text, spec.submenu, _(tab), tab, *keys)).casefold()
    return all(word in words for word in wanted.casefold().split())


def title_of(spec: ActionSpec) -> str:
    """Return what ``spec`` is called in a list: with the menu it needs to be understood, without a dialog's dots."""
    name = without_dots(_(spec.text))
    return _("{menu}: {action}").format(menu=_(spec.submenu), action=name) if spec.is_choice else name


def _of(heading: str) -> tuple[ActionSpec, ...]:
    return tuple(spec for spec in ACTIONS if spec.context.partition(".")[0] == heading)


def _once(rows: tuple[ActionSpec, ...]) -> tuple[ActionSpec, ...]:
    first: dict[tuple[str, str], ActionSpec] = {}
    for spec in rows:
        first.setdefault((spec.text, spec.group), spec)
    return tuple(first.values())
