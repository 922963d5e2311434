"""Takes anew what the cards of the welcome show: one training, one sentence read by every layer, and a few pairs.

    python resources/welcome/take.py

The numbers are the program's own; the cards play them while nothing is loaded that could compute them.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parent
sys.path.insert(0, str(FOLDER.parents[1]))

EPISODES = 150
"""Of the article's run: the shortest of the first ten is shown, and the longest of all."""
STEPS = 250
"""Of an episode at most: five seconds."""
SENTENCE = "他在银行门口行走。"
"""The first example of the tab."""
PAIRS = (
    ("医生", "大夫", "synonym"), ("左", "右", "antonym"), ("电脑", "计算机", "synonym"),
    ("苹果", "香蕉", "related"), ("漂亮", "美丽", "synonym"),
)  # fmt: skip
"""With what an annotator says of them."""


def main() -> None:
    """Write the three files."""
    _write("cart_pole", _cart_pole())
    _write("attention", _attention())
    _write("synonyms", _synonyms())


def _cart_pole() -> Any:
    """Return state and action of every step of two episodes of the article's run."""
    from core.policy_gradient.config import ARTICLE
    from core.policy_gradient.events import EpisodeFinished
    from core.policy_gradient.train import train

    played = []
    for event in train(ARTICLE):
        if isinstance(event, EpisodeFinished):
            assert event.record is not None  # so few can all be kept
            played.append(event.record.compact())
        if len(played) == EPISODES:
            break
    early, late = (choose(some, key=lambda one: one.duration) for choose, some in ((min, played[:10]), (max, played)))
    return [
        {
            "episode": record.episode,
            "duration": record.duration,
            "states": [[round(float(x), 4) for x in row] for row in record.obs[: STEPS + 1]],
            "actions": [int(action) for action in record.actions[:STEPS]],
        }
        for record in (early, late)
    ]


def _attention() -> Any:
    """Return the map of each layer, the mean of its heads, for the sentence."""
    from core.attention.requests import AttentionRequest, Source
    from core.attention.results import AttentionMap
    from core.attention.tasks.attention_map import attend

    layers: list[Any] = []
    count = 1
    while len(layers) < count:
        request = AttentionRequest(Source(SENTENCE), unit="character", layer=len(layers))
        shown = next(answer for answer in attend(request) if isinstance(answer, AttentionMap))
        count = shown.card.layers
        layers.append([[round(float(weight), 3) for weight in row] for row in shown.weights])
    return {"model": shown.card.title, "tokens": [unit.text for unit in shown.rows], "layers": layers}


def _synonyms() -> Any:
    """Return the cosine of some pairs, and the verdict on them."""
    from core.synonyms.evidence.gather import EvidenceConfig, open_reader

    reading = open_reader(EvidenceConfig())
    while True:
        try:
            next(reading)
        except StopIteration as done:
            reader = done.value
            break
    vectors = reader.neighbours.vectors
    return [
        {"words": [one, other], "cosine": round(vectors.cosine(one, other), 3), "verdict": verdict}
        for one, other, verdict in PAIRS
    ]


def _write(name: str, values: Any) -> None:
    text = json.dumps(values, ensure_ascii=False, separators=(",", ":"))
    (FOLDER / f"{name}.json").write_text(text + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
