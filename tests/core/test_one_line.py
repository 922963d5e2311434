"""A message of others becomes one line that says something."""

import pytest

from core.one_line import one_line, reason_of


class Mute(Exception):  # noqa: N818  the name is read in the message
    def __str__(self):
        raise RuntimeError


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (ValueError("a\n b\r\n\tc"), "ValueError: a b c"),
        (ValueError(), "ValueError"),
        (ValueError("  \n "), "ValueError"),
        (KeyboardInterrupt(), "KeyboardInterrupt"),
        (OSError("杆 \x1b[31m\u202e"), "OSError: 杆 [31m"),
        (Mute(), "Mute"),
    ],
)
def test_a_reason_is_one_line_and_never_empty(error, words):
    assert reason_of(error) == words


def test_what_is_long_is_cut():
    assert one_line("x" * 1000) == "x" * 299 + "…"
