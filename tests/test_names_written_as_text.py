"""Jobs, preload lists and commands name modules by text; nothing else would notice that one has moved."""

import ast
import importlib
import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NAME = re.compile(r"(?:app|core|tests)(?:\.[a-z_0-9]+)+(?::[A-Za-z_]\w*)?")
QUOTED = re.compile(f"[\"'](?:{NAME.pattern})[\"']")
DELIBERATELY_MISSING = {"app.doctor.nowhere:load", "core.runtime:nothing"}


def names_in(file: Path) -> set[str]:
    text = file.read_text("utf-8")
    if not QUOTED.search(text):
        return set()
    return {
        node.value
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and NAME.fullmatch(node.value)
    }


def all_names() -> list[str]:
    files = [ROOT / "main.py", *(file for folder in ("app", "core", "tests") for file in (ROOT / folder).rglob("*.py"))]
    return sorted(set().union(*map(names_in, files)) - DELIBERATELY_MISSING)


def resolve(name: str) -> object:
    """Return what ``module``, ``module:attribute`` or ``module.attribute`` names."""
    module, _colon, attribute = name.partition(":")
    if not attribute and importlib.util.find_spec(module.rpartition(".")[0]) and not _is_module(module):
        module, _dot, attribute = module.rpartition(".")
    found = importlib.import_module(module)
    return getattr(found, attribute) if attribute else found


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # its parent is no package
        return False


def test_names_written_as_text_lead_somewhere():
    names = all_names()
    assert {"core.policy_gradient.train:Training", "core.policy_gradient.train"} <= set(names)
    for name in names:
        resolve(name)


@pytest.mark.parametrize("name", sorted(DELIBERATELY_MISSING))
def test_a_name_that_leads_nowhere_is_noticed(name):
    with pytest.raises((ImportError, AttributeError)):
        resolve(name)
