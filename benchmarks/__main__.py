"""``make bench``: measure, print one table, keep the figures as JSON and compare them with the last run."""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

from benchmarks import built_store, identity, live_beside_import, many_processes, postgresql
from benchmarks.apart import apart as _apart
from benchmarks.live_calls import live_calls
from benchmarks.machine import machine
from benchmarks.speed import WARM
from benchmarks.start import starts
from benchmarks.table import RESULTS, last_run, show, show_changes

LARGEST_FOR_PEERS = 100_000
"""Past calls up to which the naive searches are measured: they hold the whole history and look at all of it."""


CALLS_A_PROCESS = 100
IMPORTED_MEANWHILE = 50_000
"""Rows at most that are imported while live calls are taken."""


def main() -> None:
    """Measure what was asked for."""
    options = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    options.add_argument(
        "--sizes", nargs="+", type=int, default=[10_000, 100_000, 1_000_000], help="past calls"
    )
    options.add_argument("--calls", type=int, default=300, help="calls assessed at each size")
    options.add_argument("--no-postgresql", action="store_true", help="SQLite alone")
    options.add_argument("--typing", type=int, default=60, help="seconds that twenty handlers type")
    options.add_argument(
        "--identity", action="store_true", help="who is who alone: see benchmarks/identity.py"
    )
    asked = options.parse_args()
    if asked.identity:
        identity.run(asked.sizes, not asked.no_postgresql)
        return
    run: dict[str, Any] = {
        "machine": machine(),
        "assess": {},
        "import": {},
        "start": {},
        "peers": {},
        "api": {},
        "questions": {},
        "typing": {},
        "processes": {},
        "beside_import": {},
        "words": {},
    }
    run["words"] = _apart("words.speed")
    with tempfile.TemporaryDirectory(prefix="everycall-bench-") as folder:
        for size in asked.sizes:
            files = built_store.made_files(size)
            live = Path(folder) / f"live-{size}.json"
            drawn = [one["call"] for one in live_calls(files, WARM + 2 * asked.calls)]
            live.write_text(json.dumps(drawn), "utf-8")
            where, built = built_store.sqlite_store(size, Path(folder))
            run["import"][f"sqlite {size}"] = built
            if size == max(asked.sizes):
                run["start"] = starts(where, drawn[0], Path(folder))
            run["assess"][f"sqlite {size}"] = _apart("speed", where, live)
            again = Path(folder) / f"api-{size}.json"
            again.write_text(json.dumps([{**one, "ref": f"API-{one['ref']}"} for one in drawn]), "utf-8")
            run["api"][f"sqlite {size}"] = _apart("api_load", where, again)
            if size == max(asked.sizes):
                run["typing"][f"sqlite {size}"] = _apart("handlers_typing", where, again, asked.typing)
                _beside_others(run, f"sqlite {size}", where, files, Path(folder))
            if size <= LARGEST_FOR_PEERS:
                run["peers"][str(size)] = _apart("peers", files, 60)
            if size == min(asked.sizes):
                run["questions"] = _apart("questions_asked", Path(folder) / "questions.db", files, 150)
            if not asked.no_postgresql:
                with postgresql.server() as (url, version):
                    run["machine"]["postgresql"] = version
                    run["import"][f"postgresql {size}"] = built_store.build_apart(url, size)
                    run["assess"][f"postgresql {size}"] = _apart("speed", url, live)
                    run["api"][f"postgresql {size}"] = _apart("api_load", url, again)
                    if size == max(asked.sizes):
                        typed = _apart("handlers_typing", url, again, asked.typing)
                        run["typing"][f"postgresql {size}"] = typed
                        _beside_others(run, f"postgresql {size}", url, files, Path(folder))
            print(f"{size:,} past calls: done", file=sys.stderr)
    before = last_run()
    kept = RESULTS / f"{datetime.now():%Y%m%d-%H%M%S}.json"
    _keep(run, kept)  # before the longest part: what is measured is not lost with it
    show(run, before)
    print(f"words: {json.dumps(run['words'])}")
    print(f"questions asked until settled: {json.dumps(run['questions'])}", flush=True)
    run["identity"] = identity.measure(asked.sizes, not asked.no_postgresql)
    for what, found in run["identity"].items():
        print(f"{what}: {json.dumps(found)}")
    _keep(run, kept)
    show_changes(run, before)
    print(f"kept in benchmarks/results/{kept.name}", file=sys.stderr)


def _beside_others(run: dict[str, Any], key: str, where: str, files: Path, folder: Path) -> None:
    """Measure calls that several processes take at once, and calls during an import; the store grows by both."""
    run["processes"][key] = many_processes.measure(where, files, CALLS_A_PROCESS, folder)
    run["beside_import"][key] = live_beside_import.measure(where, files, IMPORTED_MEANWHILE, folder)


def _keep(run: dict[str, Any], kept: Path) -> None:
    RESULTS.mkdir(exist_ok=True)
    kept.write_text(json.dumps(run, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
