"""The database itself refuses to change, delete or empty the tables of the record."""

from __future__ import annotations

import pytest

import build
from everycall.errors import StoreError
from everycall.force import Force
from everycall.record.chain import verify
from everycall.store import record

TABLES = {"chain_entry": "kind", "chain_payload": "body", "disposal": "authority"}


@pytest.fixture
def recorded(force: Force) -> Force:
    from everycall.disposal import dispose_of

    build.assess(force, "A")
    build.assess(force, "B")
    dispose_of("B", "a court", force, build.NOW + build.DAY)
    return force


@pytest.mark.parametrize("table", TABLES)
def test_no_row_can_be_changed(table: str, recorded: Force) -> None:
    with pytest.raises(StoreError, match="the record cannot be changed"):
        build.change(recorded, f"UPDATE {table} SET {TABLES[table]} = 'x'")


@pytest.mark.parametrize("table", TABLES)
def test_no_row_can_be_deleted(table: str, recorded: Force) -> None:
    with pytest.raises(StoreError, match="the record cannot be changed"):
        build.change(recorded, f"DELETE FROM {table}")


@pytest.mark.parametrize("table", TABLES)
def test_no_table_can_be_emptied_at_once(table: str, recorded: Force) -> None:
    if recorded.store.connection.vendor == "sqlite":
        # SQLite has no TRUNCATE; DELETE without WHERE is its like, and fires the trigger for each row
        return
    with pytest.raises(StoreError, match="the record cannot be changed"):
        build.change(recorded, f"TRUNCATE {table} CASCADE")


def test_after_the_refusals_the_record_is_whole(recorded: Force) -> None:
    found = verify(record.links(recorded.store.connection))
    assert found.wrong == ()
    assert len(found.disposed) == 1
    assert found.links == 3
