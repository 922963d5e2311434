"""What learning from labels might have come to, by hand."""

import numpy as np

from core.synonyms.retraining.config import Interval, Labels, Moved, Retrained
from core.synonyms.verdicts import Verdict


def retrained(method="classifier", gain=0.11):
    """Return a result of ``method`` on a store of 5,000 pairs, of which two rose and one fell."""
    risen = (
        Moved(1, "医师", "医生", 0.31, 0.88, 2_310, 17, Verdict.SYNONYM),
        Moved(2, "抵达", "到达", 0.22, 0.7, 3_120, 110),
    )
    fallen = (Moved(3, "东部", "西部", 0.93, 0.12, 3, 4_020, Verdict.NOT),)
    scores = np.zeros(5_000, dtype=np.float32)
    return Retrained(
        method, Labels(140, 31, 60, 14, 8, 2, 20, 90_000), 0.23, Interval(0.41, 0.31, 0.52),
        Interval(0.41 + gain, 0.4, 0.63), Interval(gain, 0.02, 0.2), risen, fallen,
        np.arange(5_000), scores, scores, 9.0,
    )  # fmt: skip
