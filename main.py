"""Yaya Lab: read the arguments, start what they ask for. ``python main.py`` and, installed, ``yaya-lab`` come here.

The order: arguments first (a wrong one costs no time), then the language for what is said in the terminal, then
only the command's own modules. Without a command the window starts; ``app/application.py`` tells how.
"""

from __future__ import annotations

import argparse
import gc
import io
import sys
import traceback
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

from core.command_line import FAILED, INTERRUPTED, end, outlive_readers, program
from core.interruption import as_ctrl_c
from core.language import N_, _, listed, set_language, system_language
from core.one_line import one_line, system_reason
from core.passwords import hide_passwords
from core.runtime.threads import default_to_one_thread
from core.visible import visible

# The command, the module that knows it, and what it does.
_COMMANDS: tuple[tuple[str, str, Callable[[], str]], ...] = (
    ("train", "core.policy_gradient.commands.train", lambda: _("train in the terminal")),
    ("watch", "core.policy_gradient.runs.watch", lambda: _("replay, record or evaluate a saved run")),
    (
        "anatomy",
        "core.policy_gradient.commands.anatomy",
        lambda: _("take an update of a saved run apart, step by step"),
    ),
    ("ablate", "core.policy_gradient.experiments.cli", lambda: _("compare variants of the algorithm over many seeds")),
    ("attend", "app.attention.command", lambda: _("show what attention looks at in a text")),
    (
        "attention-train",
        "core.attention.learned.commands.train",
        lambda: _("train a small model of ours that shows a mechanism of attention"),
    ),
    (
        "attention-report",
        "core.attention.learned.commands.report",
        lambda: _("recompute what the trained attention models are worth"),
    ),
    ("synonyms", "core.synonyms.commands.synonyms", lambda: _("compare methods that find synonyms")),
    ("mine", "core.synonyms.commands.mine", lambda: _("mine candidate synonym pairs into a store")),
    ("export", "core.synonyms.commands.export", lambda: _("export a store's pairs and verdicts to a file")),
    ("import", "core.synonyms.commands.import_", lambda: _("import pairs and verdicts from a file into a store")),
    (
        "lecture",
        "app.lecture.rendering.command",
        lambda: _("render a lecture: a picture of every scene, and a handout"),
    ),
    ("tour", "app.tour", lambda: _("drive the real window through real work and save screenshots")),
    ("bench", "tests.benchmarks.cli", lambda: _("measure the budgets, in a checkout of the sources")),
    ("doctor", "app.doctor", lambda: _("check this computer for everything the program needs")),
)

_BEFORE_QT: tuple[str, ...] = (
    "numpy",
    "core.decode",
    "core.runtime.lane",
    "core.policy_gradient.events",
    "core.policy_gradient.hyperparameters",
    "core.policy_gradient.runs.history",
)
"""What the window needs that knows no Qt. PySide6 reads the source of every module imported after it."""


def load_before_qt() -> None:
    """Import what the window needs and knows no Qt, while nobody reads its sources.

    From here to the window's first paint nothing is looked through for garbage: what is loaded and made then stays.
    """
    gc.disable()
    for module in _BEFORE_QT:
        import_module(module)


_QUOTED = 60
"""Letters of a wrong value that are quoted."""

_ARGPARSE = (
    N_("usage: "),
    N_("positional arguments"),
    N_("options"),
    N_("show this help message and exit"),
    N_("%(prog)s: error: %(message)s\n"),
    N_("argument %(argument_name)s: %(message)s"),
    N_("the following arguments are required: %s"),
    N_("one of the arguments %s is required"),
    N_("not allowed with argument %s"),
    N_("expected one argument"),
    N_("expected at most one argument"),
    N_("expected at least one argument"),
    N_("ambiguous option: %(option)s could match %(matches)s"),
    N_("ignored explicit argument %r"),
)
"""What argparse says of itself, to be translated here: it asks the language of the process, which may be another."""


class _Parser(argparse.ArgumentParser):
    """Speaks the language in use, to people.

    Quotes what was typed wrong, but not the password in it; and does not swallow that help can't be written.
    """

    def error(self, message: str) -> NoReturn:
        super().error(hide_passwords(message))

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        try:
            return super()._get_value(action, arg_string)
        except argparse.ArgumentError as error:
            wanted = {int: N_("a whole number is wanted, not {value}"), float: N_("a number is wanted, not {value}")}
            if action.type not in wanted:
                raise
            told = _(wanted[action.type]).format(value=repr(arg_string)[:_QUOTED])
            raise argparse.ArgumentError(action, told) from error

    def _check_value(self, action: argparse.Action, value: Any) -> None:
        if action.choices is not None and value not in action.choices:
            message = _("there is no {value}; choose one of: {choices}")
            told = message.format(value=repr(value)[:_QUOTED], choices=listed(map(str, action.choices)))
            raise argparse.ArgumentError(action, told)

    def _print_message(self, message: str, file: Any = None) -> None:
        stream = sys.stderr if file is None else file
        stream.write(message)
        stream.flush()


class _NotInstalledError(Exception):
    """A command's module is part of the sources alone; the text says so in one sentence."""


class _Version(argparse.Action):
    """Say which version this is, and end. It is looked up only when somebody asks."""

    def __call__(self, parser: argparse.ArgumentParser, *_given: object) -> None:
        from app.about import program_version

        print(f"Yaya Lab {program_version()}", flush=True)
        parser.exit()


def _load(module: str) -> ModuleType:
    """Return a command's module.

    Raises:
        _NotInstalledError: it lies in the sources only, and this program was installed without them.
    """
    root = Path(__file__).resolve().parent
    if module.startswith("tests."):
        if not root.joinpath(*module.split(".")).with_suffix(".py").is_file():
            raise _NotInstalledError(
                _(
                    "The measurements are in the sources and aren't installed. In the folder that has main.py and "
                    "tests, run: python main.py bench"
                )
            )
        if str(root) not in sys.path:  # an editable installation knows the sources' packages, but not their tests
            sys.path.insert(0, str(root))
    return import_module(module)


def _parse(given: Sequence[str]) -> argparse.Namespace:
    """Return what was asked for, with only the wanted command's own module loaded.

    Raises:
        _NotInstalledError: the command needs the sources, and they are not here.
    """
    wanted = next((word for word in given if not word.startswith("-")), None)
    parser = _Parser(prog=program(), description=_("Yaya Lab. Without a command, the window opens."))
    parser.add_argument("--debug", action="store_true", help=_("show tracebacks"))
    parser.add_argument("--version", action=_Version, nargs=0, help=_("say which version this is"))
    commands = parser.add_subparsers(dest="command", metavar="COMMAND")
    for name, module, describe in _COMMANDS:
        command = commands.add_parser(name, help=describe(), description=describe())
        if name == wanted:
            _load(module).add_arguments(command)
    args, unknown = parser.parse_known_args(given)
    if unknown:  # the command's own usage helps more than the program's
        used = commands.choices.get(args.command, parser)
        used.error(_("there is no such option or argument: {unknown}").format(unknown=visible(" ".join(unknown))))
    return args


def _run_window() -> int:
    """Show the window; where a library of the system is missing that Qt needs, say how to install it."""
    try:
        from app.start import run_window
    except ImportError as error:
        from app.display import how_to_install, missing_library

        library = missing_library(str(error))
        if not library:
            raise
        return end(sys.stderr, how_to_install([library]), FAILED)
    return run_window()


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what the arguments say and return the exit code: 0 done, 1 failed, 2 wrong usage, 130 interrupted."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    default_to_one_thread()
    outlive_readers()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a console that knows no Chinese shows marks, and lives
    set_language(system_language())
    argparse._ = _  # type: ignore[attr-defined]
    try:
        args = _parse(given)
    except _NotInstalledError as missing:
        print(missing, file=sys.stderr)
        return FAILED
    except OSError as error:  # what was asked for, help or the version, can't be written
        return _fail(error)
    try:
        with as_ctrl_c():
            if args.command is None:
                load_before_qt()
                return _run_window()
            module = {name: module for name, module, _describe in _COMMANDS}[args.command]
            code: int = import_module(module).run(args)
            sys.stdout.flush()  # what could not be written is told now, not when nobody hears it any more
    except KeyboardInterrupt:
        print(_("Interrupted."), file=sys.stderr)
        return INTERRUPTED
    except Exception as error:
        if args.debug:
            sys.stderr.write(hide_passwords(traceback.format_exc()))
        return _fail(error)
    return code


def _fail(error: Exception) -> int:
    """Say in one line what nobody has foreseen, and return the exit code."""
    said = system_reason(error) if isinstance(error, OSError) and error.filename is None else str(error)
    told = one_line(hide_passwords(said)) or type(error).__name__
    print(_("Failed: {error}").format(error=told), file=sys.stderr)
    return FAILED


if __name__ == "__main__":
    sys.exit(main())
