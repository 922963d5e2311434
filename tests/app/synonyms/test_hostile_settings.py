"""Whatever stands in the settings for this tab, its pages are built, shown and saved again."""

import copy
import json
from pathlib import Path

import pytest

from app.synonyms.pages import PAGES
from app.synonyms.saved_choices import queue_from_json, queue_to_json

SAVED = json.loads((Path(__file__).parents[2] / "data" / "version_0_1" / "settings.json").read_text(encoding="utf-8"))
VALUES = (2**31, -(2**63) - 1, 10**400, float("nan"), "a\0b", "\ud800", None, [], {}, ["a\0b", 10**30])


def leaves(values, path=()):
    """The way to each value in nested objects and lists."""
    inner = values.items() if isinstance(values, dict) else enumerate(values) if isinstance(values, list) else ()
    for name, value in inner:
        yield (*path, name)
        yield from leaves(value, (*path, name))


def with_value(values, path, value):
    changed = copy.deepcopy(values)
    place = changed
    for name in path[:-1]:
        place = place[name]
    place[path[-1]] = value
    return changed


@pytest.fixture
def pages(workspace, qtbot, monkeypatch):
    monkeypatch.setattr("app.synonyms.sources.mining.Mining.start", lambda _mining, _config: None)
    made = {spec.name: spec.build(workspace) for spec in PAGES}
    for page in made.values():
        qtbot.addWidget(page)
    return made


@pytest.mark.sweep(4)
@pytest.mark.parametrize("value", VALUES, ids=lambda value: repr(value)[:12])
def test_no_value_in_any_place_stops_a_page(pages, session, value):
    remembered = SAVED["tabs"]["synonyms"] | {"store": session.address}
    for path in leaves(remembered):
        changed = with_value(remembered, path, value)
        if path[0] == "queue":
            session.arrange(queue_from_json(changed.get("queue"), session.config))
        else:
            for page in pages.values():
                page.restore_settings(changed)
        json.dumps([queue_to_json(session.config), *(page.save_settings() for page in pages.values())])
