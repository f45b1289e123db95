"""A table that is found while Python works: it is there when the block ends, and what goes wrong is not lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from everycall.sweep.duckdb_engine import DuckDB


@pytest.fixture
def engine() -> Iterator[DuckDB]:
    made = DuckDB()
    yield made
    made.close()


def test_the_table_is_there_when_the_block_ends_and_others_can_be_made_meanwhile(engine: DuckDB) -> None:
    with engine.beside("pair", "SELECT range AS n FROM range(100_000)"):
        engine.make("other", "SELECT 1 AS n")
    assert engine.get("SELECT count(*) AS n FROM pair").column("n").to_pylist() == [100_000]
    assert engine.get("SELECT n FROM other").column("n").to_pylist() == [1]


def test_a_query_that_fails_beside_fails_the_block(engine: DuckDB) -> None:
    with pytest.raises(Exception, match="nowhere"), engine.beside("pair", "SELECT * FROM nowhere"):
        pass


def test_a_block_that_fails_is_told_of_and_the_engine_can_still_be_used(engine: DuckDB) -> None:
    with pytest.raises(ValueError, match="in the block"), engine.beside("pair", "SELECT 1 AS n"):
        raise ValueError("in the block")
    assert engine.get("SELECT 1 AS n").column("n").to_pylist() == [1]
