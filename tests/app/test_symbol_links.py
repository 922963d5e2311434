"""In the real window, every symbol of a page's text lights its part, and pointing at the part lights the symbol."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF
from PySide6.QtGui import QColor, QFontMetrics, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.attention.learning.learner import Phase as LearningPhase
from app.attention.selection import Cell
from app.attention.state import Status
from app.attention.views import VIEWS
from app.explain.symbols import SYMBOLS
from app.explain.texts import page_ids, page_text
from app.policy_gradient.session import Phase
from core.policy_gradient.config import ARTICLE, FAST
from core.synonyms.store import Sharing, Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.small_store import make_store
from tests.app.synonyms.why import samples
from tests.core.synonyms.evaluation.small_pairs import write_results

PATIENCE = 60_000
COLUMNS = {"u": "word1", "v_word": "word2", "cos": "cosine"}
"""Columns of the table that stand for a symbol."""
WITHOUT = {
    "policy_gradient.live": {
        "theta": "the weights of the network are shown nowhere",
        "R": "known for whole batches only",
    },
    "policy_gradient.plane": {
        "theta": "the weights of the network are shown in what they do",
        "a": "the map shows one action's probability everywhere",
    },
    "policy_gradient.swarm": dict.fromkeys(("theta", "r", "loss"), "every cart earns alike, and all move one network"),
    "policy_gradient.play": {
        "theta": "the weights of the network are shown nowhere",
        "a": "an arrow in each of the pictures",
    },
    "policy_gradient.experiments": dict.fromkeys(("theta", "pi", "a", "s"), "the page shows what many runs came to"),
    "attention.map": {
        "softmax": "a step on the way to what is shown",
        "d_k": "a size of the model, said in the panel only",
    },
    "attention.heads": {
        "softmax": "a step on the way to what is shown",
        "d_k": "a size of the model, said in the panel only",
        "q": "tiles are too small for the rows of a map",
        "k": "tiles are too small for the columns of a map",
        "v": "values are shown by the three steps",
    },
    "attention.scores": {"W_learned": "stands in the formulas of functions that learn"},
    "synonyms.card": {"w": "what the model has learnt is not shown"},
    "synonyms.table": dict.fromkeys(("P", "TP", "FP", "recall", "FN"), "the reader counts them on the rows"),
    "synonyms.agreement": dict.fromkeys(("p_e", "D_o", "D_e"), "a step on the way to what is shown"),
    "synonyms.sources": dict.fromkeys(("u", "v_word", "recall", "TP", "FN"), "the page shows no pairs"),
}
"""Symbols that a page's text names and of which the page shows no part, and why."""


@pytest.fixture
def window(laboratory, qtbot):
    """The window with the panel open, and no caret that blinks."""
    flash = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    window = laboratory.window
    window.resize(1400, 900)
    window.actions_table["explain"].setChecked(True)
    yield window
    QApplication.setCursorFlashTime(flash)


def picture(window):
    """Return the colours, (y, x), of the tab in front with what lies over it; the panel waits for its own formulas."""
    tab = window.open_tab
    image = window.grab(QRect(tab.mapTo(window, QPoint()), tab.size())).toImage()
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    return np.frombuffer(image.constBits(), np.uint32).reshape(image.height(), image.width()).copy()


def within(shape, place):
    """Return which of the colours of a picture lie in a rectangle."""
    inside = np.zeros(shape, np.bool_)
    inside[max(0, place.top()) : place.bottom() + 1, max(0, place.left()) : place.right() + 1] = True
    return inside


def place_of(window, widget, rect=None):
    rect = QRect(widget.rect() if rect is None else rect.toAlignedRect())
    return QRect(widget.mapTo(window.open_tab, rect.topLeft()), rect.size())


def settle(qtbot):
    for _turn in range(3):
        QApplication.sendPostedEvents()
        QApplication.processEvents()


def looks(qtbot, window, page, symbol, before):
    """Return how the tab looks without ``symbol`` lit and with it; without it, it looks as ``before``."""
    for _time in range(5):
        page.light_symbol(symbol)
        settle(qtbot)
        lit = picture(window)
        page.light_symbol("")
        settle(qtbot)
        after = picture(window)
        if np.array_equal(after, before):
            return before, lit
        before = after  # what a worker answered meanwhile is not the symbol's doing: look once more
    raise AssertionError(f"{symbol} stays lit")


def assert_lit(qtbot, window, page, expected, elsewhere=()):
    """Each symbol of the text frames exactly what is ``expected``: (widget, rectangle or None) by symbol.

    Those that have a part ``elsewhere``, on the page in another state, frame nothing.
    """
    text = page_text(page.page_id, "en")
    without = {*WITHOUT.get(page.page_id, {}), *elsewhere}
    assert set(text.symbols) - without <= set(expected), "a symbol of the text has no part"
    assert without <= set(text.symbols)
    scale = window.look.scale
    letters, down = QFontMetrics(scale.font(bold=True)), scale.em(2)
    settle(qtbot)
    before = picture(window)
    for symbol in dict.fromkeys((*text.symbols, *expected)):
        across = scale.em(2) + letters.horizontalAdvance(SYMBOLS[symbol].written)  # it may stand beside the frame
        before, lit = looks(qtbot, window, page, symbol, before)
        where = before != lit
        if symbol in without:
            assert not where.any(), symbol
            continue
        places = [place_of(window, *part) for part in expected[symbol]]
        reach = [place.adjusted(-across, -down, across, down) for place in places]
        assert where.any(), f"{symbol} lights nothing"
        reached = [within(where.shape, place) for place in reach]
        astray = np.argwhere(where & ~np.any(reached, axis=0))
        assert not len(astray), (symbol, astray[:5], reach)
        hue = QColor(SYMBOLS[symbol].colour(window.look.theme.theme.colours)).rgb()
        for inside, place, part in zip(reached, reach, places, strict=True):
            drawn = np.count_nonzero(where & inside & (lit == hue))
            least = min(place.width() // 2, 2 * part.width())  # a small letter has a small frame
            assert drawn > least, f"{symbol} is not framed in its hue"


def assert_points(qtbot, window, page, places):
    """The mouse at each of ``places`` (widget, place in it, symbol) points at the symbol, and elsewhere at none."""
    heard = []
    page.symbol_pointed.connect(heard.append)
    handle = window.windowHandle()
    nowhere = QPoint(window.width() // 2, 2)  # the menu bar
    for widget, place, symbol in places:

        def come(widget=widget, place=place, symbol=symbol):
            QTest.mouseMove(handle, nowhere)
            settle(qtbot)
            heard.clear()
            QTest.mouseMove(handle, widget.mapTo(window, place))
            settle(qtbot)
            return heard[-1:] == [symbol]

        qtbot.waitUntil(come, timeout=PATIENCE)  # on a busy machine the page may still be laid out
        QTest.mouseMove(handle, nowhere)
        settle(qtbot)
        assert heard[-1] == ""
    page.symbol_pointed.disconnect(heard.append)


def whole(**parts: QWidget):
    """Widgets that stand for a symbol each, all of them."""
    return {symbol: [(widget, None)] for symbol, widget in parts.items()}


def middles(expected):
    return [(widget, widget.rect().center(), symbol) for symbol, [(widget, _rect)] in expected.items()]


@pytest.mark.long
def test_the_live_page(window, qtbot):
    tab = window.tab("policy_gradient")
    window.open("policy_gradient")
    window.actions_table["pg_details"].setChecked(True)
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY, timeout=PATIENCE)
    window.actions_table["pg_step_update"].trigger()
    qtbot.waitUntil(lambda: len(tab.session.state.losses) > 0 and tab.session.phase is Phase.PAUSED, timeout=PATIENCE)
    page, fields = tab.page, tab.sidebar.fields
    qtbot.waitUntil(lambda: not page.environment_view.is_falling, timeout=PATIENCE)
    expected = whole(
        s=page.state_numbers, a=page.last_action, pi=page.policy_view, G=page.run_numbers.cell(2),
        loss=page.curves.loss, entropy=page.curves.entropy,
        gamma=fields["gamma"], alpha_lr=fields["learning_rate"],
    )  # fmt: skip
    assert_points(qtbot, window, page, middles(expected))
    expected["r"] = expected["G"]  # a step's reward is seen in what it adds to the return
    assert_lit(qtbot, window, page, expected)


def test_the_replay_page(window, qtbot):
    tab = window.tab("policy_gradient")
    window.open("policy_gradient")
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY, timeout=PATIENCE)
    window.actions_table["pg_step_episode"].trigger()
    qtbot.waitUntil(
        lambda: len(tab.session.state.durations) > 0 and tab.session.phase is Phase.PAUSED, timeout=PATIENCE
    )
    window.actions_table["pg_page_replay"].trigger()
    page = tab.page
    page.clock.go_to(3)
    first, second = page.panes[0], page.panes[1]
    expected = whole(
        s=first.view, a=first.action, pi=second.action, G=first.returned, gamma=tab.sidebar.fields["gamma"]
    )
    assert_points(qtbot, window, page, middles(expected))
    expected["r"] = [(second.returned, None)]  # a step's reward is seen in what it adds to the return
    assert_lit(qtbot, window, page, expected)


def first_picture(window, qtbot, page, config=ARTICLE):
    """Bring a page of the policy gradient tab to the front, with a run of ``config`` held at its start."""
    window.open("policy_gradient")
    tab = window.tab("policy_gradient")
    tab.session.choose(config)
    window.actions_table[page].trigger()
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY and tab.session.state.frame is not None, timeout=PATIENCE)
    settle(qtbot)  # what the page has just made is laid out before anybody asks where it stands
    return tab


def test_the_page_of_the_plane(window, qtbot):
    page = first_picture(window, qtbot, "pg_page_plane").page
    expected = whole(pi=page.map, s=page.controls)
    assert_points(qtbot, window, page, middles(expected))
    assert_lit(qtbot, window, page, expected)


def test_the_page_of_the_swarm(window, qtbot):
    tab = first_picture(window, qtbot, "pg_page_swarm", FAST)
    page, fields = tab.page, tab.sidebar.fields
    expected = whole(s=page.view, G=page.numbers.cell(2), gamma=fields["gamma"], alpha_lr=fields["learning_rate"])
    assert_points(qtbot, window, page, middles(expected))
    assert_lit(qtbot, window, page, expected)


def test_the_page_of_hands_on(window, qtbot):
    page = first_picture(window, qtbot, "pg_page_play").page
    qtbot.waitUntil(lambda: page.rounds.step is not None, timeout=PATIENCE)
    expected = whole(pi=page.agent, s=page.person)
    assert_points(qtbot, window, page, middles(expected))
    assert_lit(qtbot, window, page, expected)


@pytest.mark.long
def test_the_page_of_experiments(window, qtbot):
    tab = window.tab("policy_gradient")
    window.open("policy_gradient")
    tab.session.choose(replace(ARTICLE, episodes=2, eval_episodes=1, evaluate_every=None))
    window.actions_table["pg_page_experiments"].trigger()
    page = tab.page
    page.choices.choose(["sidebar"])
    page.choices.seeds.setValue(1)
    page.choices.button.click()
    qtbot.waitUntil(lambda: bool(page.experiment.summaries) and not page.experiment.is_working, timeout=PATIENCE)
    expected = whole(G=page.plot, alpha_lr=tab.sidebar.fields["learning_rate"])
    assert_points(qtbot, window, page, middles(expected))
    assert_lit(qtbot, window, page, expected)


def test_the_page_that_takes_an_update_apart(window, qtbot):
    tab = window.tab("policy_gradient")
    window.open("policy_gradient")
    qtbot.waitUntil(lambda: tab.session.phase is Phase.READY, timeout=PATIENCE)
    window.actions_table["pg_page_anatomy"].trigger()
    window.actions_table["pg_step_update"].trigger()
    page, fields = tab.page, tab.sidebar.fields
    qtbot.waitUntil(lambda: page.dissection.anatomy is not None and not page.dissection.is_running, timeout=PATIENCE)
    formulas = [view for view in page.equations.views.values() if view.isVisible()]
    qtbot.waitUntil(lambda: all(view.has_picture for view in formulas), timeout=PATIENCE)
    settle(qtbot)
    rows = {"a": ["action"], "r": ["reward"], "G": ["returns"], "R": ["advantage"], "loss": ["product"],
            "pi": ["log_prob", "probability"], "theta": ["probability"]}  # fmt: skip

    def with_words(row):
        rect = page.strips.row_rect(row)
        return page.strips, QRectF(0, rect.top(), page.strips.width(), rect.height())

    strips = {symbol: [with_words(row) for row in names] for symbol, names in rows.items()}
    terms = {
        symbol: [
            (view, QRectF(view.place_of(at)))
            for view in formulas
            for at, stop in enumerate(view.stops)
            if stop.symbol == symbol
        ]
        for symbol in (*rows, "gamma", "s")
    }
    expected = {symbol: strips.get(symbol, []) + terms[symbol] for symbol in terms}
    expected["gamma"] += whole(gamma=fields["gamma"])["gamma"]
    expected |= whole(alpha_lr=fields["learning_rate"])
    assert_points(
        qtbot, window, page, [centre(*strips[symbol][0], symbol) for symbol in ("a", "r", "G", "R", "pi", "loss")]
    )
    assert_lit(qtbot, window, page, expected)


@pytest.fixture
def attention(window, qtbot):
    """The attention tab, and a function that brings a view of it to the front and waits for all it shows."""
    window.open("attention")
    tab = window.tab("attention")

    def show(view, example=1):
        tab.show_example(example)
        tab.session.want(view=view)
        if tab.page.has_own_model:
            tab.page.take_remedy()
        qtbot.waitUntil(lambda: tab.session.state.status is Status.SHOWN and not tab.session.is_busy, timeout=PATIENCE)
        settle(qtbot)
        return tab.page

    return show


def centre(widget, rect, symbol):
    return widget, rect.center().toPoint(), symbol


@pytest.mark.long
def test_the_views_of_attention(window, attention, qtbot):
    look_at_the_map(window, attention("map"), qtbot)
    look_at_all_heads(window, attention("heads"), qtbot)
    look_at_the_links(window, attention("links"), qtbot)
    look_at_the_steps(window, attention("steps"), qtbot)
    look_at_the_comparison(window, attention("comparison"), qtbot)
    look_at_the_alignment(window, attention("alignment", example=6), qtbot)


@pytest.mark.long
def test_the_mechanisms_of_attention(window, attention, qtbot):
    for spec in VIEWS:
        if spec.is_mechanism:
            look_at_a_mechanism(window, attention, qtbot, spec.id)


def look_at_a_mechanism(window, attention, qtbot, view):
    page = attention(view, example=6)
    page.move(draws=20, positions=1.0, strength=3.0)
    tab = window.tab("attention")
    formulas = [one for one in page.page.formulas.values() if one.isVisible()]
    qtbot.waitUntil(lambda: not tab.session.is_busy and all(one.has_picture for one in formulas), timeout=PATIENCE)
    settle(qtbot)
    drawn = {
        symbol: [(picture, rect) for picture in page.page.pictures for rect in picture.rects_of(symbol)]
        for symbol in page.symbols
    }
    terms = {
        symbol: [
            (one, QRectF(one.place_of(at)))
            for one in formulas
            for at, stop in enumerate(one.stops)
            if stop.symbol == symbol
        ]
        for symbol in page.symbols
    }
    # Weights that are learnt stand in formulas alone, and not in those of every score.
    everywhere = {symbol: drawn[symbol] + terms[symbol] for symbol in page.symbols}
    expected = {symbol: parts for symbol, parts in everywhere.items() if parts or symbol != "W_learned"}
    for symbol, field, owner in (("strength", "strength", "multi_dimensional"), ("mask", "causal", "self")):
        if view == owner:
            expected[symbol] = [(page.own.fields[field], None), *terms.get(symbol, [])]
    assert_lit(qtbot, window, page, expected)
    lanes = [(symbol, *part) for symbol, parts in drawn.items() for part in parts]
    if not page.has_own_model:  # a title beside each lane; those of models of ours lie apart
        lanes = [(symbol, picture, QRectF(0, rect.top(), 8, 10)) for symbol, picture, rect in lanes if rect.left() == 0]
    assert len(lanes) > 2, view
    assert_points(qtbot, window, page, [centre(picture, rect, symbol) for symbol, picture, rect in lanes])


def terms_of(formula, *symbols):
    """Return where symbols stand in a formula."""
    places = [(QRectF(formula.place_of(at)), stop.symbol) for at, stop in enumerate(formula.stops)]
    return {symbol: [(formula, rect) for rect, mine in places if mine == symbol] for symbol in symbols}


@pytest.mark.long
def test_the_pages_about_models_of_attention(window, attention, qtbot):
    page = attention("learning").page
    tab, view = window.tab("attention"), window.tab("attention").page
    qtbot.waitUntil(lambda: not tab.session.is_busy and page.formula.has_picture, timeout=PATIENCE)
    page.step.click()
    qtbot.waitUntil(
        lambda: view.learner.map is not None and view.learner.phase is LearningPhase.PAUSED, timeout=PATIENCE
    )
    view.learner.stop()
    qtbot.waitUntil(lambda: not view.learner.is_under_way, timeout=PATIENCE)
    settle(qtbot)
    drawing, parts = page.matrix.drawing, terms_of(page.formula, "cross_entropy", "p_right")
    expected = whole(bleu=page.worth, aer=page.worth) | parts
    expected["cross_entropy"] = [*parts["cross_entropy"], (page.loss, None)]
    expected |= {
        "q": [(page.matrix, drawing.row_labels_rect())],
        "k": [(page.matrix, drawing.column_labels_rect())],
        "alpha": [(page.matrix, drawing.cells_rect())],
    }
    assert_lit(qtbot, window, view, expected)
    assert_points(qtbot, window, view, [(page.loss, page.loss.rect().center(), "cross_entropy")])

    page = attention("report").page
    view = tab.page
    qtbot.waitUntil(lambda: not tab.session.is_busy and page.formula.has_picture, timeout=PATIENCE)
    settle(qtbot)
    expected = whole(bleu=page.plot) | terms_of(page.formula, "aer", "links", "sure", "possible")
    assert_lit(qtbot, window, view, expected)
    assert_points(qtbot, window, view, middles(whole(bleu=page.plot)))


def look_at_the_map(window, page, qtbot):
    matrix, drawing, readout = page.matrix, page.matrix.drawing, page.footer.readout
    whole_map = {
        "q": [(matrix, drawing.row_labels_rect())],
        "k": [(matrix, drawing.column_labels_rect())],
        "alpha": [(matrix, drawing.cells_rect()), (readout, None)],
        "entropy": [(readout, None)],
    }
    assert_lit(qtbot, window, page, whole_map)
    cell = drawing.cell_rect(2, 3)
    row, column = drawing.rows.middle(2), drawing.columns.middle(3)
    places = [
        centre(matrix, cell, "alpha"),
        (matrix, QPoint(drawing.columns.start - 8, round(row)), "q"),
        (matrix, QPoint(round(column), drawing.rows.start - 8), "k"),
    ]
    assert_points(qtbot, window, page, places)
    page.selection.pin(Cell(2, 3))
    assert_lit(qtbot, window, page, {**whole_map, "alpha": [(matrix, cell), (readout, None)]})
    page.selection.clear()


def look_at_all_heads(window, page, qtbot):
    tiles = [page.heads.tile_rect(layer, head) for layer in range(2) for head in range(2)]
    assert_lit(qtbot, window, page, {"alpha": [(page.heads, None)], "n_head": [(page.heads, None)]})
    assert_points(qtbot, window, page, [centre(page.heads, tiles[0], "alpha")])


def look_at_the_links(window, page, qtbot):
    links, height = page.links, page.links.height()
    both = [(links, None)]
    assert_lit(
        qtbot, window, page, whole(c=links, q=links, v=links, k=links) | {"alpha": [*both, (page.footer.readout, None)]}
    )
    places = [
        (links, QPoint(4, height // 2), "c"),
        (links, QPoint(links.width() - 4, height // 2), "v"),
        (links, links.rect().center(), "alpha"),
    ]
    assert_points(qtbot, window, page, places)


def look_at_the_steps(window, page, qtbot):
    steps = page.steps
    header, table, footer = steps.header, steps.table, steps.footer
    score, softmax, context = header.formulas
    slider, em = QRectF(steps.temperature.geometry()), window.look.scale.em  # its name and its number beside it
    column = {name: getattr(table.columns, name) for name in ("key", "score", "weight", "value")}
    rooms = {name: table.row_rect(0).united(table.row_rect(2)) for name in column}
    for name, place in column.items():
        rooms[name].setLeft(place.left)
        rooms[name].setWidth(place.width)
        rooms[name].setBottom(table.height())
    parts = {
        "q": [(header, None)], "k": [(table, rooms["key"])], "score": [(table, rooms["score"]), (score, None)],
        "alpha": [(table, rooms["weight"])], "v": [(table, rooms["value"])], "c": [(footer, None), (context, None)],
        "d_k": [(score, None)], "softmax": [(softmax, None)],
        "temperature": [(steps, slider.adjusted(-em(6), 0, em(5), 0))],
    }  # fmt: skip
    assert_lit(qtbot, window, page, parts)
    places = [
        (table, QPoint(round(place.left + 5), 5), symbol)
        for symbol, place in zip(("k", "score", "alpha", "v"), column.values(), strict=True)
    ]
    places += [(score, QPoint(5, 5), "score"), (softmax, QPoint(5, 5), "softmax"), (context, QPoint(5, 5), "c")]
    places += [(steps.temperature, steps.temperature.rect().center(), "temperature")]
    assert_points(qtbot, window, page, places)


def look_at_the_comparison(window, page, qtbot):
    maps = page.picture_of_maps
    cells = {name: getattr(maps, name).drawing.cells_rect() for name in ("first", "second", "difference")}
    both = [(maps.first, cells["first"]), (maps.second, cells["second"])]
    assert_lit(qtbot, window, page, {"alpha": both, "delta": [(maps.difference, cells["difference"])]})
    places = [centre(*both[0], "alpha"), centre(*both[1], "alpha")]
    assert_points(qtbot, window, page, [*places, centre(maps.difference, cells["difference"], "delta")])


def look_at_the_alignment(window, page, qtbot):
    both = page.picture_of_both
    drawing = both.matrix.drawing
    parts = {
        "u": [(both.links, None), (both.matrix, drawing.row_labels_rect())],
        "v_word": [(both.links, None), (both.matrix, drawing.column_labels_rect())],
        "cos": [(both.links, None), (both.matrix, drawing.cells_rect())],
    }
    assert_lit(qtbot, window, page, parts)
    assert_points(qtbot, window, page, [centre(both.matrix, drawing.cells_rect(), "cos")])


@pytest.fixture
def judged(tmp_path):
    """A small store in which two annotators have judged ten pairs, and do not always agree."""
    path = make_store(tmp_path / "small.db")
    said = {"s": Verdict.SYNONYM, "n": Verdict.NOT}
    answers = ["ss"] * 5 + ["nn"] * 2 + ["sn"] * 3
    with Store(path) as store:
        store.sharing = Sharing(overlap=1.0)  # what is left is asked of everybody
        for pair, both in zip(store.table_query().ids().tolist()[: len(answers)], answers, strict=True):
            for name, answer in zip(("anna", "ben"), both, strict=True):
                store.decide(pair, said[answer], name)
    return path


def column_of(table, section):
    """Return a column of a table with its head, down to the last row."""
    head, last = table.horizontalHeader(), table.model().rowCount() - 1
    left = head.x() + head.sectionViewportPosition(section)
    bottom = table.viewport().y() + table.rowViewportPosition(last) + table.rowHeight(last)
    return QRectF(left, head.y(), head.sectionSize(section), bottom - head.y())


def in_column(table, section):
    """Return the first cell of a column, to be pointed at."""
    return table.viewport(), table.visualRect(table.model().index(0, section)).center()


@pytest.fixture
def synonyms(window, judged, material, qtbot):
    """A function that brings a page of the synonyms tab, on the small store, to the front."""
    tab = window.tab("synonyms")
    own = {"annotator": "ben"}  # the model learns from his answers alone, enough of either kind
    tab.restore_settings({"store": str(judged), "mined": "finished", "queue": own})
    window.open("synonyms")

    def show(name):
        tab.open_page(f"synonyms.{name}")
        settle(qtbot)
        return tab.page

    qtbot.waitUntil(lambda: bool(tab.pages), timeout=PATIENCE)
    tab.workspace.session.look_up.use(material)
    return show


@pytest.mark.long
def test_the_pages_of_synonyms(window, synonyms, tmp_path, qtbot):
    look_at_the_card(window, synonyms("card"), qtbot)
    look_at_the_table(window, synonyms("table"), qtbot)
    look_at_agreement(window, synonyms("agreement"), qtbot)
    page = synonyms("sources")
    parts = whole(cos=page.form.cosine)
    assert_lit(qtbot, window, page, parts)
    assert_points(qtbot, window, page, middles(parts))
    look_at_exchange(window, synonyms("exchange"), tmp_path / "pairs.csv", qtbot)
    look_at_a_word(window, synonyms("ask"), qtbot)
    write_results(window.tab("synonyms").pages["methods"].measuring.file)
    look_at_methods(window, synonyms("methods"), qtbot)
    look_at_why(window, synonyms("why"), qtbot)


def look_at_the_card(window, page, qtbot):
    qtbot.waitUntil(lambda: page.model_probability.words.startswith("P(synonym)"), timeout=PATIENCE)
    qtbot.waitUntil(lambda: page.session.state.evidence is not None, timeout=PATIENCE)
    pair, bars, names = page.pair, page.evidence.bars, page.evidence.names
    half = pair.width() / 2
    left, right = QRectF(0, 0, half, pair.height()), QRectF(half, 0, half, pair.height())
    line = window.look.scale.em(1.25)
    cosine = QRectF(0, 0, bars.width(), line)
    parts = {
        "u": [(pair, left), (names[0], None)], "v_word": [(pair, right), (names[1], None)],
        "cos": [(bars, cosine)], "x": [(bars, None)], "p_model": [(page.model_probability, None)],
    }  # fmt: skip
    assert_lit(qtbot, window, page, parts)
    middle = pair.height() // 2
    places = [
        (pair, QPoint(round(half) - 2 * line, middle), "u"),
        (pair, QPoint(round(half) + 2 * line, middle), "v_word"),
    ]
    places += [centre(bars, cosine, "cos"), centre(bars, cosine.translated(0, line), "x")]
    places += [(page.model_probability, QPoint(5, 5), "p_model"), (names[0], QPoint(2, 5), "u")]
    assert_points(qtbot, window, page, places)


def look_at_the_table(window, page, qtbot):
    qtbot.waitUntil(lambda: page.model.rowCount() == 12, timeout=PATIENCE)
    column = {symbol: page.model.columns.index(name) for symbol, name in COLUMNS.items()}
    parts = {symbol: [(page.view, column_of(page.view, section))] for symbol, section in column.items()}
    if page.evidence.isVisible():
        parts["cos"].append((page.evidence.bars, None))
    assert_lit(qtbot, window, page, parts)
    assert_points(qtbot, window, page, [(*in_column(page.view, section), symbol) for symbol, section in column.items()])


def look_at_agreement(window, page, qtbot):
    qtbot.waitUntil(lambda: page.report is not None and page.view.model().rowCount() == 1, timeout=PATIENCE)
    settle(qtbot)
    parts = {
        "p_o": [(page.raw, None), (page.view, column_of(page.view, 3))],
        "kappa": [(page.view, column_of(page.view, 4))],
        "alpha_k": [(page.alpha, None)],
    }
    assert_lit(qtbot, window, page, parts)
    places = [
        (*in_column(page.view, 3), "p_o"),
        (*in_column(page.view, 4), "kappa"),
        (page.alpha, QPoint(5, 5), "alpha_k"),
    ]
    assert_points(qtbot, window, page, places)


def look_at_exchange(window, page, pairs, qtbot):
    page.sidebar.format.choose("solr")
    page.sidebar.chained.setChecked(True)
    page.sidebar.changed.emit()
    qtbot.waitUntil(page.grown.isVisible, timeout=PATIENCE)
    parts = whole(w_word=page.grown)
    assert_lit(qtbot, window, page, parts, elsewhere=("u", "v_word"))
    assert_points(qtbot, window, page, [(page.grown.title, QPoint(5, 5), "w_word")])
    pairs.write_text("word1,word2,verdict\n聪明,聪慧,synonym\n", encoding="utf-8")
    page.sidebar.in_button.click()
    page.sidebar.format.choose("csv")
    page.sidebar.file.show_paths((pairs,))
    page.sidebar.file.changed.emit()
    qtbot.waitUntil(page.samples.isVisible, timeout=PATIENCE)
    view = page.samples.view
    parts = {symbol: [(view, column_of(view, section))] for section, symbol in enumerate(("u", "v_word"))}
    assert_lit(qtbot, window, page, parts, elsewhere=("w_word",))
    assert_points(qtbot, window, page, [(*in_column(view, 0), "u"), (*in_column(view, 1), "v_word")])


def look_at_a_word(window, page, qtbot):
    for name, box in page.sidebar.methods.items():
        box.setChecked(name in ("cosine", "characters"))
    page.sidebar.chosen.emit()
    qtbot.waitUntil(lambda: set(page.asking.answers) >= {"cosine", "characters"}, timeout=PATIENCE)
    settle(qtbot)
    columns, places, em = page.columns, page.columns.places, window.look.scale.em
    shown = columns.columns
    rows = [places.row(n, 0).united(places.row(n, len(column.rows) - 1)) for n, column in enumerate(shown)]
    lines = [places.row(n, column.above) for n, column in enumerate(shown)]
    lines = [QRectF(line.left(), line.top() - em(0.5), line.width(), em(1)) for line in lines]
    heads = [places.head(n) for n in range(2)]
    figures = [QRectF(head.left(), head.bottom() - em(1.5), head.width() / 2, em(1.25)) for head in heads]
    parts = {
        "u": [(page.name, None)], "v_word": [(columns, rect) for rect in rows], "cos": [(columns, rows[0])],
        "tau": [(columns, line) for line in lines], "P": [(columns, figure) for figure in figures],
        "recall": [(columns, figure.translated(figure.width(), 0)) for figure in figures],
    }  # fmt: skip
    assert_lit(qtbot, window, page, parts)
    places = [centre(columns, figures[0], "P"), centre(columns, figures[1].translated(figures[1].width(), 0), "recall")]
    places += [centre(columns, lines[0], "tau"), (columns, (rows[0].topLeft() + QPointF(20, 8)).toPoint(), "v_word")]
    assert_points(qtbot, window, page, places)


def look_at_methods(window, page, qtbot):
    qtbot.waitUntil(lambda: len(page.measuring.measured) == 1, timeout=PATIENCE)
    settle(qtbot)
    parts = whole(P=page.precision, recall=page.found, tau=page.threshold)
    parts["AP"] = [(page.table, column_of(page.table, 1))]
    assert_lit(qtbot, window, page, parts)
    places = [(page.precision, QPoint(5, 5), "P"), (page.threshold, QPoint(5, 5), "tau")]
    assert_points(qtbot, window, page, [*places, (*in_column(page.table, 1), "AP")])


def look_at_why(window, page, qtbot):
    page.asked.forget()  # what the worker would say is said by hand
    samples.show(page, samples.MAP)
    settle(qtbot)
    dots = [page.map.map._dot_rects(number)[0] for number in range(2)]
    parts = {
        "u": [(page.names[0], None), (page.map.map, dots[0])],
        "v_word": [(page.names[1], None), (page.map.map, dots[1])],
        "cos": [(page.score, None)],
    }  # fmt: skip
    assert_lit(qtbot, window, page, parts, elsewhere=("alpha_s", "x", "w"))
    assert_points(qtbot, window, page, [centre(page.map.map, dots[0], "u"), (page.score, QPoint(5, 5), "cos")])
    samples.show(page, samples.SENTENCES)
    settle(qtbot)
    parts = {"alpha_s": [(row.cell, None) for row in page.sentences.rows[:3]]} | names(page)
    assert_lit(qtbot, window, page, parts, elsewhere=("cos", "x", "w"))
    samples.show(page, samples.NETWORK)
    settle(qtbot)
    bars = page.bars.bars
    parts = {"x": [(bars, bars._names_rects()[0])], "w": [(bars, bars._parts_rects()[0])]} | names(page)
    assert_lit(qtbot, window, page, parts, elsewhere=("cos", "alpha_s"))
    assert_points(qtbot, window, page, [centre(*parts["x"][0], "x"), centre(*parts["w"][0], "w")])


def names(page):
    """Return the parts that stand for the words of a pair."""
    return {"u": [(page.names[0], None)], "v_word": [(page.names[1], None)]}


def test_no_page_is_left_out():
    """Every page that has a text is looked at above."""
    views = tuple(spec.id for spec in VIEWS)
    pages = ("card", "table", "agreement", "sources", "exchange", "ask", "methods", "why")
    looked_at = {f"attention.{view}" for view in views} | {f"synonyms.{page}" for page in pages}
    laboratory = ("live", "anatomy", "plane", "swarm", "replay", "experiments", "play")
    looked_at |= {f"policy_gradient.{page}" for page in laboratory}
    assert set(page_ids("en")) == looked_at
