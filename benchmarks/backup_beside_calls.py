"""How long live calls take while a store is backed up, beside how long they take without; and the backup itself.

``python -m benchmarks.backup_beside_calls [--size PAST_CALLS] [--no-postgresql]``
"""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter, sleep
from typing import Any

from benchmarks import both_databases
from benchmarks.built_store import UNTIL
from benchmarks.live_calls import live_calls
from benchmarks.speed import share
from everycall.call import read_call
from everycall.force import Force
from everycall.long_running import get_ready
from everycall.taking import take_call

WARM = 20
PAUSE_SECONDS = 0.02
"""Between two calls: a busy room, not a queue."""


def _timed(force: Force, calls: list[dict[str, Any]], until: Any) -> list[float]:
    """Take calls one after another until told to stop; return how long each took (ms)."""
    took = []
    for data in calls:
        if until(len(took)):
            break
        now = datetime.fromisoformat(data["received_at"]) + timedelta(seconds=30)
        started = perf_counter()
        take_call(read_call(data, "live"), force, now)
        took.append((perf_counter() - started) * 1000)
        sleep(PAUSE_SECONDS)
    return took


def _told(took: list[float]) -> dict[str, float]:
    return {
        "calls": len(took),
        "p50_ms": round(share(took, 0.5), 1),
        "p99_ms": round(share(took, 0.99), 1),
        "most_ms": round(max(took), 1),
    }


def measure(where: str, files: Path, folder: Path) -> dict[str, Any]:
    """Take calls alone, then while a process of its own backs the store up, then alone again."""
    calls = iter([one["call"] for one in live_calls(files, 4_000)])
    force = Force.open(where)
    get_ready(force, UNTIL)
    _timed(force, [next(calls) for _ in range(WARM)], lambda _: False)
    alone = _timed(force, [next(calls) for _ in range(300)], lambda _: False)
    file = folder / f"{'pg' if '://' in where else 'sqlite'}.backup"
    code = "from everycall.cli.main import main; main()"
    started = perf_counter()
    backup = subprocess.Popen(
        [sys.executable, "-c", code, "backup", str(file), "--store", where], stdout=subprocess.DEVNULL
    )
    beside = _timed(force, list(calls), lambda _: backup.poll() is not None)
    seconds = perf_counter() - started
    assert backup.wait() == 0
    after = _timed(force, [one["call"] | {"ref": f"AFTER-{n}"} for n, one in enumerate(live_calls(files, 300))],
                   lambda _: False)  # fmt: skip
    force.store.close()
    restored = str(folder / "restored.db")
    began = perf_counter()
    if "://" not in where:
        subprocess.run([sys.executable, "-c", code, "restore", str(file), "--store", restored], check=True)
    return {
        "alone": _told(alone),
        "while_backed_up": _told(beside),
        "after": _told(after),
        "backup_seconds": round(seconds, 1),
        "backup_mb": round(file.stat().st_size / 1e6, 1),
        "restore_and_verify_seconds": round(perf_counter() - began, 1) if "://" not in where else None,
    }


def main() -> None:
    """Measure and print."""
    asked = both_databases.options("backup_beside_calls", __doc__, 100_000).parse_args()
    mb: dict[str, float] = {}

    def one(where: str, files: Path, folder: Path) -> dict[str, Any]:
        if "://" not in where:
            mb["store_mb"] = round(Path(where).stat().st_size / 1e6, 1)
        return measure(where, files, folder)

    print(json.dumps({**both_databases.on_both(asked, one), **mb}, indent=1))


if __name__ == "__main__":
    main()
