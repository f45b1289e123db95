"""Many rows inserted together are the rows that were given, however they fall into statements."""

from __future__ import annotations

import pytest

from everycall.force import Force
from everycall.store.reading import read
from everycall.store.writing import insert_many, writing


@pytest.mark.parametrize("many", [0, 1, 49, 50, 51, 123])
def test_none_is_lost_and_none_comes_twice(force: Force, many: int) -> None:
    connection = force.store.connection
    rows = [(f"number {n:03}", f"{n}\u00e9" if n % 3 else "") for n in range(many)]
    with writing(connection):
        insert_many(connection, "setting", ("name", "value"), rows)
    query = "SELECT name, value FROM setting WHERE name LIKE 'number %' ORDER BY name"
    assert [tuple(row) for row in read(connection, query)] == rows
