"""How long live calls take while a file of calls is imported into the same store, beside how long they take without.

``python -m benchmarks.live_beside_import [--size PAST_CALLS] [--rows ROWS] [--no-postgresql]``. The file's people and
places are those of the store, under refs that are new. What a call waits for the import is what it takes longer than
alone: on a busy machine look at both. ``own`` is the time our thread was running, so that a wait is not in it.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from time import perf_counter, sleep, thread_time
from typing import Any

from benchmarks import both_databases
from benchmarks.live_calls import live_calls
from benchmarks.speed import share
from everycall.call import read_call
from everycall.force import Force
from everycall.long_running import get_ready
from everycall.store.databases import is_postgresql
from everycall.taking import take_call

WARM = 20
PAUSE_SECONDS = 0.02
"""Between two calls: a busy room, not a queue."""

MOST_MS = 100
"""What a live call may wait."""

Took = list[tuple[float, float]]


def file_of_new_calls(files: Path, rows: int, to: Path) -> Path:
    """Write the first calls of a made-up force under refs of their own."""
    with (files / "calls.jsonl").open(encoding="utf-8") as lines, to.open("w", encoding="utf-8") as out:
        for line in islice(lines, rows):
            out.write(line.replace('{"ref": "', '{"ref": "I-', 1))
    return to


def _timed(force: Force, calls: Iterable[dict[str, Any]], ended: Callable[[], bool]) -> Took:
    """Take calls one after another until told to stop; return what each took, by the clock and own (ms)."""
    took = []
    for data in calls:
        if ended():
            break
        now = datetime.fromisoformat(data["received_at"]) + timedelta(seconds=30)
        started, busy = perf_counter(), thread_time()
        taken = take_call(read_call(data, "live"), force, now)
        assert not any("NOT RECORDED" in problem.problem for problem in taken.assessment.problems)
        took.append(((perf_counter() - started) * 1000, (thread_time() - busy) * 1000))
        sleep(PAUSE_SECONDS)
    return took


def _told(took: Took) -> dict[str, float]:
    clock, own = [one for one, _ in took], [one for _, one in took]
    return {
        "calls": len(took),
        "p50_ms": round(share(clock, 0.5), 1),
        "p99_ms": round(share(clock, 0.99), 1),
        "most_ms": round(max(clock), 1),
        "own_p50_ms": round(share(own, 0.5), 1),
        "over_100_ms": sum(one > MOST_MS for one in clock),
    }


def measure(where: str, files: Path, rows: int, folder: Path) -> dict[str, Any]:
    """Take calls alone, while a process of its own imports, and alone again."""
    drawn = [one["call"] for one in live_calls(files, 8_000)]
    calls = iter([{**one, "ref": f"BESIDE-{one['ref']}"} for one in drawn])
    force = Force.open(where)
    if is_postgresql(where):
        with force.store.connection.cursor() as cursor:
            cursor.execute(
                "CHECKPOINT"
            )  # files of its log to write again, as a server has that runs for a while
    get_ready(
        force, datetime.fromisoformat(drawn[0]["received_at"])
    )  # as a server does: else garbage is looked for
    _timed(force, islice(calls, WARM), lambda: False)
    alone = _timed(force, islice(calls, 200), lambda: False)
    file = file_of_new_calls(files, rows, folder / "new.jsonl")
    code = "from everycall.cli.main import main; main()"
    started = perf_counter()
    imported = subprocess.Popen(
        [sys.executable, "-c", code, "import", "calls", str(file), "--store", where],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    beside = _timed(force, calls, lambda: imported.poll() is not None)
    assert imported.wait() == 0
    seconds = perf_counter() - started
    after = _timed(force, islice(calls, 200), lambda: False)
    force.store.close()
    return {
        "alone": _told(alone),
        "while_imported": _told(beside),
        "after": _told(after) if after else None,
        "rows": rows,
        "import_seconds": round(seconds, 1),
    }


def main() -> None:
    """Measure and print."""
    options = both_databases.options("live_beside_import", __doc__, 100_000)
    options.add_argument("--rows", type=int, default=50_000, help="calls imported meanwhile")
    asked = options.parse_args()
    run = both_databases.on_both(
        asked, lambda where, files, folder: measure(where, files, asked.rows, folder)
    )
    print(json.dumps(run, indent=1))


if __name__ == "__main__":
    main()
