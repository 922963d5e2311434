"""What a dictionary says of two words, counted by hand; and the re-ranker learns what it is worth."""

import numpy as np
import pytest

from core.synonyms.evaluation.measures import average_precision
from core.synonyms.labelled import LabelledPairs
from core.synonyms.lexicons.cedict import Cedict, Entry
from core.synonyms.methods.english import English
from core.synonyms.methods.method import MethodData
from core.synonyms.methods.reranker import RerankerConfig, reranker
from core.synonyms.pairs import word_pair
from core.synonyms.progress import finish


def a_dictionary(glosses):
    return Cedict(Entry(word, word, "", told) for word, told in glosses.items())


def test_meanings_and_words_in_common_are_counted():
    english = English(
        a_dictionary({"医生": ("doctor", "physician"), "大夫": ("doctor; senior official",), "护士": ("the nurse",)})
    )
    told = english.features([word_pair("医生", "大夫"), word_pair("医生", "护士"), word_pair("医生", "无")])
    # doctor of doctor, physician, "senior official"; of the words doctor, physician, senior, official.
    assert told[0] == pytest.approx([1, 1 / 3, 1 / 4, 2])
    assert told[1] == pytest.approx([0, 0, 0, 1])
    assert np.isnan(told[2]).all()


def test_the_reranker_learns_from_the_dictionary(world):
    # Of these words nothing is known but their English: no vectors, no character in common.
    words = [chr(0x6E00 + n) for n in range(600)]
    rows = [(word_pair(words[n], words[n + 1 + 2 * (n % 4 // 2)]), n % 4 == 0, "") for n in range(0, 596, 2)]
    meanings = {word: (f"meaning {n // 2}",) for n, word in enumerate(words)}
    training, unseen = LabelledPairs.of(rows[:250]), LabelledPairs.of(rows[250:])
    data = MethodData(training, world, dictionary=a_dictionary(meanings))
    scorer = finish(reranker(RerankerConfig(methods=("cosine",), held_out=0.8), data))
    assert average_precision(unseen.synonym, scorer.score(unseen.pairs)) > 0.99
