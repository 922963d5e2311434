"""The article's program as it stands there, made to run under today's torch and gymnasium: the oracle.

Changed are only what the libraries' new interfaces force, and that nothing is drawn: ``reset`` returns a pair,
``step`` returns ``terminated`` and ``truncated`` (the article's ``done`` is either), and a seed is set. Names,
order and arithmetic are the article's, its one ``backward`` per step included.
"""

import argparse
import time
from itertools import count

import gymnasium as gym
import numpy as np
import torch
import torch.nn.functional as F  # noqa: N812  the name of the article
from torch import nn
from torch.distributions import Bernoulli

BATCH_SIZE = 5
LEARNING_RATE = 0.01
GAMMA = 0.99


class PGN(nn.Module):
    def __init__(self):
        super().__init__()
        self.linear1 = nn.Linear(4, 24)
        self.linear2 = nn.Linear(24, 36)
        self.linear3 = nn.Linear(36, 1)

    def forward(self, x):
        x = F.relu(self.linear1(x))
        x = F.relu(self.linear2(x))
        return torch.sigmoid(self.linear3(x))


class ArticleAgent:
    def __init__(self, learning_rate, gamma):
        self.pgn = PGN()
        self.gamma = gamma

        self._init_memory()
        self.optimizer = torch.optim.RMSprop(self.pgn.parameters(), lr=learning_rate)

    def _init_memory(self):
        self.state_pool = []
        self.action_pool = []
        self.reward_pool = []
        self.steps = 0

    def memorize(self, state, action, reward):
        self.state_pool.append(state)
        self.action_pool.append(action)
        self.reward_pool.append(reward)
        self.steps += 1

    def _adjust_reward(self):
        running_add = 0
        for i in reversed(range(self.steps)):
            if self.reward_pool[i] == 0:
                running_add = 0
            else:
                running_add = running_add * self.gamma + self.reward_pool[i]
                self.reward_pool[i] = running_add

        reward_mean = np.mean(self.reward_pool)
        reward_std = np.std(self.reward_pool)
        for i in range(self.steps):
            self.reward_pool[i] = (self.reward_pool[i] - reward_mean) / reward_std

    def backward(self):
        """The article's ``learn`` up to the optimizer: adjust the rewards, then one backward per step."""
        self._adjust_reward()

        self.optimizer.zero_grad()
        for i in range(self.steps):
            state = self.state_pool[i]
            action = torch.FloatTensor([self.action_pool[i]])
            reward = self.reward_pool[i]

            probs = self.act(state)
            m = Bernoulli(probs)
            loss = -m.log_prob(action) * reward
            loss.backward()

    def learn(self):
        self.backward()
        self.optimizer.step()

        self._init_memory()

    def act(self, state):
        return self.pgn(state)


def run_article_loop(episodes, seed):
    """Run the article's main program.

    Returns:
        The number of steps of every episode (the article logs the index of the last step, one less), and the sum.
    """
    torch.manual_seed(seed)
    env = gym.make("CartPole-v1")
    cart_agent = ArticleAgent(learning_rate=LEARNING_RATE, gamma=GAMMA)
    durations = []

    for i_episode in range(episodes):
        next_state, _info = env.reset(seed=seed) if i_episode == 0 else env.reset()

        for t in count():
            state = torch.from_numpy(next_state).float()

            probs = cart_agent.act(state)
            m = Bernoulli(probs)
            action = m.sample()

            action = action.data.numpy().astype(int).item()
            next_state, reward, terminated, truncated, _info = env.step(action)
            done = terminated or truncated

            # end action's reward equals 0
            if done:
                reward = 0

            cart_agent.memorize(state, action, reward)

            if done:
                durations.append(t + 1)
                break

        # update parameter every batch size
        if i_episode > 0 and i_episode % BATCH_SIZE == 0:
            cart_agent.learn()

    env.close()
    return durations, sum(durations)


def main():
    """Print the loop's own speed: ``python tests/core/policy_gradient/article_loop.py --episodes 100``."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--episodes", type=int, default=100)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    begin = time.perf_counter()
    durations, env_steps = run_article_loop(arguments.episodes, arguments.seed)
    seconds = time.perf_counter() - begin
    print(f"{len(durations)} episodes, {env_steps} steps, {seconds:.1f} s, {env_steps / seconds:.0f} steps/s")


if __name__ == "__main__":
    main()
