from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path
from typing import Annotated, Literal

import msgspec
import pytest

from core.decode import DecodeError, decode, decode_usable


class Colour(Enum):
    BLUE = "blue"


@dataclass(frozen=True, slots=True)
class Inner:
    depth: int = 0


@dataclass(frozen=True, slots=True)
class Duck:
    name: str
    weight: Annotated[float, msgspec.Meta(ge=0.5, le=5)] = 1.0
    kind: Literal["mallard", "teal"] = "teal"
    colour: Colour = Colour.BLUE
    eggs: tuple[int, ...] = ()
    nest: Path | None = None
    inner: Inner = field(default_factory=Inner)


WHOLE = {
    "name": "鸭", "weight": 2, "kind": "mallard", "colour": "blue", "eggs": [1, 2], "nest": "a/b",
    "inner": {"depth": 3},
}  # fmt: skip


def test_every_field_becomes_what_its_type_says():
    assert decode(Duck, WHOLE) == Duck("鸭", 2.0, "mallard", Colour.BLUE, (1, 2), Path("a/b"), Inner(3))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("name", 3), ("weight", "2"), ("weight", True), ("weight", 9), ("kind", "goose"), ("colour", "red"),
        ("eggs", [1, "2"]), ("eggs", [True]), ("nest", 7), ("nest", "a\0b"), ("inner", {"depth": "deep"}),
        ("inner", []),
    ],
)  # fmt: skip
def test_a_wrong_value_is_refused_and_its_field_named(name, value):
    with pytest.raises(DecodeError) as refused:
        decode(Duck, {**WHOLE, name: value})
    assert refused.value.field == name


@pytest.mark.parametrize(("name", "value"), [("weight", 9), ("kind", "goose"), ("eggs", "12"), ("inner", None)])
def test_what_cannot_be_used_is_left_at_its_default(name, value):
    usable, unusable = decode_usable(Duck("duck"), {**WHOLE, name: value})
    assert unusable == (name,)
    assert getattr(usable, name) == getattr(Duck("duck"), name)
    assert usable.name == "鸭"


def test_unknown_fields_are_refused_on_purpose_and_passed_over_in_memory():
    with pytest.raises(DecodeError) as refused:
        decode(Duck, {**WHOLE, "wings": 2})
    assert refused.value.field == "wings"
    assert decode_usable(Duck("duck"), {"wings": 2}) == (Duck("duck"), ())


def test_a_missing_field_is_named():
    with pytest.raises(DecodeError) as refused:
        decode(Duck, {"weight": 1})
    assert (refused.value.field, refused.value.reason) == ("name", "missing")


@pytest.mark.parametrize("values", [None, [], "duck", 3])
def test_what_is_no_object_is_refused_or_changes_nothing(values):
    with pytest.raises(DecodeError):
        decode(Duck, values)
    assert decode_usable(Duck("duck"), values) == (Duck("duck"), ())


def test_a_field_that_was_renamed_is_read_by_its_former_name():
    assert decode(Duck, {"title": "鸭"}, former={"title": "name"}).name == "鸭"
    assert decode_usable(Duck("duck"), {"title": "鸭"}, former={"title": "name"})[0].name == "鸭"
