"""Experiments: a study in the terminal's way, and ten seeds with a band while somebody watches a training."""

from __future__ import annotations

import shutil
import time
from dataclasses import replace
from typing import Any, Final

from app.policy_gradient.experiments.experiment import Phase
from app.policy_gradient.experiments.page import ExperimentsPage
from core.policy_gradient.config import ARTICLE, FAST
from core.policy_gradient.experiments.kept import runs_folder
from core.policy_gradient.experiments.report import summaries
from core.policy_gradient.experiments.run import run_study
from core.policy_gradient.experiments.schedule import Schedule, Study
from core.policy_gradient.experiments.variants import parse_variants
from tests.benchmarks.gaps import gap_summary
from tests.benchmarks.probes.window import LOAD_LIMIT, Heartbeat, open_window

VARIANTS: Final = "fast,lr-0.02,lr-0.03,adam,no-discount,baseline-value"
"""What is compared: six variants, of which two have many seeds that never get there."""


def study(seeds: int) -> dict[str, Any]:
    """Play six variants with ``seeds`` seeds each, from nothing: start of the processes, bands and all."""
    begin = time.perf_counter()
    schedule = Schedule(Study(parse_variants(VARIANTS), tuple(range(seeds))))
    for _step in run_study(schedule, folder=None):
        pass
    told = summaries(schedule)
    return {
        "seconds": time.perf_counter() - begin,
        "solved": {summary.name: summary.solved for summary in told},
        "runs": schedule.done,
    }


def click(width: int, height: int, seeds: int) -> dict[str, Any]:
    """Watch a training on one page, and on the other press Run for ``seeds`` seeds of the preset ``fast``."""
    with open_window(width, height) as bench:
        bench.prepare(replace(ARTICLE, episodes=1_000_000), "real")
        bench.session.toggle()
        bench.laboratory.window.actions_table["pg_page_experiments"].trigger()
        page = bench.tab.page
        assert isinstance(page, ExperimentsPage)
        page.choices.choose(["fast"])
        page.choices.seeds.setValue(1)
        page.choices.button.click()  # the processes load what they need: a lecturer has opened the page before
        bench.wait_until(lambda: page.experiment.phase is Phase.FINISHED, LOAD_LIMIT, "first seed")
        shutil.rmtree(runs_folder())  # else that seed would be found
        page.choices.seeds.setValue(seeds)
        heart = Heartbeat()
        heart.start()
        begin = time.perf_counter()
        page.choices.button.click()
        bench.wait_until(lambda: page.experiment.phase is Phase.FINISHED, LOAD_LIMIT, "band")
        seconds = time.perf_counter() - begin
        heart.stop()
        assert FAST.episodes >= len(page.plot.drawn("fast")[0]) > 1
        (summary,) = page.experiment.in_order
        return {"seconds": seconds, "solved": summary.solved, "gaps_ms": gap_summary(heart.times)}
