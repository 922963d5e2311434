from app.policy_gradient.solved import SolvedNotice
from core.language import set_language
from core.policy_gradient.events import Solved


def test_a_solved_run_is_told_with_both_scores_and_a_new_one_is_not(look, qtbot):
    notice = SolvedNotice(look)
    qtbot.addWidget(notice)
    assert notice.isHidden()
    notice.show_solved(Solved(640, 266.7, 500.0))
    assert not notice.isHidden()
    assert notice.text.startswith("Solved at episode 640")
    assert "266.7" in notice.text
    assert "500.0" in notice.text
    set_language("zh_CN")
    notice.retranslate()
    assert "640" in notice.text
    assert "Solved" not in notice.text
    notice.show_solved(None)
    assert notice.isHidden()
