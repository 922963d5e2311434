"""What the tour saw: its pictures, and ``tour.json`` with what was done in each step and what came of it."""

from __future__ import annotations

import platform
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from PySide6.QtGui import QImage

from app.about import part_versions, program_version
from app.tour.player import Figures
from core.files import replacing
from core.json_text import write_json
from core.language import Language

REPORT: Final = "tour.json"


@dataclass(frozen=True, slots=True)
class Record:
    """One step that was played.

    Attributes:
        id: names the step; stable from version to version.
        done: what was done, in words.
        file: the picture, in the same folder.
        width, height: of the picture, in pixels.
        language, theme: of the window in it.
        figures: what was measured.
        seconds: how long the step took.
        problem: one line when the step did not come to its end, else empty.
    """

    id: str
    done: str
    file: str
    width: int
    height: int
    language: Language
    theme: str
    figures: Figures
    seconds: float
    problem: str


def picture_name(step_id: str) -> str:
    """Return the name of a step's picture."""
    return f"{step_id}.png"


class Report:
    """The folder of one tour. The report in it is whole and true after every step."""

    def __init__(self, folder: Path) -> None:
        """Open the folder.

        Args:
            folder: it need not exist; what else lies in it stays.

        Raises:
            OSError: it can't be made or written to.
        """
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.records: list[Record] = []
        self.write(complete=False)

    @property
    def problems(self) -> list[Record]:
        """The steps that did not come to their end."""
        return [record for record in self.records if record.problem]

    def keep_picture(self, picture: QImage, step_id: str) -> str:
        """Write a picture and return the name of its file.

        Raises:
            OSError: it can't be written.
        """
        name = picture_name(step_id)
        with replacing(self.folder / name) as beside:
            if not picture.save(str(beside), "PNG"):  # type: ignore[call-overload]  # PySide6 stubs want bytes
                raise OSError(f"{self.folder / name} can't be written")
        return name

    def add(self, record: Record) -> None:
        """Take a step into the report.

        Raises:
            OSError: the report can't be written.
        """
        self.records.append(record)
        self.write(complete=False)

    def write(self, *, complete: bool) -> None:
        """Write the report; ``complete`` says that no step is missing.

        Raises:
            OSError: it can't be written.
        """
        content: dict[str, Any] = {
            "program": program_version(),
            "versions": part_versions(),
            "system": platform.platform(),
            "complete": complete,
            "ok": complete and not self.problems,
            "seconds": round(sum(record.seconds for record in self.records), 3),
            "steps": [asdict(record) | {"seconds": round(record.seconds, 3)} for record in self.records],
        }
        write_json(self.folder / REPORT, content)
