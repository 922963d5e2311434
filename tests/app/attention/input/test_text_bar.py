import pytest

from app.attention.input.text_bar import TextBar
from app.icons import icon
from app.widgets.plain import PlainLabel
from core.attention.examples import EXAMPLES

PAIRED = next(number for number, example in enumerate(EXAMPLES) if example.request.source.pair is not None)


@pytest.fixture
def bar(look, qtbot):
    bar = TextBar(look)
    qtbot.addWidget(bar)
    bar.show()
    return bar


def test_the_button_of_an_open_second_sentence_has_no_plus(bar):
    bar.show_texts("a", "", paired=True)
    shown = bar.pair.grab().toImage()
    bar.pair.setIcon(icon("plus"))
    assert bar.pair.grab().toImage() != shown


def test_what_is_said_of_a_translation_leaves_with_its_second_sentence(bar):
    source = EXAMPLES[PAIRED].request.source
    bar.show_texts(source.text, source.pair, paired=True)
    bar.show_example(PAIRED)
    told = [label for label in bar.findChildren(PlainLabel) if EXAMPLES[PAIRED].look in label.text()]
    assert len(told) == 1
    bar.show_texts(source.text, source.pair, paired=False)
    assert not told[0].isVisible()


def test_asking_for_the_second_sentence_opens_its_field_and_goes_there(bar, qtbot):
    wanted = []
    bar.pair_wanted.connect(wanted.append)
    bar.pair_wanted.connect(lambda on: bar.show_texts("a", "", paired=on))
    bar.ask_for_second()
    assert wanted == [True]
    assert bar.second.isVisible()
    qtbot.waitUntil(bar.second.hasFocus)
    bar.ask_for_second()
    assert wanted == [True], "open already: only the keyboard goes there"
