"""DuckDB: the sweep on one machine, spilling to a folder of its own when memory runs short."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from typing import Any

import duckdb
import pyarrow as pa

from everycall.sweep.engine import PairFunction
from everycall.sweep.spill import Spill

_AT_ONCE = 100_000
"""Pairs of values that are in Python's memory at one time."""


def _judged(pairs: Any, function: PairFunction) -> pa.Table:
    one, other = pairs.column("one").to_pylist(), pairs.column("other").to_pylist()
    levels = pa.array(list(map(function, one, other)), pa.string())
    return pa.table({"one": pairs.column("one"), "other": pairs.column("other"), "level": levels})


_ROWS_AT_ONCE = 2 * 122_880
"""Rows inserted at one time: of fewer than DuckDB keeps together each costs up to seven times as much."""


def _gathered(tables: Iterable[Any]) -> Iterator[Any]:
    """Yield the same rows in tables of so many."""
    some: list[Any] = []
    for table in tables:
        some.append(table)
        if sum(one.num_rows for one in some) >= _ROWS_AT_ONCE:
            yield pa.concat_tables(some)
            some = []
    if some:
        yield pa.concat_tables(some)


_MENTIONS_A_PART = 200_000
"""So many mentions meet some three million others at most, with what is compared of them less than half a gigabyte."""


class DuckDB:
    """One database in memory; what does not fit is spilled to a folder that goes when it is closed."""

    def __init__(self, memory_gb: float = 2.0) -> None:
        self._spill = Spill()
        self._con = duckdb.connect(
            config={
                "memory_limit": f"{memory_gb}GB",
                "temp_directory": self._spill.path,
                "preserve_insertion_order": False,
            }
        )

    @property
    def connection(self) -> duckdb.DuckDBPyConnection:
        """The database itself, for Splink."""
        return self._con

    def put(self, name: str, table: Any) -> None:
        """Make an Arrow table known under a name."""
        self.put_parts(name, [table])

    def put_parts(self, name: str, tables: Iterable[Any]) -> None:
        """Make Arrow tables known under one name, one below the other."""
        for number, table in enumerate(_gathered(tables)):
            self._con.register("arriving", table)
            into = f"INSERT INTO {name}" if number else f"CREATE OR REPLACE TABLE {name} AS"
            self._con.execute(f"{into} SELECT * FROM arriving")
            self._con.unregister("arriving")

    def make(self, name: str, query: str, once: bool = False) -> None:
        """Keep what a query finds under a name."""
        self._con.execute(f"CREATE OR REPLACE TABLE {name} AS {query}")

    @contextmanager
    def beside(self, name: str, query: str) -> Iterator[None]:
        """Keep what a query finds under a name while a block runs, which may keep Python, and so one core, busy."""
        with closing(self._con.cursor()) as cursor, ThreadPoolExecutor(1) as thread:
            made = thread.submit(cursor.execute, f"CREATE OR REPLACE TABLE {name} AS {query}")
            yield
            made.result()

    def make_parts(self, name: str, queries: Iterable[str]) -> None:
        """Keep what several queries find under one name; each is run before the next is asked for."""
        for number, query in enumerate(queries):
            into = f"INSERT INTO {name}" if number else f"CREATE OR REPLACE TABLE {name} AS"
            self._con.execute(f"{into} {query}")

    def parts(self, mentions: int) -> int:
        """Return in how many parts so many mentions are compared."""
        return mentions // _MENTIONS_A_PART + 1

    def drop(self, name: str) -> None:
        """Forget a table."""
        self._con.execute(f"DROP TABLE {name}")

    def judge(self, name: str, pairs: str, function: PairFunction) -> None:
        """Keep the level of each pair of values that ``pairs`` finds."""
        found = self._con.sql(pairs).to_arrow_table()
        parts = [found.slice(at, _AT_ONCE) for at in range(0, max(found.num_rows, 1), _AT_ONCE)]
        self.put_parts(name, (_judged(part, function) for part in parts))

    def short(self, text: str) -> str:
        """Return the expression of a whole number that stands for a text."""
        return f"CAST(hash({text}) >> 1 AS BIGINT)"

    def get(self, query: str) -> Any:
        """Return what a query finds, as an Arrow table."""
        return self._con.sql(query).to_arrow_table()

    def close(self) -> None:
        """Let go of everything."""
        self._con.close()
        self._spill.close()
