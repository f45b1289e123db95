"""Assessing history as it stood at the time: one line of codes a call, in a file that goes on where it broke off."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper

from everycall.assessment import Assessment
from everycall.call import Call, CallRead, read_call
from everycall.errors import InputError, Problem
from everycall.inspection.as_it_stood import ForceThen, as_it_stood
from everycall.localtime import start_of_day, written
from everycall.store.moments import to_number
from everycall.store.reading import read
from everycall.told_once import read_once
from everycall.triage import assess
from everycall.vulnerability.victims import victims_of

FORM = "everycall backfill 1"
_AT_ONCE = 500
_LONGEST_LINE = 1 << 16
_NEEDED = frozenset({
    "ref", "received_at", "category", "has_victim", "asked", "is_repeat", "is_vulnerable", "grade",
    "could_not_look", "marked_repeat", "marked_vulnerable", "grade_given",
})  # fmt: skip
_BETWEEN = "known_until IS NULL AND received_at >= %s AND received_at < %s"
_PARTS = ("repeat", "vulnerability", "priorities", "harm")


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which calls are assessed: of which local days (both included), and how much of each log."""

    first: date
    last: date
    log_minutes: int


def head(wanted: Wanted, force: ForceThen) -> dict[str, Any]:
    """Return what stands first in the file: with what it was made, so that it goes on as it began."""
    made_with = force.made_with()
    return {
        "form": FORM,
        "from": str(wanted.first),
        "to": str(wanted.last),
        "log_minutes": wanted.log_minutes,
        "made_with": made_with.model_dump(mode="json"),
    }


@dataclass(frozen=True, slots=True)
class Done:
    """How far a file got: how many calls, when the last of them came in, and which came in at that moment."""

    many: int = 0
    last: str | None = None
    at_the_last: frozenset[str] = frozenset()


def done_before(path: Path, begins: dict[str, Any]) -> Done:
    """Return how far a file got, cutting off a last line that was broken off.

    Raises
    ------
    InputError
        When it is no backfill, or one of other days, another log or made with other versions.
    """
    _cut(path)
    many, last, refs = 0, None, set[str]()
    for line in read_lines(path):
        if "form" in line:
            _same(path, line, begins)
            continue
        if line["received_at"] != last:
            last, refs = line["received_at"], set()
        many += 1
        refs.add(line["ref"])
    return Done(many, last, frozenset(refs))


def _cut(path: Path) -> None:
    with path.open("r+b") as file:
        end = file.seek(0, os.SEEK_END)
        back = min(end, _LONGEST_LINE)
        file.seek(end - back)
        tail = file.read(back)
        if not tail.endswith(b"\n"):
            file.truncate(end - back + tail.rfind(b"\n") + 1)


def _same(path: Path, told: dict[str, Any], begins: dict[str, Any]) -> None:
    if told != begins:
        differ = ", ".join(name for name in begins if told.get(name) != begins[name])
        problem = Problem(path.name, f"was begun with another {differ}: name a new file")
        raise InputError("the backfill cannot go on", [problem])


def read_lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield what a backfill's file holds, its head first.

    Raises
    ------
    InputError
        At the first line that is none of a backfill's, or when the file is empty.
    """
    number = 0
    with path.open("rb") as file:
        for number, line in enumerate(file, 1):
            try:
                one = read_once(line)
            except (ValueError, RecursionError):
                one = None
            if not isinstance(one, dict) or (
                one.get("form") != FORM if number == 1 else not one.keys() >= _NEEDED
            ):
                where = f"{path.name}:{number}"
                raise InputError("the backfill cannot be used", [Problem(where, "is no line of a backfill")])
            yield one
    if not number:
        raise InputError("the backfill cannot be used", [Problem(path.name, "is empty")])


def backfill(force: ForceThen, wanted: Wanted, done: Done, now: datetime) -> Iterator[dict[str, Any]]:
    """Yield a line of codes for each call that is not done yet, in the order in which they came in.

    Parameters
    ----------
    now
        When this is done (aware): what was imported until then is known.
    """
    for payload in _payloads(force.store.connection, *_still_to_do(wanted, done)):
        call = read_call(payload).call
        if call.ref not in done.at_the_last:
            yield line_of(call, force, wanted, now)


def count_left(force: ForceThen, wanted: Wanted, done: Done) -> int:
    """Return how many calls are not done yet."""
    rows = read(
        force.store.connection,
        f"SELECT count(*) FROM call_version WHERE {_BETWEEN}",
        list(_still_to_do(wanted, done)),
    )
    return int(rows[0][0]) - len(done.at_the_last)


def line_of(call: Call, force: ForceThen, wanted: Wanted, now: datetime) -> dict[str, Any]:
    """Return what would have been found of a call, beside what the force recorded: codes, no names and no words."""
    then = CallRead(as_it_stood(call, wanted.log_minutes), ())
    assessed = assess(then, force, now, new_to_store=True)
    made = assessed.assessment
    findings = assessed.reading.findings if assessed.reading else ()
    return {
        "ref": call.ref,
        "received_at": written(call.received_at),
        "source": call.source,
        "category": call.category,
        "has_victim": bool(victims_of(then.call, findings)),
        "asked": {
            "happened_before": asked(call, "happened_before", "how_often"),
            "personal_circumstances": asked(call, "personal_circumstances"),
        },
        **_found(made),
        "marked_repeat": call.marked_repeat,
        "marked_vulnerable": call.marked_vulnerable,
        "grade_given": call.grade_given,
    }


def asked(call: Call, *questions: str) -> str:
    """Say whether a question was put, by its answers: ``answered``, ``refused_or_unknown`` or ``not_asked``."""
    given = {call.answers[one] for one in questions if one in call.answers}
    if not given:
        return "not_asked"
    return "refused_or_unknown" if given <= {"refused", "unknown"} else "answered"


def _found(made: Assessment) -> dict[str, Any]:
    told = made.recommendation
    return {
        "is_repeat": made.repeat.is_repeat.value,
        "is_vulnerable": made.vulnerability.is_vulnerable.value,
        "band": made.harm.band,
        "local_priority": bool(made.priorities.matches),
        "grade": told.grade,
        "attendance": told.attendance,
        "could_not_look": [part for part in _PARTS if getattr(made, part).status == "could_not_look"],
    }


def _still_to_do(wanted: Wanted, done: Done) -> tuple[int, int]:
    """Return between which moments calls are still to do: the first is in it, the second no longer."""
    start = to_number(start_of_day(wanted.first) if done.last is None else datetime.fromisoformat(done.last))
    return start, to_number(start_of_day(wanted.last + timedelta(days=1)))


def _payloads(connection: BaseDatabaseWrapper, start: int, end: int) -> Iterator[dict[str, Any]]:
    at, last = start, -1
    while rows := read(
        connection,
        f"SELECT received_at, id, payload FROM call_version WHERE {_BETWEEN} "
        "AND (received_at > %s OR id > %s) ORDER BY received_at, id LIMIT %s",
        [at, end, at, last, _AT_ONCE],
    ):
        for _, _, payload in rows:
            yield json.loads(payload)
        at, last = rows[-1][0], rows[-1][1]
