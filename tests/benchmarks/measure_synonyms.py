"""Rows about the synonyms tab: the first store, the key and the next card, the table in the window, neighbours."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median
from typing import Any, Final

from core.language import _
from core.synonyms.methods.registry import METHODS
from tests.benchmarks.display import screen
from tests.benchmarks.measure_store import percentile
from tests.benchmarks.plan import Measurement, Options
from tests.benchmarks.process import ProbeError, run_probe
from tests.benchmarks.row import Row, at_least, at_most, times_better

LIMIT: Final = 20_000
INDEXED: Final = 1_000_000
"""Words in the index: what this takes to build bears waiting for; 8.8 million would take most of an hour."""
HUGE: Final = 8_800_000
"""Words of Tencent's vectors, of 200 numbers each."""
LEARNING: Final[Mapping[str, float]] = {"attract_repel": 30, "pcnn": 60}
"""Methods whose learning has a budget, and its seconds."""
SIZE: Final = {"width": 1280, "height": 800}

_WINDOW: Final = at_most(250)
_ALL: Final = at_most(1536)


def _mine(options: Options) -> Iterator[Row]:
    """Mine into an empty home, so that nothing read earlier helps."""
    home = options.home / "mine"
    home.mkdir(parents=True)
    limit = 2000 if options.quick else LIMIT
    given = {"database": f"sqlite:///{(home / 'mined.db').as_posix()}", "limit": limit}
    yield mine_row(run_probe("mining:mine", given, home=home, limit=600, stamped=True), limit)


def mine_row(found: Mapping[str, Any], limit: int) -> Row:
    """Return the row of what ``mining.mine`` measured."""
    return Row(
        name="mine",
        unit="s",
        value=found["seconds"],
        budget=at_most(60),
        note=_('process start to the end of "mine --limit {limit}", nothing read before; {pairs} pairs').format(
            limit=limit, pairs=f"{found['pairs']:,}"
        ),
        details=dict(found),
    )


def _store(options: Options) -> tuple[Path, int]:
    """Return a store of synthetic pairs and their number; the first that asks has it made."""
    pairs = 50_000 if options.quick else 1_000_000
    path = options.home / "synthetic.db"
    if not path.exists():
        given = {"path": str(path.with_suffix(".unfinished")), "pairs": pairs}
        run_probe("mining:synthetic", given, home=options.home / "synthetic", limit=1800)
        path.with_suffix(".unfinished").replace(path)  # only a complete one counts
    return path, pairs


def _labelling(options: Options) -> Iterator[Row]:
    path, pairs = _store(options)
    with screen("offscreen") as place:
        given = {"store": str(path), **SIZE, "decisions": 60 if options.quick else 300}
        found = run_probe(
            "pairs:label", given, home=options.home / "labelling", environment=place.environment, limit=600
        )
    yield from labelling_rows(found, pairs)


def labelling_rows(found: Mapping[str, Any], pairs: int) -> Iterator[Row]:
    """Return the rows of what ``pairs.label`` measured."""
    taken = found["milliseconds"]
    yield Row(
        name="key_to_next_card",
        unit="ms",
        value=percentile(taken, 99),
        budget=at_most(50),
        note=_(
            "key pressed to the next card painted, in the window, {pairs} pairs, {count} keys of somebody who has "
            "judged one in twenty of them; 99th percentile"
        ).format(pairs=f"{pairs:,}", count=len(taken)),
        details={"median": median(taken), "worst": max(taken), "sqlite_synchronous": found["synchronous"]},
    )
    witnessed = found["witnessed"]
    yield Row(
        name="cards_before_disk",
        unit="",
        value=found["missing"] if witnessed else float("nan"),
        budget=at_most(0),
        note=_("cards that changed before a second connection could read the verdict, of {count}").format(
            count=witnessed
        ),
        details={"entries_in_the_end": found["entries"]},
    )
    memory = found["memory"]
    parts = [memory["window"], *memory["children"].values()]
    yield Row(
        name="labelling_window_memory",
        unit="MiB",
        value=memory["window"]["rss"],
        budget=_WINDOW,
        note=_("resident memory (RSS) of the window's process after labelling, {pairs} pairs in the store").format(
            pairs=f"{pairs:,}"
        ),
        details={"uss_mib": memory["window"]["uss"]},
    )
    yield Row(
        name="labelling_all_memory",
        unit="MiB",
        value=sum(part["rss"] for part in parts),
        budget=_ALL,
        note=_("resident memory (RSS) of window and workers after labelling; pages they share are counted twice"),
        details={"uss_mib": sum(part["uss"] for part in parts), "processes": len(parts), **memory},
    )


def _table(options: Options) -> Iterator[Row]:
    path, pairs = _store(options)
    ours, queries, bare = [], [], []
    error = ""
    with screen("offscreen") as place:
        around: dict[str, Any] = {"home": options.home / "table", "environment": place.environment, "limit": 900}
        seconds = {"seconds": 2.0 if options.quick else 4.0}
        for _turn in range(1 if options.quick else 2):
            ours.append(run_probe("pairs:table", {"store": str(path), **SIZE, **seconds}, **around))
            columns = ours[-1]["columns"]
            try:
                bare_given = {"rows": pairs, "columns": columns, **SIZE, **seconds}
                bare.append(run_probe("pairs:bare_table", bare_given, **around))
                queries.append(run_probe("pairs:qt_table", {"store": str(path)}, **around))
            except ProbeError as said:
                error = str(said)
    yield from table_rows(best(ours), {**best(queries), **best(bare), **({"error": error} if error else {})}, pairs)


def best(turns: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Return of several turns of one measurement the least time of each thing, and the turn with the most frames."""
    if not turns:
        return {}
    found = dict(turns[0])
    for other in turns[1:]:
        for name, value in other.items():
            if name == "open_seconds":
                found[name] = min(found[name], value)
            elif name == "filters" and isinstance(value, list):
                found[name] = [min(pair) for pair in zip(found[name], value, strict=True)]
            elif name == "filters":
                found[name] = {
                    way: min(found[name][way], value[way], key=lambda seen: seen["milliseconds"]) for way in value
                }
            elif name in {"scroll", "drag"}:
                found[name] = max(found[name], value, key=lambda seen: seen["frames_per_second"])
    return found


def table_rows(found: Mapping[str, Any], peer: Mapping[str, Any], pairs: int) -> Iterator[Row]:
    """Return the rows of what ``pairs.table`` measured, beside what ``qt_table`` and ``bare_table`` did."""
    of = _("{pairs} pairs, in the window").format(pairs=f"{pairs:,}")
    theirs = _("QSqlQueryModel, unordered, unpainted")
    yield Row(
        name="window_table_open",
        unit="s",
        value=found["open_seconds"],
        budget=at_most(1.0, or_share=0.5),
        peer=theirs,
        peer_value=peer.get("open_seconds"),
        note=_("{of}: page requested to rows painted, for the first time").format(of=of),
        details={"peer_error": peer["error"]} if "error" in peer else {},
    )
    filters: Mapping[str, Mapping[str, float]] = found["filters"]
    slowest = max(filters, key=lambda name: filters[name]["milliseconds"])
    yield Row(
        name="window_table_filter",
        unit="ms",
        value=filters[slowest]["milliseconds"],
        budget=times_better(6),
        peer=theirs,
        peer_value=max(peer["filters"]) if peer.get("filters") else None,
        note=_("{of}: typed or clicked to the rows that match painted; the slowest of {count}: {name}").format(
            of=of, count=len(filters), name=slowest
        ),
        details=dict(filters),
    )
    for name, key, note in (
        ("window_table_scroll", "scroll", _("{of}: scrolled by a page a picture, pictures painted")),
        ("window_table_drag", "drag", _("{of}: scrolled to anywhere, pictures painted")),
    ):
        yield Row(
            name=name,
            unit="1/s",
            value=found[key]["frames_per_second"],
            budget=at_least(55, or_share=0.9),
            better="higher",
            peer=_("QTableView, as many rows of one text"),
            peer_value=peer[key]["frames_per_second"] if key in peer else None,
            note=note.format(of=of),
            details={
                **found[key],
                **({"peer_frame_ms_worked": peer[key].get("frame_ms_worked")} if key in peer else {}),
            },
        )


def _neighbours(options: Options) -> Iterator[Row]:
    given: dict[str, Any] = {"queries": 50 if options.quick else 300}
    yield neighbours_row(run_probe("mining:neighbours", given, home=options.home / "neighbours", limit=300))
    with tempfile.TemporaryDirectory(dir=options.home) as folder:
        given = {
            "words": 20_000 if options.quick else INDEXED,
            "dim": 64,
            "queries": given["queries"],
            "folder": folder,
        }
        yield indexed_row(run_probe("mining:indexed", given, home=options.home / "indexed", limit=3600))


def neighbours_row(found: Mapping[str, Any]) -> Row:
    """Return the row of what ``mining.neighbours`` measured."""
    taken, peer = found["milliseconds"], found.get("peer_milliseconds")
    details = {name: found[name] for name in ("same_words", "peer_error") if name in found}
    return Row(
        name="neighbours",
        unit="ms",
        value=median(taken),
        budget=at_most(5),
        peer="gensim" if peer else None,
        peer_value=median(peer) if peer else None,
        note=_("the 20 nearest of {words} words × {dim}, exact, median of {count} words").format(
            words=f"{found['words']:,}", dim=found["dim"], count=len(taken)
        ),
        details={"p99": percentile(taken, 99), "worst": max(taken), **details},
    )


def indexed_row(found: Mapping[str, Any]) -> Row:
    """Return the row of what ``mining.indexed`` measured."""
    taken, scan = found["milliseconds"], found["scan_milliseconds"]
    return Row(
        name="neighbours_indexed",
        unit="ms",
        value=median(taken),
        budget=at_most(50),
        peer=_("an exact scan"),
        peer_value=median(scan),
        note=_(
            "the 20 nearest of {words} synthetic words × {dim} by the index, median of {count}; {recall} of the true "
            "ones found"
        ).format(words=f"{found['words']:,}", dim=found["dim"], count=len(taken), recall=f"{found['recall']:.0%}"),
        details={
            "p99": percentile(taken, 99),
            "worst": max(taken),
            "recall": found["recall"],
            "read_seconds": found["read_seconds"],
            "build_seconds": found["build_seconds"],
        },
    )


def _huge(options: Options) -> Iterator[Row]:
    with tempfile.TemporaryDirectory(dir=options.home) as folder:
        given = {"words": 20_000 if options.quick else HUGE, "dim": 200, "queries": 50, "folder": folder}
        yield from huge_rows(run_probe("mining:indexed", given, home=options.home / "huge", limit=6 * 3600))


def huge_rows(found: Mapping[str, Any]) -> Iterator[Row]:
    """Return the rows of what ``mining.indexed`` measured with as many words as Tencent's vectors have."""
    row = indexed_row(found)
    yield replace(row, name="neighbours_huge")
    beyond = found["beyond_map_mib"]
    yield Row(
        name="huge_memory",
        unit="MiB",
        value=float("nan") if beyond is None else beyond,
        budget=at_most(2048),
        note=_("memory of the process that no file backs, {words} synthetic words × {dim} and their index open").format(
            words=f"{found['words']:,}", dim=found["dim"]
        ),
    )


def _learning(options: Options) -> Iterator[Row]:
    for method in LEARNING:
        yield learning_row(method, run_probe("mining:learning", {"method": method}, home=options.home, limit=1800))


def learning_row(method: str, found: Mapping[str, Any]) -> Row:
    """Return the row of what ``mining.learning`` measured: the processor's time, whoever else uses the machine."""
    return Row(
        name=f"{method}_learns",
        unit="s",
        value=found["processor_seconds"],
        budget=at_most(LEARNING[method]),
        note=_("{method} learns from {pairs} pairs of Cilin, time of the processor").format(
            method=METHODS[method].label, pairs=f"{found['pairs']:,}"
        ),
        details={"seconds": found["seconds"]},
    )


MINE: Final = Measurement("mining", ("mine",), _mine)
LABELLING: Final = Measurement(
    "labelling",
    ("key_to_next_card", "cards_before_disk", "labelling_window_memory", "labelling_all_memory"),
    _labelling,
)
TABLE: Final = Measurement(
    "window_table",
    ("window_table_open", "window_table_filter", "window_table_scroll", "window_table_drag"),
    _table,
)
NEIGHBOURS: Final = Measurement("nearest_words", ("neighbours", "neighbours_indexed"), _neighbours)
HUGE_VECTORS: Final = Measurement("huge_vectors", ("neighbours_huge", "huge_memory"), _huge, when_asked=True)
METHODS_LEARN: Final = Measurement("methods_learn", tuple(f"{method}_learns" for method in LEARNING), _learning)
