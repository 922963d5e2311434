"""What the ``train`` command writes beside what it says: seen to be possible before, opened, kept in the end."""

from __future__ import annotations

import argparse
import contextlib
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TextIO

from core.command_line import show_traceback
from core.files import is_file, is_folder, is_standard_output
from core.json_text import write_json
from core.language import _, listed
from core.outputs import OutputRefusedError, UnwritableError, check_outputs, same_file, writing
from core.policy_gradient.errors import ConfigError, PolicyGradientError
from core.policy_gradient.export.formats import VIDEO_SUFFIXES
from core.policy_gradient.export.run_log import (
    CsvFile,
    CsvFolder,
    RunLog,
    RunLogs,
    TensorBoardFolder,
    check_tensorboard,
    files_of,
    has_events,
    is_table_file,
)
from core.policy_gradient.runs.config_file import is_run

if TYPE_CHECKING:
    from core.policy_gradient.train import Training

_OPTIONS: Final = {"env_id": "--env", "batch_episodes": "--batch"}
"""Options that are not called as their field."""


def check_targets(args: argparse.Namespace) -> None:
    """Refuse, before a long run, to write where it can't be written.

    Raises:
        OutputRefusedError: for the first such file.
        ConfigError: the video's name has an ending of no video.
    """
    targets = targets_of(args)
    check_outputs(targets, [args.config])
    if args.tensorboard is not None:
        check_tensorboard()
    folder: Path | None = args.save or args.resume
    if folder is not None:
        from core.policy_gradient.runs.folder import check_run_place

        check_run_place(folder)
        if is_run(folder) and not (args.resume is not None and same_file(folder, args.resume)):
            message = _("{path} is a saved run, which would be lost. Choose another name, or go on with it: {command}")
            command = f"train --resume {folder}"
            raise OutputRefusedError("--save", message.format(path=folder, command=command))
    for name, target in (targets | {"--tensorboard": args.tensorboard}).items():
        if target is not None and not is_standard_output(target) and _is_in_run(Path(os.path.realpath(target)), folder):
            message = _("{path} lies in the folder of a run, which holds nothing else. Choose another place.")
            raise OutputRefusedError(name, message.format(path=target))
    if args.resume is None:
        _check_new(args)
    path: Path | None = args.video
    if path is not None and path.suffix.lower() not in VIDEO_SUFFIXES:
        message = _("A video file must end in {suffixes}; {path} does not.")
        raise ConfigError("video", message.format(suffixes=listed(VIDEO_SUFFIXES), path=path))


def _check_new(args: argparse.Namespace) -> None:
    """Refuse folders into which another run was written: its tables would be lost, or its curves mixed with these.

    Raises:
        OutputRefusedError: a folder holds what would be lost.
    """
    tables = () if args.csv is None or is_table_file(args.csv) else files_of(args.csv)
    kept = next((file for file in tables if is_file(file)), None)
    if kept is not None:
        message = _("{path} is there already and would be lost. Name another folder.")
        raise OutputRefusedError("--csv", message.format(path=kept))
    if args.tensorboard is not None and has_events(args.tensorboard):
        message = _(
            "{path} holds the curves of another run, which TensorBoard would mix with these. Name another folder."
        )
        raise OutputRefusedError("--tensorboard", message.format(path=args.tensorboard))


def _is_in_run(target: Path, folder: Path | None) -> bool:
    """Whether ``target`` belongs to the run that will be saved in ``folder``, or to any that is saved already."""
    to_be = None if folder is None else Path(os.path.realpath(folder))
    return any(place == to_be or is_run(place) for place in (target, *target.parents))


def open_logs(training: Training, args: argparse.Namespace, out: TextIO) -> RunLogs:
    """Open what takes the run down while it goes on.

    Raises:
        OutputRefusedError: a file of it can't be opened; the training is closed then.
    """
    logs = RunLogs()
    openers: list[tuple[str, Path | None, Callable[[Path], RunLog]]] = [
        ("csv", args.csv, lambda path: CsvFile(path, out) if is_table_file(path) else CsvFolder(path)),
        ("tensorboard", args.tensorboard, lambda path: TensorBoardFolder(path, training.config)),
    ]
    for name, path, opened in openers:
        if path is not None:
            try:
                with writing(path):
                    logs.add(path, opened(path))
            except UnwritableError as error:
                training.close()
                logs.close()
                raise OutputRefusedError(option_of(name), str(error)) from error
    return logs


def keep(training: Training, args: argparse.Namespace, content: dict[str, Any], out: TextIO, err: TextIO) -> list[str]:
    """Write the files; return what went wrong with them, in one line each."""
    from core.policy_gradient.checkpoint import save_checkpoint
    from core.policy_gradient.export.video import record_video

    config = training.config
    writers: list[tuple[Path | None, Callable[[Path], object]]] = [
        # the weights first: they cannot be had again; the video last: it takes longest
        (args.checkpoint, lambda path: save_checkpoint(path, training.best_policy(), config)),
        (args.json, lambda path: write_json(path, content)),
        (args.video, lambda path: record_video(training.best_policy(), config, path)),
    ]
    problems = []
    for path, write in writers:
        if path is None:
            continue
        try:
            with contextlib.redirect_stdout(out if is_standard_output(path) else sys.stdout), writing(path):
                write(path)
        except (PolicyGradientError, UnwritableError) as error:
            show_traceback(args, err)
            problems.append(str(error))
    return problems


def targets_of(args: argparse.Namespace) -> dict[str, Path | None]:
    """Return the files to be written, by the name of their option."""
    files = {option_of(name): getattr(args, name) for name in ("json", "video", "checkpoint")}
    if args.csv is not None:
        files |= {f"--csv {path.name}" if n else "--csv": path for n, path in enumerate(files_of(args.csv))}
    # In a folder it adds a file of a new name.
    if args.tensorboard is not None and not is_folder(args.tensorboard):
        files["--tensorboard"] = args.tensorboard
    return files


def option_of(name: str) -> str:
    """Return the option that a field is given by."""
    return _OPTIONS.get(name, "--" + name.replace("_", "-"))
