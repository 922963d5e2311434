"""A store of a dozen real pairs, so that a test need not mine for half a minute."""

from core.synonyms.pairs import Candidate
from core.synonyms.store import Store

PAIRS = (
    ("美丽", "漂亮", 0.91), ("医师", "医生", 0.83), ("电脑", "计算机", 0.74), ("增加", "减少", 0.90),
    ("护士", "医生", 0.79), ("东部", "西部", 0.95), ("开心", "高兴", 0.82), ("抵达", "到达", 0.88),
    ("马铃薯", "土豆", 0.80), ("故事", "事故", 0.41), ("爸爸", "父亲", 0.78), ("妈妈", "母亲", 0.77),
)  # fmt: skip


def candidates(pairs=PAIRS):
    """Return the pairs as candidates, with the cosine that proposed them."""
    found = []
    for rank, (one, other, cosine) in enumerate(pairs, start=1):
        first, second = sorted((one, other))
        found.append(
            Candidate(first, second, {"cosine": cosine}, ranks=(10 * rank, 10 * rank + 1), sources=("cosine",))
        )
    return found


def make_store(path, pairs=PAIRS):
    """Make a store of ``pairs`` at ``path`` and return the path."""
    with Store(path) as store:
        store.add(candidates(pairs))
    return path


def many_pairs(count):
    """Return ``count`` different pairs, the likelier ones first."""
    return [(f"甲{n:04d}", f"乙{n:04d}", 0.9 - n / (2 * count)) for n in range(count)]


def verdicts_in(address):
    """Every standing verdict, read by another connection: what is really in the file."""
    with Store(address) as store:
        rows = store.table_query().rows(store.table_query().ids())
        return {(row.word1, row.word2): row.verdict for row in rows if row.verdict is not None}
