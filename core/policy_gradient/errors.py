"""What can go wrong in this subject and is worth one line to the person at the screen."""

from __future__ import annotations

from core.spoken_error import SpokenError


class PolicyGradientError(SpokenError):
    """Base of the errors a user can cause and mend. ``str(error)`` is one line: what happened, what to do."""


class ConfigError(PolicyGradientError):
    """A hyperparameter has a value it can't have.

    Attributes:
        field: the field of ``TrainConfig``.
        message: one line in the language in use; says the allowed range.
    """

    def __init__(self, field: str, message: str) -> None:
        # Both go to Exception, so that the error survives pickling on its way out of the worker.
        super().__init__(field, message)
        self.field = field
        self.message = message

    def __str__(self) -> str:
        return self.message


class EnvironmentRefusedError(PolicyGradientError):
    """The environment does not exist, can't be made here, or is of a kind this agent can't play.

    Attributes:
        field: the hyperparameter that would have to be another.
    """

    def __init__(self, message: str, field: str = "env_id") -> None:
        super().__init__(message)
        self.field = field

    def __reduce__(self) -> tuple[type[EnvironmentRefusedError], tuple[str, str]]:
        return type(self), (str(self), self.field)


class EnvironmentFailedError(PolicyGradientError):
    """The environment failed while it was played: it raised something, or gave what can't be used.

    ``str(error)`` names the environment, the call, the episode and step, and the value or the reason.
    """


class CheckpointError(PolicyGradientError):
    """A checkpoint can't be read or written."""


class ReplayError(PolicyGradientError):
    """An episode can't be played again as it was.

    Attributes:
        step: the step at which the environment parts from what was recorded; 0 for the start.
    """

    def __init__(self, message: str, step: int) -> None:
        # Both go to Exception, so that the error survives pickling on its way out of the worker.
        super().__init__(message, step)
        self.step = step

    def __str__(self) -> str:
        return str(self.args[0])


class RunFolderError(PolicyGradientError):
    """A run can't be saved, or what is to be opened is none."""


class RecordingError(PolicyGradientError):
    """A video can't be made or written."""


class ExportError(PolicyGradientError):
    """The numbers of a plot can't be written."""
