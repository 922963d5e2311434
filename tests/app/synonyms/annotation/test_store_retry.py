from app.synonyms.annotation import store_retry
from app.synonyms.annotation.store_retry import StoreRetry


def test_it_is_time_to_try_again_and_again_until_nothing_is_waited_for(qtbot, monkeypatch):
    monkeypatch.setattr(store_retry, "_RETRY", 5)
    waiting = StoreRetry()
    tries = []
    waiting.due.connect(lambda: tries.append(waiting.address))
    waiting.wait_for("pairs.db", create=False)
    assert (waiting.address, waiting.create) == ("pairs.db", False)
    qtbot.waitUntil(lambda: len(tries) >= 3)
    waiting.stop()
    assert waiting.address == ""
    tried = len(tries)
    qtbot.wait(30)
    assert tries == ["pairs.db"] * tried
