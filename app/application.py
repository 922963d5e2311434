"""From nothing to a window.

The order of starting:

1. the platform: a display where there is one, else Qt's offscreen platform, so that nothing aborts;
2. the application object, its type and its sizes;
3. what the person chose before: settings, language, theme;
4. the log and the crash marker, now that there is a language to speak in;
5. the window and its tabs; it is shown, and painted;
6. only then the tab in front is opened: its worker starts, and loads torch and gymnasium while the person
   looks around. The other tabs are built when they are opened.
"""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLibraryInfo,
    QObject,
    QTimer,
    QtMsgType,
    QTranslator,
    Slot,
    qInstallMessageHandler,
)
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from app.background import Background
from app.crash import CrashMarker, install_excepthook, start_log, stop_log
from app.display import OFFSCREEN, choose_platform, why_not_opened
from app.explain import LANE as EXPLAIN_LANE
from app.fonts import load_fonts
from app.garbage import Collector
from app.icons import window_icon
from app.main_window import MainWindow
from app.motion.glide import Motion
from app.panel import Look
from app.scale import UiScale, comfortable_zoom
from app.sentence import Sentence
from app.settings import Settings, SettingsFile
from app.tabs import TABS
from app.theme import THEME_CHOICES, THEME_NAMES, ThemeChoice
from app.theme_controller import ThemeController
from app.worker_memory import WorkerMemory
from core.command_line import FAILED, INTERRUPTED, end
from core.language import LANGUAGES, Language, current_language, set_language, system_language
from core.paths import log_folder, settings_folder

_DISPLAY_PROBLEM: Final = "yaya_display_problem"
SAVE_AFTER: Final = 500
"""Milliseconds after the last change of language, look or zoom until it is saved: a crash loses nothing."""


def new_application() -> QApplication:
    """Make the one ``QApplication``; where the display that is expected can't be opened, it has none.

    What Qt says of platforms that it tries in vain is no news where another opens; :func:`display_problem` has it.
    """
    is_expected = choose_platform()
    QCoreApplication.setApplicationName("yaya-lab")
    QGuiApplication.setApplicationDisplayName("")
    QGuiApplication.setDesktopFileName("yaya-lab")
    plugins = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.PluginsPath)) / "platforms"
    said: list[str] = []

    def hear(kind: QtMsgType, _where: object, text: str) -> None:
        said.append(text)
        if kind is QtMsgType.QtFatalMsg:  # a platform that gives up: Qt aborts the process as soon as this returns
            os._exit(end(sys.stderr, why_not_opened(plugins, said), FAILED))

    former = qInstallMessageHandler(hear)
    try:
        application = QApplication(sys.argv[:1])
    finally:
        qInstallMessageHandler(former)
    if is_expected and not (has_display() and application.screens()):
        application.setProperty(_DISPLAY_PROBLEM, why_not_opened(plugins, said))
    return application


def display_problem(application: QApplication) -> str:
    """Return why the display that is expected could not be opened; empty where it could, or none is expected."""
    return str(application.property(_DISPLAY_PROBLEM) or "")


def has_display() -> bool:
    """Return whether what is drawn can be seen."""
    return QGuiApplication.platformName() != OFFSCREEN


class Laboratory(QObject):
    """The program in one object: what the window, the tour and the tests start and close."""

    def __init__(self, application: QApplication) -> None:
        super().__init__()
        self._application = application
        self._translator = QTranslator(self)
        self._file = SettingsFile(settings_folder())
        self.settings, problem = self._file.load()
        problems: list[Sentence | None] = [problem]
        self._apply_language(self.settings.language or system_language())
        problems.append(load_fonts())
        problems.append(start_log(log_folder()))
        self._marker = CrashMarker(log_folder())
        problems.append(self._marker.set())
        scale = self._scale_for(self.settings)
        self._first_zoom = scale.zoom
        self._theme = ThemeController(application, scale, self.settings.theme, with_sheet=False)
        self.motion = Motion(is_seen=has_display(), parent=self)
        self.look = Look(self._theme, scale, self.motion)
        self.background = Background(self)
        for tab in TABS:
            for lane in tab.lanes:
                self.background.add_lane(lane.name, preload=lane.preload)
        self.background.add_lane(EXPLAIN_LANE)
        self._worker_memory = WorkerMemory(self.background)
        application.setWindowIcon(window_icon())
        self.window = MainWindow(self.look, self.background)
        self._undo_excepthook = install_excepthook(self._tell_error)
        self.window.language_wanted.connect(self._next_language)
        self.window.theme_wanted.connect(self._next_theme)
        self.window.theme_chosen.connect(self._choose_theme)
        self.window.motion_reduced.connect(self._reduce_motion)
        self.window.paper_wanted.connect(self._show_on_paper)
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(SAVE_AFTER)
        self._saving.timeout.connect(self._save)
        self.window.greeter.changed.connect(self._saving.start)
        self._collector = Collector(self)
        self.window.painted.connect(self._collector.begin)
        self._is_closed = False
        self._was_saved_at_end = False
        self.window.painted.connect(self._save)  # a folder that cannot be written to is said now, not at the end
        self._theme.of_pictures.changed.connect(self._saving.start)  # with the window's theme, and by itself
        self.window.closing.connect(self._on_closing)
        self.window.restore_settings(self.settings)
        self._theme.put_on_sheet()
        for said in reversed(problems):  # the first of them stands in front
            if said is not None:
                self.window.messages.show_message("warning", said)

    def show(self) -> None:
        """Show the window."""
        self.window.show()

    @Slot()
    def greet_soon(self) -> None:
        """Welcome whoever is here for the first time, once everything that waits for the first paint has begun."""
        QTimer.singleShot(0, self, self.greet)

    @Slot()
    def greet(self) -> None:
        """Welcome whoever is here for the first time: what a start does, and nothing else that makes a window."""
        self.window.greeter.begin(self.settings)

    def close(self) -> None:
        """Close the window, end the workers, take the marker down. A second time does nothing."""
        if self._is_closed:
            return
        self._is_closed = True
        self.motion.arrive()
        self.window.close()
        self._saving.stop()
        self._collector.end()
        self._worker_memory.stop()
        self.background.close()
        self._undo_excepthook()
        self._marker.remove()
        stop_log()
        self._theme.close()
        self.window.deleteLater()

    def use_language(self, language: Language) -> None:
        """Show everything in ``language``, now and at the next start."""
        self.settings.language = language
        self._apply_language(language)
        for widget in QApplication.topLevelWidgets():
            QCoreApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
        self._saving.start()

    @Slot(int)
    def leave(self, number: int) -> None:
        """End the event loop, also that of an open dialog, as the system or Ctrl-C asks for it.

        Args:
            number: the signal; Ctrl-C ends the program as interrupted, the others as asked for.
        """
        self._application.exit(INTERRUPTED if number == signal.SIGINT else 0)

    def _scale_for(self, settings: Settings) -> UiScale:
        scale = UiScale(settings.zoom or 1.0)
        if settings.zoom is None:
            scale.set_zoom(comfortable_zoom(self._application.primaryScreen().availableSize(), scale.line))
        return scale

    def _apply_language(self, language: Language) -> None:
        set_language(language)
        QCoreApplication.removeTranslator(self._translator)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._translator.load(f"qtbase_{language}", folder):
            QCoreApplication.installTranslator(self._translator)

    def _tell_error(self, sentence: Sentence) -> None:
        self.window.messages.show_message("error", sentence)

    @Slot()
    def _next_language(self) -> None:
        at = LANGUAGES.index(current_language())
        self.use_language(LANGUAGES[(at + 1) % len(LANGUAGES)])

    @Slot()
    def _next_theme(self) -> None:
        names = THEME_NAMES
        self.use_theme(names[(names.index(self.look.theme.theme.name) + 1) % len(names)])

    @Slot(str)
    def _choose_theme(self, name: str) -> None:
        for choice in THEME_CHOICES:
            if choice == name != self._theme.choice:
                self.use_theme(choice)

    @Slot(bool)
    def _reduce_motion(self, on: bool) -> None:
        self.motion.reduce(on)
        if on != self.settings.reduces_motion:
            self.settings.reduces_motion = on
            self._saving.start()

    def use_theme(self, choice: ThemeChoice) -> None:
        """Wear a theme, or the system's, now and at the next start."""
        self._theme.choose(choice)
        self.settings.theme = choice
        self.window.actions_table[f"theme_{choice}"].setChecked(True)
        self._saving.start()  # also where the system's theme is the one worn

    @Slot(bool)
    def _show_on_paper(self, on: bool) -> None:
        self._theme.of_pictures.show_on_paper(on)
        self.settings.on_paper = on

    @Slot()
    def _on_closing(self) -> None:
        if not self._was_saved_at_end:
            self._was_saved_at_end = True
            self._save()

    @Slot()
    def _save(self) -> None:
        self._saving.stop()
        self.window.save_settings(self.settings)
        if self.look.scale.zoom != self._first_zoom:
            self.settings.zoom = self.look.scale.zoom
        problem = self._file.save(self.settings)
        if problem is not None:
            self.window.messages.show_message("warning", problem)
