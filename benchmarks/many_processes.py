"""How many calls a second 1, 2 and 4 processes take on one store, and how long each call then waits.

``python -m benchmarks.many_processes [--size PAST_CALLS] [--calls A_PROCESS] [--no-postgresql]``, or with
``--at STORE FILES`` on a store that is there, filled with the made-up force of these files; once only.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from benchmarks import both_databases
from benchmarks.live_calls import live_calls
from benchmarks.speed import share
from everycall.call import read_call
from everycall.force import Force
from everycall.long_running import get_ready
from everycall.record.chain import verify
from everycall.store import record
from everycall.store.store import Store
from everycall.taking import NOT_RECORDED, take_call

PROCESSES = (1, 2, 4)
WARM = 10


def work(where: str, file: Path) -> dict[str, Any]:
    """Take the calls of a file once told to begin; say how long each took (ms), and all of them (s)."""
    calls = json.loads(file.read_text("utf-8"))
    force = Force.open(where)
    get_ready(force, datetime.fromisoformat(calls[0]["received_at"]))
    took: list[float] = []
    not_recorded = 0
    for number, data in enumerate(calls):
        if number == WARM:
            print("ready", flush=True)
            sys.stdin.readline()
            began, busy = perf_counter(), process_time()
        now = datetime.fromisoformat(data["received_at"]) + timedelta(seconds=30)
        started = perf_counter()
        assessment = take_call(read_call(data, "live"), force, now).assessment
        took.append((perf_counter() - started) * 1000)
        not_recorded += any(problem.part == NOT_RECORDED for problem in assessment.problems)
    seconds, busy = perf_counter() - began, process_time() - busy
    force.store.close()
    return {"took_ms": took[WARM:], "seconds": seconds, "busy": busy, "not_recorded": not_recorded}


def at_once(where: str, drawn: list[list[dict[str, Any]]], folder: Path) -> dict[str, Any]:
    """Let as many processes as there are lists of calls take them at once."""
    started = []
    for number, calls in enumerate(drawn):
        file = folder / f"calls-{number}.json"
        file.write_text(json.dumps(calls), "utf-8")
        command = [sys.executable, "-m", "benchmarks.many_processes", "--work", where, str(file)]
        started.append(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
    for process in started:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    began = perf_counter()
    for process in started:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    told = [json.loads(process.communicate()[0]) for process in started]
    assert all(process.returncode == 0 for process in started)
    seconds = max(perf_counter() - began, max(one["seconds"] for one in told))
    took = [value for one in told for value in one["took_ms"]]
    return {
        "calls": len(took),
        "calls_a_second": round(len(took) / max(one["seconds"] for one in told), 1),
        "seconds": round(seconds, 2),
        "cpu_ms_a_call": round(1000 * sum(one["busy"] for one in told) / len(took), 2),
        "p50_ms": round(share(took, 0.5), 2),
        "p99_ms": round(share(took, 0.99), 2),
        "most_ms": round(max(took), 2),
        "not_recorded": sum(one["not_recorded"] for one in told),
    }


def measure(where: str, files: Path, each: int, folder: Path) -> dict[str, Any]:
    """Measure every number of processes on one store, with new calls each time; then verify the record."""
    drawn = [one["call"] for one in live_calls(files, sum(PROCESSES) * (WARM + each))]
    drawn = [{**one, "ref": f"MANY-{one['ref']}"} for one in drawn]  # new, whatever was measured there before
    found: dict[str, Any] = {}
    for many in PROCESSES:
        mine, drawn = drawn[: many * (WARM + each)], drawn[many * (WARM + each) :]
        found[str(many)] = at_once(where, [mine[number::many] for number in range(many)], folder)
    store = Store(where)
    found["record_is_whole"] = not verify(record.links(store.connection)).wrong
    store.close()
    return found


def main() -> None:
    """Measure and print."""
    options = both_databases.options("many_processes", __doc__, 10_000)
    options.add_argument("--work", nargs=2, metavar=("STORE", "FILE"), help=argparse.SUPPRESS)
    options.add_argument("--at", nargs=2, metavar=("STORE", "FILES"), help="a store, and the force it has")
    options.add_argument("--calls", type=int, default=150, help="calls for each process")
    asked = options.parse_args()
    if asked.work:
        print(json.dumps(work(asked.work[0], Path(asked.work[1]))))
        return
    if asked.at:
        with tempfile.TemporaryDirectory(prefix="everycall-bench-") as folder:
            run = measure(asked.at[0], Path(asked.at[1]), asked.calls, Path(folder))
    else:
        run = both_databases.on_both(
            asked, lambda where, files, folder: measure(where, files, asked.calls, folder)
        )
    print(json.dumps(run, indent=1))


if __name__ == "__main__":
    main()
