import pytest

from app.messages import MessageBar


@pytest.fixture
def bar(laboratory):
    return laboratory.window.messages


def test_the_bar_is_away_until_something_is_to_be_said(bar):
    assert isinstance(bar, MessageBar)
    assert not bar.isVisible()
    bar.show_message("error", "The pond is frozen. Bring an axe.")
    assert bar.isVisible()
    assert bar.text == "The pond is frozen. Bring an axe."
    bar.clear()
    assert not bar.isVisible()
    assert bar.text == ""


def test_an_error_that_nobody_caught_reaches_the_bar(laboratory, qtbot, capsys):
    import sys

    sys.excepthook(RuntimeError, RuntimeError("a feather got in"), None)
    assert "a feather got in" in laboratory.window.messages.text
    capsys.readouterr()
