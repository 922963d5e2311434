"""A training that is watched, paused, stopped and gone on with: the same steps as those of ``attention-train``."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from pathlib import Path

from core.attention.learned import folders
from core.attention.learned.catalogue import NO_ATTENTION, find, without_attention
from core.attention.learned.compact import round_as_written
from core.attention.learned.live.events import (
    Begun,
    Course,
    Examining,
    Figures,
    LiveMap,
    LiveRequest,
    LiveStep,
    Reached,
    Trained,
    Twin,
    TwinRequest,
    Watched,
)
from core.attention.learned.store import (
    Saved,
    first_of,
    go_on,
    partial_file,
    save_model,
    save_partial,
)
from core.attention.learned.training import Lesson, Training, TrainStep


def _lesson(request: LiveRequest) -> Lesson:
    return find(request.model).lesson(request.seed)


class LiveTraining:
    """Does the steps of one training, and can show where the model looks at any moment.

    It is kept where ``attention-train`` keeps what it trained: whole, or as far as it came when it was left.
    """

    def __init__(
        self, request: LiveRequest, folder: Path | None = None, lesson: Callable[[LiveRequest], Lesson] = _lesson
    ) -> None:
        """Begin nothing yet.

        Args:
            request: what is trained.
            folder: where it is kept; by default the program's own.
            lesson: makes the model and what it learns from; by default as the catalogue says.
        """
        self._request, self._example = request, request.example
        self._folder = folder or folders.own_folder()
        self._lesson = lesson
        self._training: Training | None = None

    def __iter__(self) -> Generator[Begun | LiveStep | Reached | Examining, None, Trained]:
        """Do all steps; examine and keep what came of them.

        Raises:
            ModelError: there is no such model, or what was kept is damaged.
            TextError: what it learns from isn't installed.
            OSError: it can't be kept.
        """
        request = self._request
        training = Training(self._lesson(request))
        partial = partial_file(self._folder, request.model, request.seed)
        if request.is_resumed:
            go_on(partial, training)
        self._training = training
        try:
            yield Begun(training.lesson.schedule.steps, training.step, training.lesson.examples, _log(training))
            if 0 < request.hold_after <= training.step:
                yield Reached()
            for step in training.run():
                yield _told(step)
                if step.step == request.hold_after:
                    yield Reached()
        except GeneratorExit:
            if training.step:
                save_partial(partial, training)
            raise
        save_partial(partial, training)  # the examination takes a while, too
        yield Examining()
        round_as_written(training.lesson.model)
        scores = training.lesson.scores()
        weights = save_model(self._folder, request.model, training, scores)
        partial.unlink(missing_ok=True)
        return Trained(str(weights), _figures(scores))

    def control(self, name: str, value: object) -> None:
        """Show another example from now on: ``name`` is "example", ``value`` its number."""
        if name != "example" or not isinstance(value, int):
            raise ValueError(f"a training knows nothing of {name} = {value}")
        self._example = value

    def snapshot(self) -> LiveMap | None:
        """Return where the model looks now."""
        training = self._training
        if training is None:
            return None
        lesson = training.lesson
        number = self._example % lesson.examples
        lesson.model.eval()
        return LiveMap(training.step, number, lesson.look_at(number))


def show_twin(request: TwinRequest) -> Iterator[Twin]:
    """Yield how the model without attention learned that does the same task.

    Raises:
        ModelError: there is no such model, or a record is damaged.
    """
    row = find(request.model)
    name = without_attention(row.name) if row.task in NO_ATTENTION else row.name
    is_there = name != row.name and bool(folders.files_of(name))
    yield Twin(_course(first_of(name)) if is_there else None)


def _course(saved: Saved) -> Course:
    return Course(saved.record.name, saved.record.seed, tuple(_watched(entry) for entry in saved.record.log))


def _told(step: TrainStep) -> LiveStep:
    watched = None if step.watched is None else Watched(step.step, _figures(step.watched))
    return LiveStep(step.step, step.loss, step.cpu_seconds, watched)


def _log(training: Training) -> tuple[Watched, ...]:
    return tuple(_watched(entry) for entry in training.log)


def _watched(entry: dict[str, float]) -> Watched:
    return Watched(int(entry["step"]), _figures({name: value for name, value in entry.items() if name != "step"}))


def _figures(scores: dict[str, float]) -> Figures:
    """Return those of ``scores`` that are numbers."""
    return tuple((name, value) for name, value in scores.items() if isinstance(value, float))
