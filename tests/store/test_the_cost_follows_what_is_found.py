"""Searching looks rows up by an index and never reads a whole table, also where the plan was made on an empty store."""

from __future__ import annotations

import re
from typing import Any

from everycall.force import Force
from everycall.store import history, words
from everycall.store.reading import listed, read

SMALL = {"same_person"}
"""Tables with a row for each thing that a person has said by hand."""

TABLES = {"call", "call_version", "mention", "mention_key", "words_read", "flag"}

QUERIES = {
    "who shares a key": (history._SHARING, [400]),
    "what they are, at once": (history._ROWS, [0, 0, 0, 0, 0, 0, "NEW-1"]),
    "how they are named": (history._NAMED, [0, 0]),
    "in which calls": (history._CALLS, [0, 0, 0, 0, "NEW-1"]),
    "by which flags": (history._FLAGS, []),
    "what their logs say": (words._EARLIER, ["0", 0]),
}
"""Each query about many numbers, with the values that follow the numbers."""


def _plan(force: Force, query: str, values: list[Any]) -> str:
    explain = "EXPLAIN QUERY PLAN " if force.store.connection.vendor == "sqlite" else "EXPLAIN "
    return "\n".join(str(row[-1]) for row in read(force.store.connection, explain + query, values))


def _read_whole(plan: str) -> set[str]:
    return set(re.findall(r"(?:Seq Scan on|SCAN) (\w+)", plan))


def _names(query: str) -> dict[str, str]:
    return {short: table for table, short in re.findall(r"(?:one|maybe|JOIN) (\w+) (\w+)\b", query)}


def test_no_table_of_the_history_is_read_whole_to_find_some_of_it(force: Force) -> None:
    for name, (template, values) in QUERIES.items():
        text = template[force.store.connection.vendor] if isinstance(template, dict) else template
        query, wanted = listed(force.store.connection, text, [1, 2, 3])
        whole = {
            _names(text).get(table, table) for table in _read_whole(_plan(force, query, [wanted, *values]))
        }
        assert not whole & TABLES, f"{name}: {whole & TABLES} read whole"


def test_how_far_the_history_reaches_is_read_off_its_index(force: Force) -> None:
    values = [0, 0, "NEW-1", 0, 0, "NEW-1", "NEW-1", "NEW-1", 0]
    plan = _plan(force, history._STANDING, values)
    names = {"v": "call_version", "c": "call"}
    whole = {names.get(table, table) for table in _read_whole(plan)}
    assert not whole & (TABLES - SMALL)


def test_a_table_read_whole_would_be_seen(force: Force) -> None:
    plan = _plan(force, "SELECT payload FROM call_version", [])
    assert _read_whole(plan) == {"call_version"}
