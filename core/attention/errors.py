"""What can go wrong in a way the person at the screen can mend: one line, with what to do next."""

from __future__ import annotations

from core.spoken_error import SpokenError


class AttentionError(SpokenError):
    """Base of the errors below; its text is meant for the person at the screen."""


class ModelError(AttentionError):
    """A model can't be used: it isn't there, isn't a model, or would have to run foreign code."""


class UntrainedError(ModelError):
    """A model of ours that nobody has trained yet; it can be trained here."""


class TextError(AttentionError):
    """A text can't be shown: nothing is in it, or too much."""


class NotAvailableError(AttentionError):
    """The model at hand doesn't have what was asked for, such as a layer, a head or cross-attention."""
