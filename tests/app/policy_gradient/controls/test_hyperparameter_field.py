import pytest

from app.policy_gradient.controls.hyperparameter_field import text_of
from core.policy_gradient.config import HYPERPARAMETERS


@pytest.mark.parametrize(
    ("value", "text"),
    [(0.9999999, "0.9999999"), (0.1234567891, "0.1234567891"), (0.01, "0.01"), (1.0, "1"), (1e-07, "1e-07"),
     (500, "500"), ((24, 36), "24, 36")],
)  # fmt: skip
def test_a_value_is_written_so_that_reading_it_gives_the_same(value, text):
    assert text_of(value) == text


@pytest.mark.parametrize("name", ["learning_rate", "gamma"])
def test_what_is_written_is_read_as_it_was(name):
    for value in (0.1 + 0.2, 1 / 3, 1e-12, 0.9999999):
        assert HYPERPARAMETERS[name].parse(text_of(value)) == value
