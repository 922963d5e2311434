"""The run on screen while a lecture shows others in its place: set aside, and brought back where it was."""

from __future__ import annotations

from collections.abc import Callable

from app.policy_gradient.session import Phase, TrainingSession
from core.policy_gradient.place import Place


def set_run_aside(session: TrainingSession) -> Callable[[], None]:
    """Clear ``session`` and its shelf; return what brings back all there was, and lets go of what came meanwhile.

    A run that had ended is shown as it was. One under way plays its way back, and plays on if it was playing; until it
    is there, what it had played lies on the shelf.
    """
    shelf, saved = session.shelf, session.save_run()
    wanted, speed, former = session.wanted, session.speed, session.former
    own_frame, copies = session.has_own_frame, session.watches_copies
    plays_on = session.phase is Phase.PLAYING or session.plays_on
    finished = shelf.current if saved.is_finished and session.is_over else None
    put_shelf_back = shelf.set_aside()
    session.clear()

    def bring_back() -> None:
        session.wanted = wanted
        session.set_speed(speed)
        session.show_own_frame(own_frame)
        session.watch_copies(copies)
        put_shelf_back()
        session.clear()
        if finished is not None:
            session.open_run(finished)
            session.choose(wanted)
        elif saved.place != Place():
            session.restore_run(saved, wanted)
            session.plays_on = plays_on
        else:
            session.choose(wanted)
        session.former = former

    return bring_back
