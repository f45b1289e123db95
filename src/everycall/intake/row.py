"""One row of a force's table as a call: cells joined, codes turned, problems by column."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from everycall.call import Call, read_call
from everycall.counted import counted
from everycall.errors import InputError, Problem
from everycall.intake.cells import NOTHING, default_of, text_of, value_of
from everycall.intake.plan import Plan
from everycall.intake.template import Template
from everycall.localtime import NO_TIME, local_date, tells_no_time, to_local

_PHONE_DIGITS = range(6, 16)
"""Digits of a number that can be dialled: local numbers have six or more, E.164 at most fifteen."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A row as a call, or the problems that stand against it; and what was noted."""

    call: Call | None
    problems: tuple[Problem, ...]
    notes: tuple[Problem, ...]


def read_row(
    plan: Plan, cells: Sequence[str], number: int, where: str, times: int = 1,
    answers: Table[str, frozenset[str]] | None = None,
) -> Reading:  # fmt: skip
    """Read one row.

    Parameters
    ----------
    number
        The call's number in the file, from 1, for ``{row}``.
    where
        File and row, as problems give it: ``calls.csv:12``.
    times
        How often a row with these cells has stood in the file, this one included (`fingerprint_of`).
    """
    if len(cells) != len(plan.header):
        expected = "the header" if plan.mapping.header else "the first row"
        problem = f"has {counted(len(cells), 'cell')} where {expected} has {len(plan.header)}"
        return Reading(None, (Problem(where, problem),), ())
    problems: list[Problem] = []
    notes: list[Problem] = []
    data = _data(plan, cells, number, where, times, problems, notes)
    call = None
    try:
        read = read_call(data, "", plan.mapping.zone, answers)
        notes += [Problem(f"{where} {plan.place(note.where)}", note.problem) for note in read.notes]
        call = read.call
    except InputError as error:
        already = {problem.where for problem in problems}
        found = [Problem(_place(plan, where, p), p.problem) for p in error.details]
        problems += [problem for problem in found if problem.where not in already]
    if problems or call is None:
        return Reading(None, tuple(problems), tuple(notes))
    return Reading(call, (), (*notes, *phone_notes(call, where)))


def plain_row(plan: Plan, cells: Sequence[str], number: int, times: int = 1) -> dict[str, Any] | None:
    """Return a row as a call's data, or None where there is anything to say of it: then `read_row` says it."""
    if len(cells) != len(plan.header):
        return None
    problems: list[Problem] = []
    notes: list[Problem] = []
    data = _data(plan, cells, number, "", times, problems, notes)
    return None if problems or notes else data


def _data(
    plan: Plan, cells: Sequence[str], number: int, where: str, times: int, problems: list[Problem],
    notes: list[Problem],
) -> dict[str, Any]:  # fmt: skip
    data: dict[str, Any] = {}
    for fill in plan.fills:
        if not fill.columns:
            continue
        try:
            value = value_of(fill, cells, plan)
        except ValueError as error:
            problems.append(Problem(f"{where} {plan.place(fill.name)}", str(error)))
            continue
        if value is not NOTHING:
            _put(data, fill.path, value)
            if (
                fill.kind == "moment"
                and value.time() == time.min
                and tells_no_time(text_of(fill, cells, plan))
            ):
                notes.append(Problem(f"{where} {plan.place(fill.name)}", NO_TIME))
    _caller_role(data, plan)
    _defaults(data, plan)
    _close_up(data)
    _no_position(data, where, notes)
    if plan.mapping.ref is not None:
        received = data.get("received_at")
        data["ref"] = _ref(plan.mapping.ref, plan, cells, number, received, where, problems, times)
    return data


def fingerprint_of(cells: Sequence[str]) -> str:
    """Return 16 hex digits that come from the whole row."""
    whole = "\x1f".join(cell.strip() for cell in cells)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def is_odd_phone(phone: str) -> bool:
    """Say whether nobody can be recognised by a phone or rung back on it; "withheld" is not odd."""
    digits = sum(map(str.isdigit, phone))
    return bool(digits) and digits not in _PHONE_DIGITS


def phone_notes(call: Call, where: str) -> list[Problem]:
    """Return a note for each phone that nobody can be recognised by or rung back on, without the number."""
    found = []
    for who, party in call.parties():
        if party.phone and is_odd_phone(party.phone):
            digits = sum(map(str.isdigit, party.phone))
            found.append(Problem(f"{where} {who}.phone", f"has {digits} digits; a phone has 6 to 15"))
    return found


def _place(plan: Plan, where: str, problem: Problem) -> str:
    path = problem.where or problem.problem.partition(":")[0]
    place = plan.place(path)
    return f"{where} {place}" if problem.where or place != path else where


def _put(data: dict[str, Any], path: tuple[str, ...], value: Any) -> None:
    if len(path) == 1:
        data[path[0]] = value
        return
    inside = data
    for part in path[:-1]:
        inside = inside.setdefault(part, {})
    inside[path[-1]] = value


def _caller_role(data: dict[str, Any], plan: Plan) -> None:
    source = data["source"] if "source" in data else plan.mapping.defaults.get("source")
    role = plan.mapping.role_of_source.get(source or "")
    if role is not None:
        data.setdefault("caller", {}).setdefault("role", role)


def _defaults(data: dict[str, Any], plan: Plan) -> None:
    """Fill in what the row does not say; a default never makes a victim or another out of nothing."""
    for fill in plan.with_default:
        top, *rest = fill.path
        if top in ("victims", "others") and rest[0] not in data.get(top, {}):
            continue
        inside = data
        for part in fill.path[:-1]:
            inside = inside.setdefault(part, {})
        inside.setdefault(fill.path[-1], default_of(fill))


def _close_up(data: dict[str, Any]) -> None:
    """Turn victims 0 and 2 into a list of two: a row may leave the second of three victims empty."""
    for several in ("victims", "others"):
        if several in data:
            data[several] = [data[several][number] for number in sorted(data[several], key=int)]


def _no_position(data: dict[str, Any], where: str, notes: list[Problem]) -> None:
    location = data.get("location")
    for one, other in (("latitude", "longitude"), ("easting", "northing")):
        if location and _zero(location.get(one)) and _zero(location.get(other)):
            del location[one], location[other]
            notes.append(Problem(f"{where} location", f"{one} and {other} are 0: taken as no position"))


def _zero(value: object) -> bool:
    try:
        return isinstance(value, str) and float(value) == 0
    except ValueError:
        return False


def _ref(
    template: Template,
    plan: Plan, cells: Sequence[str], number: int, received: object, where: str, problems: list[Problem],
    times: int,
) -> str:  # fmt: skip
    values = {"row": str(number)}
    for name, index in plan.ref_columns.items():
        values[name] = cells[index].strip()
        if not values[name]:
            problems.append(Problem(f"{where} {plan.column(index)}", "is empty, but the ref is made from it"))
    again = ""
    for name in template.names:
        if name == "date":
            moment = to_local(received, plan.mapping.zone)[0] if isinstance(received, datetime) else None
            values[name] = local_date(moment).strftime("%Y%m%d") if moment else "00000000"
        elif name == "fingerprint":
            values[name] = fingerprint_of(cells)
            again = f"-{times}" if times > 1 else ""
    return template.fill(values) + again
