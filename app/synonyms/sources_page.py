"""Sources: fill the store, see how far that is, and whose material it is."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QLabel,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from app.fonts import tabular
from app.icons import IconName, coloured_icon
from app.panel import Look, Panel
from app.style import mark
from app.synonyms.column import Column
from app.synonyms.keys import OwnKeys
from app.synonyms.mining import Mining, Stage
from app.synonyms.mining_form import MiningForm
from app.theme import Theme
from core.language import N_, _
from core.synonyms.mine.config import LABELS, MineConfig
from core.synonyms.shipped import SHIPPED

_BESIDE: Final = 62
"""Width in lines of text from which progress stands beside the form."""


class StoreChoices(Column):
    """Which store is open, and how to open another.

    Signals:
        wanted: address of the store to open.
    """

    wanted = Signal(str)

    def __init__(self, look: Look, keys: OwnKeys, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self._address, self._pairs = "", 0
        self.add_heading(N_("Store"))
        self.where = self.add_caption()
        self.open_button, self.new_button, self.go = QPushButton(), QPushButton(), QPushButton()
        self.say(self.open_button.setText, N_("Open a file…"))
        self.say(self.new_button.setText, N_("New file…"))
        self.say(self.go.setText, N_("Connect"))
        for button in (self.open_button, self.new_button):
            self.layout_.addWidget(button)
        self.server = QLineEdit()
        self.server.setObjectName("server")
        self.server.setPlaceholderText("postgresql://user@host/database")
        self.add_titled(N_("A team's server"), self.server)
        self.layout_.addWidget(self.go)
        self.layout_.addStretch()
        keys.keep(self.server)
        self.open_button.clicked.connect(self._open)
        self.new_button.clicked.connect(self._new)
        self.go.clicked.connect(self._connect)
        self.server.returnPressed.connect(self._connect)
        self.restyle(look.theme.theme)

    def show_store(self, address: str, where: str, pairs: int) -> None:
        """Say which store is open and how many pairs it holds."""
        self._address, self._pairs = address, pairs
        name = Path(where).name if "://" not in where else where
        self.where.setText(_("{name}: {n:,} pairs").format(name=name, n=pairs) if where else _("none is open"))
        self.where.setToolTip(where)

    @Slot()
    def _open(self) -> None:
        name, _kind = QFileDialog.getOpenFileName(
            self, _("Open a store"), str(Path(self._address).parent), "SQLite (*.db *.sqlite);;* (*)"
        )
        if name:
            self.wanted.emit(name)

    @Slot()
    def _new(self) -> None:
        name, _kind = QFileDialog.getSaveFileName(
            self, _("A new store"), str(Path(self._address).parent / "synonyms-2.db"), "SQLite (*.db)"
        )
        if name:
            self.wanted.emit(name if Path(name).suffix else f"{name}.db")

    @Slot()
    def _connect(self) -> None:
        if self.server.text().strip():
            self.wanted.emit(self.server.text().strip())


class StageRow(Panel):
    """One stage of a mining: its name, how far it is, what it brought."""

    def __init__(self, look: Look, grid: QGridLayout, row: int, parent: QWidget) -> None:
        super().__init__(look, parent)
        self._stage: Stage | None = None
        self.picture, self.name, self.bar, self.figures = QLabel(), QLabel(), QProgressBar(), QLabel()
        self.bar.setRange(0, 1000)
        self.bar.setTextVisible(False)
        self.figures.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._widgets = (self.picture, self.name, self.bar, self.figures)
        for column, widget in enumerate(self._widgets):
            grid.addWidget(widget, row, column)
        self.hide()  # the row lives in the grid; this only keeps it
        self.restyle(look.theme.theme)

    def show_stage(self, stage: Stage | None) -> None:
        """Show ``stage``; None hides the row."""
        self._stage = stage
        for widget in self._widgets:
            widget.setVisible(stage is not None)
        if stage is not None:
            words = _(LABELS[stage.name])
            self.name.setText(words)
            self.bar.setAccessibleName(words)
            self.bar.setValue(round(1000 * stage.share))
            told = {
                "waiting": "",
                "before": _("done before"),
                "working": _("{added:,} new of {proposed:,}").format(added=stage.added, proposed=stage.proposed),
                "done": _("{added:,} new of {proposed:,}").format(added=stage.added, proposed=stage.proposed),
            }[stage.state]
            self.figures.setText(told if stage.proposed or stage.state == "before" else "")
            self._draw()

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        self.figures.setFont(tabular(self.look.scale.font("caption")))
        self._draw()

    def retranslate(self) -> None:
        """Renew words."""
        self.show_stage(self._stage)

    def _draw(self) -> None:
        if self._stage is None:
            return
        colours = self.look.theme.theme.colours
        pictures: dict[str, tuple[IconName, str]] = {
            "waiting": ("dot", colours.border),
            "working": ("play", colours.text),
            "done": ("check", colours.yes),
            "before": ("check", colours.muted),
        }
        name, colour = pictures[self._stage.state]
        size = self.look.scale.icon_size(1.0)
        self.picture.setPixmap(coloured_icon(name, colour).pixmap(size, self.devicePixelRatioF()))


class SourcesPage(Panel):
    """The wizard that fills the store, its progress, and the shipped material with its licences."""

    def __init__(self, look: Look, mining: Mining, keys: OwnKeys, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.mining = mining
        self.form = MiningForm(look, keys)
        self.now = QLabel()
        self.now.setWordWrap(True)
        self._now_title, self._data_title = QLabel(), QLabel()
        for title, words in ((self._now_title, N_("How far it is")), (self._data_title, N_("Shipped material"))):
            mark(title, kind="title")
            self.say(title.setText, words)
        self._stages = QGridLayout()
        self._data = QVBoxLayout()
        self._data_labels: list[tuple[QLabel, QLabel]] = []
        self._progress, self._material = QVBoxLayout(), QVBoxLayout()
        self._is_beside = False
        page = QWidget()
        self._grid = QGridLayout(page)
        self._lay_out()
        # Seven stages at most: every source there is, and the sentences.
        self.rows = [StageRow(look, self._stages, index, page) for index in range(len(LABELS))]
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(page)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(scroll)
        mining.changed.connect(self._on_changed)
        self.form.start_wanted.connect(self._on_start)
        self.form.stop_wanted.connect(mining.stop)
        self.retranslate()
        self.restyle(look.theme.theme)

    def _lay_out(self) -> None:
        self._progress.addWidget(self._now_title)
        self._progress.addWidget(self.now)
        self._progress.addLayout(self._stages)
        self._stages.setColumnStretch(2, 1)
        self._material.addWidget(self._data_title)
        for _source in SHIPPED:
            head, body = QLabel(), QLabel()
            body.setWordWrap(True)
            body.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            mark(body, kind="caption")
            self._data.addWidget(head)
            self._data.addWidget(body)
            self._data_labels.append((head, body))
        self._material.addLayout(self._data)
        self._material.addStretch()
        self._place(beside=True)

    def _place(self, *, beside: bool) -> None:
        """Put progress and material beside the form, or the form between the two."""
        self._is_beside = beside
        for part in (self._progress, self._material):
            self._grid.removeItem(part)
        self._grid.removeWidget(self.form)
        if beside:
            self._grid.addWidget(self.form, 0, 0, 2, 1, Qt.AlignmentFlag.AlignTop)
            self._grid.addLayout(self._progress, 0, 1)
            self._grid.addLayout(self._material, 1, 1)
        else:
            self._grid.addLayout(self._progress, 0, 0)
            self._grid.addWidget(self.form, 1, 0)
            self._grid.addLayout(self._material, 2, 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if beside else 0)
        self._grid.setRowStretch(1, 1 if beside else 0)
        self._grid.setRowStretch(2, 0 if beside else 1)

    def restyle(self, _theme: Theme) -> None:
        """Follow theme and zoom."""
        em = self.look.scale.em
        self._grid.setContentsMargins(em(1), em(0.5), em(1), em(0.75))
        self._grid.setHorizontalSpacing(em(3))
        self._grid.setVerticalSpacing(em(0.5))
        self._progress.setSpacing(em(0.375))
        self._material.setSpacing(em(0.375))
        self._stages.setHorizontalSpacing(em(0.5))
        self._stages.setVerticalSpacing(em(0.375))
        self._data.setSpacing(em(0.0625))
        for title in (self._now_title, self._data_title):
            title.setContentsMargins(0, em(0.5), 0, em(0.125))
        for head, _body in self._data_labels:
            head.setContentsMargins(0, em(0.25), 0, 0)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put progress beside the form on a wide window, above it on a narrow one."""
        super().resizeEvent(event)
        self._arrange()

    def retranslate(self) -> None:
        """Renew words."""
        for (head, body), source in zip(self._data_labels, SHIPPED, strict=True):
            version = source.version
            state = _("version {version}").format(version=version) if version else _("not installed")
            head.setText(f"{source.name}   {source.licence}")
            body.setText(f"{_(source.content)}. {source.origin}. {source.package}, {state}")
        self._on_changed()

    def _arrange(self) -> None:
        beside = self.width() >= self.look.scale.em(_BESIDE)
        if beside != self._is_beside:
            self._place(beside=beside)

    @Slot(object)
    def _on_start(self, config: object) -> None:
        assert isinstance(config, MineConfig)
        self.mining.start(config)

    @Slot()
    def _on_changed(self) -> None:
        state = self.mining.state
        for index, row in enumerate(self.rows):
            row.show_stage(state.stages[index] if index < len(state.stages) else None)
        self.form.show_working(self.mining.is_working, resumable=state.phase in {"stopped", "failed"})
        match state.phase:
            case "idle":
                told = _("Nothing is being gathered. Choose beside, then gather.")
            case "working":
                told = self.mining.words()
            case "stopped":
                told = _("Stopped. What was added stays; it goes on where it was.")
            case "failed":
                told = _("It ended in an error. What was added stays; it goes on where it was.")
            case "finished":
                report = state.report
                assert report is not None
                told = _("Done: {added:,} new pairs of {proposed:,} proposed.").format(
                    added=report.added, proposed=report.proposed
                )
        self.now.setText(told)
