from app.sentence import Sentence
from app.synonyms.annotation.current_problem import CurrentProblem
from core.synonyms.pairs import SynonymsError


def test_the_newest_complaint_stands_alone_and_is_taken_back_once(qtbot):
    problem = CurrentProblem()
    heard = []
    problem.failed.connect(lambda text: heard.append(("failed", str(text))))
    problem.held.connect(lambda text: heard.append(("held", str(text))))
    problem.resolved.connect(lambda text: heard.append(("mended", str(text))))
    problem.resolve()
    assert heard == []
    problem.hold(Sentence("Another program holds the store."))
    problem.report(SynonymsError("The disk is full."))
    problem.resolve()
    problem.resolve()
    assert heard == [
        ("held", "Another program holds the store."),
        ("mended", "Another program holds the store."),
        ("failed", "The disk is full."),
        ("mended", "The disk is full."),
    ]
