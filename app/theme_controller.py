"""What puts a theme on: the window's, and that of the pictures in it, which can be as on paper in a dark window too."""

from __future__ import annotations

from dataclasses import asdict, replace
from functools import lru_cache

from PySide6.QtCore import QObject, Qt, Signal, Slot
from PySide6.QtGui import QStyleHints
from PySide6.QtWidgets import QApplication

from app.icons import TintedFiles
from app.scale import UiScale
from app.style import style_sheet
from app.theme import Theme, ThemeChoice, theme_of


class WornTheme(QObject):
    """A theme that something wears.

    Signals:
        changed: the ``Theme`` now worn, after it is worn; also after a zoom.
    """

    changed = Signal(object)

    @property
    def theme(self) -> Theme:
        """The theme worn now."""
        raise NotImplementedError

    @property
    def of_pictures(self) -> WornTheme:
        """The theme that the pictures wear in what wears this one."""
        raise NotImplementedError


class PictureTheme(WornTheme):
    """The theme of the pictures in a window: the window's own, or, as on paper, the light one.

    Strokes and sizes are the window's either way. A window that is light already has its pictures on paper.
    """

    def __init__(self, window: ThemeController) -> None:
        super().__init__(window)
        self._window = window
        self._is_on_paper = False
        self._theme = self._resolve()
        window.changed.connect(self._on_changed)

    @property
    def theme(self) -> Theme:
        """The theme worn now."""
        return self._theme

    @property
    def of_pictures(self) -> WornTheme:
        """Itself: what is in a picture belongs to it."""
        return self

    @property
    def is_on_paper(self) -> bool:
        """Whether pictures were asked for as on paper."""
        return self._is_on_paper

    def show_on_paper(self, on: bool) -> None:
        """Show pictures as on paper from now on, or as the window is."""
        if on != self._is_on_paper:
            self._is_on_paper = on
            self._apply()

    def _resolve(self) -> Theme:
        worn = self._window.theme
        if not (self._is_on_paper and worn.dark):
            return worn
        return replace(theme_of("light"), pen_scale=worn.pen_scale, enlargement=worn.enlargement)

    @Slot()
    def _on_changed(self) -> None:
        self._apply()

    def _apply(self) -> None:
        self._theme = self._resolve()
        self.changed.emit(self._theme)


@lru_cache(maxsize=1)
def _files() -> TintedFiles:
    """Return the small pictures of style sheets: of the process, since its sheet outlives whoever put it on."""
    return TintedFiles()


def apply_theme(app: QApplication, theme: Theme, scale: UiScale) -> None:
    """Dress ``app`` in ``theme`` at ``scale``: palette and font. Its style should be Fusion.

    Args:
        app: the application.
        theme: the look.
        scale: all sizes; its enlargement must already be the theme's.
    """
    app.setPalette(theme.palette())
    app.setFont(scale.font())


def apply_sheet(app: QApplication, theme: Theme, scale: UiScale, files: TintedFiles) -> None:
    """Dress ``app`` in the style sheet of ``theme`` at ``scale``.

    Args:
        app: the application.
        theme: the look.
        scale: all sizes.
        files: where the style sheet's small pictures (ticks, arrows) are kept in the theme's colours.
    """
    colours = {name: value for name, value in asdict(theme.colours).items() if isinstance(value, str)}
    app.setStyleSheet(style_sheet(colours, scale, files.path))


def system_scheme(hints: QStyleHints) -> Qt.ColorScheme:
    """Return what the system prefers; ``Unknown`` where it has no say. Nothing must be set in ``hints``."""
    return hints.colorScheme()


class ThemeController(WornTheme):
    """Wears one theme at a time and puts it on again whenever theme, zoom or the system's scheme changes."""

    def __init__(
        self, app: QApplication, scale: UiScale, choice: ThemeChoice = "system", *, with_sheet: bool = True
    ) -> None:
        """Dress ``app`` and keep it dressed.

        Args:
            app: the application.
            scale: all sizes.
            choice: which theme.
            with_sheet: put the style sheet on now; else it comes with :meth:`put_on_sheet`.
        """
        super().__init__()  # whoever made it owns it: the application outlives every window
        self._app = app
        self._scale = scale
        self._choice: ThemeChoice = choice
        self._applying = False
        self._has_sheet = with_sheet
        self._theme = theme_of("light")
        app.setStyle("Fusion")
        self._apply()
        self._of_pictures = PictureTheme(self)
        scale.changed.connect(self._on_scale_changed)
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    def close(self) -> None:
        """Hear no more of the system's light or dark: what would wear it has gone."""
        self._app.styleHints().colorSchemeChanged.disconnect(self._on_scheme_changed)

    @property
    def theme(self) -> Theme:
        """The theme worn now."""
        return self._theme

    @property
    def of_pictures(self) -> PictureTheme:
        """The theme that the pictures in the window wear."""
        return self._of_pictures

    @property
    def choice(self) -> ThemeChoice:
        """What was chosen: what settings keep."""
        return self._choice

    def put_on_sheet(self) -> None:
        """Put the style sheet on, once the window is built.

        With a sheet, Qt dresses a widget and all in it anew whenever it gets a parent: a window that is built under
        one is dressed many times over before it is seen once.
        """
        self._has_sheet = True
        apply_sheet(self._app, self._theme, self._scale, _files())

    def choose(self, choice: ThemeChoice) -> None:
        """Wear ``choice`` from now on."""
        if choice != self._choice:
            self._choice = choice
            self._apply()

    @Slot(float)
    def _on_scale_changed(self, _factor: float) -> None:
        if not self._applying:
            self._apply()

    @Slot(Qt.ColorScheme)
    def _on_scheme_changed(self, _scheme: Qt.ColorScheme) -> None:
        if not self._applying and self._choice == "system":
            self._apply()

    def _apply(self) -> None:
        # Setting the scheme and the scale makes Qt and the scale report back; they need not be heard now.
        self._applying = True
        try:
            self._theme = self._resolve()
            self._scale.set_enlargement(self._theme.enlargement)
            apply_theme(self._app, self._theme, self._scale)
            if self._has_sheet:
                apply_sheet(self._app, self._theme, self._scale, _files())
        finally:
            self._applying = False
        self.changed.emit(self._theme)

    def _resolve(self) -> Theme:
        """Tell Qt, and with it title bars and the system's dialogs, the scheme; return the theme for it."""
        hints = self._app.styleHints()
        if self._choice == "system":
            hints.unsetColorScheme()
            return theme_of("dark" if system_scheme(hints) == Qt.ColorScheme.Dark else "light")
        theme = theme_of(self._choice)
        hints.setColorScheme(Qt.ColorScheme.Dark if theme.dark else Qt.ColorScheme.Light)
        return theme
