"""Beside the card: which English sets propose the pair."""

from dataclasses import replace

import pytest

from app.synonyms.evidence.panel import EvidencePanel
from core.synonyms.lexicons.translated import Proposal
from core.synonyms.store.rows import Row
from tests.app.synonyms.annotation.test_state import evidence

WORDS = ("医师", "医生")


@pytest.fixture
def panel(look, qtbot):
    made = EvidencePanel(look)
    qtbot.addWidget(made)
    made.show_pair(Row(1, *WORDS))
    return made


def said(panel):
    return panel.english.text.replace("\u00a0", " ")


def test_the_set_that_proposed_a_pair_stands_on_the_card_with_the_words_it_translates(panel):
    of = evidence(*WORDS)
    panel.show_evidence(of)
    assert "No English lexicon is installed" in panel.english.text
    panel.show_evidence(replace(of, proposals=()))
    assert panel.english.text == "None."
    proposals = (
        Proposal("WordNet", "10020890-n", ("doctor", "physician")), Proposal("VerbNet", "heal-1", ("heal", "heal")),
    )  # fmt: skip
    panel.show_evidence(replace(of, proposals=proposals))
    assert said(panel) == "WordNet 10020890-n: doctor, physician   VerbNet heal-1: heal"


def test_the_sets_that_came_with_a_pair_are_shown_at_once_and_no_lexicon_is_needed(panel):
    panel.show_pair(Row(1, *WORDS, english_sets=("VerbNet heal-1: heal", "WordNet 10020890-n: doctor")))
    assert said(panel) == "VerbNet heal-1: heal   WordNet 10020890-n: doctor"
    assert "VerbNet heal" not in panel.english.text, "no line ends within a set"
    panel.show_evidence(evidence(*WORDS))
    assert said(panel).startswith("VerbNet heal-1: heal")
    panel.show_pair(Row(2, *WORDS))
    assert panel.english.text == ""
