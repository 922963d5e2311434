import pytest

from app.synonyms.table.page import TablePage

PATIENCE = 60_000


@pytest.fixture
def page(qtbot, workspace):
    page = TablePage(workspace)
    for part in (page, page.sidebar, page.status_bar):
        qtbot.addWidget(part)
    page.resize(1200, 700)
    page.show()
    page.entered()
    qtbot.waitUntil(lambda: page.model.rowCount() == 12, timeout=PATIENCE)
    yield page
    page.left()
