"""``everycall record due``: everything recorded has a day on which somebody asks whether it is still to be kept."""

from __future__ import annotations

import json
from datetime import date

import build
from command import run
from everycall.store import record
from everycall.store.store import Store


def recorded(store: str, *refs: str) -> None:
    lines = "\n".join(json.dumps(build.facts(ref)) for ref in refs)
    assert run("assess", "--store", store, "-", stdin=lines).exit == 0


def test_today_nothing_is_due_and_in_eight_years_everything_is(store: str) -> None:
    recorded(store, "A", "B")
    none = run("record", "due", "--store", store)
    assert (none.exit, none.out) == (0, "")
    assert none.err.startswith("0 due for review by ")
    later = run("record", "due", "--on", f"{date.today().year + 8}-01-01", "--store", store)
    assert later.exit == 1
    assert [one["subject"] for one in later.lines] == ["A", "B", "processing log"]
    assert all(one["regime"] and one["retention_class"] and one["review_on"] for one in later.lines)


def test_what_was_disposed_of_is_due_no_more(store: str) -> None:
    recorded(store, "A", "B")
    assert run("record", "dispose", "A", "--authority", "board 4/26", "--store", store).exit == 0
    later = run("record", "due", "--on", f"{date.today().year + 8}-01-01", "--store", store)
    assert "A" not in [one["subject"] for one in later.lines]


def test_it_comes_in_pages(sqlite_store: str) -> None:
    recorded(sqlite_store, "A", "B", "C")
    opened, day = Store(sqlite_store), date(date.today().year + 8, 1, 1)
    found, after = [], ""
    while page := record.due(opened.connection, day, after, limit=1):
        found.append(page[0].subject)
        after = page[-1].subject
    opened.close()
    assert found == ["A", "B", "C", "processing log"]
