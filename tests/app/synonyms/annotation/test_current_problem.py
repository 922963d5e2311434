from app.sentence import Sentence
from app.synonyms.annotation.current_problem import Complaint
from core.synonyms.pairs import SynonymsError


def test_the_newest_complaint_stands_alone_and_is_taken_back_once(qtbot):
    complaint = Complaint()
    heard = []
    complaint.failed.connect(lambda text: heard.append(("failed", str(text))))
    complaint.held.connect(lambda text: heard.append(("held", str(text))))
    complaint.mended.connect(lambda text: heard.append(("mended", str(text))))
    complaint.mend()
    assert heard == []
    complaint.hold(Sentence("Another program holds the store."))
    complaint.complain(SynonymsError("The disk is full."))
    complaint.mend()
    complaint.mend()
    assert heard == [
        ("held", "Another program holds the store."),
        ("mended", "Another program holds the store."),
        ("failed", "The disk is full."),
        ("mended", "The disk is full."),
    ]
