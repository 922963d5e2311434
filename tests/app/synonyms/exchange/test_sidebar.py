from pathlib import Path

import pytest

from app.synonyms.exchange.sidebar import ExchangeSidebar


@pytest.fixture
def sidebar(qtbot, look):
    made = ExchangeSidebar(look)
    qtbot.addWidget(made)
    return made


def test_sets_are_merged_only_in_a_format_that_has_sets(sidebar):
    """The box may be checked for one format; for another it is not shown, and says nothing."""
    from core.synonyms.exchange.formats import FORMATS

    sidebar.chained.setChecked(True)
    merged = {}
    for name in FORMATS:
        sidebar.format.choose(name)
        merged[name] = sidebar.export_config("pairs.db", Path("out")).chained
    assert merged == {name: made.can_chain for name, made in FORMATS.items()}
    assert set(merged.values()) == {True, False}


def test_answers_without_a_name_are_the_named_ones_or_have_the_name_of_their_file(sidebar):
    sidebar.in_button.click()
    sidebar.file.show_paths((Path("pairs.csv"),))
    sidebar.annotator.setText("  ben ")
    config = sidebar.import_config("pairs.db")
    assert (config.store, config.file, config.annotator) == ("pairs.db", Path("pairs.csv"), "ben")
    sidebar.annotator.setText(" ")
    assert sidebar.import_config("pairs.db").said_by == "imported: pairs.csv"
