"""The tour: the real window, driven through real work by keys and mouse, with a picture of each step.

``command`` starts it, ``script`` plays its steps, ``visitor`` has the hands, ``report`` keeps what was seen;
each subject of the laboratory has a module with its own steps.
"""

from app.tour.command import add_arguments, run, run_without_display

__all__ = ["add_arguments", "run", "run_without_display"]
