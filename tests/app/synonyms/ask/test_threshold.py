"""The line among neighbours: where it stands, and where it can't."""

from app.synonyms.ask.threshold import Measure, Threshold

COSINE = [0.9, 0.8, 0.7, 0.6, 0.5, 0.4]
TIED = [0.5, 0.5, 0.3, 0.3, 0.3, 0.3, 0.3]


def test_a_score_stays_when_another_word_is_asked():
    line = Threshold()
    assert line.above("cosine", COSINE) == 5
    line.move("cosine", COSINE, 2)
    assert line.scores["cosine"] == (0.8 + 0.7) / 2
    assert line.above("cosine", [0.95, 0.76, 0.74]) == 2
    assert line.above("cosine", [0.7]) == 0


def test_of_equal_scores_all_are_above_or_none():
    line = Threshold()
    line.move("characters", TIED, 3)
    assert line.above("characters", TIED) == 2
    line.step({"characters": TIED}, 1)
    assert line.above("characters", TIED) == 7
    line.step({"characters": TIED}, -1)
    line.step({"characters": TIED}, -1)
    assert line.above("characters", TIED) == 0


def test_a_number_is_the_same_for_all_methods():
    line = Threshold(Measure.COUNT, count=3)
    assert [line.above(name, scores) for name, scores in (("cosine", COSINE), ("characters", TIED))] == [3, 3]
    line.step({"cosine": COSINE, "characters": TIED}, 1)
    assert line.above("cosine", COSINE) == 4
    line.move("cosine", COSINE, 99)
    assert line.count == 6
