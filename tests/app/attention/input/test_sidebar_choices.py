"""What is chosen in the sidebar of the heads that are shown and of the sentences that look."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest

from app.attention.options import ViewOptions
from app.attention.tab import AttentionTab
from core.attention.head_set import HeadSet
from core.attention.session_file import Session, load_session, save_session
from tests.app.attention.conftest import CARD, ScriptedBackground


@pytest.fixture
def tab(look, qtbot):
    made = AttentionTab(look, ScriptedBackground())
    qtbot.addWidget(made)
    made.session.want(text="abc", layer=1, head=2)
    made.resize(1400, 900)
    made.show()
    yield made
    made.session.close()


def test_a_set_is_typed_shown_and_left_by_moving_a_slider(tab):
    line = tab.sidebar.head_set

    def options():
        return tab.session.options

    QTest.keyClicks(line.field, "L0-1, H")
    assert "H1,4" in line._problem.text()
    QTest.keyClicks(line.field, "2")
    assert options().chosen == HeadSet((0, 1), (2,))
    assert options().attention().chosen == options().chosen
    assert (line.field.text(), line._problem.isHidden()) == ("L0-1, H2", True)
    assert tab.sidebar.layer._value.text() == "chosen set"
    assert tab.exporter._suggested_name() == "attention-L0-1-H2"

    tab.session.want(aggregation="rollout")
    assert options().attention().chosen is None
    assert not line.isEnabled()
    tab.session.want(aggregation="weights")
    tab.sidebar.layer.step(+1)
    assert (options().chosen, options().layer, options().head) == (None, 2, 2)
    assert line.field.text() == ""
    assert tab.exporter._suggested_name() == "attention"


def test_it_is_kept_with_settings_and_sessions_as_far_as_a_model_has_it(tmp_path):
    options = ViewOptions(text="abc", chosen=HeadSet((0, 5), (2,)))
    assert ViewOptions.from_dict(json.loads(json.dumps(options.to_dict()))) == options
    assert ViewOptions.from_dict({"chosen": {"layers": [-1]}}).chosen is None
    assert options.within(CARD, None).chosen == HeadSet((0,), (2,))
    path = tmp_path / "session.json"
    save_session(path, Session((options.attention(),)))
    assert load_session(path).requests == (options.attention(),)


def test_which_sentence_looks_is_asked_where_two_are_read(tab):
    def options():
        return tab.session.options

    across = tab.sidebar.across
    assert not across.isVisible()
    tab.session.want(second="xy", paired=True)
    assert across.isVisible()
    across.setCurrentIndex(2)
    across.activated.emit(2)
    assert options().attention().across == options().heads().across == "second-first"
    assert options().linking_heads(0, 1).across == "second-first"
    assert options().comparison({}).first.across is None
    tab.session.want(view="comparison")
    assert not across.isVisible()
    tab.session.want(view="map", paired=False)
    assert (options().across, options().attention().across) == ("second-first", None)
    tab.session.want(paired=True)
    assert (across.currentIndex(), options().attention().across) == (2, "second-first")
    assert options().within(replace(CARD, family="encoder-decoder"), None).across is None
