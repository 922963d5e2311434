"""What may be compared, as it is typed."""

from __future__ import annotations

from dataclasses import replace

import pytest

from core.policy_gradient.config import ARTICLE, FAST
from core.policy_gradient.errors import ConfigError
from core.policy_gradient.experiments.variants import NAMED, parse_variant, parse_variants, with_seed


def test_presets_and_presets_with_changes():
    fast, hot, adam = parse_variants("fast, fast:learning_rate=0.03,article:optimizer=adam")
    assert (fast.name, fast.config) == ("fast", FAST)
    assert (hot.name, hot.config) == ("fast:learning_rate=0.03", replace(FAST, learning_rate=0.03))
    assert adam.config == replace(ARTICLE, optimizer="adam")


def test_several_changes_and_values_with_marks_of_their_own():
    assert parse_variant("fast:gamma=1:hidden=(8,8)").config == replace(FAST, gamma=1.0, hidden=(8, 8))
    (both, other) = parse_variants("fast:hidden=(8,8):baseline=step,article")
    assert (both.config.hidden, both.config.baseline, other.name) == ((8, 8), "step", "article")
    assert parse_variant("fast:env_id=my.module:Cart-v0").config.env_id == "my.module:Cart-v0"
    (given,) = parse_variants('fast:env_kwargs={"a": 1, "b": 2}')
    assert given.config.env_kwargs == '{"a": 1, "b": 2}'
    assert [v.name for v in parse_variants("fast，fast：gamma＝1")] == ["fast", "fast:gamma=1"]


def test_another_environment_brings_its_own_threshold():
    config = parse_variant("article:env_id=Acrobot-v1:episodes=7").config
    assert config == replace(ARTICLE.for_environment("Acrobot-v1"), episodes=7)


def test_every_named_variant_can_be_read_and_differs_from_the_others():
    configs = [(parse_variant(row.name).config, row.task) for row in NAMED]
    assert len({row.name for row in NAMED}) == len(NAMED)
    assert all(configs.count(config) == 1 for config in configs)
    assert all(row.meaning for row in NAMED)


def test_a_run_has_its_own_seed():
    assert with_seed(parse_variant("fast"), 7) == replace(FAST, seed=7)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "No variant is named"),
        (" , ", "No variant is named"),
        ("quick", "There is no variant quick"),
        ("fast,fast", "fast is named twice"),
        ("fast:lr=0.1", "lr can't be changed in a variant. What can: env_id"),
        ("fast:seed=3", "seed can't be changed"),
        ("fast:preset=article", "preset can't be changed"),
        ("fast:learning_rate=7", "not 7"),
        ("fast:learning_rate=", "is empty"),
        ("fast:hidden=8,8", "There is no variant 8"),
        ("fast:optimizer", "There is no variant fast:optimizer"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(text, said):
    with pytest.raises(ConfigError) as caught:
        parse_variants(text)
    assert caught.value.field == "variants"
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
