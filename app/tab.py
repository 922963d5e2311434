"""What the main window asks of a tab."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from app.actions import Actions, Context
from app.documents.document import Document
from app.documents.file_kind import FileKind
from app.page import Page
from app.panel import Panel

if TYPE_CHECKING:
    from core.lecture.lecture import Scene


class Tab(Panel):
    """One subject of the laboratory. The main window assembles tabs and knows nothing of what is in them.

    Attributes:
        context: the rows of the action table that belong to it, and its name in the settings.
        exports: ids of its actions that write what the page in front shows into a file.

    Signals:
        message: kind (info, success, warning, error) and text of a message for the person at the screen; plain
            text, or a ``Sentence``, which follows the language.
        message_withdrawn: a text it said that is no longer so.
        page_changed: another page is in front.
        first_used: the one thing to do here first has been done.
    """

    context: Context
    exports: ClassVar[tuple[str, ...]] = ()

    message = Signal(str, object)
    message_withdrawn = Signal(object)
    page_changed = Signal()
    first_used = Signal()

    @property
    def page(self) -> Page | None:
        """The page in front; None while there is none yet."""
        return None

    @property
    def foot(self) -> QWidget | None:
        """The bar at its foot, which no message covers; None for none."""
        return None

    @property
    def document(self) -> Document | None:
        """What it has open, as the File menu knows it; the same object as long as there is the tab; None for none."""
        return None

    def open_files(self, kind: FileKind, paths: tuple[Path, ...]) -> None:
        """Open files of a kind that the tab's row in ``app/tabs.py`` names, the first of them at least."""

    @property
    def hint_target(self) -> QWidget | None:
        """The one thing to do here first, which the hint in the tab's row points at; None while it isn't in front."""
        return None

    @property
    def pressed_parts(self) -> tuple[QWidget, ...]:
        """What is pressed on the page in front beside its foot, which no message covers either."""
        return ()

    def connect_actions(self, actions: Actions) -> None:
        """Say what the tab's actions do."""

    def opened(self) -> None:
        """The tab has come to the front: warm what it needs, resume what it shows."""

    def left(self) -> None:
        """Another tab has come to the front: show nothing that nobody sees."""

    def closed(self) -> None:
        """The window has been closed for good: let go of files and connections."""

    def take_focus(self) -> None:
        """Give the keyboard to what the keys of the page in front are about; never to a field."""
        self.setFocus()

    def turn(self, by: int) -> None:
        """Go on (1) or back (-1), as a clicker asks: show more, and change nothing that is kept."""

    def present(self, on: bool) -> None:
        """Enter or leave presentation: the stage grows, choices leave."""

    @property
    def page_widget(self) -> QWidget:
        """The page in front, without what stands beside it."""
        return self

    def image(self) -> QImage:
        """Return the picture of the page in front, to be copied."""
        return self.page_widget.grab().toImage()

    def copy_numbers(self) -> bool:
        """Copy the numbers of the page in front, perhaps a moment later; return whether it has any."""
        return False

    def open_page(self, page_id: str) -> None:
        """Bring a page to the front, as soon as there is one; an id that is none of its pages' is ignored."""

    def restore_page(self, page_id: str, state: Mapping[str, Any]) -> None:
        """Bring a page to the front and put it into ``state``, as soon as it is there.

        Args:
            page_id: as for :meth:`open_page`.
            state: what :meth:`save_page` gave; what cannot be used of it is left as it is.
        """
        self.open_page(page_id)
        page = self.page
        if page is not None and page.page_id == page_id:
            page.restore_state(state)

    def save_page(self) -> dict[str, Any]:
        """Return what :meth:`restore_page` needs to bring back the page in front, which is there."""
        assert self.page is not None  # whoever asks has looked
        return self.page.save_state()

    def set_aside(self) -> Callable[[], None]:
        """Make room for the scenes of a lecture; return what puts everything back as it is now.

        Nothing that a person has typed, chosen, trained or labelled is lost by what is shown meanwhile, and nothing of
        that is kept. Called before the first scene is put up here.
        """
        page = self.page
        if page is None:
            return lambda: None
        return partial(self.restore_page, page.page_id, page.save_state())

    @property
    def is_busy(self) -> bool:
        """Whether what the page in front is to show, or what a scene runs on it, is still on its way."""
        return False

    def perform(self, run: Mapping[str, Any]) -> None:
        """Begin what a scene runs: one of the tab's ``runs`` in ``app/tabs.py``; what can't be run now is not."""

    def hold(self) -> None:
        """Leave what a scene runs where it is, at once."""

    def expect(self, scenes: tuple[Scene, ...]) -> None:
        """Make ready, in quiet moments, what takes long in ``scenes``: they will be put up here later, if any will."""

    def save_settings(self) -> dict[str, Any]:
        """Return what the next start should find again, as plain JSON values."""
        return {}

    def restore_settings(self, remembered: dict[str, Any]) -> None:
        """Take up what :meth:`save_settings` gave; anything unusable is ignored."""
