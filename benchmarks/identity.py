"""Everything measured of who is who, peers beside: names by origin, FEBRL, live search, victims found, history linked.

``make bench ARGS="--identity --sizes 10000"`` measures this alone. ``sizes`` are past calls of the made force, and as
many mentions for the live search.
"""

from __future__ import annotations

import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import built_store
from benchmarks.apart import apart

SPLINK_SEARCHES = 20
LARGEST_FOR_LINKING = 1_000_000


def measure(sizes: Sequence[int], on_postgresql: bool) -> dict[str, Any]:
    """Measure, and say on standard error how far it is."""
    told: dict[str, Any] = {}

    def one(name: str, module: str, *args: object) -> None:
        told[name] = apart(module, *args)
        print(f"{name}: {json.dumps(told[name])}", file=sys.stderr)

    one("origins of names", "origins")
    one("FEBRL", "febrl")
    with tempfile.TemporaryDirectory(prefix="everycall-bench-") as folder:
        for size in sizes:
            one(f"live search, {size} mentions", "live_search", size, "--splink", SPLINK_SEARCHES, "--cold")
            if on_postgresql:
                one(f"live search, {size} mentions, PostgreSQL", "live_search", size, "--postgresql")
            where, _ = built_store.sqlite_store(size, Path(folder))
            truth = built_store.made_files(size) / "truth.jsonl"
            one(f"victims found, {size} calls", "found", where, truth)
            if size <= LARGEST_FOR_LINKING:
                one(f"history linked, {size} calls", "linking", where, truth)
    return told


def run(sizes: Sequence[int], on_postgresql: bool) -> None:
    """Measure this alone and print it."""
    print(json.dumps(measure(sizes, on_postgresql), indent=1))
