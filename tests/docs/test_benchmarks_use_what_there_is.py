"""No benchmark asks the program for something that is no longer there: they run seldom, and would break unseen."""

from __future__ import annotations

import ast
import importlib
from importlib.util import find_spec
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
BENCHMARKS = sorted((ROOT / "benchmarks").rglob("*.py"))


def imported(path: Path) -> list[tuple[str, str]]:
    """Return what a file takes from the program: module and name."""
    return [
        (node.module, name.name)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("everycall")
        for name in node.names
    ]


def is_there(module: str, name: str) -> bool:
    """Say whether a module has a name, or is a package with a module of that name."""
    found = importlib.import_module(module)
    return hasattr(found, name) or (hasattr(found, "__path__") and find_spec(f"{module}.{name}") is not None)


def test_there_are_benchmarks_that_use_the_program() -> None:
    assert sum(len(imported(path)) for path in BENCHMARKS) > 50


@pytest.mark.parametrize("path", BENCHMARKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_benchmark_takes_from_the_program_is_there(path: Path) -> None:
    missing = [f"{module}.{name}" for module, name in imported(path) if not is_there(module, name)]
    assert not missing
