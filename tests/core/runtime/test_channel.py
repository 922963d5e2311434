from multiprocessing import Pipe

import numpy as np
import pytest

from core.runtime.channel import OUT_OF_BAND, Channel, UnreadableError, _Envelope


@pytest.fixture
def ends():
    a, b = Pipe()
    left, right = Channel(a), Channel(b)
    yield left, right
    left.close()
    right.close()


def test_small_messages_arrive_as_they_were_sent(ends):
    left, right = ends
    left.send({"word": "鸭", "numbers": np.arange(3)})
    got = right.receive()
    assert got["word"] == "鸭"
    assert got["numbers"].tolist() == [0, 1, 2]


def test_large_arrays_keep_shape_type_and_values_and_belong_to_the_receiver(ends):
    left, right = ends
    first = np.random.default_rng(0).random((200, 300)).astype(np.float32)
    second = np.arange(OUT_OF_BAND, dtype=np.int64)
    left.send((first, second))
    got_first, got_second = right.receive()
    left.send((first * 0, second * 0))  # writes the arena anew
    right.receive()
    np.testing.assert_array_equal(got_first, first)
    np.testing.assert_array_equal(got_second, second)
    got_first[0, 0] = 7  # writable, and nobody else's
    assert got_first.dtype == np.float32


def test_the_arena_grows_with_the_message(ends):
    left, right = ends
    for size in (1 << 16, 1 << 22, 1 << 18):
        sent = np.random.default_rng(size).integers(0, 255, size, dtype=np.uint8)
        left.send(sent)
        np.testing.assert_array_equal(right.receive(), sent)


def test_a_message_that_grows_a_little_is_written_into_the_same_block(ends):
    left, right = ends
    blocks = set()
    for size in range(1 << 21, (1 << 21) + (1 << 18), 1 << 15):
        left.send(np.zeros(size, np.uint8))
        assert right.receive().nbytes == size
        blocks.add(left._own.name)
    assert len(blocks) == 1


def test_arrays_that_are_not_contiguous_arrive_whole(ends):
    left, right = ends
    sent = np.arange(600 * 400).reshape(600, 400).T[::2]
    left.send(sent)
    np.testing.assert_array_equal(right.receive(), sent)


def test_a_closed_partner_is_told():
    a, b = Pipe()
    left, right = Channel(a), Channel(b)
    left.close()
    with pytest.raises(EOFError):
        right.receive()
    right.close()


def test_without_shared_memory_arrays_travel_in_the_message(ends, monkeypatch):
    left, right = ends

    def full(*_args, **_kwargs):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.runtime.channel.SharedMemory", full)
    sent = np.arange(OUT_OF_BAND, dtype=np.uint8)  # small enough for a pipe that nobody reads meanwhile
    left.send(sent)
    np.testing.assert_array_equal(right.receive(), sent)


def test_a_block_the_system_cannot_grant_is_not_left_behind(ends, monkeypatch):
    left, right = ends

    def full(_block):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("core.runtime.channel._reserve", full)
    sent = np.arange(OUT_OF_BAND, dtype=np.uint8)
    left.send(sent)
    np.testing.assert_array_equal(right.receive(), sent)
    assert left._own is None


def test_what_cannot_be_taken_in_is_said(ends):
    left, right = ends
    left._connection.send(_Envelope(b"no pickle", None, ()))
    with pytest.raises(UnreadableError):
        right.receive()
