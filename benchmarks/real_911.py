"""Real emergency calls, one at a time: how many came from a place that had called before, and how fast that is told.

``python -m benchmarks.real_911 FILE``: FILE is Montgomery County's 911 calls as CSV without a header line (latitude,
longitude, title, minute, township, address; ODbL). The last 500 are taken as new calls, the earlier ones as history.
"""

from __future__ import annotations

import csv
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from time import perf_counter

from everycall.call import CallRead
from everycall.force import Force
from everycall.intake.calls import stream_calls
from everycall.intake.mapping import read_mapping
from everycall.store import calls as call_store
from everycall.store.store import Store
from everycall.store.writing import writing
from everycall.taking import take_call

MAPPING = Path(__file__).resolve().parents[1] / "examples" / "mappings" / "montgomery-911.toml"
NEW = 500


@dataclass(frozen=True, slots=True)
class Fed:
    """What was told of the new calls: for each, how many earlier ones of its place were shown and the time (ms)."""

    earlier: tuple[int, ...]
    took_ms: tuple[float, ...]

    @property
    def from_known_places(self) -> int:
        """How many of the new calls came from a place that had called before."""
        return sum(count > 0 for count in self.earlier)


def feed(file: Path, new: int = NEW) -> Fed:
    """Take the file's earlier calls as history and its last ``new`` as new ones, in the order they came."""
    calls = [row.call for row in stream_calls(file, read_mapping(MAPPING))]
    past, fresh = calls[:-new], calls[-new:]
    with tempfile.TemporaryDirectory(prefix="everycall-911-") as folder:
        where = str(Path(folder) / "911.db")
        Store.create(where, "england_and_wales").close()
        force = Force.open(where)
        start = past[0].received_at - timedelta(days=1)
        with writing(force.store.connection):
            call_store.take(force.store.connection, past, start)
        earlier, took = [], []
        for call in fresh:
            started = perf_counter()
            found = take_call(CallRead(call, ()), force, call.received_at + timedelta(minutes=1)).assessment
            took.append((perf_counter() - started) * 1000)
            earlier.append(sum(one.tier == "place" for one in found.repeat.incidents))
        force.store.close()
    return Fed(tuple(earlier), tuple(took))


def independent(file: Path, new: int = NEW) -> tuple[int, ...]:
    """Return, from the CSV alone, how many earlier calls each of the last ``new`` has with its township and address."""
    with file.open(encoding="utf-8", newline="") as lines:
        rows: Sequence[tuple[str, str]] = [(row[4].strip(), row[5].strip()) for row in csv.reader(lines)]
    seen = Counter(rows[:-new])
    counts = []
    for row in rows[-new:]:
        counts.append(seen[row])
        seen[row] += 1
    return tuple(counts)


def same_point(file: Path, new: int = NEW) -> tuple[bool, ...]:
    """Say from the CSV alone which of the last ``new`` were at a point (four decimals) that had called before."""
    with file.open(encoding="utf-8", newline="") as lines:
        points = [(f"{float(row[0]):.4f}", f"{float(row[1]):.4f}") for row in csv.reader(lines)]
    seen = set(points[:-new])
    before = []
    for point in points[-new:]:
        before.append(point in seen)
        seen.add(point)
    return tuple(before)


def main() -> None:
    """Print the table."""
    file = Path(sys.argv[1])
    fed, plain = feed(file), independent(file)
    took = sorted(fed.took_ms)
    both = sum(told > 0 for told, known in zip(fed.earlier, plain, strict=True) if known)
    print(f"new calls                                   {len(fed.earlier):>8,}")
    print(f"from a place that had called before         {fed.from_known_places:>8,}")
    print(f"by township and address in the file alone   {sum(count > 0 for count in plain):>8,}")
    print(f"of those, shown by Everycall too            {both:>8,}")
    print(f"by position in the file alone               {sum(same_point(file)):>8,}")
    print(f"milliseconds a call, half are under         {took[len(took) // 2]:>8.1f}")
    print(f"milliseconds a call, 99 in 100 are under    {took[int(len(took) * 0.99)]:>8.1f}")


if __name__ == "__main__":
    main()
