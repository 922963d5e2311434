"""The doctor: what this machine has, what is missing, and what to do about it.

Each module looks at one part and returns findings; ``command`` prints them. Nothing is changed, and Qt, torch
and gymnasium are tried in processes of their own: one that dies is a finding, not the end of the doctor.
"""

from app.doctor.command import add_arguments, run

__all__ = ["add_arguments", "run"]
