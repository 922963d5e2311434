from app.policy_gradient.live.restore_bar import RestoreBar
from core.language import set_language
from tests.widgets import follow_language


def test_it_says_where_it_goes_how_far_it_is_and_can_be_called_off(look, qtbot):
    way = RestoreBar(look)
    qtbot.addWidget(way)
    assert way.isHidden()
    way.show_progress(6, 0.25)
    assert not way.isHidden()
    assert way.share == 0.25
    assert way.words == "Replaying the run up to episode 7."
    called = []
    way.cancelled.connect(lambda: called.append(True))
    way.cancel.click()
    assert called == [True]
    set_language("zh_CN")
    follow_language(way)
    assert "第 7 局" in way.words
    assert way.cancel.text() == "取消"
