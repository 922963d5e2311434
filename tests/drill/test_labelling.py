"""Labelling while the window is killed, again and again: what it showed as stored is there, once, in its place."""

from __future__ import annotations

import time

from core.synonyms.store import Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.small_store import make_store, many_pairs
from tests.drill.ledger import ANNOTATOR, OTHER, actions_of, differences, presses, read_ledger, read_rows
from tests.drill.plan import SEED, cases, marks
from tests.drill.window import Window, longest_gaps, remember

pytestmark = marks("labelling")
PAIRS = 400


def test_nothing_is_lost_when_the_window_is_killed_while_labelling(tmp_path, figures):
    home = tmp_path / "drill"
    (home / "data").mkdir(parents=True)
    path = make_store(home / "data" / "synonyms.db", many_pairs(PAIRS))
    remember(home, queue={"annotator": ANNOTATOR})
    said_by_other = []
    for case, random in cases("labelling", least=3):
        with Window(home, "labeller:label", f"{SEED} {case}", 3600) as window:
            window.wait_for("labels")
            end = time.monotonic() + random.uniform(0.5, 10)
            while time.monotonic() < end:
                said_by_other.append(say_as_another(path, random))
                time.sleep(random.uniform(0, 0.5))
            window.kill()
            assert window.troubles() == []
        lines = read_ledger(home / "ledger")
        pressed = presses(lines)
        figures.update(
            kills=case + 1, entered=len(pressed), stored=sum(press.outcome == "stored" for press in pressed),
            by_another=len(said_by_other), longest_gap=longest_gaps(home),
        )  # fmt: skip
        assert not [press for press in pressed if press.outcome == "refused"]
        assert differences(pressed, actions_of(read_rows(path, ANNOTATOR))) == []
        assert [(row[2], row[3]) for row in read_rows(path, OTHER)] == said_by_other
        with Store(path) as store:
            assert store.check() == []
    assert figures["stored"]


def say_as_another(path, random):
    """Enter one verdict of another annotator, as a second program on the same store does; return it."""
    pair, verdict = random.randint(1, PAIRS), random.choice(list(Verdict))
    with Store(path) as store:
        store.decide(pair, verdict, OTHER)
    return pair, str(verdict)
