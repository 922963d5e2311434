"""Rows about the attention tab: how soon a key becomes a map, and what the tab weighs; BertViz beside it."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.util import find_spec
from statistics import median
from typing import Any, Final

from core.language import _
from tests.benchmarks.display import SCREENS, NoDisplayError, Screen, ScreenName, screen
from tests.benchmarks.plan import Measurement, Options
from tests.benchmarks.process import ProbeError, run_probe
from tests.benchmarks.row import Budget, Row, at_most, at_most_over_peer

WIDTH, HEIGHT = 1920, 1080
"""A projector's window: the most pixels that have to be painted."""
MODELS: Final = ("minilm", "e5")
KEY_BUDGETS: Final[dict[str, dict[int, Budget | None]]] = {
    "minilm": {10: None, 30: at_most_over_peer(35), 100: at_most_over_peer(35), 300: at_most(350, or_share=1.35)},
    "e5": {10: None, 30: at_most_over_peer(35), 100: at_most_over_peer(35), 300: at_most(500, or_share=1.35)},
}
"""Milliseconds from a key to the repainted map, by tokens; nothing is promised for ten, but it is shown."""
LENGTHS: Final = tuple(KEY_BUDGETS["e5"])
HEADS_AT: Final = 100
_TYPED_BUDGET: Final = at_most_over_peer(60)
_RECOLOURED_BUDGET: Final = at_most(150)
_HEADS_BUDGETS: Final = (_TYPED_BUDGET, _RECOLOURED_BUDGET)
_FIRST_BUDGET: Final = at_most(3)
_WINDOW_BUDGET: Final = at_most(250)
_ALL_BUDGET: Final = at_most(1536)
_PATIENCE: Final = 300.0


def key_row_name(model: str, tokens: int, name: ScreenName) -> str:
    """Return the name of the row for keys typed behind ``tokens`` tokens."""
    return f"attention_key_{model}_{tokens}_{name}"


def _heads_row_names(model: str, name: ScreenName) -> tuple[str, str]:
    return f"attention_heads_typed_{model}_{name}", f"attention_heads_recoloured_{model}_{name}"


def _first_map(options: Options) -> Iterator[Row]:
    """Open the tab in fresh processes, each with cold workers."""
    for name in SCREENS:
        for row, at_once in ((f"attention_first_map_{name}", False), (f"attention_first_map_at_once_{name}", True)):
            given = {"width": WIDTH, "height": HEIGHT, "at_once": at_once}
            try:
                with screen(name) as place:
                    seen = [
                        run_probe("attention:first_map", given, home=options.home / row, environment=place.environment)[
                            "seconds"
                        ]
                        for _start in range(1 if options.quick else 5)
                    ]
            except (NoDisplayError, ProbeError) as error:
                yield Row(name=row, unit="s", budget=_FIRST_BUDGET, error=str(error))
                continue
            when = (
                _("opened with the window's first paint, while CartPole still loads")
                if at_once
                else _("opened when the CartPole tab stands")
            )
            yield Row(
                name=row,
                unit="s",
                value=median(seen),
                budget=_FIRST_BUDGET,
                note=_(
                    "tab opened to first map of a Chinese sentence, cold process, {when}; median of {count}, "
                    "worst {worst:.1f} s, {where}"
                ).format(when=when, count=len(seen), worst=max(seen), where=place.note),
                details={"seconds": seen},
            )


def _typing(options: Options) -> Iterator[Row]:
    """Type behind texts of every length, with both models, on each screen."""
    given = {
        "width": WIDTH,
        "height": HEIGHT,
        "lengths": list(LENGTHS),
        "presses": 4 if options.quick else 12,
        "heads_at": HEADS_AT,
    }
    for name in SCREENS:
        try:
            with screen(name) as place:
                seen = run_probe(
                    "attention:typing",
                    given,
                    home=options.home / "attention",
                    environment=place.environment,
                    limit=_PATIENCE,
                )
                peers = _bertviz(options, seen, place) if name == "offscreen" else {}
        except (NoDisplayError, ProbeError) as error:
            yield from _unmeasured(name, str(error))
            continue
        for model in MODELS:
            for tokens in LENGTHS:
                keys, peer = seen[model]["keys"][str(tokens)], peers.get(key_row_name(model, tokens, name))
                yield key_row(model, tokens, name, keys, peer=peer, where=place.note)
            peer = peers.get(_heads_row_names(model, name)[0])
            yield from heads_rows(model, name, seen[model]["heads"], peer=peer, where=place.note)
        if name == "offscreen":
            yield from memory_rows(seen["memory"])


def key_row(
    model: str, tokens: int, name: ScreenName, keys: dict[str, Any], *, peer: dict[str, Any] | None, where: str
) -> Row:
    """Turn the times of single keys into a row beside the model's own; ``peer`` is BertViz's page of that sentence."""
    return Row(
        name=key_row_name(model, tokens, name),
        unit="ms",
        value=median(keys["ms"]),
        budget=KEY_BUDGETS[model][tokens],
        peer=_forward_pass(),
        peer_value=median(keys["forward_ms"]),
        note=_(
            "key typed to repainted map, five keys a second, median of {count}, worst {worst:.0f} ms, {where}"
        ).format(count=len(keys["ms"]), worst=max(keys["ms"]), where=where),
        details={**keys, "worst_ms": max(keys["ms"]), **({} if peer is None else {"bertviz": peer})},
    )


def _forward_pass() -> str:
    return _("the model's own forward pass")


def heads_rows(
    model: str, name: ScreenName, heads: dict[str, Any], *, peer: dict[str, Any] | None, where: str
) -> Iterator[Row]:
    """Turn the times of the picture of all heads into its two rows; ``peer`` is BertViz's page."""
    notes = (
        _("key typed to all heads repainted, the model's work included, at {tokens} tokens"),
        _("all heads repainted in other colours, at {tokens} tokens"),
    )
    all_times = (heads["typed_ms"], heads["recoloured_ms"])
    beside = (median(heads["forward_ms"]), None)
    names = _heads_row_names(model, name)
    for row, times, note, other, budget in zip(names, all_times, notes, beside, _HEADS_BUDGETS, strict=True):
        known = {} if peer is None or other is None else {"bertviz": peer}
        yield Row(
            name=row,
            unit="ms",
            value=median(times),
            budget=budget,
            peer=None if other is None else _forward_pass(),
            peer_value=other,
            note=_("{what}; median of {count}, worst {worst:.0f} ms, {where}").format(
                what=note.format(tokens=heads["tokens"]), count=len(times), worst=max(times), where=where
            ),
            details={"ms": times, "worst_ms": max(times), **known},
        )


def memory_rows(memory: dict[str, Any]) -> Iterator[Row]:
    """Turn what processes hold after both models have read every length into two rows."""
    window, children = memory["window"], memory["children"]
    yield Row(
        name="attention_window_memory",
        unit="MiB",
        value=window["rss"],
        budget=_WINDOW_BUDGET,
        note=_("resident memory (RSS) of the window's process after maps of 10 to 300 tokens with both models"),
        details={"uss_mib": window["uss"]},
    )
    parts = [window, *children.values()]
    yield Row(
        name="attention_all_memory",
        unit="MiB",
        value=sum(part["rss"] for part in parts),
        budget=_ALL_BUDGET,
        note=_("resident memory (RSS) of window and all workers then; pages they share are counted twice"),
        details={"uss_mib": sum(part["uss"] for part in parts), "processes": len(parts), **memory},
    )


def _bertviz(options: Options, seen: dict[str, Any], place: Screen) -> dict[str, dict[str, Any]]:
    """Have BertViz make its pages of the same sentences; return what it took by the row it stands beside."""
    if find_spec("bertviz") is None:
        return {}
    found = {}
    lengths = LENGTHS[:-1] if options.quick else LENGTHS  # a page of 300 tokens has 300 MB
    for model in MODELS:
        wanted = [
            (key_row_name(model, tokens, "offscreen"), "head", seen[model]["keys"][str(tokens)]["text"])
            for tokens in lengths
        ]
        wanted.append((_heads_row_names(model, "offscreen")[0], "model", seen[model]["heads"]["text"]))
        for row, view, text in wanted:
            found[row] = run_probe(
                "bertviz_peer:html",
                {"model": model, "text": text, "view": view},
                home=options.home / "bertviz",
                environment=place.environment,
                limit=_PATIENCE,
            )
    return found


def _unmeasured(name: ScreenName, reason: str) -> Iterator[Row]:
    for row, unit, budget in _typing_rows(name):
        yield Row(name=row, unit=unit, budget=budget, error=reason)


def _typing_rows(name: ScreenName) -> Iterator[tuple[str, str, Budget | None]]:
    for model in MODELS:
        for tokens, budget in KEY_BUDGETS[model].items():
            yield key_row_name(model, tokens, name), "ms", budget
        for row, heads_budget in zip(_heads_row_names(model, name), _HEADS_BUDGETS, strict=True):
            yield row, "ms", heads_budget
    if name == "offscreen":
        yield "attention_window_memory", "MiB", _WINDOW_BUDGET
        yield "attention_all_memory", "MiB", _ALL_BUDGET


FIRST_MAP: Final = Measurement(
    "attention_first",
    tuple(f"attention_first_map_{when}{name}" for name in SCREENS for when in ("", "at_once_")),
    _first_map,
)
TYPING: Final = Measurement(
    "attention_typing", tuple(row for name in SCREENS for row, _unit, _budget in _typing_rows(name)), _typing
)
