"""The other end of ``process.run_probe``. It imports next to nothing: what it imports would count as start-up."""

import json
import sys
from pkgutil import resolve_name


def main() -> None:
    """Call the function named by the first argument with those of the second, and write what it returns."""
    target, arguments, answer = sys.argv[1:]
    result = resolve_name(target)(**json.loads(arguments))
    with open(answer, "w", encoding="utf-8") as file:  # noqa: PTH123  pathlib would be imported for this alone
        json.dump(result, file)
