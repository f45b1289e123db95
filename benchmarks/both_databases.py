"""A measurement of its own on a store of the made-up force, on SQLite and then on PostgreSQL, printed as JSON."""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import built_store, postgresql
from benchmarks.machine import machine


def options(name: str, doc: str | None, size: int) -> argparse.ArgumentParser:
    """Return the options that such a measurement has: how many past calls, and whether SQLite alone."""
    asked = argparse.ArgumentParser(prog=f"python -m benchmarks.{name}", description=doc)
    asked.add_argument("--size", type=int, default=size, help="past calls in the store")
    asked.add_argument("--no-postgresql", action="store_true", help="SQLite alone")
    return asked


def on_both(
    asked: argparse.Namespace, measure: Callable[[str, Path, Path], dict[str, Any]]
) -> dict[str, Any]:
    """Measure on each database; ``measure`` is given the store, the force's files and a folder to work in."""
    run: dict[str, Any] = {"machine": machine()}
    with tempfile.TemporaryDirectory(prefix="everycall-bench-") as name:
        folder, files = Path(name), built_store.made_files(asked.size)
        where, _ = built_store.sqlite_store(asked.size, folder)
        run["sqlite"] = measure(where, files, folder)
        if not asked.no_postgresql:
            with postgresql.server() as (url, version):
                run["machine"]["postgresql"] = version
                built_store.build(url, asked.size)
                run["postgresql"] = measure(url, files, folder)
    return run
