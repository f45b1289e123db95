"""The fields of the card: which fact of a call each holds, as text; and what was typed, as facts again.

A field is named by where its fact stands: ``caller.phone``, ``answers.hate``, ``victims.0.name``. What is typed goes to
the server as changes of single fields, so that what others tell of the same call meanwhile stays.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from everycall import codes
from everycall.access.protected import MARKER
from everycall.errors import Problem

_PARTY = ("name", "phone", "email", "date_of_birth", "age", "address", "postcode", "role")
_PLAIN = (
    "source", "category", "behaviours", "district", "team", "language_line", "closed_as", "silent_call", "called_back",
    "evidence_advice", "order_breached",
)  # fmt: skip
_NAMES = re.compile(
    rf"(?:{'|'.join(_PLAIN)}"
    rf"|caller\.(?:{'|'.join(_PARTY)})"
    r"|location\.(?:address|postcode)"
    r"|answers\.[a-z_]{1,60}"
    r"|safe_contact\.[a-z_]{1,60}"
    rf"|(?:victims|others)\.\d{{1,2}}\.(?:{'|'.join(_PARTY)}))"
)
"""The names of fields; a position comes from systems, not from typing."""

_LISTS = ("victims", "others")
_LISTS_OF_CODES = ("behaviours", "evidence_advice")
_DAY = re.compile(
    r"(\d{1,2})[\s./-]+(\d{1,2})[\s./-]+(\d{4}|\d{2})|(\d{2})(\d{2})(\d{4}|\d{2})|(\d{4})-(\d{2})-(\d{2})"
)


CONTACT = ("safe_contact.", "silent_call", "called_back", "evidence_advice", "order_breached")
"""How the names begin of the fields about reaching somebody again, orders and evidence."""


def is_field(name: str) -> bool:
    """Say whether a fact may be typed on the card."""
    return _NAMES.fullmatch(name) is not None


def values(call: Mapping[str, Any]) -> dict[str, str]:
    """Return what a call has in fields, by their names, as it is shown in them."""
    told: dict[str, str] = {}
    for name, value in _flat(call):
        if is_field(name):
            told[name] = _as_text(name, value)
    return told


def _flat(value: Any, path: str = "") -> list[tuple[str, Any]]:
    if isinstance(value, Mapping):
        return [one for key, inner in value.items() for one in _flat(inner, f"{path}.{key}".lstrip("."))]
    if isinstance(value, list) and path in _LISTS:
        return [one for number, inner in enumerate(value) for one in _flat(inner, f"{path}.{number}")]
    return [] if value is None else [(path, value)]


def _as_text(name: str, value: Any) -> str:
    if name in _LISTS_OF_CODES:
        return ", ".join(code.replace("_", " ") for code in value)
    if name.endswith("date_of_birth"):
        year, month, day = str(value).split("-")
        return f"{day}/{month}/{year}"
    if isinstance(value, bool):
        return "yes" if value else "no" if name == "silent_call" else ""
    return str(value)


def patch_of(
    changes: Mapping[str, str], call: Mapping[str, Any], today: date
) -> tuple[dict[str, Any], list[Problem]]:
    """Return changes as a merge patch of a call, and what could not be read: those fields are left out.

    Parameters
    ----------
    changes
        By name of field what stands in it now; empty takes the fact back.
    call
        The facts as they are known: a list of people is told whole, with what no field shows.
    today
        The local day, for a year of birth in two digits.
    """
    patch: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, typed in changes.items():
        if not is_field(name):
            problems.append(Problem(name, "is no field of the card"))
            continue
        if typed.strip() == MARKER:  # shown instead of an address that nobody may learn: it is none itself
            continue
        try:
            value = _read(name, typed.strip(), today)
        except ValueError as error:
            problems.append(Problem(name, str(error)))
            continue
        first, *rest = name.split(".")
        if first in _LISTS:
            _into_list(patch, call, first, int(rest[0]), rest[1], value)
        elif rest:
            if first == "safe_contact" and isinstance(
                call.get(first), str
            ):  # told as text by a system: it stays
                patch.setdefault(first, {"note": call[first]})
            patch.setdefault(first, {})[rest[0]] = value
        else:
            patch[first] = value
    for name in _LISTS:
        if name in patch:
            patch[name] = _people(name, [_said(one) for one in patch[name]], changes, problems)
            if patch[name] is None:
                del patch[name]
    return patch, problems


def _people(
    name: str, told: list[dict[str, Any]], changes: Mapping[str, str], problems: list[Problem]
) -> list[dict[str, Any]] | None:
    """Return who is told of; None, and a problem, where somebody is told of after an empty place.

    Moving them up would leave the fields of the page a place off, and what is typed next with the wrong person.
    """
    while told and not told[-1]:
        told.pop()
    empty = next((number for number, one in enumerate(told) if not one), None)
    if empty is None:
        return told
    here = sorted(one for one in changes if one.startswith(f"{name}.{empty}."))
    after = sorted(one for one in changes if one.startswith(f"{name}.") and changes[one].strip())
    where = (here or after or [name])[0]
    problems.append(
        Problem(
            where, "the one before is told of first" if not here else "is needed: another is told of below"
        )
    )
    return None


def _into_list(
    patch: dict[str, Any], call: Mapping[str, Any], name: str, number: int, key: str, value: Any
) -> None:
    people = patch.setdefault(name, [dict(one) for one in call.get(name) or []])
    while len(people) <= number:
        people.append({})
    people[number][key] = value


def _said(one: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is said of a person; nothing when only a role is left of them."""
    kept = {key: value for key, value in one.items() if value is not None}
    return kept if set(kept) - {"role"} else {}


def _read(name: str, typed: str, today: date) -> Any:
    last = name.rsplit(".", 1)[-1]
    if not typed:
        return [] if name in _LISTS_OF_CODES else None
    return _READ[last](typed, today) if last in _READ else typed


def _codes_typed(field: str, typed: str) -> list[str]:
    known = codes.in_order(field)
    told = []
    for word in re.split(r"[,;]", typed):
        code = "_".join(word.lower().split())
        if code:
            begins = [one for one in known if one.startswith(code)]
            told.append(begins[0] if code not in known and len(begins) == 1 else code)
    return list(dict.fromkeys(told))


def _day(typed: str, today: date) -> str:
    found = _DAY.fullmatch(typed)
    if found is None:
        raise ValueError("is no date like 2/3/1951")
    groups = found.groups()
    day, month, year = next(part for part in (groups[:3], groups[3:6], groups[8:5:-1]) if part[0])
    full = int(year)
    if len(year) == 2:
        full += today.year // 100 * 100
        full -= 100 if full > today.year else 0
    try:
        return date(full, int(month), int(day)).isoformat()
    except ValueError:
        raise ValueError("is no day of the calendar") from None


def _age(typed: str, _: date) -> int:
    if not typed.isdecimal() or int(typed) > 125:
        raise ValueError("is no age in years")
    return int(typed)


_READ: Mapping[str, Callable[[str, date], Any]] = {
    "behaviours": lambda typed, _: _codes_typed("behaviours", typed),
    "evidence_advice": lambda typed, _: _codes_typed("evidence_advice", typed),
    "date_of_birth": _day,
    "age": _age,
    "language_line": lambda typed, _: typed.lower() not in ("no", "off", "0"),
    "silent_call": lambda typed, _: typed.lower() not in ("no", "off", "0"),
}
