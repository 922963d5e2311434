"""A word is asked: what each method puts near it, what dictionaries say of that, and what an interruption costs."""

import numpy as np
import pytest

from core.synonyms.asking import ask as asking
from core.synonyms.asking.ask import Oracle, ask, ask_word
from core.synonyms.asking.candidates import Candidates
from core.synonyms.asking.config import Answer, AskConfig, AskedWord, Learning, NoAnswer
from core.synonyms.asking.queueing import candidates_of
from core.synonyms.asking.relations import Relation, Relations
from core.synonyms.labelled import LabelledPairs
from core.synonyms.lexicons.cilin import Cilin
from core.synonyms.methods.space import Space
from core.synonyms.pairs import SynonymsError, word_pair
from core.synonyms.vectors import load_vectors

CILIN = Cilin({
    "Aa01A01=": ("左边", "左面", "左方"), "Aa01A02=": ("右边", "右方"), "Aa01B01#": ("医生", "护士"),
    "Aa01C01=": ("医生", "医师"),
})  # fmt: skip
WORDS = ("左边", "右边", "左方", "右方", "医生", "医师", "护士", "上面")


@pytest.fixture
def vectors(tmp_path):
    """Eight words on a half circle, in their order: neighbours by cosine are the neighbours in the list."""
    angles = [n * np.pi / 8 for n in range(len(WORDS))]
    rows = [f"{word} {np.cos(a):.4f} {np.sin(a):.4f}" for word, a in zip(WORDS, angles, strict=True)]
    path = tmp_path / "eight.txt"
    path.write_text(f"{len(WORDS)} 2\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return path


@pytest.fixture
def oracle(vectors):
    read = load_vectors(vectors)
    pairs = [("左边", "左方", True), ("右边", "右方", True), ("左方", "医生", False), ("医师", "上面", False)]
    training = LabelledPairs.of((word_pair(a, b), yes, "synonym" if yes else "related") for a, b, yes in pairs)
    made = Oracle(read, vectors, Candidates(read), Relations((CILIN,)), 0)
    made.learn_from(training)
    return made


def answers_of(oracle, word, methods, nearest=3):
    """Return what is known of the word, and then the answers."""
    return [event for event in ask(oracle, word, methods, nearest) if not isinstance(event, Learning)]


def test_the_dictionaries_say_what_two_words_are():
    of = Relations((CILIN,)).of
    assert of("左边", "左方") is Relation.SYNONYM
    assert of("左边", "右边") is Relation.ANTONYM
    assert of("左边", "右方") is Relation.ANTONYM, "the opposite of a synonym"
    assert of("医生", "护士") is Relation.SIBLING
    assert of("医生", "左边") is Relation.UNKNOWN


def test_each_method_answers_with_its_nearest_words(oracle):
    about, cosine, characters = answers_of(oracle, "左边", ("cosine", "characters"))
    assert about == AskedWord("左边", 1, ("Aa01A01=",), ("左方",))  # 左面 has no vector: nothing could find it
    assert [(near.word, near.relation) for near in cosine.near] == [
        ("右边", Relation.ANTONYM), ("左方", Relation.SYNONYM), ("右方", Relation.ANTONYM),
    ]  # fmt: skip
    assert cosine.near[0].score == pytest.approx(np.cos(np.pi / 8), abs=1e-3)
    assert cosine.is_seen is None
    assert {near.word for near in characters.near[:2]} == {"右边", "左方"}


def test_what_a_method_has_moved_near_is_found_and_whether_it_has_met_the_word_is_told(oracle):
    vectors = oracle.vectors
    oracle.scorers["attract_repel"] = Space(vectors, dict.fromkeys(("左边", "上面"), vectors.vector("医生")))
    _about, seen = answers_of(oracle, "左边", ("attract_repel",))
    assert {near.word for near in seen.near[:2]} == {"上面", "医生"}
    assert seen.is_seen is True
    _about, unseen = answers_of(oracle, "护士", ("attract_repel",))
    assert unseen.is_seen is False


def test_learning_that_is_interrupted_goes_on_where_it_was(oracle):
    def steps(word):
        return (event.done for event in ask(oracle, word, ("attract_repel",), 2) if isinstance(event, Learning))

    first = steps("左边")
    begun = [next(first), next(first)]
    first.close()  # another word is asked
    rest = list(steps("右边"))
    assert begun[-1] < rest[0] <= begun[-1] + 1
    assert list(steps("左边")) == []  # it has learnt


def test_a_word_without_a_vector_is_answered_with_one_like_it(oracle):
    assert answers_of(oracle, "医生们", ("cosine",)) == [AskedWord("医生们", None, (), (), "医生")]


def test_too_little_to_learn_from_is_one_sentence_and_other_methods_answer(oracle):
    oracle.learn_from(LabelledPairs((), np.zeros(0, dtype=bool), ()))
    _about, *answers = answers_of(oracle, "左边", ("classifier", "cosine"))
    assert isinstance(answers[0], Answer)
    assert isinstance(answers[1], NoAnswer)
    assert "too few" in answers[1].reason


def test_what_was_found_goes_to_the_queue_with_the_scores_of_all_who_found_it(oracle):
    about, *answers = answers_of(oracle, "右方", ("cosine", "characters"))
    found = candidates_of(about, [(answer.method, near) for answer in answers for near in answer.near])
    pair = next(each for each in found if "右边" in (each.word1, each.word2))
    assert pair.sources == ("characters", "cosine")
    assert pair.scores["characters"] == pytest.approx(1 / 3)
    assert pair.known
    assert pair.ranks == ((4, 2) if pair.word1 == "右方" else (2, 4))


def test_the_task_keeps_what_it_has_read_and_refuses_what_is_no_word(vectors, monkeypatch):
    monkeypatch.setattr(asking, "_oracles", {})
    config = AskConfig(("cosine",), vectors=vectors)
    list(ask_word(config, "医生"))
    [kept] = asking._oracles.values()
    list(ask_word(config, "医师"))
    assert [kept] == list(asking._oracles.values())
    with pytest.raises(SynonymsError, match="not a word"):
        list(ask_word(config, "\x07"))


def test_an_unknown_method_is_named():
    with pytest.raises(SynonymsError, match="crystal_ball"):
        AskConfig(("crystal_ball",))
