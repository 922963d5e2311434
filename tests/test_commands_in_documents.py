"""Every command that a document shows is run: as it stands, or in small where ⏱ says that it takes long.

A command is a line of a block of shell commands, or a span of code in a sentence that begins as one. The commands of
all documents are run in their order in one folder, as a reader would type them: what is exported was mined before.
"""

import re
import shlex
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest

from app.display import DEBIAN_PACKAGES
from core.attention.learned.folders import SHIPPED
from core.language import set_language
from main import main
from tests import program

ROOT = Path(__file__).parents[1]
pytestmark = pytest.mark.timeout(300)

DOCUMENTS = (
    "README.md",
    "docs/CONTRIBUTING.md",
    "docs/guide/policy-gradient.md",
    "docs/guide/attention.md",
    "docs/guide/synonyms.md",
)
LONG = "⏱"

PROGRAMS = (
    "sudo",
    "python",
    "python3",
    "py",
    "pip",
    "pipx",
    "ruff",
    "git",
    "apt-get",
    "xvfb-run",
    "docker",
    "uv",
    "sh",
)
OURS = (
    "train",
    "lecture",
    "ablate",
    "watch",
    "anatomy",
    "attend",
    "mine",
    "export",
    "import",
    "tour",
    "bench",
    "doctor",
)
BEGINS = re.compile(rf"(?:{'|'.join(map(re.escape, (*PROGRAMS, *OURS)))}|yaya-lab|\.) \S|\.ci/run")
"""With what a span of code in a sentence is a command: a program and what it is to do. One word alone is a name."""
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
INDENTED = re.compile(r"(?<=\n\n)((?:    \S.*\n)+)")
SPAN = re.compile(r"`([^`\n]+)`")

ELSEWHERE = {
    "python3 -m venv .venv": "makes an environment; .ci/run makes one",
    "py -m venv .venv": "Windows",
    ". .venv/bin/activate": "acts on the reader's shell",
    'pip install "torch>=2.6,<2.14" --index-url https://download.pytorch.org/whl/cpu': "needs the network",
    "python -m pip install -e . && python main.py": "needs the network; tests/promises/test_installed.py installs",
    'python -m pip install -e ".[test]" && python -m pytest': "needs the network; .ci/run runs exactly this line",
    'python -m pip install -e ".[test]"': "needs the network; .ci/run",
    'python -m pip install -e ".[team]"': "needs the network; pyproject.toml is looked at below",
    'pipx install --pip-args="--extra-index-url https://download.pytorch.org/whl/cpu" .': "needs the network",
    "pipx install --force .": "needs the network",
    "pipx uninstall yaya-lab": "removes the program",
    "pip uninstall yaya-lab": "removes the program",
    f"sudo apt-get install {' '.join(DEBIAN_PACKAGES)}": "needs root",
    "python main.py": "opens the window until somebody closes it; tests/promises/test_commands.py starts it",
    "python -m pytest": "would run this test",
    ".ci/run": "runs this test; tests/test_ci_run.py",
    ".ci/run --postgresql": "the same",
    "python -m pytest tests/core/policy_gradient": "would run tests in a test",
    "python -m pytest -m long": "the same",
    "ruff check .": "a step of .ci/run",
    "ruff format --check .": "a step of .ci/run",
    "mypy": "a step of .ci/run",
    "lint-imports": "a step of .ci/run; tests/test_contracts.py",
    "python resources/translations/update.py": "writes in the sources; tests/core/test_language.py",
    "python main.py bench --only annotator": "minutes, in small too; tests/benchmarks/test_measure_store.py",
    "python main.py lecture policy-gradient --out lecture --pdf": "minutes; tests/app/lecture/rendering",
    "python -m docs.pictures.take": "writes the pictures of the README anew",
}  # fmt: skip
"""What no test can run as it stands, and why."""

IN_SMALL = {
    "--episodes": "4",
    "--limit": "300",
    "--methods": "characters",
    "--seeds": "1",
}
"""What a long command is given instead of its own value of an option."""
SMALL_TOO = {
    "mine": ("--sources", "characters,cosine", "--no-sentences", "--max-rank", "2000"),
    "tour": ("--only", "start"),
    "bench": ("--only", "picture", "--quick"),
    "train": ("--episodes", "4", "--eval-episodes", "1"),
    "synonyms": ("--pairs", "judged.tsv", "--methods", "characters"),
    "attention-report": ("--models", "models"),
    "-m": ("--only", "gamma 0"),
}
"""What a long command is given besides."""

BROUGHT = {
    "my.vec": "2 3\n电脑 0.1 0.2 0.3\n计算机 0.1 0.2 0.29\n",
    "judged.tsv": "word1\tword2\tlabel\tpart\n高兴\t开心\t1\ttrain\n高兴\t桌子\t0\ttrain\n"
    "电脑\t计算机\t1\ttest\n电脑\t苹果\t0\ttest\n",
}
"""Files that the documents take as the reader's own, and judged pairs for what takes long with all of them."""


@dataclass(frozen=True)
class Command:
    """A command, and whether the document says that it takes long."""

    text: str
    is_long: bool
    document: str


def found(document):
    """Return the commands of a document, in their order, each once."""
    text = (ROOT / document).read_text("utf-8")
    lines = []
    for block in BLOCK.finditer(text):
        if block[1] in {"", "sh", "bash", "console", "shell"}:
            lines += [(block.start(), line) for line in block[2].splitlines()]
    prose = BLOCK.sub(lambda block: " " * len(block[0]), text)
    for block in INDENTED.finditer(prose):
        lines += [(block.start(), line) for line in block[1].splitlines()]
    prose = INDENTED.sub(lambda block: " " * len(block[0]), prose)
    for span in SPAN.finditer(prose):
        if BEGINS.match(span[1]):
            lines.append((span.start(), f"{span[1]}  # {prose[span.end() :].lstrip()[:1]}"))
    lines.sort(key=lambda line: line[0])
    told = [(line.partition("  #")[0].strip(), LONG in line) for _at, line in lines]
    return list(dict.fromkeys(Command(line, is_long, document) for line, is_long in told if line))


ALL = [command for document in DOCUMENTS for command in found(document)]


def arguments_of(command):
    """Return what ``main.py`` is given, or None where the command is another program's."""
    words = shlex.split(command.text)
    if words[:2] == ["python", "main.py"]:
        return words[2:]
    if words[0] == "yaya-lab":
        return words[1:]
    return words if words[0] in OURS else None


def in_small(arguments):
    """Return a long command's arguments with little to do."""
    small = list(arguments)
    for option, value in IN_SMALL.items():
        if option in small:
            small[small.index(option) + 1] = value
    for at, added in SMALL_TOO.items():
        if small[:1] == [at]:
            small += [word for word in added if added[0] not in small]
    return small


RUN = list({command.text: command for command in ALL if command.text not in ELSEWHERE}.values())


def test_the_documents_show_commands():
    assert len(RUN) >= 20
    assert {command.document for command in RUN} >= set(DOCUMENTS)


def test_what_takes_long_is_marked_right_behind_its_command():
    for document in DOCUMENTS:
        text = (ROOT / document).read_text("utf-8")
        for mark in re.finditer(f"(.*?){LONG}", text):
            before = mark[1].rstrip(" #")
            explained = re.match(r"( marks|: | 表示| behind it)", text[mark.end() :])
            assert before.endswith("`") or mark[1].endswith("  # ") or explained, (document, mark[0])


def test_a_reason_is_kept_for_no_command_that_is_gone():
    assert set(ELSEWHERE) <= {command.text for command in ALL}


def test_a_command_is_long_wherever_it_stands():
    long = {command.text for command in ALL if command.is_long}
    assert [command for command in ALL if command.text in long and not command.is_long] == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Where a reader types: with the reader's own files, and what the commands before left."""
    here = tmp_path_factory.mktemp("reader")
    for name, text in BROUGHT.items():
        (here / name).write_text(text, encoding="utf-8")
    (here / "models").mkdir()
    for file in SHIPPED.glob("memory-one-1-seed0.*"):
        shutil.copy(file, here / "models")
    return here


def run_here(arguments):
    """Run ``main.py`` in this process, which has loaded torch once for all of them."""
    try:
        return main(arguments)
    except SystemExit as ended:
        return ended.code or 0
    finally:
        set_language("en")


def run_there(words, folder, home):
    """Run Python in a process of its own: a window, and what starts processes, is not for this one."""
    return subprocess.run(
        [sys.executable, *words], cwd=folder, env=program.environment(home), timeout=program.PATIENCE,
        check=False,
    ).returncode  # fmt: skip


@pytest.mark.parametrize("command", RUN, ids=[command.text[:60] for command in RUN])
@pytest.mark.usefixtures("parsed")  # what most of the time of a first use goes to; tests/promises looks at that
def test_a_command_does_what_it_says(command, folder, own_home, monkeypatch, capfd):
    monkeypatch.chdir(folder)
    arguments = arguments_of(command)
    if arguments is None:
        first, *words = shlex.split(command.text)
        assert first == "python", f"{command.document}: how is this run? {command.text}"
        code = run_there(in_small(words) if command.is_long else words, ROOT, own_home)
    else:
        given = in_small(arguments) if command.is_long else arguments
        apart = given[0] in {"tour", "bench", "doctor", "lecture"}
        code = run_there([str(program.MAIN), *given], folder, own_home) if apart else run_here(given)
    said = capfd.readouterr()
    assert code == 0, f"{command.document}: {command.text}\n{said.out}{said.err}"
    for option in ("--json", "--csv", "--png", "--svg", "--npz", "--out"):
        if option in (arguments or ()):
            assert (folder / arguments[arguments.index(option) + 1]).exists()
