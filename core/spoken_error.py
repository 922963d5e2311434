"""Errors that were foreseen, and say all that there is to say."""

from __future__ import annotations


class SpokenError(Exception):
    """Base of what each subject refuses in a sentence for a person: what happened, where in it, what to do next.

    Where in the program it was raised tells nobody more, unless another error is its cause.
    """
