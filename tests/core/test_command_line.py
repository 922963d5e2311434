import io

import pytest

from core.command_line import Progress, end, follow, program


class Terminal(io.StringIO):
    """A screen; what it shows is what stands after the last return."""

    def isatty(self):
        return True

    @property
    def shown(self):
        return self.getvalue().rsplit("\r", 1)[-1]


def test_a_bar_says_what_how_far_and_a_note_and_leaves_nothing():
    terminal = Terminal()
    with Progress(terminal, "pairs") as progress:
        progress.show("cosine", 0, 40)
        progress.show("cosine", 20, 40, "+7")
        progress.show("glosses", 5, 10, "+1")
    said = terminal.getvalue()
    assert "cosine" in said
    assert "glosses" in said
    assert "/10 [" in said
    assert terminal.shown == ""


def test_a_new_name_begins_anew():
    terminal = Terminal()
    with Progress(terminal) as progress:
        progress.show("first", 9, 10)
        progress.show("second", 1, 4)
        progress.show("second", 4, 4)
    assert "14/4" not in terminal.getvalue()


def test_a_file_gets_nothing_or_each_new_thing_once():
    silent, told = io.StringIO(), io.StringIO()
    for err, elsewhere in ((silent, "nothing"), (told, "names")):
        with Progress(err, elsewhere=elsewhere) as progress:
            for part in range(3):
                progress.show("Reading …", part, 3)
            progress.show("Writing …")
    assert silent.getvalue() == ""
    assert told.getvalue() == "Reading …\nWriting …\n"


def test_work_of_hours_leaves_its_bar_in_a_log_too():
    log = io.StringIO()
    with Progress(log, "episodes", elsewhere="bar") as progress:
        progress.show("", 3, 12, "mean 20.0")
    assert "/12 [" in log.getvalue()


def test_the_line_is_gone_before_an_error_is_said():
    terminal = Terminal()

    def fail():
        with Progress(terminal) as progress:
            progress.show("work", 1, 2)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        fail()
    assert end(terminal, "It can't be done.", 1) == 1
    assert terminal.shown == "It can't be done.\n"


def test_follow_hands_on_every_step_and_returns_the_result():
    def task():
        yield 1
        yield 2
        return "done"

    steps = []
    assert follow(task(), steps.append) == "done"
    assert steps == [1, 2]


def test_follow_closes_what_is_interrupted():
    closed = []

    def task():
        try:
            yield 1
        finally:
            closed.append(True)

    def interrupt(_step):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        follow(task(), interrupt)
    assert closed == [True]


@pytest.mark.parametrize(
    ("started", "typed"),
    [
        ("main.py", "python main.py"),
        ("/home/ann/yaya-lab/main.py", "python main.py"),
        ("/home/ann/.local/bin/yaya-lab", "yaya-lab"),
        ("Scripts/yaya-lab.exe", "yaya-lab"),
    ],
)
def test_the_program_is_called_what_started_it(monkeypatch, started, typed):
    monkeypatch.setattr("sys.argv", [started, "doctor"])
    assert program() == typed
