"""A round is the environment's own for both, from the same start; a push is felt by the agent."""

import numpy as np
import pytest

from core.policy_gradient.config import ARTICLE
from core.policy_gradient.errors import ConfigError
from core.policy_gradient.playing.events import GameStep
from core.policy_gradient.playing.game import Game
from core.runtime.task import Steerable

BALANCES = [(np.array([[0.5, 1.0, 16.0, 3.0]], np.float32), np.array([0], np.float32))]
RIGHT = [(np.zeros((1, 4), np.float32), np.array([9], np.float32))]


def finish(game, *, each=lambda _step: None):
    running, steps = iter(game), []
    while True:
        try:
            steps.append(next(running))
        except StopIteration as stop:
            return steps, stop.value
        each(steps[-1])


def test_both_begin_at_the_same_state_and_play_to_their_own_end():
    game = Game(ARTICLE, BALANCES, 3, "against")
    assert isinstance(game, Steerable)
    game.control("action", 1)
    steps, result = finish(game)
    assert all(isinstance(step, GameStep) for step in steps)
    assert steps[0].number == 0
    assert steps[0].agent_obs == steps[0].person_obs
    assert (steps[0].agent, steps[0].person) == (None, None)
    assert 5 < result.person < 15, "who always pushes to the right soon falls"
    assert result.agent == 500
    assert steps[-1].agent.truncated
    assert steps[result.person].person.terminated
    assert steps[result.person + 1].person == steps[result.person].person, "who has fallen takes no further step"
    assert {step.person.action for step in steps[1:]} == {1}


def test_hands_off_pushes_by_turns_and_a_key_counts_from_the_next_step():
    game = Game(ARTICLE, RIGHT, 3, "against")

    def press(step):
        if step.number == 4:
            game.control("action", 0)
        if step.number == 6:
            game.control("action", None)

    steps, _result = finish(game, each=press)
    assert [step.person.action for step in steps[1:10]] == [0, 1, 0, 1, 0, 0, 1, 0, 1]


@pytest.mark.parametrize(("impulse", "along", "falls"), [(0.2, 0.0, False), (0.5, 1.0, True)])
def test_a_push_is_felt_and_the_agent_recovers_or_falls(impulse, along, falls):
    game, ends = Game(ARTICLE, BALANCES, 3, "push"), []
    running = iter(game)
    for step in running:
        if step.number == 50:
            before = step.agent_obs
            game.control("push", (impulse, along))
        if step.number == 51:
            moved = step.agent.obs
            assert moved[0] == before[0]
            assert moved[2] == before[2]
            assert abs(moved[1] - before[1]) + abs(moved[3] - before[3]) > 0.1
        if step.agent_over or step.number == 700:
            ends.append(step.number)
            break
    running.close()
    assert (ends[0] < 700) == falls, "nobody cuts it off after 500 steps"


@pytest.mark.parametrize(("mode", "at"), [("against", 5), ("against", 460), ("push", 30)])
def test_a_round_that_was_held_goes_on_as_if_it_had_not_been(mode, at):
    def steer(game, number):
        if mode == "against":
            game.control("action", (0, 1, None, 1)[number % 4])
        elif number == at + 10:
            game.control("push", (0.1, 0.5))

    def played(game, most=600):
        steps, running = [], iter(game)
        for step in running:
            steps.append(step)
            steer(game, step.number)
            if step.number >= most:
                break
        running.close()
        return steps

    whole = played(Game(ARTICLE, BALANCES, 3, mode))
    held = next(step for step in whole if step.number == at)
    again = played(Game(ARTICLE, BALANCES, 3, mode, held))
    assert again == whole[at:], "to the last bit, and to the same end"
    if mode == "against":
        assert (again[-1].number, again[-1].agent.truncated) == (500, True)


def test_what_cannot_be_steered_is_refused():
    game = Game(ARTICLE, RIGHT, 0, "push")
    with pytest.raises(ConfigError):
        game.control("speed", 3)
    with pytest.raises(ConfigError):
        game.control("push", 3)
