"""Exporting what is on the stage: pictures as on screen, numbers as files, and the session to open again."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from pathlib import Path
from typing import Final

from PySide6.QtCore import QByteArray, QIODevice, QObject, QSaveFile, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from app.attention.export.picture import StagePicture
from app.attention.export.snapshot import ANSWER_OF, ViewSnapshot
from app.attention.options import ViewOptions
from app.attention.selection import Selection
from app.attention.session import AttentionSession
from app.attention.state import Status
from app.attention.views.stack import Stage
from app.panel import Look
from app.sentence import Sentence
from core.attention.errors import AttentionError
from core.attention.session_file import Session, load_session, not_a_session, save_session
from core.language import N_, _

PICTURES: Final = (".png", ".svg")
NUMBERS: Final = (".csv", ".npz", ".json")
KINDS: Final = {
    ".png": N_("Picture as on screen (*.png)"),
    ".svg": N_("Drawing as on screen (*.svg)"),
    ".csv": N_("Table of the weights (*.csv)"),
    ".npz": N_("Arrays of all heads (*.npz)"),
    ".json": N_("Everything, for programs (*.json)"),
}
"""What the stage can be exported as, by the ending of the name."""


def with_ending(name: str, kind: str, known: Container[str] = KINDS) -> Path:
    """Return the path ``name`` with an ending: its own where it is ``known``, else ``kind``."""
    path = Path(name)
    return path if path.suffix.lower() in known else path.with_name(f"{path.name}{kind}")


class Exporter(QObject):
    """The verbs that write and read files.

    Signals:
        told: kind and text of a message for the person at the screen.
        opened: a session that was read, as a ``ViewOptions``.
        order_wanted: how all heads were ordered in it.
    """

    told = Signal(str, object)
    opened = Signal(object)
    order_wanted = Signal(str)

    def __init__(
        self, look: Look, session: AttentionSession, selection: Selection, stage: Stage, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._selection = selection
        self._stage = stage
        self._picture = StagePicture(look, session, stage)
        self._window = parent
        self._snapshot: tuple[ViewOptions, ViewSnapshot] | None = None
        self._later = QTimer(self)
        self._later.setSingleShot(True)
        self._later.timeout.connect(self._put_up_snapshot)
        session.exported.connect(self._on_exported)
        session.answered.connect(self._on_answered)

    def ask_where_to_export(self) -> None:
        """Ask for a file and a kind, and export the stage to it."""
        maps_only = self._session.options.view in ("map", "heads", "links")
        kinds = {_(words): ending for ending, words in KINDS.items() if maps_only or ending != ".json"}
        name, kind = QFileDialog.getSaveFileName(self._window, _("Keep the stage"), "attention", ";;".join(kinds))
        path = with_ending(name, kinds.get(kind, ".png")) if name else None
        if path is not None and self._may_replace(path, name):
            self.export(path)

    def _may_replace(self, path: Path, name: str) -> bool:
        """Ask about a file that the dialog, given ``name``, couldn't ask about: its ending came afterwards."""
        if path == Path(name) or not path.exists():
            return True
        question = _("{name} is there already. Replace it?").format(name=path.name)
        answer = QMessageBox.question(self._window, _("Keep the stage"), question)
        return answer == QMessageBox.StandardButton.Yes

    def export(self, path: Path) -> None:
        """Write the stage to ``path``: pictures here, numbers in the worker, which has all of them."""
        path = path if path.suffix else path.with_suffix(".png")
        ending = path.suffix.lower()
        if self._stage.page is self._stage.empty_state:
            self.told.emit("error", Sentence(N_("There is nothing to keep yet.")))
        elif ending in PICTURES:
            self._write(path, self._picture.png() if ending == ".png" else self._picture.svg())
        elif ending in NUMBERS:
            self._session.export(path)
        else:
            self.told.emit("error", Sentence(N_("Choose a name that ends in .png, .svg, .csv, .npz or .json.")))

    def copy(self) -> None:
        """Put the stage into the clipboard as a picture."""
        QGuiApplication.clipboard().setImage(self._picture.image())
        self.told.emit("success", Sentence(N_("The picture is in the clipboard.")))

    def ask_where_to_save(self) -> None:
        """Ask for a file and save the session in it."""
        name, _kind = QFileDialog.getSaveFileName(
            self._window, _("Save the session"), "attention-session.json", _("Session (*.json)")
        )
        path = with_ending(name, ".json", (".json",)) if name else None
        if path is not None and self._may_replace(path, name):
            self.save_session(path)

    def save_session(self, path: Path) -> None:
        """Write what is being looked at, to be opened again."""
        options = self._session.options
        requests = [options.attention()]
        if options.view == "comparison":
            compared = options.comparison()
            requests = [compared.first, compared.second]
        snapshot = ViewSnapshot.of(self._session, self._selection, self._stage)
        try:
            save_session(path, Session(tuple(requests), {"options": options.to_dict(), "snapshot": snapshot.to_dict()}))
        except AttentionError as error:
            self.told.emit("error", str(error))
        else:
            self._say_saved(path)

    def ask_what_to_open(self) -> None:
        """Ask for a session's file and open it."""
        name, _kind = QFileDialog.getOpenFileName(self._window, _("Open a session"), "", _("Session (*.json)"))
        if name:
            self.open_session(Path(name))

    def open_session(self, path: Path) -> None:
        """Take up a saved session; a broken file changes nothing."""
        try:
            session = load_session(path)
            kept = session.view.get("options")
            if kept is not None and (not isinstance(kept, dict) or "text" not in kept or ViewOptions.doubtful(kept)):
                raise not_a_session(path, _("parts of it are damaged"))
        except AttentionError as error:
            self.told.emit("error", str(error))
            return
        request = session.requests[0]
        options = (
            ViewOptions.from_dict(kept)
            if isinstance(kept, dict)
            else ViewOptions(
                text=request.source.text,
                second=request.source.pair or "",
                paired=request.source.pair is not None,
                model=request.source.model,
                unit=request.unit,
                stack=request.stack,
                aggregation=request.aggregation,
                layer=request.layer,
                head=request.head,
                specials=request.specials,
            )
        )
        options = replace(options, download=False)  # nobody's file fetches anything from the network unasked
        snapshot = session.view.get("snapshot")
        self._take_up(options, ViewSnapshot.from_dict(snapshot if isinstance(snapshot, dict) else {}))

    def _take_up(self, options: ViewOptions, snapshot: ViewSnapshot) -> None:
        """Want ``options``, and put up its snapshot as soon as the view shows it."""
        self._session.ask_steps_of(snapshot.query)
        self.order_wanted.emit(snapshot.order)
        self.opened.emit(options)
        self._snapshot = self._session.options, snapshot
        self._on_answered(ANSWER_OF[options.view])

    @Slot(str)
    def _on_answered(self, kind: str) -> None:
        if self._snapshot is not None and kind == ANSWER_OF[self._session.options.view]:
            self._later.start(0)  # when the views have taken the answer in

    @Slot()
    def _put_up_snapshot(self) -> None:
        """Put up the snapshot of a session that was opened, unless something else is wanted meanwhile."""
        if self._snapshot is None:
            return
        options, snapshot = self._snapshot
        here = self._session.options
        if (here.view, here.source) != (options.view, options.source):
            self._snapshot = None
        elif self._session.state.status is Status.SHOWN and self._session.is_answered(ANSWER_OF[here.view]):
            self._snapshot = None
            snapshot.put_up(self._session, self._selection, self._stage)

    def _write(self, path: Path, content: QByteArray) -> None:
        """Put a whole new file in the place of the old one, or leave that as it is."""
        file = QSaveFile(str(path))
        done = file.open(QIODevice.OpenModeFlag.WriteOnly) and file.write(content) == content.size() and file.commit()
        if done:
            self._say_saved(path)
        else:
            message = N_("{path} was not saved: {reason}. Choose another place.")
            self.told.emit("error", Sentence(message, {"path": path, "reason": file.errorString().rstrip(".")}))

    @Slot(object, object)
    def _on_exported(self, path: object, problem: object) -> None:
        assert isinstance(path, Path)
        if problem is None:
            self._say_saved(path)
        else:
            self.told.emit("error", str(problem))

    def _say_saved(self, path: Path) -> None:
        self.told.emit("success", Sentence(N_("Saved as {path}."), {"path": path}))
