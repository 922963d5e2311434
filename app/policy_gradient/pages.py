"""The pages of the policy gradient tab, a row each: everything that differs from page to page outside its own folder.

A page costs its folder and a row here. Nothing in this file loads a page: its class is named by text, so that the
table of actions can read the rows without a widget, and a page is imported when it is first opened.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from app.icons import IconName
from core.language import N_


@dataclass(frozen=True, slots=True)
class PageSpec:
    """One page.

    Attributes:
        id: its name within the tab.
        title: what stands on its button and in the menu.
        icon: its drawing.
        key: brings it to the front.
        builder: its class, a ``PolicyPage``, by text; called with look and the training session of the tab.
    """

    id: str
    title: str
    icon: IconName
    key: str
    builder: str

    @property
    def action_id(self) -> str:
        """The action that brings it to the front."""
        return f"pg_page_{self.id}"


PAGES: Final[tuple[PageSpec, ...]] = (
    PageSpec("live", N_("Live training"), "cart-pole", "F2", "app.policy_gradient.live.page:LivePage"),
)
"""All pages, in their order; the first is in front at the first start. One alone needs neither button nor key."""
