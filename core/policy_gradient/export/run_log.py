"""Episodes, updates and evaluations written down while a run is under way, as CSV or as TensorBoard's event files.

Each row is on the disk before the next step is taken: who kills the run, or the machine it is on, has all rows until
then.
"""

from __future__ import annotations

import csv
import json
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, Protocol, TextIO

from core.files import is_folder, is_standard_output, is_there
from core.language import _
from core.one_line import system_reason
from core.policy_gradient.config import TrainConfig
from core.policy_gradient.errors import ConfigError
from core.policy_gradient.events import EpisodeFinished, Evaluated, UpdateFinished
from core.runtime.events import Payload

Cell = int | float | bool


@dataclass(frozen=True, slots=True)
class Table:
    """One kind of thing that happens in a run.

    Attributes:
        name: what its rows are, as the file is called.
        row: what one of them is called.
        kind: the event that is a row.
        columns: the columns' names, with what stands in them; the first counts the rows' place in the run.
    """

    name: str
    row: str
    kind: type[Payload]
    columns: Mapping[str, Callable[[Any], Cell]]

    def cells(self, event: Payload) -> dict[str, Cell]:
        """Return a row, by the columns' names."""
        return {name: read(event) for name, read in self.columns.items()}


def _fields(*names: str) -> dict[str, Callable[[Any], Cell]]:
    def reading(name: str) -> Callable[[Any], Cell]:
        def read(event: Any) -> Cell:
            value: Cell = getattr(event, name)
            return value

        return read

    return {name: reading(name) for name in names}


TABLES: Final = (
    Table(
        "episodes",
        "episode",
        EpisodeFinished,
        _fields("episode", "duration")
        | {"return": lambda event: float(event.episode_return)}
        | _fields("terminated", "truncated", "env_steps", "mean_100"),
    ),
    Table(
        "updates",
        "update",
        UpdateFinished,
        _fields("update", "episode", "loss", "entropy", "grad_norm", "learning_rate", "batch_steps", "env_steps"),
    ),
    Table(
        "evaluations",
        "evaluation",
        Evaluated,
        _fields("episode", "update", "greedy_mean")
        | {
            "greedy_deviation": lambda event: event.greedy_deviation,
            "greedy_lowest": lambda event: float(event.returns.min()),
            "greedy_highest": lambda event: float(event.returns.max()),
        }
        | _fields("best"),
    ),
)


class RunLog(Protocol):
    """Something that takes down what happens in a run."""

    def take(self, table: Table, cells: Mapping[str, Cell]) -> None:
        """Write a row.

        Raises:
            OSError: it can't be written.
        """
        ...

    def close(self) -> None:
        """Let go of the files.

        Raises:
            OSError: what was not yet written can't be.
        """
        ...


def is_table_file(path: Path) -> bool:
    """Whether ``--csv`` means one file of all rows; else it is a folder of a file for each kind."""
    if is_standard_output(path) or path.suffix.lower() == ".csv":
        return True
    return is_there(path) and not is_folder(path)


def files_of(path: Path) -> tuple[Path, ...]:
    """Return the files that ``--csv path`` writes; of a folder that is yet to be made, the folder."""
    if is_table_file(path) or not is_folder(path):
        return (path,)
    return tuple(path / f"{table.name}.csv" for table in TABLES)


class CsvFile:
    """All rows in one file, in their order; the first column says what a row is, those that it has not are empty.

    Args:
        path: the file, replaced if it is there.
        out: where it goes if it is the standard output.

    Raises:
        OSError: it can't be opened.
    """

    def __init__(self, path: Path, out: TextIO) -> None:
        self._is_own = not is_standard_output(path)
        self._file = path.open("w", encoding="utf-8", newline="") if self._is_own else out
        names = dict.fromkeys(name for table in TABLES for name in table.columns)
        self._writer = csv.DictWriter(self._file, ["row", *names], lineterminator="\n")
        self._writer.writeheader()
        self._file.flush()

    def take(self, table: Table, cells: Mapping[str, Cell]) -> None:
        """Write a row."""
        self._writer.writerow({"row": table.row, **_plain(cells)})
        self._file.flush()

    def close(self) -> None:
        """Close the file."""
        if self._is_own:
            self._file.close()


class CsvFolder:
    """A file for each kind of row: ``episodes.csv``, ``updates.csv``, ``evaluations.csv``.

    Args:
        path: the folder, made if it is not there; files of these names in it are replaced.

    Raises:
        OSError: it can't be made, or a file in it can't be opened.
    """

    def __init__(self, path: Path) -> None:
        path.mkdir(parents=True, exist_ok=True)
        self._files: dict[str, TextIO] = {}
        self._writers: dict[str, Any] = {}
        try:
            for table in TABLES:
                file = (path / f"{table.name}.csv").open("w", encoding="utf-8", newline="")
                self._files[table.name] = file
                self._writers[table.name] = csv.DictWriter(file, list(table.columns), lineterminator="\n")
                self._writers[table.name].writeheader()
                file.flush()
        except OSError:
            self.close()
            raise

    def take(self, table: Table, cells: Mapping[str, Cell]) -> None:
        """Write a row."""
        self._writers[table.name].writerow(_plain(cells))
        self._files[table.name].flush()

    def close(self) -> None:
        """Close the files."""
        for file in self._files.values():
            file.close()


def _plain(cells: Mapping[str, Cell]) -> dict[str, int | float]:
    """Return the cells with 1 and 0 for yes and no, which every program reads."""
    return {name: int(cell) if isinstance(cell, bool) else cell for name, cell in cells.items()}


def has_events(path: Path) -> bool:
    """Whether TensorBoard has a run to show in a folder."""
    return is_folder(path) and any("tfevents" in entry.name for entry in path.iterdir())


class TensorBoardFolder:
    """Event files that TensorBoard shows: a curve for every column, over the rows' place in the run.

    Args:
        path: the folder of the run, made if it is not there.
        config: stands beside the curves, as text.

    Raises:
        ConfigError: the package that writes them is not installed.
        OSError: the folder can't be made, or written to.
    """

    def __init__(self, path: Path, config: TrainConfig) -> None:
        check_tensorboard()
        # An extra. Its SummaryWriter leaves the writing to a thread, which a kill would not wait for.
        from tensorboardX.event_file_writer import EventsWriter
        from tensorboardX.summary import text

        path.mkdir(parents=True, exist_ok=True)
        self._writer: EventsWriter = EventsWriter(str(path / "events"))
        described = json.dumps(config.to_dict(), indent=2, ensure_ascii=False)
        self._write(0, text("config", f"```\n{described}\n```"))

    def take(self, table: Table, cells: Mapping[str, Cell]) -> None:
        """Write a point of each curve."""
        from tensorboardX.proto.summary_pb2 import Summary

        place, *names = cells
        points = [Summary.Value(tag=f"{table.row}/{name}", simple_value=float(cells[name])) for name in names]
        self._write(int(cells[place]), Summary(value=points))

    def close(self) -> None:
        """Close the file."""
        self._writer.close()

    def _write(self, step: int, summary: Any) -> None:
        from tensorboardX.proto.event_pb2 import Event

        self._writer.write_event(Event(wall_time=time.time(), step=step, summary=summary))
        self._writer.flush()


def check_tensorboard() -> None:
    """See, before a run, that event files can be written.

    Raises:
        ConfigError: the package for it is not installed.
    """
    try:
        import tensorboardX  # noqa: F401
    except ImportError as error:
        message = _("TensorBoard's event files need the `tensorboard` extra: pip install 'yaya-lab[tensorboard]'.")
        raise ConfigError("tensorboard", message) from error


class RunLogs:
    """All that takes a run down, each until it can't any more: a full disk ends no run.

    Attributes:
        problems: what went wrong, one line each.
    """

    def __init__(self) -> None:
        self._logs: dict[Path, RunLog] = {}
        self.problems: list[str] = []

    def add(self, path: Path, log: RunLog) -> None:
        """Let ``log``, which writes to ``path``, take everything down from now on."""
        self._logs[path] = log

    def take(self, event: Payload) -> None:
        """Write ``event`` down, if it is a row of a table."""
        for table in TABLES if self._logs else ():
            if isinstance(event, table.kind):
                cells = table.cells(event)
                for path, log in tuple(self._logs.items()):
                    try:
                        log.take(table, cells)
                    except OSError as error:
                        self._give_up(path, error)

    def close(self) -> None:
        """Let go of all files."""
        for path, log in tuple(self._logs.items()):
            try:
                log.close()
            except OSError as error:
                self._give_up(path, error)
        self._logs.clear()

    def _give_up(self, path: Path, error: OSError) -> None:
        words = _("{path} could not be written to its end ({reason}); the rows until then are there.")
        self.problems.append(words.format(path=path, reason=system_reason(error)))
        with suppress(OSError):
            self._logs.pop(path).close()
