"""A store whose processing log had one row for each look at each record tells after the upgrade what it told before."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
import stored

import build
from everycall.access.logged import entries
from everycall.access.processing import log
from everycall.access.viewer import Viewer
from everycall.record.chain import PROCESSING
from everycall.store import record, schema
from everycall.store.databases import connect
from everycall.store.moments import to_number
from everycall.store.writing import insert, writing

STEPS = ["accounts.0003_webhooks", "store.0005_town_and_house_name"]
CAD = "cad"
LOOKS = [
    ("A", CAD, {"combination": ["OLD-1", "ÄLT/2"], "consultation": ["OLD-1", "ÄLT/2"], "collection": ["A"]}),
    ("A", CAD, {"combination": ["OLD-1"], "alteration": ["A"]}),
    ("B", "h1", {"consultation": ["OLD-1"]}),
    (None, "an analyst", {"disclosure": ["export persons.csv"]}),
    (None, "root (command line)", {"erasure": ["OLD-1"]}),
]


@pytest.fixture
def older(store: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A store that was last brought up to date before the log was kept by its links."""
    for where in stored.place_beside(store, request, tmp_path):
        connection = connect(where)
        schema.migrate(connection, STEPS)
        rows = []
        for number, (call, by, operations) in enumerate(LOOKS):
            at = build.NOW + number * build.DAY
            body = {"by": by, "role": "system", "at": at.isoformat(), "for_call": call,
                    "justification": f"why {number}", "operations": operations}  # fmt: skip
            with writing(connection):
                text, salt = json.dumps(body, sort_keys=True, ensure_ascii=False), f"{number:064x}"
                entry = record.append(connection, PROCESSING, "processing log", text, salt, at)
            rows += [
                (entry, name, ref, call, by, to_number(at))
                for name, refs in operations.items()
                for ref in refs
            ]
        columns = ("entry", "operation", "about", "for_call", "by", "at")
        with writing(connection):
            insert(connection, "processing_logged", columns, rows)
        yield where


def told(where: str, **asked: Any) -> list[tuple[str, str, str | None, str, str | None, Any]]:
    found = entries(connect(where), **asked)
    return [
        (one.operation, one.about, one.for_call, one.by, one.justification, to_number(one.at))
        for one in found
    ]


def test_every_look_is_told_as_before_and_found_by_its_record(older: str) -> None:
    schema.migrate(connect(older))
    expected = [
        (name, ref, call, by, f"why {number}", to_number(build.NOW + number * build.DAY))
        for number, (call, by, operations) in enumerate(LOOKS)
        for name, refs in operations.items()
        for ref in refs
    ]
    assert sorted(map(str, told(older))) == sorted(map(str, expected))
    for about in ("OLD-1", "ÄLT/2", "A", "export persons.csv"):
        found = told(older, about=about)
        assert sorted(map(str, found)) == sorted(str(one) for one in expected if one[1] == about)
    for operation in ("combination", "erasure"):
        assert len(told(older, operation=operation)) == sum(one[0] == operation for one in expected)
    assert "processing_logged" not in stored.everything(older)
    assert schema.pending(connect(older)) == []
    stored.is_whole(older)


def test_what_is_logged_next_goes_on_from_there(older: str) -> None:
    schema.migrate(connect(older))
    connection, before = connect(older), len(told(older))
    salts = (f"{number:064x}" for number in count(100))
    looks = {"consultation": ["OLD-1", "OLD-9"], "combination": ["OLD-1"]}
    log(connection, Viewer(CAD, "system"), looks, "A", "again", salts, build.NOW + 9 * build.DAY)
    found = told(older)
    assert found[0][:2] == ("consultation", "OLD-9"), "the others were told for this call before"
    assert len(found) == before + 1
    stored.is_whole(older)


def test_the_new_rows_are_what_the_code_itself_would_write(older: str, store: str) -> None:
    schema.migrate(connect(older))
    salts = (f"{number:064x}" for number in count())
    for number, (_call, by, operations) in enumerate(LOOKS):
        at = build.NOW + number * build.DAY
        log(connect(store), Viewer(by, "system"), operations, None, f"why {number}", salts, at)
    for table, columns in (
        ("processing_key", "hash, entry"),
        ("processing_link", 'entry, operations, "by", at'),
    ):
        query = f"SELECT {columns} FROM {table} ORDER BY 1, 2"
        assert stored.rows(older, query) == stored.rows(store, query)
