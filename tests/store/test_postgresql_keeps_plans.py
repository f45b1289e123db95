"""PostgreSQL plans a query once and keeps the plan, unless the store's URL says that a pooler stands between."""

from __future__ import annotations

import pytest

import build
from everycall.force import Force
from everycall.store.reading import read


@pytest.mark.parametrize(("options", "kept"), [("", True), ("prepare_threshold=none", False)])
def test_a_query_asked_for_each_call_is_planned_once(postgresql_store: str, options: str, kept: bool) -> None:
    joint = "&" if "?" in postgresql_store else "?"
    force = Force.open(f"{postgresql_store}{joint}{options}" if options else postgresql_store)
    build.take(force, build.call("OLD", received_at="2026-05-09T21:04:00+01:00"))
    for number in range(4):
        build.assess(force, f"NEW-{number}", dry_run=True)
    plans = read(force.store.connection, "SELECT statement FROM pg_prepared_statements")
    force.store.close()
    assert any("mention_key" in text for (text,) in plans) is kept
