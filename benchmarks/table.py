"""The figures as one table for people, beside those of the run before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

RESULTS = Path(__file__).parent / "results"
NOTABLE = 1.25
"""A figure this many times that of the last run is marked."""


IMPORTED = (
    "check_rows_s", "import_rows_s", "check_and_import_rows_s", "logs_read_s", "memory_mib", "child_mib",
)  # fmt: skip
SHARES = ("p50_ms", "own_p50_ms", "p90_ms", "p99_ms", "own_p99_ms", "most_ms")


def last_run() -> dict[str, Any] | None:
    """Return the newest run kept, or None."""
    kept = sorted(RESULTS.glob("*.json"))
    return json.loads(kept[-1].read_text("utf-8")) if kept else None


def _beside(now: float, before: float | None) -> str:
    if not before:
        return ""
    ratio = now / before
    return f"x{ratio:.2f}" + (" slower" if ratio > NOTABLE else " faster" if ratio < 1 / NOTABLE else "")


def figures(found: Any, where: str = "") -> Iterator[tuple[str, float]]:
    """Yield every number of a run with the words that lead to it."""
    if isinstance(found, dict):
        for name, value in found.items():
            yield from figures(value, f"{where}, {name}" if where else str(name))
    elif isinstance(found, int | float) and not isinstance(found, bool):
        yield where, found


def show_changes(run: dict[str, Any], before: dict[str, Any] | None) -> None:
    """Print every figure that is not near that of the run before; times and rates alike."""
    console = Console(width=130)
    old = {name: value for name, value in figures(before or {}) if not name.startswith("machine")}
    both = [(name, old[name], now) for name, now in figures(run) if old.get(name) and now]
    table = Table(
        "figure", "last run", "now", "times", title=f"beside the last run: {len(both)} figures of both"
    )
    for name, then, now in both:
        if not 1 / NOTABLE <= now / then <= NOTABLE:
            table.add_row(name, f"{then:,.4g}", f"{now:,.4g}", f"{now / then:.2f}")
    console.print(table)


def _serving(console: Console, run: dict[str, Any]) -> None:
    table = Table("store", "past calls", "asked", "answered a second", "half under ms", "p99 ms", "wrong",
                  title="through the API")  # fmt: skip
    for key, found in run["api"].items():
        for asked, one in found.items():
            if isinstance(one, dict):
                values = (f"{one[name]:.1f}" for name in ("a_second", "half_ms", "p99_ms"))
                table.add_row(*key.split(" "), asked, *values, str(one["not_recorded_or_cut"]))
    console.print(table)
    table = Table("store", "past calls", "processes", "calls a second", "p50 ms", "p99 ms", "most ms", "CPU ms a call",
                  title="several processes on one store")  # fmt: skip
    for key, found in run["processes"].items():
        for many, one in found.items():
            if isinstance(one, dict):
                names = ("calls_a_second", "p50_ms", "p99_ms", "most_ms", "cpu_ms_a_call")
                table.add_row(*key.split(" "), many, *(f"{one[name]:.1f}" for name in names))
    console.print(table)
    table = Table("store", "past calls", "when", "calls", "p50 ms", "own p50 ms", "p99 ms", "most ms", "over 100 ms",
                  title="live calls during an import")  # fmt: skip
    for key, found in run["beside_import"].items():
        for when in ("alone", "while_imported", "after"):
            if one := found[when]:
                names = ("calls", "p50_ms", "own_p50_ms", "p99_ms", "most_ms", "over_100_ms")
                table.add_row(*key.split(" "), when.replace("_", " "), *(f"{one[name]:,}" for name in names))
    console.print(table)
    table = Table("store", "past calls", "answer to", "many", "half under ms", "p99 ms", "most ms", "wrong",
                  title="handlers typing on the call screen")  # fmt: skip
    for key, found in run["typing"].items():
        for name in ("typed", "events"):
            one = found[name]
            values = (f"{one[part]:.1f}" for part in ("half_ms", "p99_ms", "worst_ms"))
            table.add_row(*key.split(" "), name, str(one["requests"]), *values, str(found["wrong"]))
    console.print(table)


def show(run: dict[str, Any], before: dict[str, Any] | None) -> None:
    """Print a run."""
    console = Console(width=130)
    told = run["machine"]
    console.print(
        ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in told.items() if value is not None)
    )
    old = (before or {}).get("assess", {})
    table = Table("store", "past calls", "p50 ms", "own p50 ms", "p90 ms", "p99 ms", "own p99 ms", "most ms",
                  "memory MiB", "p50 beside last run",
                  title="assess: every part and the record, one process, logs of 60 words")  # fmt: skip
    for key, one in run["assess"].items():
        store, size = key.split(" ")
        table.add_row(store, f"{int(size):,}", *(f"{one[name]:.2f}" for name in SHARES),
                      f"{one['memory_mib']:.0f}", _beside(one["p50_ms"], old.get(key, {}).get("p50_ms")))  # fmt: skip
    console.print(table)
    keys = list(run["assess"])
    table = Table("part (mean ms a call)", *keys, title="where the time goes")
    for part in run["assess"][keys[0]]["parts_mean_ms"]:
        values = [f"{run['assess'][key]['parts_mean_ms'].get(part, 0):.3f}" for key in keys]
        table.add_row(part, *values)
    console.print(table)
    table = Table(
        "incidents found",
        *(f"{key} (calls: p50 / p99 ms)" for key in keys),
        title="cost against what is found",
    )
    for name in dict.fromkeys(name for key in keys for name in run["assess"][key]["found"]):
        cells = [run["assess"][key]["found"].get(name) for key in keys]
        table.add_row(name, *(f"{c['calls']}: {c['p50_ms']} / {c['p99_ms']}" if c else "" for c in cells))
    console.print(table)
    table = Table(
        "store",
        "past calls",
        "check rows/s",
        "import rows/s",
        "both rows/s",
        "logs read/s",
        "memory MiB",
        "of a child",
        title="import, with keys and mentions",
    )
    for key, one in run["import"].items():
        table.add_row(*key.split(" "), *(f"{one[name]:,.0f}" for name in IMPORTED))
    console.print(table)
    table = Table("whole process", "median s", "times python -c pass", title="start")
    base = run["start"]["python -c pass"]
    for name, seconds in run["start"].items():
        table.add_row(name, f"{seconds:.3f}", f"{seconds / base:.1f}")
    console.print(table)
    table = Table("naive search", "past calls", "p50 ms", "p99 ms", "recall", "precision",
                  title="peers: search alone, for a caller with name and phone")  # fmt: skip
    for size, both in run["peers"].items():
        for name, one in both.items():
            table.add_row(
                name, f"{int(size):,}", *(str(one[k]) for k in ("p50_ms", "p99_ms", "recall", "precision"))
            )
    console.print(table)
    _serving(console, run)
