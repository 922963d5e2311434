"""Exporting what is on the stage: pictures as on screen, numbers as files, and the session to open again."""

from __future__ import annotations

import csv
from collections.abc import Callable, Container, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

from PySide6.QtCore import QByteArray, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QWidget

from app.attention.export.picture import StagePicture
from app.attention.options import MAP_VIEW, ViewOptions
from app.attention.presenter import Presenter
from app.attention.session import AttentionSession
from app.attention.views.base import View
from app.attention.views.stack import Stage
from app.dialogs import ask_for_file, ask_where_to_write, ask_whether
from app.file_names import file_name
from app.panel import Look
from app.sentence import Sentence
from core.attention.errors import AttentionError
from core.attention.requests import AttentionRequest
from core.attention.results import OpenedArrays
from core.attention.session_file import Session, load_session, may_be_session, not_a_session, save_session
from core.files import replacing
from core.language import N_, _
from core.one_line import system_reason
from core.outputs import OutputRefusedError, check_outputs

PICTURES: Final = (".png", ".svg")
NUMBERS: Final = (".csv", ".npz", ".json")
KINDS: Final = {
    ".png": N_("Image (*.png)"),
    ".svg": N_("Vector drawing (*.svg)"),
    ".csv": N_("Table of the weights (*.csv)"),
    ".npz": N_("Arrays of all heads (*.npz)"),
    ".json": N_("All data (*.json)"),
}
"""What the stage can be exported as, by the ending of the name."""


def with_ending(name: str, kind: str, known: Container[str] = KINDS) -> Path:
    """Return the path ``name`` with an ending: its own where it is ``known``, else ``kind``."""
    path = Path(name)
    return path if path.suffix.lower() in known else path.with_name(f"{path.name}{kind}")


_FORMER: Final = {"wish": "options", "scene": "snapshot"}
"""What the parts of a session's view were called in earlier versions, and what they are called now."""


class Exporter(QObject):
    """The verbs that write and read files.

    Signals:
        message: kind and text of a message for the person at the screen.
        opened: the id of the view of a session that was read, and its state.
        located: the file that the session on the stage was just read from, or written to.
    """

    message = Signal(str, object)
    opened = Signal(str, dict)
    located = Signal(object)

    def __init__(
        self, look: Look, session: AttentionSession, presenter: Presenter, stage: Stage, parent: QWidget
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._presenter = presenter
        self._stage = stage
        self._picture = StagePicture(look, presenter, stage)
        self._window = parent
        self._copied: TemporaryDirectory[str] | None = None
        session.exported.connect(self._on_exported)
        session.arrays_opened.connect(self._on_arrays_opened)

    @property
    def _requests(self) -> dict[str, Any]:
        """What the view writes into files of numbers, by their ending."""
        options = self._session.options
        view = self._presenter.view
        return view.exports(options, self._session.state) if options.has_text or not view.needs_text else {}

    def ask_where_to_export(self) -> None:
        """Ask for a file and a kind, and export the stage to it."""
        mine = {*PICTURES, *self._requests}
        kinds = {_(words): ending for ending, words in KINDS.items() if ending in mine}

        def export(name: str, kind: str) -> None:
            path = with_ending(name, kinds.get(kind, ".png"))
            self._where_it_may_replace(path, name, partial(self.export, path))

        ask_where_to_write(self._window, _("Export view"), self._suggested_name(), ";;".join(kinds), export)

    def _suggested_name(self) -> str:
        """Return a name that says what is shown of which text, in which layer and head or the mean of which."""
        view, options = self._presenter.view, self._session.options
        what = "attention" if view.spec.id == MAP_VIEW else f"attention-{view.spec.id}"
        text = options.text if view.needs_text and not view.has_own_model else ""
        return file_name(what, text, *_which(view, options))

    def _where_it_may_replace(self, path: Path, name: str, write: Callable[[], None]) -> None:
        """Ask about a file that the dialog, given ``name``, couldn't ask about: its ending came afterwards."""
        if path == Path(name) or not path.exists():
            write()
        else:
            question = _("{name} already exists. Replace it?").format(name=path.name)
            ask_whether(self._window, _("Export view"), question, write)

    def export(self, path: Path) -> None:
        """Write the stage to ``path``: pictures here, numbers in the worker, which has all of them."""
        path = path if path.suffix else path.with_suffix(".png")
        ending = path.suffix.lower()
        requests = self._requests
        if self._stage.is_empty or (ending in NUMBERS and not requests):
            self.message.emit("error", Sentence(N_("Nothing to export yet.")))
        elif ending not in (*PICTURES, *NUMBERS):
            self.message.emit("error", Sentence(N_("Choose a name that ends in .png, .svg, .csv, .npz or .json.")))
        elif not self._destroys_nothing(path):
            return
        elif ending in PICTURES:
            self._write(path, self._picture.png() if ending == ".png" else self._picture.svg())
        else:
            self._session.export(requests.get(ending, next(iter(requests.values()))), path)

    def _destroys_nothing(self, path: Path) -> bool:
        """Return whether ``path`` can be written and is none of the files of a model in use; say it if not."""
        shown = self._presenter.view.saved_requests(self._session.options)
        try:
            check_outputs({path.name: path}, [Path(request.source.model) for request in shown])
        except OutputRefusedError as error:
            self.message.emit("error", error.reason)
            return False
        return True

    def image(self) -> QImage:
        """Return the stage as a picture."""
        return self._picture.image()

    def copy_numbers(self) -> bool:
        """Have the numbers of the view put into the clipboard; return whether it has any."""
        request = self._requests.get(".csv")
        if request is None or self._stage.is_empty:
            return False
        self._forget_copied()
        self._copied = TemporaryDirectory(prefix="yaya-lab-")
        self._session.export(request, Path(self._copied.name) / "copied.csv")
        return True

    def ask_where_to_save(self) -> None:
        """Ask for a file and save the session in it."""

        def save(name: str, _kind: str) -> None:
            path = with_ending(name, ".json", (".json",))
            self._where_it_may_replace(path, name, partial(self.save_session, path))

        ask_where_to_write(
            self._window,
            _("Save session"),
            file_name("attention", self._session.options.text, ending=".json"),
            _("Session (*.json)"),
            save,
        )

    def save_session(self, path: Path) -> None:
        """Write what is being looked at, to be opened again."""
        if not self._destroys_nothing(path):
            return
        view = self._presenter.view
        requests = view.saved_requests(self._session.options)
        try:
            save_session(path, Session(requests, view.save_state()))
        except AttentionError as error:
            self.message.emit("error", str(error))
        else:
            self._say_saved(path)
            self.located.emit(path)

    def ask_what_to_open(self) -> None:
        """Ask for a session's file, or one of weights and tokens, and open it."""
        kinds = _("Session or arrays (*.json *.npz)")
        ask_for_file(self._window, _("Open a session or arrays"), self.open_file, kinds=kinds)

    def open_file(self, path: Path) -> None:
        """Open a session, or weights and tokens that somebody else computed."""
        if path.suffix.lower() == ".npz" or not may_be_session(path):
            self._session.open_arrays(path)
        else:
            self.open_session(path)

    def open_session(self, path: Path) -> None:
        """Take up a saved session; a broken file changes nothing."""
        try:
            session = load_session(path)
            state = _with_present_names(session.view)
            options = state.get("options")
            if options is not None and (
                not isinstance(options, dict) or "text" not in options or ViewOptions.doubtful(options)
            ):
                raise not_a_session(path, _("parts of it are damaged"))
        except AttentionError as error:
            self.message.emit("error", str(error))
            return
        if options is None:
            state["options"] = _options_of(session.requests[0])
        self.opened.emit(ViewOptions.from_dict(state["options"]).view, state)
        self.located.emit(path)

    def _write(self, path: Path, content: QByteArray) -> None:
        """Put a whole new file in the place of the old one, or leave that as it is."""
        try:
            with replacing(path) as beside:
                beside.write_bytes(content.data())
        except OSError as error:
            message = N_("{path} was not saved: {reason}. Choose another place.")
            self.message.emit("error", Sentence(message, {"path": path, "reason": system_reason(error)}))
        else:
            self._say_saved(path)

    @Slot(object, object)
    def _on_arrays_opened(self, found: object, problem: object) -> None:
        if isinstance(found, OpenedArrays):
            self._session.want(
                text=found.texts[0],
                second=found.texts[1] if len(found.texts) > 1 else "",
                paired=len(found.texts) > 1,
                model=found.card.name,
                unit="piece",
                view=MAP_VIEW,
            )
        else:
            self.message.emit("error", str(problem))

    @Slot(object, object)
    def _on_exported(self, path: object, problem: object) -> None:
        assert isinstance(path, Path)
        is_copied = self._copied is not None and path.parent == Path(self._copied.name)
        if problem is not None:
            self.message.emit("error", str(problem))
        elif is_copied:
            with path.open(encoding="utf-8-sig", newline="") as file:
                QGuiApplication.clipboard().setText("\n".join("\t".join(row) for row in csv.reader(file)))
            self.message.emit("success", Sentence(N_("Numbers copied to the clipboard.")))
        else:
            self._say_saved(path)
        if is_copied:
            self._forget_copied()

    def _forget_copied(self) -> None:
        if self._copied is not None:
            self._copied.cleanup()
            self._copied = None

    def _say_saved(self, path: Path) -> None:
        self.message.emit("success", Sentence(N_("Saved as {path}."), {"path": path}))


def _which(view: View, options: ViewOptions) -> Iterator[str]:
    """Yield which layer and head a view shows, counted from 0 as in the window, or the set that it is the mean of."""
    chosen = options.set_shown if view.shows_set and "head" in view.controls else None
    if chosen is not None:
        yield str(chosen)
        return
    layer, head = view.layer_and_head(options)
    if "layer" in view.controls and layer is not None:
        yield f"L{layer}"
    if "head" in view.controls:
        yield "mean" if head is None else f"H{head}"


def _with_present_names(view: Mapping[str, Any]) -> dict[str, Any]:
    """Return what a session holds of its view, whatever version wrote it.

    Earlier ones called options a wish and the snapshot a scene, and kept in the scene what is an option now.
    """
    state = {_FORMER.get(name, name): part for name, part in view.items()}
    options, snapshot = state.get("options"), state.get("snapshot")
    if isinstance(options, dict) and isinstance(snapshot, dict):
        laid_out = {name: snapshot[name] for name in ("order", "by") if name in snapshot}
        usable = {name: value for name, value in laid_out.items() if not ViewOptions.doubtful({name: value})}
        state["options"] = usable | options
    return state


def _options_of(request: AttentionRequest) -> dict[str, Any]:
    """Return the options that ask for ``request``, for a session that holds nothing else."""
    source = request.source
    chosen = {name: value for name, value in asdict(request).items() if name != "source"}
    return chosen | {
        "text": source.text,
        "second": source.pair or "",
        "paired": source.pair is not None,
        "model": source.model,
    }
