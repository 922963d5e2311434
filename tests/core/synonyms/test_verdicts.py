from core.synonyms.verdicts import TEACHING, VERDICTS, Consensus, Verdict, consensus

S, R, N, K = Verdict.SYNONYM, Verdict.RELATED, Verdict.NOT, Verdict.SKIP


def test_nobody_has_said_anything():
    assert consensus([]) == Consensus(None, disputed=False)


def test_one_verdict_stands_and_agreement_stands():
    assert consensus([S]) == Consensus(S)
    assert consensus([S, S, S]) == Consensus(S)


def test_two_verdicts_are_a_dispute_without_a_verdict():
    assert consensus([S, N]) == Consensus(None, disputed=True)
    assert consensus([S, S, R]) == Consensus(None, disputed=True)


def test_a_skip_neither_disputes_nor_outvotes():
    assert consensus([S, K]) == Consensus(S)
    assert consensus([K, K]) == Consensus(K)
    assert not K.is_judgement


def test_an_adjudicator_settles_and_their_skip_settles_nothing():
    assert consensus([S, N], adjudication=R) == Consensus(R)
    assert consensus([S, N], adjudication=K) == Consensus(None, disputed=True)
    assert consensus([S], adjudication=N) == Consensus(N)


def test_every_verdict_has_a_row_of_its_own_in_the_order_of_its_key():
    assert [spec.verdict for spec in VERDICTS] == list(Verdict)
    assert [spec.key for spec in VERDICTS] == ["1", "2", "3", "4", "5", "6"]
    assert len({spec.title for spec in VERDICTS}) == len({spec.word for spec in VERDICTS}) == len(Verdict)


def test_a_verdict_teaches_if_it_says_yes_or_no():
    assert TEACHING == (Verdict.SYNONYM, Verdict.RELATED, Verdict.ANTONYM, Verdict.NOT)
