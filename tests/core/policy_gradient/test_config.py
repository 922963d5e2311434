"""Every hyperparameter is checked in one place, in the same words for the window and the command line."""

from __future__ import annotations

import json
import pickle
import re
import subprocess
import sys
from dataclasses import FrozenInstanceError, fields, replace

import pytest

from core.language import set_language
from core.policy_gradient.config import ARTICLE, FAST, HYPERPARAMETERS, TrainConfig, preset
from core.policy_gradient.errors import ConfigError


def test_the_article_preset_is_the_article():
    assert (ARTICLE.learning_rate, ARTICLE.gamma, ARTICLE.batch_episodes) == (0.01, 0.99, 5)
    assert (ARTICLE.hidden, ARTICLE.optimizer, ARTICLE.reduction) == ((24, 36), "rmsprop", "sum")
    assert (ARTICLE.env_id, ARTICLE.episodes, ARTICLE.zero_last_reward) == ("CartPole-v1", 500, True)
    assert preset("article") is ARTICLE
    assert ARTICLE.envs_at_once == ARTICLE.n_envs == 1


def test_the_fast_preset_differs_from_the_article_only_where_it_says():
    changed = {f.name for f in fields(TrainConfig) if getattr(FAST, f.name) != getattr(ARTICLE, f.name)}
    assert changed == {"preset", "episodes", "batch_episodes", "n_envs", "reduction", "until_solved"}
    assert FAST.envs_at_once == 64
    assert replace(FAST, batch_episodes=16).envs_at_once == 16
    assert preset("fast") is FAST


def test_there_is_no_other_preset():
    with pytest.raises(ConfigError, match="article, fast"):
        preset("slow")


def test_every_field_has_its_specification_in_order():
    assert list(HYPERPARAMETERS) == [f.name for f in fields(TrainConfig)]
    assert all(spec.label and spec.meaning and spec.allowed() for spec in HYPERPARAMETERS.values())


def test_only_the_learning_rate_changes_live():
    assert [name for name, spec in HYPERPARAMETERS.items() if spec.live] == ["learning_rate"]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        ("learning_rate", "0"),
        ("learning_rate", "-1"),
        ("learning_rate", "nan"),
        ("learning_rate", "inf"),
        ("learning_rate", "1.01"),
        ("learning_rate", "fast"),
        ("learning_rate", ""),
        ("gamma", "-0.01"),
        ("gamma", "1.0001"),
        ("gamma", "nan"),
        ("batch_episodes", "0"),
        ("batch_episodes", "-5"),
        ("batch_episodes", "2.5"),
        ("batch_episodes", "4097"),
        ("episodes", "0"),
        ("episodes", "1e3"),
        ("seed", "-1"),
        ("seed", str(2**32)),
        ("hidden", ""),
        ("hidden", "24,"),
        ("hidden", "0"),
        ("hidden", "24,2000"),
        ("hidden", "1,2,3,4,5"),
        ("optimizer", "lion"),
        ("preset", "slow"),
        ("env_id", "Cart Pole"),
        ("until_solved", "maybe"),
        ("solved_at", "-inf"),
        ("solved_window", "0"),
        ("eval_episodes", "0"),
    ],
)
def test_what_is_not_allowed_is_refused_with_the_range(field, text):
    spec = HYPERPARAMETERS[field]
    with pytest.raises(ConfigError) as caught:
        spec.parse(text)
    assert caught.value.field == field
    message = str(caught.value)
    assert spec.allowed() in message
    assert spec.label in message
    assert "\n" not in message


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        ("learning_rate", " 0.02 ", 0.02),
        ("learning_rate", "1e-3", 0.001),
        ("learning_rate", "1", 1.0),
        ("gamma", "0", 0.0),
        ("gamma", "1", 1.0),
        ("batch_episodes", "1", 1),
        ("batch_episodes", "4096", 4096),
        ("seed", "4294967295", 4294967295),
        ("hidden", "24, 36", (24, 36)),
        ("hidden", "(8，8)", (8, 8)),
        ("optimizer", "Adam", "adam"),
        ("optimizer", "SGD", "sgd"),
        ("baseline", "Value", "value"),
        ("entropy_bonus", "0.01", 0.01),
        ("until_solved", "yes", True),
        ("until_solved", "否", False),
        ("solved_at", "", None),
        ("solved_at", "-100", -100.0),
        ("env_id", "Acrobot-v1", "Acrobot-v1"),
    ],
)
def test_what_is_allowed_is_read(field, text, value):
    read = HYPERPARAMETERS[field].parse(text)
    assert read == value
    assert type(read) is type(value)


def test_the_words_say_the_range():
    assert HYPERPARAMETERS["learning_rate"].allowed() == "a number greater than 0 and at most 1"
    assert HYPERPARAMETERS["gamma"].allowed() == "a number from 0 to 1"
    assert HYPERPARAMETERS["seed"].allowed() == "a whole number from 0 to 4294967295"


@pytest.mark.parametrize(
    "wrong",
    [
        {"learning_rate": float("nan")},
        {"learning_rate": "0.01"},
        {"gamma": 1.5},
        {"batch_episodes": 0},
        {"batch_episodes": True},
        {"batch_episodes": 5.0},
        {"hidden": [24, 36]},
        {"hidden": (24, True)},
        {"preset": None},
        {"until_solved": 1},
    ],
)
def test_a_config_with_a_wrong_value_can_not_be_made(wrong):
    with pytest.raises(ConfigError) as caught:
        replace(ARTICLE, **wrong)
    assert caught.value.field == next(iter(wrong))


def test_a_config_is_frozen():
    with pytest.raises(FrozenInstanceError):
        ARTICLE.gamma = 0.5


def test_a_config_survives_json():
    config = replace(FAST, hidden=(8,), seed=7, solved_at=None)
    assert TrainConfig.from_dict(json.loads(json.dumps(config.to_dict()))) == config


def test_an_unknown_setting_is_refused():
    with pytest.raises(ConfigError, match="momentum"):
        TrainConfig.from_dict({"momentum": 0.9})


def test_another_environment_brings_its_own_threshold_and_keeps_its_last_reward():
    acrobot = ARTICLE.for_environment("Acrobot-v1")
    assert (acrobot.env_id, acrobot.solved_at, acrobot.zero_last_reward) == ("Acrobot-v1", None, False)
    assert ARTICLE.for_environment("CartPole-v1") == ARTICLE
    older = replace(ARTICLE, solved_at=300.0).for_environment("CartPole-v0")  # the exact id decides, not how it begins
    assert (older.env_id, older.solved_at, older.zero_last_reward) == ("CartPole-v0", None, True)


OLD_ARTICLE = {
    "preset": "article", "env_id": "CartPole-v1", "seed": 3, "episodes": 500, "learning_rate": 0.005, "gamma": 0.99,
    "batch_episodes": 5, "hidden": [24, 36], "optimizer": "rmsprop", "reduction": "sum", "zero_last_reward": True,
    "until_solved": False, "solved_at": 475.0, "solved_window": 100, "eval_episodes": 100, "evaluate_from": 250.0,
}  # fmt: skip
OLD_FAST = OLD_ARTICLE | {"preset": "fast", "batch_episodes": 32, "episodes": 6400, "reduction": "mean"}


def test_what_the_version_before_wrote_is_read():
    assert TrainConfig.from_dict(OLD_ARTICLE) == replace(
        ARTICLE, seed=3, learning_rate=0.005, solved_at=475.0, evaluate_from=250.0
    )
    assert TrainConfig.from_dict(OLD_ARTICLE).envs_at_once == 1
    assert TrainConfig.from_dict(OLD_FAST).envs_at_once == 32
    assert TrainConfig.from_dict({"preset": "fast", "batch_episodes": 7}).envs_at_once == 7
    assert TrainConfig.from_dict({"preset": "fast", "n_envs": 1}).envs_at_once == 1


def test_an_error_survives_its_way_out_of_a_worker():
    error = pickle.loads(pickle.dumps(ConfigError("gamma", "too large")))
    assert (error.field, error.message, str(error)) == ("gamma", "too large", "too large")


def test_configs_and_events_cost_the_window_no_torch():
    code = (
        "import sys, core.policy_gradient.config, core.policy_gradient.events, core.policy_gradient.commands.train;"
        "print([m for m in ('torch', 'gymnasium', 'pygame', 'imageio') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("field", "text", "said"),
    [
        ("gamma", "1.0000001", "not 1.0000001."),
        ("learning_rate", "1e-400", "not 1e-400."),
        ("learning_rate", "2", "not 2."),
        ("seed", "9" * 5000, "not 9999999999999999999…."),
        ("env_id", "Cart\nPole", "not Cart�Pole."),
        ("optimizer", "LION", "not LION."),
        ("hidden", "1, 2, 3, 4, 5, 6, 7, 8, 9, 10", "not 1, 2, 3, 4, 5, 6, 7…."),
    ],
)
def test_what_is_refused_is_quoted_as_typed_and_briefly(field, text, said):
    with pytest.raises(ConfigError) as caught:
        HYPERPARAMETERS[field].parse(text)
    assert str(caught.value).endswith(said)
    assert len(str(caught.value)) < 150


@pytest.mark.parametrize("value", [10**400, -(10**400), float("inf"), float("-inf"), float("nan")])
@pytest.mark.parametrize("field", ["learning_rate", "gamma", "episodes", "seed", "solved_at"])
def test_a_number_beyond_every_range_is_refused_in_words(field, value):
    with pytest.raises(ConfigError) as caught:
        TrainConfig.from_dict({field: value})
    assert caught.value.field == field


def test_an_unknown_setting_with_a_long_name_is_named_briefly():
    with pytest.raises(ConfigError, match=r"setting x{19}…\.$"):
        TrainConfig.from_dict({"x" * 10_000: 1})


CLUMSY = re.compile(r"[\u4e00-\u9fff][0-9A-Za-zγ]|[0-9A-Za-zγ][\u4e00-\u9fff]")


@pytest.mark.parametrize("field", list(HYPERPARAMETERS))
def test_in_chinese_blanks_stand_between_characters_and_numbers(field):
    set_language("zh_CN")
    spec = HYPERPARAMETERS[field]
    says_something = spec.optional or field == "env_kwargs"  # nothing typed is no option
    empty = () if says_something else (lambda: spec.parse(""),)
    for refuse in (*empty, lambda: spec.parse("é é"), lambda: spec.check(object())):
        with pytest.raises(ConfigError) as caught:
            refuse()
        assert CLUMSY.search(str(caught.value)) is None, str(caught.value)


def test_options_are_one_text_however_they_are_written_and_an_object_in_files():
    config = TrainConfig(env_id="FrozenLake-v1", env_kwargs='{"map_name":"8x8",  "is_slippery": false}')
    assert config == TrainConfig(env_id="FrozenLake-v1", env_kwargs={"is_slippery": False, "map_name": "8x8"})
    assert config.to_dict()["env_kwargs"] == {"is_slippery": False, "map_name": "8x8"}
    assert TrainConfig.from_dict(config.to_dict()) == config
    assert config.environment.options == {"is_slippery": False, "map_name": "8x8"}
    assert hash(config) == hash(TrainConfig.from_dict(config.to_dict()))
    assert HYPERPARAMETERS["env_kwargs"].parse("  ") == "{}"


@pytest.mark.parametrize("options", [[1], "x", {"a": float("nan")}, {"max_episode_steps": 3}, None])
def test_options_in_files_are_checked(options):
    with pytest.raises(ConfigError) as caught:
        TrainConfig.from_dict({"env_kwargs": options})
    assert caught.value.field == "env_kwargs"


def test_another_environment_brings_its_own_options_and_limit():
    config = TrainConfig(env_id="FrozenLake-v1", env_kwargs="{}", max_episode_steps=50)
    config = TrainConfig.from_dict(config.to_dict() | {"env_kwargs": {"is_slippery": False}})
    assert config.for_environment("FrozenLake-v1") == config
    other = config.for_environment("Acrobot-v1")
    assert (other.env_kwargs, other.max_episode_steps) == ("{}", None)
    assert config.for_environment("CliffWalking-v1").max_episode_steps == 200  # it would never end by itself
