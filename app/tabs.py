"""The tabs of the window, a row each: everything that differs from tab to tab outside the tab's own folder.

A fourth tab costs its folder and a row here. Nothing in this file loads a tab: its class is named by text and
imported when the tab is first opened, so that the window's first second pays for one tab only.
"""

from __future__ import annotations

from dataclasses import dataclass
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Final

from app.action import ActionSpec
from app.attention.actions import ROWS as ATTENTION
from app.attention.scenes import PAGE_IDS as ATTENTION_PAGES
from app.attention.scenes import RUNS as ATTENTION_RUNS
from app.documents.file_kind import FileKind
from app.icons import IconName
from app.policy_gradient.actions import ROWS as POLICY_GRADIENT
from app.policy_gradient.scenes import PAGE_IDS as POLICY_GRADIENT_PAGES
from app.policy_gradient.scenes import PLAY
from app.policy_gradient.scenes import RUNS as POLICY_GRADIENT_RUNS
from app.synonyms.actions import ROWS as SYNONYMS
from app.synonyms.scenes import PAGE_IDS as SYNONYMS_PAGES
from app.synonyms.scenes import RUNS as SYNONYMS_RUNS
from core.language import N_
from core.lecture.known import Known, RunSpec

if TYPE_CHECKING:
    from app.background import Background
    from app.panel import Look
    from app.tab import Tab
    from app.welcome.live_picture import LivePicture


@dataclass(frozen=True, slots=True)
class LaneSpec:
    """A worker process that a tab uses.

    Attributes:
        name: as ``Background.start`` knows it.
        preload: modules it imports as soon as it is warmed.
    """

    name: str
    preload: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WelcomeSpec:
    """A tab's card of the welcome.

    Attributes:
        title: what one sees there, marked with ``N_``.
        text: one or two sentences of it, marked with ``N_``.
        button: what its button says, marked with ``N_``.
        picture: the class of what moves on it, by text.
        page: id of the page it leads to.
        run: what begins there, as a scene of a lecture runs it; None for nothing.
    """

    title: str
    text: str
    button: str
    picture: str
    page: str
    run: str | None = None

    def build_picture(self, look: Look) -> LivePicture:
        """Import what moves and make it."""
        picture: LivePicture = resolve_name(self.picture)(look)
        return picture


@dataclass(frozen=True, slots=True)
class TabSpec:
    """One tab.

    Attributes:
        id: its name in settings, action contexts and page ids.
        title: what stands on it.
        icon: its drawing.
        builder: its class, by text; called with look and background.
        actions: its rows of the table of actions.
        lanes: the workers it uses.
        pages: ids of its pages.
        opens: what it opens that is dropped onto the window; its document is ``Tab.document``.
        runs: what a scene of a lecture can run on them.
        welcome: its card of the welcome; None for none.
        hint: what is said beside the one thing to do there first, marked with ``N_``.
    """

    id: str
    title: str
    icon: IconName
    builder: str
    actions: tuple[ActionSpec, ...]
    lanes: tuple[LaneSpec, ...]
    pages: tuple[str, ...]
    opens: tuple[FileKind, ...]
    runs: tuple[RunSpec, ...] = ()
    welcome: WelcomeSpec | None = None
    hint: str = ""

    def build(self, look: Look, background: Background) -> Tab:
        """Import the tab and make it."""
        tab: Tab = resolve_name(self.builder)(look, background)
        return tab


TABS: Final = (
    TabSpec(
        "policy_gradient",
        N_("Policy gradient"),
        "cart-pole",
        "app.policy_gradient.tab:PolicyGradientTab",
        POLICY_GRADIENT,
        (
            LaneSpec("training", ("core.policy_gradient.train", "gymnasium.envs.classic_control", "pygame")),
            LaneSpec("playing", ("core.policy_gradient.playing.game", "gymnasium.envs.classic_control")),
            LaneSpec("runs"),
            LaneSpec("anatomy"),
            LaneSpec("recording"),
            LaneSpec("shelf"),
        ),
        POLICY_GRADIENT_PAGES,
        (FileKind.RUN, FileKind.CHECKPOINT),
        POLICY_GRADIENT_RUNS,
        WelcomeSpec(
            N_("Watch it learn"),
            N_("The pole falls at once. Some hundred episodes later it stands: a policy gradient, live."),
            N_("Train an agent"),
            "app.policy_gradient.welcome_picture:EpisodePicture",
            "policy_gradient.live",
            PLAY.do,
        ),
        N_("Press the space bar, and an agent learns before your eyes."),
    ),
    TabSpec(
        "attention",
        N_("Attention"),
        "attention",
        "app.attention.tab:AttentionTab",
        ATTENTION,
        (
            LaneSpec("attention", ("core.attention.tasks.attention_map", "core.attention.encoders.e5")),
            LaneSpec("learning"),
            LaneSpec("report"),
        ),
        ATTENTION_PAGES,
        (FileKind.SESSION, FileKind.ARRAYS, FileKind.MODEL, FileKind.TEXT),
        ATTENTION_RUNS,
        WelcomeSpec(
            N_("See what it looks at"),
            N_("Every layer of a real model, word by word. Type a sentence of your own and see its map."),
            N_("Open the map"),
            "app.attention.welcome_picture:LayersPicture",
            "attention.map",
        ),
        N_("Type a sentence of your own here: the map follows every key."),
    ),
    TabSpec(
        "synonyms",
        N_("Synonyms"),
        "synonyms",
        "app.synonyms.tab:SynonymsTab",
        SYNONYMS,
        (
            LaneSpec("evidence", ("core.synonyms.evidence.gather",)),
            LaneSpec("ranking", ("core.synonyms.queue.planner",)),
            LaneSpec("table", ("core.synonyms.store.table_task",)),
            LaneSpec("mining"),
            LaneSpec("exchange"),
            LaneSpec("asking"),
            LaneSpec("evaluation"),
        ),
        SYNONYMS_PAGES,
        (FileKind.STORE, FileKind.PAIRS),
        SYNONYMS_RUNS,
        welcome=WelcomeSpec(
            N_("Label synonyms"),
            N_("Vectors find left for right. A person decides, one key a pair, and a model learns which to ask next."),
            N_("Judge a pair"),
            "app.synonyms.welcome_picture:PairsPicture",
            "synonyms.card",
        ),
        hint=N_("One key decides, and the next pair comes. Backspace takes the last verdict back."),
    ),
)
"""All tabs, in their order."""


def tab_named(tab_id: str) -> TabSpec:
    """Return the row of ``tab_id``.

    Raises:
        KeyError: there is no such tab.
    """
    return {tab.id: tab for tab in TABS}[tab_id]


def known_to_lectures() -> Known:
    """Return what a lecture may name in this version of the program."""
    pages = frozenset(page for tab in TABS for page in tab.pages)
    return Known(pages, {tab.id: tab.runs for tab in TABS})
