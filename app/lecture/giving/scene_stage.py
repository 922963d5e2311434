"""Scenes and the window: one is taken from what stands there, and one is put up."""

from __future__ import annotations

import logging
from dataclasses import replace
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from app.lecture.host import Host
from app.sentence import Sentence
from app.tab import Tab
from core.language import N_, _
from core.lecture.checks import check_state
from core.lecture.differences import Difference, differences
from core.lecture.lecture import Scene

LOOK_EVERY: Final = 50
"""Milliseconds between two looks whether a page has come to where its scene is, so that what the scene runs begins."""

log = logging.getLogger(__name__)


class SceneStage(QObject):
    """Puts scenes up, and has what they run begin when their page is there. It never waits: the next scene may come."""

    def __init__(self, host: Host, parent: QObject) -> None:
        super().__init__(parent)
        self._host = host
        self._scene: Scene | None = None
        self._before_run: tuple[Difference, ...] | None = None
        self._expecting: set[Tab] = set()
        self._awaiting = QTimer(self, interval=LOOK_EVERY)
        self._awaiting.timeout.connect(self._look)

    @property
    def is_settled(self) -> bool:
        """Whether the page has come to where its scene is, and what the scene runs has come to its end."""
        return not self._awaiting.isActive() and not self._host.open_tab.is_busy

    @property
    def differences(self) -> tuple[Difference, ...]:
        """Where the page shows something else than its scene asks for, before what the scene runs began."""
        return self._differing() if self._before_run is None else self._before_run

    def take(self, like: Scene | None = None) -> Scene | None:
        """Return what stands in the window as a scene.

        Args:
            like: whose words and run it keeps; None for a scene without words.

        Returns:
            None while there is no page yet.

        Raises:
            LectureError: the page shows what no lecture may name: a file, a folder or a module of this machine.
        """
        page = self._host.open_tab.page
        if page is None:
            return None
        explains = self._host.actions_table["explain"].isChecked()
        scene = Scene(page.page_id, self._host.open_tab.save_page(), explain=explains)
        check_state(scene.state, _("This page"))
        if like is None:
            return scene
        run = like.run if like.page == scene.page else None
        return replace(scene, caption=like.caption, notes=like.notes, section=like.section, zoom=like.zoom, run=run)

    def show(self, scene: Scene) -> None:
        """Put ``scene`` up; what the one before it runs is left where it is."""
        self.leave()
        host = self._host
        host.actions_table["explain"].setChecked(scene.explain)
        host.open(scene.tab)
        self._scene = scene
        try:
            host.open_tab.restore_page(scene.page, scene.state)
        except Exception:  # whatever stands in the file, the lecture goes on
            log.exception("A scene on %s could not be put up", scene.page)
            host.messages.show_message(
                "warning", Sentence(N_("This scene can't be shown as it was saved. The next one can be shown."))
            )
            return
        if scene.run is not None:
            self._awaiting.start()

    @Slot()
    def leave(self) -> None:
        """Let what a scene runs, or was about to, stand still."""
        if self._scene is not None:
            self._awaiting.stop()
            self._host.open_tab.hold()
            self._scene = self._before_run = None

    def expect(self, later: tuple[Scene, ...]) -> None:
        """Tell the tab in front which scenes will be put up there later; with none, nothing is made ready any more."""
        if not later:
            for tab in self._expecting:
                tab.expect(())
            self._expecting.clear()
            return
        tab = self._host.open_tab
        self._expecting.add(tab)
        tab.expect(tuple(scene for scene in later if scene.tab == tab.context))

    @Slot()
    def _look(self) -> None:
        """Begin what the scene runs, once its page is there."""
        scene, tab = self._scene, self._host.open_tab
        if scene is None or scene.run is None or scene.tab != tab.context:  # somebody has gone elsewhere by hand
            self._awaiting.stop()
        elif not tab.is_busy:
            self._awaiting.stop()
            self._before_run = self._differing()
            tab.perform(scene.run)

    def _differing(self) -> tuple[Difference, ...]:
        scene, page = self._scene, self._host.open_tab.page
        if scene is None:
            return ()
        if page is None or page.page_id != scene.page:
            return (("page", scene.page, None if page is None else page.page_id),)
        return differences(scene.state, self._host.open_tab.save_page())
