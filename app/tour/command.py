"""The ``tour`` command, and what the program does where there is no display."""

from __future__ import annotations

import argparse
import fnmatch
import os
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from types import FrameType, TracebackType
from typing import Final

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app.application import Laboratory, new_application
from app.offscreen import OFFSCREEN_SAYS, PLATFORM, SETTINGS_HOME, environment, offscreen
from app.tour import attention, policy_gradient, shared, synonyms
from app.tour.driver import LARGE, Step, Visitor
from app.tour.player import Outcome, Player
from app.tour.report import REPORT, Record, Report, picture_name
from app.tour.variants import is_look
from core.command_line import INTERRUPTED, WRONG_USE, end, say
from core.files import replacing
from core.language import LANGUAGES, Language, _, current_language, listed, set_language, system_language
from core.one_line import system_reason
from core.outputs import OutputRefusedError, check_outputs
from core.paths import data_folder, log_folder, settings_folder
from core.visible import visible

FOLDER: Final = "yaya-lab-tour"

_PERSON: Final = "LOGNAME"
"""Environment variable that :func:`getpass.getuser` reads first, on every system."""


def all_steps() -> tuple[Step, ...]:
    """Return every step of the tour in its order."""
    return (*policy_gradient.steps(), *attention.steps(), *synonyms.steps(), *shared.steps())


_LONG: Final = frozenset(
    {
        "attention-long", "attention-worker-lost", "experiments",
        "pairs-agreement", "pairs-settle", "pairs-export", "pairs-import", "pairs-session-over",
    }
)  # fmt: skip
"""Steps that need much work before there is anything to show."""


def short_steps() -> tuple[Step, ...]:
    """Return each thing once: one language, one theme, one size, and nothing that needs much work before it."""
    return tuple(step for step in all_steps() if not is_look(step) and step.id not in _LONG)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options."""
    parser.add_argument(
        "--out", type=Path, default=Path(FOLDER), metavar="DIR",
        help=_("folder for screenshots and tour.json; created if needed (default: {folder})").format(folder=FOLDER),
    )  # fmt: skip
    parser.add_argument("--language", choices=LANGUAGES, help=_("window language, where a step does not set its own"))
    parser.add_argument(
        "--only", nargs="+", type=_wanted, metavar="STEP",
        help=_('only these steps; "*" stands for anything, as in "solved-zh-*"'),
    )  # fmt: skip
    parser.add_argument("--short", action="store_true", help=_("each thing once: one language, theme and size"))


def run(args: argparse.Namespace) -> int:
    """Take the tour as ``args`` say and return the exit code."""
    wanted = {step_id for ids in args.only or () for step_id in ids}
    offered = short_steps() if args.short else all_steps()
    steps = [step for step in offered if not wanted or step.id in wanted]
    files = [args.out / REPORT, *(args.out / picture_name(step.id) for step in steps)]
    try:
        args.out.mkdir(parents=True, exist_ok=True)
        check_outputs({f"--out {file.name}": file for file in files}, [data_folder(), settings_folder()])
    except OutputRefusedError as error:
        return end(sys.stderr, str(error), WRONG_USE)
    except OSError as error:
        words = _("The folder {folder} cannot be made ({reason}). Name another.")
        return end(sys.stderr, words.format(folder=args.out, reason=system_reason(error)), WRONG_USE)
    return tour(args.out, args.language or system_language(), steps)


def run_without_display(application: QApplication) -> int:
    """Say that there is no display and what to do, and take the tour instead.

    Args:
        application: made by somebody who hoped for a display. It gives way to one with a screen of the tour's
            size.

    Returns:
        The tour's exit code.
    """
    for language in (system_language(),) if _is_language_known() else LANGUAGES:
        set_language(language)
        print(
            _(
                "There is no display, so the window can't be shown. Start it on a computer with one, or "
                "name Qt's platform in QT_QPA_PLATFORM; until then, the tour shows what the window does."
            )
        )
    set_language(system_language())
    application.shutdown()
    return tour(_sensible_folder(), system_language(), short_steps())


def tour(folder: Path, language: Language, steps: Sequence[Step]) -> int:
    """Take the tour.

    It has settings of its own: the person's are neither read nor changed.

    Args:
        folder: where pictures and report go.
        language: of the window where a step does not ask for another.
        steps: in their order.

    Returns:
        0 when every step came to its end, 1 when one did not, 130 when it was interrupted. What was done before
        is kept either way.

    Raises:
        OSError: the folder can't be written to.
    """
    report = Report(folder)
    set_language(language)
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="yaya-lab-tour-")))
        stack.enter_context(environment(SETTINGS_HOME, str(home)))
        # Pictures are shown to others: nobody learns from them who took them.
        stack.enter_context(environment(_PERSON, "Yaya"))
        stack.enter_context(environment(PLATFORM, offscreen(home, LARGE.width(), LARGE.height())))
        return _Tour(new_application(), report, language, steps).take()


class _Tour:
    """One tour, from the first step to the last word in the terminal."""

    def __init__(self, application: QApplication, report: Report, language: Language, steps: Sequence[Step]) -> None:
        self._application = application
        self._report = report
        self._steps = steps
        self._laboratory = Laboratory(application)
        self._laboratory.use_language(language)
        self._visitor = Visitor(self._laboratory, language)
        # Steps change the window's language, and with it that of the process; the terminal keeps the visitor's.
        self._done = [step.done() for step in steps]
        self._summary = (
            _("Screenshots: {count}. They and {report} are in {folder}."),
            _("Failed steps ({count} of {all}):"),
            _("The tour was interrupted after {count} of {all} steps."),
        )
        self._was_interrupted = False
        self._uncaught: list[str] = []

    def take(self) -> int:
        """Play all steps, say what came of them, and return the exit code."""
        player = Player([partial(step.play, self._visitor) for step in self._steps], self._begin, self._end)
        player.finished.connect(self._application.quit)
        with self._interruptible(player), self._listening():
            self._laboratory.show()
            player.start()
            self._application.exec()
            self._visitor.put_away()
            self._keep_log()
            self._laboratory.close()
        self._report.write(complete=not self._was_interrupted)
        self._sum_up()
        if self._was_interrupted:
            return INTERRUPTED
        return 1 if self._report.problems else 0

    def _begin(self, index: int) -> None:
        self._uncaught.clear()
        print(f"[{index + 1}/{len(self._steps)}] {self._done[index]}", end="", flush=True)

    def _end(self, index: int, outcome: Outcome) -> None:
        step = self._steps[index]
        problem = outcome.problem or "; ".join(self._uncaught)
        picture = self._visitor.look()
        self._report.add(
            Record(
                id=step.id,
                done=self._done[index],
                file=self._report.keep_picture(picture, step.id),
                width=picture.width(),
                height=picture.height(),
                language=current_language(),
                theme=self._laboratory.look.theme.theme.name,
                figures=outcome.figures,
                seconds=outcome.seconds,
                problem=problem,
            )
        )
        print(f"  {outcome.seconds:.1f} s" + (f"  ! {visible(problem)}" if problem else ""), flush=True)

    def _sum_up(self) -> None:
        where, failed, interrupted = self._summary
        count, problems = len(self._report.records), self._report.problems
        if self._was_interrupted:
            print()
            print(interrupted.format(count=count, all=len(self._steps)), file=sys.stderr)
        if problems:
            print(failed.format(count=len(problems), all=len(self._steps)), file=sys.stderr)
            for record in problems:
                say(sys.stderr, f"  {record.id}: {record.problem}")
        say(sys.stdout, where.format(count=count, report=REPORT, folder=self._report.folder.resolve()))

    def _keep_log(self) -> None:
        """Put the window's log beside the pictures when something went wrong: its own folder goes away."""
        if self._report.problems:
            for log in log_folder().glob("*.log"):
                with replacing(self._report.folder / log.name) as beside:
                    beside.write_bytes(log.read_bytes())

    @contextmanager
    def _interruptible(self, player: Player) -> Iterator[None]:
        def leave(_signal: int, _frame: FrameType | None) -> None:
            self._was_interrupted = True
            player.stop()

        before = {name: signal.signal(name, leave) for name in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for name, handler in before.items():
                signal.signal(name, handler)

    @contextmanager
    def _listening(self) -> Iterator[None]:
        """Hear of errors that nobody caught and of Qt's warnings: a step in which one comes has failed."""
        before = sys.excepthook

        def hear(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
            self._uncaught.append(f"{kind.__name__}: {error}")
            before(kind, error, trace)

        def hear_qt(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
            if kind not in {QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg} and text not in OFFSCREEN_SAYS:
                self._uncaught.append(f"Qt: {text}")

        sys.excepthook = hear
        qInstallMessageHandler(hear_qt)
        try:
            yield
        finally:
            qInstallMessageHandler(None)
            sys.excepthook = before


def _wanted(pattern: str) -> list[str]:
    """Return the ids of the steps that ``pattern`` asks for."""
    ids = [step.id for step in all_steps()]
    matching = fnmatch.filter(ids, pattern)
    if not matching:
        message = _('unknown step "{pattern}"; available: {steps}')
        raise argparse.ArgumentTypeError(message.format(pattern=pattern, steps=listed(ids)))
    return matching


def _sensible_folder() -> Path:
    here = Path(FOLDER)
    return here if os.access(here if here.exists() else Path.cwd(), os.W_OK) else data_folder() / FOLDER


def _is_language_known() -> bool:
    """Return whether the system says which language the person reads."""
    said = (os.environ.get(name, "") for name in ("YAYA_LANG", "LC_ALL", "LC_MESSAGES", "LANG"))
    first = next((value for value in said if value), "")
    return first.split(".")[0] not in {"", "C", "POSIX"}
