"""The tour's steps on the attention tab: from the first map through every view to what cannot be read."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import cycle, islice
from time import perf_counter
from typing import Final

import psutil
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.attention.input.text_field import TextField
from app.attention.mechanisms.learned.hierarchical import HierarchicalView
from app.attention.mechanisms.learned.memory import MemoryView
from app.attention.mechanisms.learned.seq2seq import Seq2SeqView
from app.attention.options import ViewOptions
from app.attention.session import AttentionSession
from app.attention.state import Status
from app.attention.tab import AttentionTab
from app.attention.views import VIEWS, ViewSpec
from app.attention.views.alignment import ALIGNMENT
from app.attention.views.comparison import COMPARISON
from app.attention.views.heads import HeadsView
from app.attention.views.map import MapView
from app.attention.views.steps.view import STEPS
from app.theme import ThemeName
from app.tour import attention_models
from app.tour.driver import LARGE, USUAL, Step, Visitor
from app.tour.player import Figures, Script, Until, Way, expect, still, turns
from app.tour.variants import IN_LARGE, IN_SMALL, Posture, looks
from core.attention.examples import EXAMPLES
from core.attention.requests import MAX_TOKENS
from core.language import Language, _

LOADING: Final = 60.0
"""Seconds a worker may take to load a model on a busy machine."""
READING: Final = 30.0
"""Seconds an answer may take there."""

_EXAMPLE: Final[dict[Language, int]] = {"zh_CN": 0, "en": 1}
"""The sentence that is shown in each language of the window."""
_TRANSLATION: Final = 6
_CHINESE: Final = (
    "注意力机制让模型在读每一个词的时候，都回头看一看整个句子，再决定哪些词更重要。训练得越久，它就越清楚应该看哪里："
    "代词看它所指的人，动词看它的主语，而标点往往什么也不看。"
)
_ENGLISH: Final = (
    "With attention, a model that reads a word looks back at the whole sentence and decides which words matter most. "
    "The longer it is trained, the better it knows where to look: a pronoun looks at the person it stands for, a verb "
    "at its subject, and punctuation often looks at nothing at all."
)
_LONG_TEXTS: Final[dict[Language, tuple[str, str]]] = {"zh_CN": (_CHINESE, _ENGLISH), "en": (_ENGLISH, _CHINESE)}
"""A long text for each language of the window, and its translation."""
_PHRASES: Final = ("银行", "门口", "的", "人", "都", "在", "等", "行长", "。")
"""What an input method hands over, phrase by phrase."""


def tab_of(visitor: Visitor) -> AttentionTab:
    """Return the attention tab."""
    return visitor.tab("attention", AttentionTab)


def session_of(visitor: Visitor) -> AttentionSession:
    """Return the sentence under the visitor's hands."""
    return tab_of(visitor).session


def _stand(
    visitor: Visitor, *, size: QSize = USUAL, theme: ThemeName = "light", language: Language | None = None
) -> Way:
    """Bring the tab to the front, keys in the visitor's hands and nothing picked."""
    yield from visitor.stand(tab="attention", size=size, theme=theme, language=language)
    tab = tab_of(visitor)
    QTest.keyClick(tab.text_bar.first, Qt.Key.Key_Escape)
    yield Until(lambda: not tab.text_bar.first.hasFocus(), "the keys of the tab")


def _commit(field: TextField, phrase: str) -> None:
    """Type ``phrase`` as an input method does, all at once."""
    event = QInputMethodEvent()
    event.setCommitString(phrase)
    QApplication.sendEvent(field, event)


def _replace(visitor: Visitor, text: str) -> None:
    """Type ``text`` over what stands in the field."""
    visitor.press("at_text")
    _retype(tab_of(visitor).text_bar.first, text)


def _replace_second(visitor: Visitor, text: str) -> None:
    """Type ``text`` over the second sentence."""
    field = tab_of(visitor).text_bar.second
    field.setFocus()
    _retype(field, text)


def _retype(field: TextField, text: str) -> None:
    QTest.keyClick(field, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    if text:
        _commit(field, text)
    else:
        QTest.keyClick(field, Qt.Key.Key_Delete)


def _answered(visitor: Visitor, seconds: float = READING) -> Way:
    """Wait until everything that is wanted has come and is painted."""
    session = session_of(visitor)
    yield Until(lambda: not session.is_busy, "the answer of the model", seconds)
    yield turns()


def _show(visitor: Visitor, example: int, view: str) -> Way:
    """Put an example on the stage in one view, and wait for all that belongs to it."""
    tab = tab_of(visitor)
    tab.show_example(example)
    visitor.press(f"at_view_{view}")
    if tab.views[view].has_evidence:
        visitor.press("at_mean")  # a step before may have left one head
    yield from _answered(visitor, LOADING)
    expect(session_of(visitor).options.view == view, f"the view {view} is on the stage")


def _show_drawn(visitor: Visitor, view: str) -> Way:
    """Put the page of a small model of ours on the stage, with a text that the model knows."""
    visitor.press(f"at_view_{view}")
    tab_of(visitor).views[view].take_remedy()
    yield from _answered(visitor, LOADING)
    expect(session_of(visitor).state.status is Status.SHOWN, f"the page {view} shows a text that its model knows")


def _map_figures(visitor: Visitor) -> Figures:
    shown = session_of(visitor).state.map
    expect(shown is not None, "there is a map")
    assert shown is not None
    expect(all(abs(total - 1) < 1e-4 for total in shown.weights.sum(axis=1)), "each row of the map sums to 1")
    return {
        "model": shown.card.title,
        "tokens": shown.tokens,
        "rows": len(shown.rows),
        "largest_weight": round(float(shown.weights.max()), 4),
        "milliseconds": round(sum(shown.milliseconds.values()), 1),
    }


def _first_map(visitor: Visitor) -> Script:
    began = perf_counter()
    yield from visitor.stand(tab="attention")
    tab = tab_of(visitor)
    yield Until(lambda: tab.view(MapView).matrix.maps_painted > 0, "the first map", LOADING)
    seconds = perf_counter() - began
    yield from _answered(visitor)
    expect(any("\u4e00" <= letter <= "\u9fff" for letter in tab.text_bar.first.text), "it is the map of a Chinese text")
    return {"seconds_to_first_map": round(seconds, 3)} | _map_figures(visitor)


def _typing(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show(visitor, 0, "map")
    _replace(visitor, "")
    yield turns()
    tab, session = tab_of(visitor), session_of(visitor)
    typed, times = "", []
    for phrase in _PHRASES:
        typed += phrase
        painted, began = tab.view(MapView).matrix.maps_painted, perf_counter()
        _commit(tab.text_bar.first, phrase)

        def stands(painted: int = painted, typed: str = typed) -> bool:
            shown = session.state.map
            return tab.view(MapView).matrix.maps_painted > painted and shown is not None and shown.texts == (typed,)

        yield Until(stands, "the map of what was typed", READING)
        times.append((perf_counter() - began) * 1000)
    yield from _answered(visitor)
    expect(session.options.text == typed, "every phrase has arrived")
    return {"phrases": len(times), "slowest_ms": round(max(times)), "fastest_ms": round(min(times))} | _map_figures(
        visitor
    )


def _english(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show(visitor, 0, "map")
    visitor.press("at_example")
    yield from _answered(visitor, LOADING)
    expect(session_of(visitor).options.model == "minilm", "English is read by MiniLM")
    return _map_figures(visitor)


def _picked(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show(visitor, 0, "map")
    tab = tab_of(visitor)
    tab.view(MapView).matrix.setFocus()
    for key in (*[Qt.Key.Key_Down] * 3, *[Qt.Key.Key_Right] * 3):
        QTest.keyClick(tab.view(MapView).matrix, key)
    yield turns()
    pinned = tab.selection.pinned
    shown = session_of(visitor).state.map
    assert shown is not None
    expect(pinned.row is not None and pinned.column is not None, "the arrows pin a query and a key")
    assert pinned.row is not None
    assert pinned.column is not None
    return {
        "query": shown.rows[pinned.row].label,
        "key": shown.columns[pinned.column].label,
        "weight": round(float(shown.weights[pinned.row, pinned.column]), 4),
    }


def _heads(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show(visitor, 0, "heads")
    heads_grid = session_of(visitor).state.heads_grid
    expect(heads_grid is not None and tab_of(visitor).view(HeadsView).heads.grids_painted > 0, "all heads are painted")
    assert heads_grid is not None
    layers, heads = heads_grid.patterns["entropy"].shape
    return {"layers": layers, "heads": heads}


def _links(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show(visitor, 0, "links")
    return _map_figures(visitor)


def _steps_by_hand(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show(visitor, 0, "steps")
    steps = session_of(visitor).state[STEPS]
    expect(steps is not None, "the numbers of the three steps are there")
    assert steps is not None
    total = float(steps.weights.sum())
    expect(abs(total - 1) < 1e-4, f"the weights of a query sum to 1, not to {total}")
    return {"keys": len(steps.weights), "sum_of_weights": round(total, 6)}


def _comparison(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show(visitor, 0, "comparison")
    found = session_of(visitor).state[COMPARISON]
    expect(found is not None, "two maps stand side by side")
    assert found is not None
    return {"first_rows": len(found.first.rows), "second_rows": len(found.second.rows)}


def _alignment(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show(visitor, _TRANSLATION, "alignment")
    found = session_of(visitor).state[ALIGNMENT]
    expect(found is not None and len(found.links) > 0, "words of both sentences are linked")
    assert found is not None
    return {"links": len(found.links), "layer": found.layer}


def _seq2seq(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show_drawn(visitor, "seq2seq")
    view = tab_of(visitor).view(Seq2SeqView)
    found = session_of(visitor).state[view.slot]
    expect(found is not None and found.gold is not None, "a sentence of the grammar is translated twice")
    assert found is not None
    assert found.without is not None
    before = view.own.walk.index
    visitor.press("at_layer_next")
    yield turns()
    expect(before != view.own.walk.index, "] shows one word more")
    expect(len(found.attending.weights) == len(found.attending.words), "each word said has weights")
    said = [" ".join(word.text for word in one.words) for one in (found.without, found.attending)]
    return {"without_attention": said[0], "with_attention": said[1]}


def _memory(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show_drawn(visitor, "memory")
    view = tab_of(visitor).view(MemoryView)
    found = session_of(visitor).state[view.slot]
    expect(found is not None and found.truth is not None, "a story of the simulator is asked about")
    assert found is not None
    for hop in range(len(found.weights)):
        visitor.press("at_layer_next")
        yield turns()
        expect(view.step(found) == hop, "] goes a hop on")
    looked = [int(most) for most in found.weights.argmax(axis=1)]
    return {"answer": found.answers[int(found.probabilities.argmax())].text, "looked_at": str(looked)}


def _hierarchical(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show_drawn(visitor, "hierarchical")
    found = session_of(visitor).state[tab_of(visitor).view(HierarchicalView).slot]
    expect(found is not None and len(found.attending.sentences) > 1, "a review of several sentences is judged twice")
    assert found is not None
    total = float(found.attending.sentences.sum())
    expect(abs(total - 1) < 1e-4, f"the weights of the sentences sum to 1, not to {total}")
    return {
        "with_averages": round(found.averaging.probability, 3),
        "with_attention": round(found.attending.probability, 3),
    }


def _odd(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show(visitor, 0, "map")
    _replace(visitor, "👩‍👩‍👧 𠮷野家 １２３ 漢字汉字 שלום 🇨🇳 e\u0301!")
    yield from _answered(visitor)
    return _map_figures(visitor)


def _story(characters: int) -> str:
    texts = [one.request.source.text for one in EXAMPLES if one.request.source.model == "e5"]
    return "".join(islice(cycle("".join(texts)), characters))


def _long(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show(visitor, 0, "map")
    began = perf_counter()
    _replace(visitor, _story(1300))
    yield from _answered(visitor)
    seconds = perf_counter() - began
    shown = session_of(visitor).state.map
    assert shown is not None
    expect(shown.tokens > 800, f"a long text has more than 800 tokens, not {shown.tokens}")
    expect(shown.windows > 1 and shown.note, "it is said that the text is longer than the model's limit")
    return {"tokens": shown.tokens, "windows": shown.windows, "seconds_to_everything": round(seconds, 3)}


def _too_long(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show(visitor, 0, "map")
    _replace(visitor, _story(3 * MAX_TOKENS))
    session = session_of(visitor)
    yield Until(lambda: session.state.status is Status.REFUSED, "the refusal", READING)
    yield turns()
    expect(str(MAX_TOKENS) in session.state.trouble.replace(",", ""), "it is said how long a text may be")
    return {"said": session.state.trouble}


def _empty(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show(visitor, 0, "map")
    _replace(visitor, "")
    yield Until(lambda: session_of(visitor).state.status is Status.EMPTY, "an empty stage")
    yield turns()
    return {}


def _worker_lost(visitor: Visitor) -> Script:
    yield from _stand(visitor)
    yield from _show(visitor, 0, "map")
    session, background = session_of(visitor), visitor.laboratory.background
    lost = background.worker_pids()[session.LANE]
    psutil.Process(lost).kill()
    began = perf_counter()
    text = "进程没有了，窗口还在。"
    _replace(visitor, text)

    def is_read() -> bool:
        shown = session.state.map
        return shown is not None and shown.texts == (text,)

    yield Until(is_read, "the map from a new worker", LOADING)
    seconds = perf_counter() - began
    yield from _answered(visitor, LOADING)
    expect(background.worker_pids()[session.LANE] != lost, "another worker has read it")
    expect(bool(visitor.window.messages.text), "it is said")
    return {"seconds_to_map": round(seconds, 3)} | _map_figures(visitor)


def _presentation(visitor: Visitor) -> Script:
    yield from _stand(visitor, size=LARGE)
    yield from _show(visitor, 0, "map")
    tab = tab_of(visitor)
    before = tab.stage.width()
    visitor.press("present")
    screen = visitor.window.screen().size()
    yield Until(lambda: visitor.window.isFullScreen() and visitor.window.size() == screen, "a full screen")
    yield still(tab.stage.width)
    expect(tab.stage.width() > before, "the stage grows")
    return {"stage_width_before": before, "stage_width_after": tab.stage.width()}


def _look(view: str, posture: Posture, visitor: Visitor, *, is_long: bool) -> Script:
    yield from _stand(visitor, size=posture.size, theme=posture.theme, language=posture.language)
    needs_two = bool(tab_of(visitor).views[view].what_is_missing(ViewOptions(text="one")))
    yield from _show(visitor, _TRANSLATION if needs_two else _EXAMPLE[posture.language], view)
    if tab_of(visitor).views[view].has_own_model:
        yield from _show_drawn(visitor, view)
    elif is_long:
        text, translation = _LONG_TEXTS[posture.language]
        _replace(visitor, text)
        if needs_two:
            _replace_second(visitor, translation)
        yield from _answered(visitor)
        QTest.keyClick(tab_of(visitor).text_bar.first, Qt.Key.Key_Escape)
        yield turns()
    visitor.put_away()
    return {}


def _title(spec: ViewSpec) -> str:
    return _(spec.title)


def _title_of_long(spec: ViewSpec) -> str:
    return _("{view}, with a long text").format(view=_(spec.title))


def _view_looks() -> Iterator[Step]:
    """Yield every view with a short sentence in a large window, and with a long one in a small window."""
    for spec in VIEWS:
        short, long = partial(_title, spec), partial(_title_of_long, spec)
        yield from looks(f"attention-{spec.id}", short, partial(_look, spec.id, is_long=False), IN_LARGE)
        yield from looks(f"attention-{spec.id}-long", long, partial(_look, spec.id, is_long=True), IN_SMALL)
    yield from looks("attention-map", lambda: _("The map"), partial(_look, "map", is_long=False), IN_SMALL)


def steps() -> tuple[Step, ...]:
    """Return the steps in their order; the worker's end comes last, for a new one has to load its models again."""
    return (
        Step("attention", lambda: _("The Attention tab opens with the map of a Chinese sentence."), _first_map),
        Step("attention-typing", lambda: _("Chinese typed phrase by phrase: the map follows."), _typing),
        Step("attention-english", lambda: _("N moves on to the next example: English, read by MiniLM."), _english),
        Step("attention-picked", lambda: _("The arrow keys select a query and a key: weight and rank are shown."),
            _picked),
        Step("attention-heads", lambda: _("2 shows all heads of all layers."), _heads),
        Step("attention-links", lambda: _("3 draws lines between two copies of the sentence."), _links),
        Step("attention-steps", lambda: _("4 shows the three steps with the model's own numbers."), _steps_by_hand),
        Step("attention-comparison", lambda: _("5 puts two maps and their difference side by side."), _comparison),
        Step("attention-alignment", lambda: _("6 links a Chinese sentence with its translation."), _alignment),
        Step("attention-seq2seq", lambda: _("Alt+0 translates word by word, with one context and with one a step."),
            _seq2seq),
        Step("attention-hierarchical", lambda: _("Alt+5 judges a review by its words, then by its sentences."),
            _hierarchical),
        Step("attention-memory", lambda: _("Alt+7 asks a story, hop by hop."), _memory),
        Step("attention-odd", lambda: _("Emoji, rare characters and right-to-left scripts have labels."), _odd),
        Step("attention-long", lambda: _("A text of 1,300 characters is read in overlapping parts."), _long),
        Step("attention-too-long", lambda: _("A text that is too long is refused, and the limit is named."), _too_long),
        Step("attention-empty", lambda: _("Without a sentence, the view says what to do."), _empty),
        *attention_models.steps(),
        *_view_looks(),
        Step("attention-present", lambda: _("F11 shows the map full screen."), _presentation),
        Step("attention-worker-lost", lambda: _("A crashed background process is replaced, and the window says so."),
            _worker_lost),
    )  # fmt: skip
