import os
import signal
import sys

import pytest

from core.interruption import as_ctrl_c

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows sends a process no signals")


@pytest.mark.parametrize("name", ["SIGTERM", "SIGHUP"])
def test_a_request_to_end_is_a_ctrl_c_within_the_block_only(name, monkeypatch):
    monkeypatch.setattr("core.interruption._speak_to_nobody", lambda: None)
    number = getattr(signal, name)
    before = signal.getsignal(number)

    def asked_to_end():
        with as_ctrl_c():
            os.kill(os.getpid(), number)
            signal.pause()

    with pytest.raises(KeyboardInterrupt):
        asked_to_end()
    assert signal.getsignal(number) == before


def test_what_nohup_ignores_stays_ignored():
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with as_ctrl_c():
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            os.kill(os.getpid(), signal.SIGHUP)
    finally:
        signal.signal(signal.SIGHUP, before)
