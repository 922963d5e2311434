"""What is observed becomes the vector that Gymnasium's own flatten gives, or is refused where it is wrong."""

from __future__ import annotations

import gymnasium as gym
import numpy as np
import pytest
from gymnasium import spaces

from core.policy_gradient.environments.description import ObservationField
from core.policy_gradient.environments.observation import MOST_NUMBERS, ObservationReader, SpaceRefusedError
from core.policy_gradient.environments.outside import ValueRefusedError

NESTED = spaces.Dict(
    board=spaces.Box(0, 255, (2, 2), np.float32),
    goal=spaces.Discrete(3, start=-1),
    hand=spaces.Tuple([spaces.Box(-1, 1, (2,)), spaces.MultiBinary(3)]),
)


@pytest.mark.parametrize(
    "space",
    [
        spaces.Box(-1, 1, (3,)),
        spaces.Box(-1, 1, (2, 2), np.float64),
        spaces.Box(-5, 5, (), np.int32),
        spaces.Discrete(16),
        spaces.Discrete(4, start=-2),
        spaces.MultiDiscrete([2, 3, 4]),
        spaces.MultiDiscrete([[2, 3], [4, 5]]),
        spaces.MultiDiscrete([3, 3], start=[1, -1]),
        spaces.MultiBinary(5),
        spaces.MultiBinary((2, 3)),
        spaces.Tuple([spaces.Discrete(32), spaces.Discrete(11), spaces.Discrete(2)]),
        NESTED,
        spaces.Dict({1: spaces.Discrete(2), 2: spaces.Box(0, 1, (1,))}),
    ],
)
def test_the_vector_is_gymnasium_s(space):
    reader = ObservationReader(space)
    assert reader.size == spaces.flatten_space(space).shape[0] == sum(field.size for field in reader.fields)
    space.seed(3)
    for _ in range(20):
        sample = space.sample()
        vector = reader.read(sample)
        assert vector.dtype == np.float32
        np.testing.assert_array_equal(vector, spaces.flatten(space, sample).astype(np.float32))


def test_a_state_and_a_tuple_by_hand():
    assert ObservationReader(spaces.Discrete(4, start=1)).read(3).tolist() == [0, 0, 1, 0]
    assert ObservationReader(spaces.MultiDiscrete([2, 3])).read(np.array([1, 0])).tolist() == [0, 1, 1, 0, 0]
    hands = spaces.Tuple([spaces.Discrete(2), spaces.Box(-9, 9, (2,))])
    assert ObservationReader(hands).read((1, [0.5, -7])).tolist() == [0, 1, 0.5, -7]


def test_fields_keep_their_names():
    assert ObservationReader(NESTED).fields == (
        ObservationField("board", 4),
        ObservationField("goal", 3, is_one_hot=True, first=-1),
        ObservationField("hand.0", 2),
        ObservationField("hand.1", 3),
    )
    assert ObservationReader(spaces.MultiDiscrete([2, 5])).fields == (
        ObservationField("0", 2, is_one_hot=True), ObservationField("1", 5, is_one_hot=True),
    )  # fmt: skip


@pytest.mark.parametrize("value", [5, np.int64(5), np.array(5), np.array([5]), np.uint8(5)])
def test_a_state_is_understood_however_it_is_given(value):
    assert ObservationReader(spaces.Discrete(16)).read(value).argmax() == 5


@pytest.mark.parametrize(
    ("space", "value", "words"),
    [
        (spaces.Discrete(16), 16, "the observation is 16, and its space says from 0 to 15"),
        (spaces.Discrete(16), -1, "the observation is -1, and its space says from 0 to 15"),
        (spaces.Discrete(4, start=2), 1, "from 2 to 5"),
        (spaces.Discrete(16), 3.0, "the observation is float; a whole number is needed"),
        (spaces.Discrete(16), float("nan"), "the observation is float; a whole number is needed"),
        (spaces.Discrete(16), None, "the observation is NoneType"),
        (spaces.Discrete(16), np.zeros(2, int), "shape (2,), and its space says ()"),
        (spaces.Discrete(16), 2**70, "the observation is int"),
        (spaces.MultiDiscrete([2, 3]), np.array([0, 3]), "the observation is 3, and its space says from 0 to 2"),
        (spaces.MultiDiscrete([2, 3]), np.array([0]), "shape (1,), and its space says (2,)"),
        (spaces.MultiBinary(3), np.array([0, 1]), "shape (2,), and its space says (3,)"),
        (spaces.Tuple([spaces.Discrete(2)]), 1, "the observation is int; a tuple is needed"),
        (spaces.Tuple([spaces.Discrete(2)] * 2), (1,), "the observation has no 1, and its space says it has"),
        (NESTED, [1, 2], "the observation is list; a dict is needed"),
        (NESTED, {}, "the observation has no board, and its space says it has"),
        (NESTED, {"board": np.zeros((2, 2)), "goal": 7}, "the field goal of the observation is 7"),
        (NESTED, {"board": np.full((2, 2), np.nan)}, "number 1 of the field board of the observation is nan"),
        (NESTED, {"board": np.zeros(4)}, "the field board of the observation has the shape (4,)"),
        (NESTED, {"board": np.zeros((2, 2)), "goal": 0, "hand": 3}, "the field hand of the observation is int"),
    ],
)
def test_what_is_not_in_the_space_is_refused_with_its_place(space, value, words):
    with pytest.raises(ValueRefusedError) as caught:
        ObservationReader(space).read(value)
    assert words in str(caught.value)


@pytest.mark.parametrize(
    ("space", "words"),
    [
        (spaces.Box(0, 255, (8, 8, 3), np.uint8), "pictures (Box(8, 8, 3) uint8)"),
        (spaces.Box(0, 255, (8, 8), np.uint8), "pictures"),
        (spaces.Dict(eye=spaces.Box(0, 255, (8, 8, 1), np.uint8)), "in eye: pictures"),
        (spaces.Text(5), "text"),
        (spaces.Tuple([spaces.Discrete(2), spaces.Text(5)]), "in 1: text"),
        (spaces.Sequence(spaces.Discrete(2)), "no fixed number of numbers"),
        (spaces.Graph(spaces.Discrete(2), None), "no fixed number of numbers"),
        (spaces.OneOf([spaces.Discrete(2)]), "no fixed number of numbers"),
        (spaces.Discrete(MOST_NUMBERS + 1), "10001 numbers in an observation; from 1 to 10000"),
        (spaces.Box(-1, 1, (0,)), "0 numbers in an observation"),
        (spaces.Tuple([]), "0 numbers in an observation"),
        (None, "None"),
    ],
)
def test_what_is_no_vector_is_refused_with_the_reason(space, words):
    with pytest.raises(SpaceRefusedError) as caught:
        ObservationReader(space)
    assert words in str(caught.value)


def test_bytes_that_are_no_picture_stay_numbers():
    """The memory of a game console is a row of bytes."""
    assert ObservationReader(gym.spaces.Box(0, 255, (128,), np.uint8)).size == 128
