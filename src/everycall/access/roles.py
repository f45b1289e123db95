"""The table of who may do and see what, read from ``roles.toml``; whatever does not stand there is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from everycall.access.viewer import SYSTEM, Viewer
from everycall.accounts.people import ROLES
from everycall.accounts.tokens import SCOPES
from everycall.errors import PackError, Problems, not_allowed
from everycall.strict import Data, read_toml

ACTIONS = (
    "approve",
    "assess",
    "break_glass",
    "caller_number",
    "decide",
    "export",
    "manage_accounts",
    "manage_conflicts",
    "manage_webhooks",
    "match",
    "see_alerts",
    "see_call",
    "see_log",
    "see_policy",
    "see_priorities",
    "search",
    "supervise",
)
_A_DAY = timedelta(hours=24)


class _Row(Data):
    role: str
    relation: Literal["taking", "own_area", "any"]
    details: Literal["full", "codes"]
    classes: tuple[str, ...]


class _Table(Data):
    may: dict[str, tuple[str, ...]]
    may_by_scope: dict[str, tuple[str, ...]]
    classes: dict[str, tuple[str, ...]]
    sees: tuple[_Row, ...]


@dataclass(frozen=True, slots=True)
class Sees:
    """What a viewer sees of one call.

    Parameters
    ----------
    full
        Names, numbers, addresses and words; otherwise codes alone.
    classes
        The classes of findings and flags.
    history
        Whether earlier calls are told of; not to somebody in conflict with this call.
    """

    full: bool
    classes: frozenset[str]
    all_classes: bool
    history: bool = True


@cache
def table(path: Path | None = None) -> _Table:
    """Read the table strictly.

    Raises
    ------
    PackError
        With everything that is wrong in it.
    """
    problems = Problems()
    path = path or Path(str(files("everycall.access").joinpath("roles.toml")))
    read = read_toml(path, _Table, problems)
    if read is not None:
        for where, found, allowed in _names(read):
            if found not in allowed:
                problems.add(f"{path.name} {where}", not_allowed(found, allowed))
    problems.raise_if_any("the table of roles cannot be used", PackError)
    assert read is not None
    return read


def _names(read: _Table) -> Any:
    for role, actions in read.may.items():
        yield "may", role, ROLES
        yield from ((f"may.{role}", action, ACTIONS) for action in actions)
    for scope, actions in read.may_by_scope.items():
        yield "may_by_scope", scope, SCOPES
        yield from ((f"may_by_scope.{scope}", action, ACTIONS) for action in actions)
    for row in read.sees:
        yield "sees.role", row.role, (*ROLES, SYSTEM)
        yield from ((f"sees {row.role} classes", name, tuple(read.classes)) for name in row.classes)


def may(viewer: Viewer, action: str) -> bool:
    """Say whether a viewer may do something at all."""
    known = table()
    if viewer.is_system:
        return any(action in known.may_by_scope.get(scope, ()) for scope in viewer.scopes)
    return action in known.may.get(viewer.role, ())


@cache
def class_of(kind: str) -> str:
    """Return the class of data that an indicator or kind of flag belongs to; an empty one when it has none."""
    return next((name for name, kinds in table().classes.items() if kind in kinds), "")


def sees(viewer: Viewer, call: Mapping[str, Any], now: datetime) -> Sees | None:
    """Return what a viewer sees of a call (as its payload tells it) at a moment; None: nothing of it."""
    known = table()
    for row in known.sees:
        if row.role == viewer.role and _holds(row.relation, viewer, call, now):
            return _sees(row, viewer)
    return None


def sees_any_call(viewer: Viewer) -> Sees | None:
    """Return what a viewer sees of a call to which they have no relation; None: nothing of it."""
    known = table()
    for row in known.sees:
        if row.role == viewer.role and row.relation == "any":
            return _sees(row, viewer)
    return None


def _sees(row: _Row, viewer: Viewer) -> Sees:
    full = row.details == "full" or (viewer.is_system and "words" in viewer.scopes)
    return Sees(full, frozenset(row.classes), set(row.classes) >= set(table().classes))


def _holds(relation: str, viewer: Viewer, call: Mapping[str, Any], now: datetime) -> bool:
    if relation == "taking":
        handler = call.get("handler")
        return (handler is not None and handler.lower() == viewer.name) or is_open(call, now)
    if relation == "own_area":
        return bool(viewer.district) and call.get("district") == viewer.district
    return True


def is_open(call: Mapping[str, Any], now: datetime) -> bool:
    """Say whether a call is open: by its status, or without one not closed and under a day old (contract)."""
    status = call.get("status")
    if status is not None or call.get("closed_at") or call.get("closed_as"):
        return bool(status == "open")
    return now - datetime.fromisoformat(call["received_at"]) < _A_DAY
