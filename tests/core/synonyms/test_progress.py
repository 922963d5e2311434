import pytest

from core.synonyms.progress import told_as


def test_steps_are_told_in_other_words_and_the_result_is_the_tasks_own():
    def counting():
        try:
            yield 1
            yield 2
        finally:
            ended.append(True)
        return "done"

    ended, told = [], told_as(counting(), lambda step: 10 * step)
    assert [next(told), next(told)] == [10, 20]
    assert not ended
    with pytest.raises(StopIteration) as stop:
        next(told)
    assert stop.value.value == "done"
    ended.clear()
    told = told_as(counting(), str)
    next(told)
    told.close()
    assert ended == [True], "it is closed with whoever stops listening"
