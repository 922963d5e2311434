"""What a worker finds when it loads what training needs. Runs in the worker."""

from __future__ import annotations

from collections.abc import Generator
from dataclasses import dataclass
from time import perf_counter

from core.runtime.events import Payload


@dataclass(frozen=True, slots=True)
class WorkerReport:
    """What a worker loaded.

    Attributes:
        seconds_to_load: for torch and gymnasium together.
        accelerator: torch's name for the machine's accelerator (cuda, mps, xpu …); empty without one.
        devices: names or number of its devices, in words.
        frame: height and width of CartPole's picture in pixels; 0 where it can't be drawn.
        memory_bytes: of the worker's process, with all of it loaded.
    """

    seconds_to_load: float
    accelerator: str
    devices: str
    frame: tuple[int, int]
    memory_bytes: int


def load() -> Generator[Payload, None, WorkerReport]:
    """Load torch and gymnasium, draw one picture of CartPole, and report."""
    begun = perf_counter()
    import psutil
    import torch

    from core.policy_gradient.environments.description import CARTPOLE
    from core.policy_gradient.environments.environment import Environment

    seconds = perf_counter() - begun
    picture = Environment(CARTPOLE, seed=0).picture()
    height, width = picture.shape[:2] if picture is not None else (0, 0)
    accelerator, devices = "", ""
    if torch.accelerator.is_available():
        found = torch.accelerator.current_accelerator()
        accelerator = found.type if found is not None else ""
        count = torch.accelerator.device_count()
        devices = torch.cuda.get_device_name(0) if accelerator == "cuda" else str(count)
    yield from ()
    return WorkerReport(seconds, accelerator, devices, (height, width), psutil.Process().memory_info().rss)
