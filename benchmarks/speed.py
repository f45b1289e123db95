"""Assess calls one after another in one process, as a control room would, and say what each took."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from time import perf_counter, thread_time
from typing import Any

from benchmarks.machine import memory_mib
from benchmarks.parts import PLACES, timed_parts
from everycall.call import read_call
from everycall.force import Force
from everycall.long_running import get_ready
from everycall.serving.large_pages import use_large_pages
from everycall.taking import take_call

WARM = 20
"""Calls before the measurement: the first ones load what later ones find loaded."""

BUCKETS = ((0, 0), (1, 2), (3, 5), (6, 10), (11, 25), (26, 10**9))
"""Incidents shown, for the cost against what is found."""


def share(values: list[float], part: float) -> float:
    """Return the value that this part of ``values`` does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def measure(where: str, calls: list[dict[str, Any]]) -> dict[str, Any]:
    """Assess and record half of ``calls``, then the other half with the parts timed apart.

    The first half gives p50 and p99, undisturbed; the second half gives the parts (the wrapping costs a little).
    """
    many = (len(calls) - WARM) // 2
    force = Force.open(where)
    get_ready(force, datetime.fromisoformat(calls[0]["received_at"]))
    use_large_pages()  # as a process that serves does
    at_open = memory_mib()
    whole: list[float] = []
    busy: list[float] = []
    buckets: dict[str, list[float]] = {}
    failed = 0

    def one(data: dict[str, Any]) -> tuple[float, int]:
        nonlocal failed
        now = datetime.fromisoformat(data["received_at"]) + timedelta(seconds=30)
        started, busy_at = perf_counter(), thread_time()
        taken = take_call(read_call(data, "live"), force, now)
        took = (perf_counter() - started) * 1000
        busy.append((thread_time() - busy_at) * 1000)
        failed += any("NOT RECORDED" in problem.problem for problem in taken.assessment.problems)
        assert taken.body
        return took, len(taken.assessment.repeat.incidents)

    for data in calls[:WARM]:
        one(data)
    for data in calls[WARM : WARM + many]:
        took, found = one(data)
        whole.append(took)
        low, high = next((low, high) for low, high in BUCKETS if low <= found <= high)
        buckets.setdefault(
            f"{low}" if low == high else f"{low}-{high}" if high < 10**9 else f"{low}+", []
        ).append(took)
    with timed_parts() as parts:
        for data in calls[WARM + many :]:
            one(data)
    force.store.close()
    return {
        "calls": many,
        "p50_ms": round(share(whole, 0.5), 2),
        "own_p50_ms": round(share(busy[WARM : WARM + many], 0.5), 2),
        "own_p99_ms": round(share(busy[WARM : WARM + many], 0.99), 2),
        "p90_ms": round(share(whole, 0.9), 2),
        "p99_ms": round(share(whole, 0.99), 2),
        "most_ms": round(max(whole), 2),
        "not_recorded": failed,
        "memory_open_mib": at_open,
        "memory_mib": memory_mib(),
        "parts_mean_ms": {
            told: round(1000 * sum(parts[told]) / many, 3) for told, _, _ in PLACES if told in parts
        },
        "found": {
            name: {
                "calls": len(took),
                "p50_ms": round(share(took, 0.5), 2),
                "p99_ms": round(share(took, 0.99), 2),
            }
            for name, took in sorted(buckets.items(), key=lambda item: int(item[0].rstrip("+").split("-")[0]))
        },
    }


if __name__ == "__main__":  # a process of its own, so that its memory is its own
    print(json.dumps(measure(sys.argv[1], json.loads(Path(sys.argv[2]).read_text("utf-8")))))
