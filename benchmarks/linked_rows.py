"""The rows of one history in files, so that each way of linking starts from the same and is measured alone.

``python -m benchmarks.linked_rows STORE TRUTH.jsonl FOLDER`` writes them: everybody, their keys, and who each truly is.
"""

from __future__ import annotations

import json
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterable
from contextlib import closing
from datetime import datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from benchmarks.machine import memory_mib
from everycall.force import Force
from everycall.localtime import LONDON, local_date
from everycall.sweep.duckdb_engine import DuckDB
from everycall.sweep.history import bring
from everycall.uncollected import uncollected

_TABLES = ("mention", "mention_key")


class Laps:
    """Seconds of each step: of the clock and of the processor."""

    def __init__(self) -> None:
        self.seconds: dict[str, tuple[float, float]] = {}
        self._from = perf_counter(), process_time()

    def lap(self, name: str) -> None:
        """Note what has passed since the last step."""
        now = perf_counter(), process_time()
        self.seconds[name] = tuple(round(b - a, 1) for a, b in zip(self._from, now, strict=True))  # type: ignore[assignment]
        self._from = now


def load(engine: DuckDB, folder: Path) -> None:
    """Make ``mention`` and ``mention_key`` of an engine from the files."""
    for name in _TABLES:
        engine.make(name, f"SELECT * FROM read_parquet('{folder / name}.parquet')")


def digest(engine: DuckDB) -> str:
    """Return what tells these rows from any others, in this version of DuckDB."""
    found = engine.get("SELECT count(*) AS n, CAST(sum(hash(m)) AS VARCHAR) AS content FROM mention m")
    return f"{found.column('n')[0].as_py()}-{found.column('content')[0].as_py()}"


def agreement(folder: Path, found: Iterable[int]) -> dict[str, Any]:
    """Return precision and recall over pairs of mentions, and how large the largest person is.

    Parameters
    ----------
    found
        The person found of each mention, in the order of the rows.
    """
    true = pq.read_table(folder / "truth.parquet").column("person").to_pylist()
    known = [(t, f) for t, f in zip(true, found, strict=True) if t is not None]

    def pairs(values: Any) -> int:
        return sum(n * (n - 1) // 2 for n in Counter(values).values())

    both, ours, truth = pairs(known), pairs(f for _, f in known), pairs(t for t, _ in known)
    return {
        "precision": round(both / max(ours, 1), 5),
        "recall": round(both / max(truth, 1), 5),
        "persons": len({f for _, f in known}),
        "true persons": len({t for t, _ in known}),
        "largest": max(Counter(f for _, f in known).values()),
    }


def _truth_of(engine: DuckDB, file: str) -> list[str | None]:
    """Return the true person of each mention, in the engine's order."""
    true: dict[tuple[str, str], str] = {}
    with Path(file).open(encoding="utf-8") as lines:
        for line in lines:
            call = json.loads(line)
            true |= {(call["ref"], which): person for which, person in call["mentions"].items()}
    rows = engine.get("SELECT ref, which FROM mention ORDER BY n").to_pylist()
    return [true.get((row["ref"], row["which"])) for row in rows]


def main(arguments: list[str] | None = None) -> None:
    """Write them."""
    asked = ArgumentParser(description=__doc__)
    asked.add_argument("store")
    asked.add_argument("truth")
    asked.add_argument("folder", type=Path)
    asked.add_argument("--memory", type=float, default=1.0)
    told_to = asked.parse_args(arguments)
    force, laps = Force.open(told_to.store), Laps()
    today = local_date(datetime(2026, 6, 12, tzinfo=LONDON))
    with closing(DuckDB(told_to.memory)) as engine, uncollected():  # as the command does
        bring(engine, force.store.connection, force.policy.rules.search, today)
        laps.lap("read the store")
        memory = memory_mib()
        for name in _TABLES:
            order = "ORDER BY n" if name == "mention" else ""
            engine.connection.execute(
                f"COPY (SELECT * FROM {name} {order}) TO '{told_to.folder / name}.parquet'"
            )
        true = _truth_of(engine, told_to.truth)
        pq.write_table(pa.table({"person": pa.array(true, pa.string())}), told_to.folder / "truth.parquet")
        told = {"mentions": len(true), "rows": digest(engine), "seconds": laps.seconds, "memory MiB": memory}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
