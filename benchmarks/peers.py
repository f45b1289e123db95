"""What a naive search costs and finds beside ours, on the same history and the same callers.

Two ways met in the field. *LIKE*: telephone and name searched as pieces of text, as TicketsCAD 4's call history does
(``api/call-history.php``: ``phone LIKE '%digits%'``, ``street LIKE '%x%'``). *Fuzzy scan*: every past name compared
with rapidfuzz's ``token_sort_ratio`` at 90 or more. Both search; neither reads words, weighs, recommends nor records,
so the times are not those of the same work: look at what is found, and at how the time grows.
"""

from __future__ import annotations

import json
import re
import sqlite3
from pathlib import Path
from time import perf_counter
from typing import Any

from rapidfuzz import fuzz, process

from benchmarks.live_calls import live_calls
from benchmarks.speed import share
from everycall.demo.force import read_lines


def _people(call: dict[str, Any]) -> list[dict[str, Any]]:
    return [one for one in (call.get("caller"), *call.get("victims", [])) if one]


def peers(files: Path, many: int) -> dict[str, Any]:
    """Search for ``many`` callers in both ways; say time, how many true earlier calls were found, how many wrong."""
    truth = {one["ref"]: one for one in read_lines(files / "truth.jsonl")}
    database = sqlite3.connect(":memory:")
    database.execute("CREATE TABLE past (ref TEXT, name TEXT, phone TEXT, address TEXT)")
    rows = []
    for call in read_lines(files / "calls.jsonl"):
        for person in _people(call):
            rows.append((call["ref"], person.get("name"), person.get("phone"), person.get("address")))
    database.executemany("INSERT INTO past VALUES (?, ?, ?, ?)", rows)
    names = [row[1] or "" for row in rows]
    refs_of: dict[str, set[str]] = {}
    for ref, one in truth.items():
        for person in one["mentions"].values():
            refs_of.setdefault(person, set()).add(ref)
    asked = []
    for one in live_calls(files, 4 * many):
        person = one["call"].get("caller")
        if person and person.get("name") and person.get("phone"):
            asked.append((one["drawn_from"], person))
    result: dict[str, Any] = {}
    for name, search in (("LIKE", _like), ("fuzzy scan", _fuzzy)):
        taken, right, wrong, all_true = [], 0, 0, 0
        for drawn_from, person in asked[:many]:
            started = perf_counter()
            found = search(database, names, rows, person)
            taken.append((perf_counter() - started) * 1000)
            true = refs_of.get(truth[drawn_from]["mentions"].get("caller", ""), set())
            right, wrong, all_true = (
                right + len(found & true),
                wrong + len(found - true),
                all_true + len(true),
            )
        result[name] = {
            "searches": len(taken),
            "p50_ms": round(share(taken, 0.5), 2),
            "p99_ms": round(share(taken, 0.99), 2),
            "recall": round(right / max(1, all_true), 3),
            "precision": round(right / max(1, right + wrong), 3),
        }
    return result


def _like(
    database: sqlite3.Connection, names: list[str], rows: list[Any], person: dict[str, Any]
) -> set[str]:
    digits = re.sub(r"\D", "", person["phone"])
    surname = person["name"].split()[-1]
    street = (person.get("address") or "\0").split(",")[0]
    found = database.execute(
        "SELECT ref FROM past WHERE phone LIKE ? OR (name LIKE ? AND address LIKE ?)",
        (f"%{digits}%", f"%{surname}%", f"%{street}%"),
    )
    return {ref for (ref,) in found}


def _fuzzy(
    database: sqlite3.Connection, names: list[str], rows: list[Any], person: dict[str, Any]
) -> set[str]:
    found = process.extract(
        person["name"], names, scorer=fuzz.token_sort_ratio, score_cutoff=90, limit=None, processor=str.lower
    )
    return {rows[index][0] for _, _, index in found}


if __name__ == "__main__":
    import sys

    print(json.dumps(peers(Path(sys.argv[1]), int(sys.argv[2]))))
