"""Stories whose answers follow from their supports, and ten seeds side by side that do what one does alone."""

from __future__ import annotations

from itertools import islice

import pytest
import torch

from core.attention.learned.memory import words as w
from core.attention.learned.memory.lesson import MemoryConfig, MemoryLesson, as_numbers, build, errors_of, examine
from core.attention.learned.memory.model import SeedsOfMemory
from core.attention.learned.memory.stories import TASKS, World, stories
from core.attention.learned.training import Schedule, Training
from core.attention.mechanisms.memory import EndToEndMemory


def told(task, count=150):
    return list(islice(stories(task, 1), count))


def test_stories_are_the_same_for_the_same_seed():
    assert told("two") == told("two")
    assert told("two") != list(islice(stories("two", 2), 150))


def test_a_world_by_hand():
    world = World()
    world.go("小明", "厨房")
    world.take("小明", "书")
    world.go("小明", "花园")
    world.drop("小明", "书")
    world.go("小明", "公园")
    world.go("玛丽", "花园")
    assert [place for place, _supports in world.path["书"]] == ["厨房", "花园"]
    assert world.within_reach("玛丽") == ["苹果", "足球", "书"]
    assert world.within_reach("小明") == ["苹果", "足球"]
    assert world.place_of("小明") == "公园"


def test_the_place_of_a_thing_is_that_of_the_second_support():
    for story in told("two"):
        handled, moved = (story.facts[at] for at in story.supports)
        assert handled[2] == story.question[0]
        assert handled[0] == moved[0]
        assert moved[1] == w.WENT
        assert moved[2] == story.answer


def test_one_three_and_yes_or_no_follow_from_their_supports():
    for story in told("one"):
        assert story.facts[story.supports[0]] == (story.question[0], w.WENT, story.answer)
    for story in told("three"):
        assert story.facts[story.supports[1]][2] == story.question[1]
        assert story.facts[story.supports[2]][2] == story.answer
        assert story.answer != story.question[1]
    for story in told("yes-no"):
        is_there = story.facts[story.supports[0]][2] == story.question[1]
        assert story.answer == (w.YES if is_there else w.NO)


def test_things_are_counted():
    for story in told("count"):
        taken = sum(1 if story.facts[at][1] == w.TOOK else -1 for at in story.supports)
        assert w.NUMBERS[taken] == story.answer


@pytest.mark.parametrize("task", TASKS)
def test_every_story_is_said_in_both_languages(task):
    for story in told(task, 20):
        for words in (*story.facts, story.question, (story.answer,)):
            chinese, english = w.say(words, "zh"), w.say(words, "en")
            assert chinese
            assert english.isascii()


def test_sentences_are_said_as_people_say_them():
    assert w.say(("约翰", w.WENT, "厨房"), "en") == "约翰".replace("约翰", "John") + " went to the kitchen."
    assert w.say(("书", w.WHERE), "en") == "Where is the book?"
    assert w.say(("书", "花园", w.BEFORE), "zh") == "书到花园之前在哪里？"


def test_seeds_side_by_side_answer_as_each_alone():
    """One seed's tables in the readable network of the mechanism give the same answers and the same weights."""
    torch.manual_seed(0)
    both = SeedsOfMemory([5, 6], len(w.WORDS), 7, 2, 25)
    asked = as_numbers(tuple(told("three", 6)))
    scores, looked = both(asked.story, asked.question, asked.ages)
    alone = EndToEndMemory(len(w.WORDS), 7, 2, 25)
    for mine, theirs in ((alone.words, both.words), (alone.times, both.times)):
        for one, many in zip(mine, theirs, strict=True):
            one.data = many.data[1]
    expected, hops = alone(asked.story, asked.question)
    torch.testing.assert_close(scores[1], expected, rtol=1e-4, atol=1e-5)
    for one, other in zip(looked, hops, strict=True):
        torch.testing.assert_close(one.weights[1], other.weights, rtol=1e-4, atol=1e-5)


def small(seeds):
    config = MemoryConfig("one", 1, 6, tuple(seeds))
    return MemoryLesson(config, Schedule(3, 1e-2, 16, warm_up=0, clip=0.05), train=200)


def test_a_seed_learns_the_same_in_any_company(monkeypatch):
    monkeypatch.setattr("core.attention.learned.memory.lesson.questions", _few)
    pair, other = Training(small([3, 9])), Training(small([3, 4]))
    for training in (pair, other):
        for _step in training.run():
            pass
    for one, two in zip(pair.lesson.model.parameters(), other.lesson.model.parameters(), strict=True):
        torch.testing.assert_close(one[0], two[0], rtol=1e-5, atol=1e-7)
        assert not torch.allclose(one[1], two[1])


def _few(task, train):
    drawn = told(task, train + 60)
    return as_numbers(tuple(drawn[60:])), as_numbers(tuple(drawn[:30])), as_numbers(tuple(drawn[30:60]))


def test_the_seed_is_chosen_by_validation_and_not_by_the_test():
    model = build(MemoryConfig("one", 1, 6, (0, 1, 2)))
    drawn = told("one", 80)
    validation, test = as_numbers(tuple(drawn[:40])), as_numbers(tuple(drawn[40:]))
    measured = examine(model, validation, test)
    chosen = measured["validation_errors"].index(min(measured["validation_errors"]))
    assert measured["chosen_by_validation"] == measured["errors"][chosen]
    assert measured["errors"] == errors_of(model, test)
    assert measured["median"] == sorted(measured["errors"])[1]
    assert len(measured["weight_on_supports"]) == 1
