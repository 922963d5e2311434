"""The steps of all episodes of a run in one ``.npz``: plain arrays, end to end, so that reading runs no code."""

from __future__ import annotations

import math
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import IO, Any, Final

import numpy as np
import numpy.typing as npt

from core.language import _
from core.one_line import DamagedError
from core.policy_gradient.runs.recording import EpisodeRecord, EpisodeStart

MOST_BYTES: Final = 2**30
"""Bytes that a file may unpack to: many times what a run hands out."""

_KINDS: Final[Mapping[str, tuple[str, int]]] = {
    "episode": ("i", 1), "duration": ("i", 1), "terminated": ("b", 1), "truncated": ("b", 1), "update": ("i", 1),
    "obs": ("f", 2), "actions": ("u", 1), "rewards": ("f", 1), "probabilities": ("f", 1),
    "start_state": ("f", 2), "start_seed": ("i", 1), "start_generator": ("U", 1),
}  # fmt: skip
"""Of each array, numpy's kind and the number of its axes."""


def write_records(path: Path, records: Sequence[EpisodeRecord]) -> None:
    """Write the records, E of them, S steps in all.

    ``obs`` holds of each episode one row more than it has steps, (S + E, n_obs); ``start_state`` is (E, 0) where
    episodes begin with a seed or generator, which are −1 and empty where they do not.
    """
    arrays: dict[str, npt.NDArray[Any]] = {
        "episode": np.array([record.episode for record in records], np.int64),
        "duration": np.array([record.duration for record in records], np.int64),
        "terminated": np.array([record.terminated for record in records], np.bool_),
        "truncated": np.array([record.truncated for record in records], np.bool_),
        "update": np.array([record.update for record in records], np.int64),
        "start_seed": np.array([-1 if r.start.seed is None else r.start.seed for r in records], np.int64),
        "start_generator": np.array([record.start.generator for record in records], np.str_),
        "start_state": np.array([record.start.state for record in records], np.float64),
    }
    if records:
        arrays["obs"] = np.concatenate([record.obs for record in records])
        arrays["actions"] = np.concatenate([record.actions for record in records]).astype(np.uint32)
        arrays["rewards"] = np.concatenate([record.rewards for record in records])
        arrays["probabilities"] = np.concatenate([record.probabilities for record in records])
    else:
        arrays["start_generator"] = np.zeros(0, "U1")
        arrays |= {name: np.zeros((0,) * axes, f"{kind}4") for name, (kind, axes) in _KINDS.items() if kind in "fu"}
    np.savez_compressed(path, allow_pickle=False, **arrays)


def read_records(path: Path) -> list[EpisodeRecord]:
    """Read what ``write_records`` wrote.

    Raises:
        ValueError: it is something else, or damaged.
        OSError: it can't be read.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            if sum(entry.file_size for entry in archive.infolist()) > MOST_BYTES:
                raise DamagedError(_("it would unpack to more than {most} MB").format(most=MOST_BYTES >> 20))
            arrays = {name: _array(archive, name, *kind) for name, kind in _KINDS.items()}
    except (zipfile.BadZipFile, KeyError, EOFError, NotImplementedError, RuntimeError, OverflowError) as error:
        raise ValueError(str(error)) from error
    return _records(arrays)


def _records(arrays: Mapping[str, npt.NDArray[Any]]) -> list[EpisodeRecord]:
    """Cut the rows into episodes.

    Raises:
        ValueError: the arrays do not belong together.
    """
    durations = arrays["duration"]
    count, steps = len(durations), int(durations.sum())
    per_episode = ("episode", "terminated", "truncated", "update", "start_state", "start_seed", "start_generator")
    fits = all(len(arrays[name]) == count for name in per_episode)
    fits &= all(len(arrays[name]) == steps for name in ("actions", "rewards", "probabilities"))
    fits &= len(arrays["obs"]) == steps + count and not (durations < 1).any()
    fits &= all(bool(np.isfinite(arrays[name]).all()) for name in ("obs", "rewards", "probabilities", "start_state"))
    if not fits:
        raise DamagedError(_("its arrays do not belong together"))
    obs, actions = arrays["obs"].astype(np.float32), arrays["actions"].astype(np.int64)
    rewards, probabilities = arrays["rewards"].astype(np.float64), arrays["probabilities"].astype(np.float64)
    records, at = [], 0
    for n, duration in enumerate(durations.tolist()):
        span = slice(at, at + duration)
        seed = int(arrays["start_seed"][n])
        start = EpisodeStart(
            tuple(arrays["start_state"][n].tolist()), None if seed < 0 else seed, str(arrays["start_generator"][n])
        )
        records.append(
            EpisodeRecord(
                int(arrays["episode"][n]),
                obs[at + n : at + n + duration + 1],
                actions[span],
                rewards[span],
                probabilities[span],
                bool(arrays["terminated"][n]),
                bool(arrays["truncated"][n]),
                int(arrays["update"][n]),
                start,
            )
        )
        at += duration
    return records


def _array(archive: zipfile.ZipFile, name: str, kind: str, axes: int) -> npt.NDArray[Any]:
    """Return one array, once its header says what is in the file: a header of terabytes must not be believed."""
    entry = archive.getinfo(f"{name}.npy")
    with archive.open(entry) as file:
        shape, dtype = _header(file)
        if dtype.kind != kind or len(shape) != axes or math.prod(shape) * dtype.itemsize > entry.file_size:
            raise DamagedError(_("{name} is {kind} {shape}").format(name=name, kind=dtype, shape=shape))
    with archive.open(entry) as file:
        read: npt.NDArray[Any] = np.lib.format.read_array(file, allow_pickle=False)
    return read


def _header(file: IO[bytes]) -> tuple[tuple[int, ...], np.dtype[Any]]:
    version = np.lib.format.read_magic(file)
    read = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, _fortran, dtype = read(file)
    return shape, dtype
