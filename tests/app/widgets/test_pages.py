"""The parts of the page in front are in their places."""

from PySide6.QtWidgets import QWidget

from app.synonyms.pages import PAGES
from app.widgets.pages import PageParts, Pages


def test_the_parts_of_the_page_in_front_are_shown(qtbot, look):
    card, table, sources = PAGES[0], PAGES[1], PAGES[3]
    parts = {spec: [QWidget() for _part in range(3)] for spec in (card, table)}
    lone = PageParts(QWidget(), QWidget())
    pages = Pages(
        look, {**{spec: PageParts(*widgets) for spec, widgets in parts.items()}, sources: lone}, "syn_choices"
    )
    qtbot.addWidget(pages)
    pages.show()
    for spec in (table, card):
        pages.show_page(spec)
        assert all(part.isVisible() for part in parts[spec])
        assert pages.switcher.buttons[spec].isChecked()
    assert not any(part.isVisible() for part in parts[table])
    pages.show_page(sources)
    assert lone.stage.isVisible()
    assert not any(part.isVisible() for part in parts[card])
    pages.show_sidebar(False)
    assert not lone.sidebar.isVisible()
    assert lone.stage.isVisible()
