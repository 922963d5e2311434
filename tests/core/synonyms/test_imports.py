from __future__ import annotations

import subprocess
import sys

import pytest

LIGHT = (
    "core.synonyms.verdicts",
    "core.synonyms.queue.config",
    "core.synonyms.exchange.config",
    "core.synonyms.agreement.report",
)
HEAVY = {"sqlalchemy", "sklearn", "scipy", "torch", "psycopg"}


@pytest.mark.parametrize("module", LIGHT)
def test_what_a_window_asks_and_hears_costs_it_nothing_to_import(module):
    script = f"import sys, {module}; print(*sorted({{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert not HEAVY & set(done.stdout.split())


def test_the_queue_needs_no_scikit_learn_where_cards_are_shown():
    script = "import sys, core.synonyms.queue.queue; print('sklearn' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "False"
