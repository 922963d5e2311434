"""The card as it lies on the page: every size, every reason why there is none."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.synonyms.annotation.session import LabelSession
from app.synonyms.annotation.state import CardState
from app.synonyms.card.page import CardPage
from app.synonyms.card.pair_view import PairView
from app.synonyms.card.queue_sidebar import QueueSidebar
from app.synonyms.card.status_bar import CardStatusBar
from app.synonyms.card.verdict_buttons import VerdictButtons
from app.synonyms.evidence.panel import EvidencePanel
from app.synonyms.pages import PAGES
from app.widgets.page_switcher import PageSwitcher
from core.synonyms.pairs import Candidate
from core.synonyms.queue.config import Only, QueueConfig
from core.synonyms.queue.queue import Progress
from core.synonyms.store import Row, Sharing, Store
from core.synonyms.verdicts import Verdict
from tests.app.synonyms.conftest import PATIENCE
from tests.app.synonyms.small_store import make_store

SIZES = [(1060, 640), (800, 640), (750, 560), (560, 560)]
"""Of the card in windows of 1280 × 800 and 1024 × 768, the last of it zoomed to twice the size, in pixels."""


@pytest.fixture
def page(qtbot, workspace):
    made = CardPage(workspace)
    for part in (made, made.sidebar, made.status_bar):
        qtbot.addWidget(part)
    made.resize(*SIZES[0])
    made.show()
    return made


def inked(view, words):
    """The columns of the picture in which something is drawn of ``words``."""
    view.show_pair(words, (None, None))
    image = view.grab().toImage()
    ground = QColor(view.look.theme.theme.colours.stage).rgb()
    return [x for x in range(image.width()) if any(image.pixel(x, y) != ground for y in range(0, image.height(), 2))]


def has_its_room(button):
    """Whether nothing on ``button`` is squeezed."""
    needed = button.sizeHint()
    return button.width() >= needed.width() and button.height() >= needed.height()


def place_of(widget, page):
    """Where ``widget`` lies on ``page``."""
    return QRect(widget.mapTo(page, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("words", [("航母", "航空母舰"), ("第二次世界大战", "二战"), ("积极性", "主动性")])
@pytest.mark.parametrize("size", [(565, 400), (1000, 800), (740, 150)])
def test_the_words_keep_off_the_edges_of_the_stage(qtbot, look, words, size):
    view = PairView(look)
    qtbot.addWidget(view)
    view.resize(*size)
    columns = inked(view, words)
    assert look.scale.em(1) <= min(columns)
    assert max(columns) <= size[0] - look.scale.em(1)


def test_usual_words_have_one_size_and_stand_at_the_axis(qtbot, look):
    view = PairView(look)
    qtbot.addWidget(view)
    view.resize(565, 400)
    axis = 565 / 2
    starts = {min(x for x in inked(view, ("高兴", word)) if x > axis + look.scale.em(1)) for word in ("国", "国国国")}
    assert max(starts) - min(starts) <= 1
    view.show_pair(("高兴", "开心"), (1, 2))
    usual, own = view._word_fonts()
    assert own.pointSizeF() == usual.pointSizeF()
    view.show_pair(("高兴", "开心得不得了"), (1, 2))
    longer, shrunk = view._word_fonts()
    assert longer.pointSizeF() == usual.pointSizeF() > shrunk.pointSizeF()


@pytest.mark.parametrize("width", [300, 420, 560, 800, 1100])
def test_nothing_on_a_verdict_button_is_squeezed(qtbot, look, width):
    buttons = VerdictButtons(look)
    qtbot.addWidget(buttons)
    buttons.resize(width, 100)
    buttons.show()
    assert buttons.height() == buttons.heightForWidth(width)
    for button in buttons.buttons.values():
        qtbot.waitUntil(lambda button=button: has_its_room(button))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("zoom", [1.0, 1.25, 2.0])
def test_pair_and_buttons_keep_their_room_at_every_size(qtbot, page, look, size, zoom):
    look.scale.set_zoom(zoom)
    page.resize(*size)
    assert page.size().toTuple() == size  # nothing asks for more than there is
    for button in page.buttons.buttons.values():
        qtbot.waitUntil(lambda button=button: has_its_room(button))
    qtbot.waitUntil(lambda: page.evidence.height() >= look.scale.em(5))
    assert page.pair.height() >= page.pair.minimumHeight()
    assert page.rect().contains(place_of(page.pair, page))
    assert page.rect().contains(place_of(page.evidence, page))
    assert not place_of(page.pair, page).intersects(place_of(page.evidence, page))


def test_below_the_stage_the_evidence_has_room_and_the_trail_is_in_view(qtbot, page, look):
    page.resize(800, 640)
    qtbot.waitUntil(lambda: place_of(page.recent_decisions, page).bottom() < page.evidence.y())
    qtbot.waitUntil(lambda: page.evidence.height() >= look.scale.em(6))


def test_beside_no_pair_there_is_no_evidence(page, session, tmp_path, qtbot):
    assert page.evidence.bars.isVisible()
    assert session.open(str(make_store(tmp_path / "empty.db", ())))
    qtbot.waitUntil(lambda: not session.is_planning, timeout=PATIENCE)
    assert not page.evidence.bars.isVisible()
    assert page.model_probability.words == ""
    assert page.empty_state.reason.text() == "This store holds no pairs yet."
    assert "Sources" in page.empty_state.detail.text()


def test_a_store_that_is_judged_to_its_end_says_so(page, session, qtbot):
    while session.state.card is not None:
        session.decisions.decide(Verdict.SKIP)
    qtbot.waitUntil(lambda: not session.is_planning, timeout=PATIENCE)
    assert page.empty_state.reason.text() == "All pairs in this queue are judged."


def test_a_queue_emptied_by_shares_says_so(page, session, small, qtbot):
    with Store(small) as store:
        store.sharing = Sharing(overlap=0.0)
        store.decide(12, Verdict.NOT, "ben")
        store.decide(11, Verdict.NOT, "anna")
    session.renew()
    qtbot.waitUntil(lambda: not session.is_planning and session.state.progress.shared_out > 0, timeout=PATIENCE)
    assert f"{session.state.progress.shared_out} in others' share" in page.status_bar._texts[0]
    while session.state.card is not None:
        session.decisions.decide(Verdict.SKIP)
    session.plan()
    qtbot.waitUntil(lambda: not session.is_planning, timeout=PATIENCE)
    assert page.empty_state.reason.text() == "Your share of the pairs is judged."
    shared_out = session.state.progress.shared_out
    assert f"{shared_out} unjudged pairs are in the share of others" in page.empty_state.detail.text()
    assert "Agreement (F4)" in page.empty_state.detail.text()


def test_another_spelling_of_a_name_is_the_same_person(page, session, small, qtbot):
    session.decisions.decide(Verdict.NOT)
    told = []
    page.message.connect(lambda _kind, text: told.append(str(text)))
    box = page.sidebar.annotator
    box.setEditText(" ANNA ")
    qtbot.keyClick(box.lineEdit(), Qt.Key.Key_Return)
    assert (session.annotator, box.currentText()) == ("anna", "anna")
    assert told == ["ANNA is anna here."]
    qtbot.waitUntil(lambda: session.state.card is not None and not session.is_planning, timeout=PATIENCE)
    session.decisions.decide(Verdict.NOT)
    with Store(small) as store:
        assert [each.name for each in store.annotators()] == ["anna"]


@pytest.mark.parametrize(
    ("only", "told"),
    [(Only.FLAGGED, "You have not flagged any pair."), (Only.DISPUTED, "All disputes are settled.")],
)
def test_an_empty_choice_of_pairs_says_which(page, session, qtbot, only, told):
    session.arrange(QueueConfig(session.address, "anna", only=only))
    qtbot.waitUntil(lambda: not session.is_planning, timeout=PATIENCE)
    assert page.empty_state.reason.text() == told


@pytest.mark.parametrize("way", ["button", "key"])
def test_a_session_that_is_over_offers_another_like_it(page, session, qtbot, way):
    session.arrange(QueueConfig(session.address, "anna", pairs=3))
    qtbot.waitUntil(lambda: session.state.card is not None, timeout=PATIENCE)
    for _decision in range(3):
        session.decisions.decide(Verdict.NOT)
    assert page.empty_state.reason.text() == "Session complete: 3 pairs judged."
    assert page.empty_state.button.text().startswith("Continue with 3 more")
    assert page.model_probability.words == ""
    if way == "button":
        page.empty_state.button.click()
    else:
        qtbot.keyClick(page, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.state.card is not None, timeout=PATIENCE)
    assert session.state.progress.session == 0
    assert page.empty_state.isHidden()


def test_while_the_store_is_filled_it_says_how_far_and_for_how_long(qtbot, workspace, background, tmp_path):
    session = LabelSession(background, "anna")
    page = CardPage(replace(workspace, session=session))
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    assert session.open(str(make_store(tmp_path / "new.db", ())))
    page.show_growing("Reading CC-CEDICT… 40%", 0.25)
    told = page.empty_state.detail.text()
    assert "40%" in told
    assert "about a minute" in told
    bar = page.empty_state.findChild(QProgressBar)
    assert not bar.isHidden()
    assert bar.value() / bar.maximum() == 0.25
    page.show_growing("")
    assert bar.isHidden()
    session.close()


@pytest.mark.parametrize(("sources", "told"), [(("cosine",), "1 source"), (("cosine", "gloss"), "2 sources")])
def test_sources_are_counted_in_words(qtbot, workspace, background, material, tmp_path, sources, told):
    with Store(tmp_path / "one.db") as store:
        store.add([Candidate("漂亮", "美丽", {"cosine": 0.9}, ranks=(1, 2), sources=sources)])
    session = LabelSession(background, "anna")
    session.look_up.use(material)
    page = CardPage(replace(workspace, session=session))
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    assert session.open(str(tmp_path / "one.db"))
    qtbot.waitUntil(lambda: session.state.card is not None, timeout=PATIENCE)
    assert f"proposed by {told}" in page.status.text()
    session.close()


def test_a_pair_opened_by_hand_does_not_pretend_that_nothing_was_learnt(page, session):
    pair = session.state.card.row.id
    session.decisions.decide(Verdict.SYNONYM)
    session.current_card.reopen(pair)
    assert page.model_probability.words == "No prediction: the pair was opened from a list"


@pytest.mark.parametrize(("decided", "shown"), [(4, False), (5, True)])
def test_a_pace_is_said_once_it_says_anything(qtbot, look, decided, shown):
    bar = CardStatusBar(look)
    qtbot.addWidget(bar)
    bar.resize(1200, 50)
    state = CardState(progress=Progress(decided, decided, 100, 480.0, 1.0))
    bar.show_state(state, QueueConfig("", "anna"))
    assert ("480/min" in bar.counts.text()) is shown


def queue_sidebar(qtbot, look):
    made = QueueSidebar(look, QueueConfig("", "anna", pairs=20))
    qtbot.addWidget(made)
    made.show_store(["anna"], ["cosine"])
    wanted = []
    made.wanted.connect(wanted.append)
    return made, wanted


def test_the_same_end_chosen_again_begins_another_session(qtbot, look):
    sidebar, wanted = queue_sidebar(qtbot, look)
    sidebar.bound.choose((20, None))
    sidebar.bound.activated.emit(sidebar.bound.currentIndex())
    assert [config.pairs for config in wanted] == [20]
    sidebar.order.activated.emit(sidebar.order.currentIndex())
    assert len(wanted) == 1  # the same order is no reason to begin anew


def test_only_enter_takes_a_name(qtbot, look):
    sidebar, wanted = queue_sidebar(qtbot, look)
    line = sidebar.annotator.lineEdit()
    line.setText("An")
    line.editingFinished.emit()
    assert wanted == []
    assert line.text() == "anna"
    line.setText("Anton")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    assert wanted[-1].annotator == "Anton"
    assert line.text() == "Anton"


@pytest.mark.parametrize("height", [300, 1000])
def test_a_scroll_bar_neither_moves_nor_cuts_the_controls_of_a_column(qtbot, look, height):
    sidebar, _wanted = queue_sidebar(qtbot, look)
    sidebar.resize(look.scale.em(13), height)
    sidebar.show()
    right = look.scale.em(13) - look.scale.em(0.75)
    qtbot.waitUntil(lambda: place_of(sidebar.order, sidebar).right() + 1 == right)
    sidebar.resize(look.scale.em(13), look.scale.em(8))
    qtbot.waitUntil(lambda: sidebar._scroll.verticalScrollBar().maximum() > 0)
    qtbot.waitUntil(lambda: place_of(sidebar.order, sidebar).right() + 1 == right)


def test_the_foot_says_as_much_as_there_is_room_for(qtbot, look):
    bar = CardStatusBar(look)
    qtbot.addWidget(bar)
    bar.show()
    told = []
    for width in (look.scale.em(70), look.scale.em(38), look.scale.em(20)):
        bar.resize(width, 50)
        bar.show_state(CardState(progress=Progress(7, 52, 19_951, 12.0, 1.0)), QueueConfig("", "anna", pairs=100))
        told.append(bar.counts.text())
        assert bar.counts.fontMetrics().horizontalAdvance(told[-1]) <= width
    assert "19,951 waiting" in told[0]
    assert "/min" in told[0]
    assert len(told[0]) > len(told[1]) > len(told[2])
    assert "7 of 100 pairs" in told[2]


def test_in_a_low_window_the_pages_lie_in_a_row(qtbot, look):
    side = QWidget()
    qtbot.addWidget(side)
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    switcher = PageSwitcher(look, PAGES)
    column.addWidget(switcher)
    column.addStretch()
    side.resize(look.scale.em(13), 800)
    side.show()
    first, last = (switcher.buttons[page] for page in (PAGES[0], PAGES[-1]))
    qtbot.waitUntil(lambda: last.y() > first.y())
    side.resize(look.scale.em(13), look.scale.em(12))
    qtbot.waitUntil(lambda: last.y() == first.y() and last.x() > first.x())
    assert switcher.sizeHint().width() <= side.width()


def test_what_is_being_read_is_said_at_the_head_of_the_evidence(qtbot, look):
    panel = EvidencePanel(look)
    qtbot.addWidget(panel)
    panel.show_pair(Row(1, "医生", "医师", scores={"cosine": 0.8}, sources=("cosine",)))
    panel.show_waiting("Reading the vectors… 40%")
    assert panel.shared.text == panel.examples[0].text == "Reading the vectors… 40%"


def test_the_cosine_of_the_store_is_said_where_the_vectors_at_hand_have_none(page, session, qtbot):
    page.entered()
    qtbot.waitUntil(lambda: session.state.evidence is not None, timeout=PATIENCE)
    assert session.state.evidence.cosine is None
    cosine = session.state.card.row.scores["cosine"]
    assert float(page.explain().values["cos"]) == cosine  # as its bar shows
