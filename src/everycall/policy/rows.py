"""The rows of ``grades.csv``, ``actions.csv`` and ``resources.csv``, read strictly."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from everycall.errors import Problems, not_allowed
from everycall.policy.conditions import Conditions, read_conditions
from everycall.policy.factbook import FactBook
from everycall.policy.grades import Grades
from everycall.strict import Row, read_table

GRADES_FILE: Final = "grades.csv"
ACTIONS_FILE: Final = "actions.csv"
RESOURCES_FILE: Final = "resources.csv"

_CODE: Final = re.compile(r"[a-z][a-z0-9_]*")
_OUTCOME: Final = ("rule", "grade", "attendance")


@dataclass(frozen=True, slots=True)
class GradeRow:
    """One row of ``grades.csv``.

    Parameters
    ----------
    where
        File and line, as an assessment names the row.
    rule
        The number of the rule; one rule may need several rows.
    open
        Holds where a row above could still hold.
    floor_only
        Gives no grade and goes on: what follows is a floor.
    """

    where: str
    rule: str
    conditions: Conditions
    open: bool
    floor_only: bool
    grade: str
    attendance: str
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was decided, as an action or a resource asks for it; empty means any."""

    rule: str = ""
    grade: str = ""
    attendance: str = ""

    def fits(self, rule: str, grade: str, attendance: str) -> bool:
        """Return whether a decision is the one asked for."""
        return self.rule in ("", rule) and self.grade in ("", grade) and self.attendance in ("", attendance)


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One row of ``actions.csv``; ``due_hours`` run from the start of the clock."""

    where: str
    code: str
    outcome: Outcome
    conditions: Conditions
    due_hours: int | None
    owner: str
    text: str


@dataclass(frozen=True, slots=True)
class ResourceRow:
    """One row of ``resources.csv``."""

    where: str
    resource: str
    outcome: Outcome
    conditions: Conditions
    why: str


def _listed(row: Row, column: str, allowed: tuple[str, ...], problems: Problems, needed: bool = False) -> str:
    cell = row.cells[column]
    if cell not in allowed and (cell or needed):
        problems.add(row.where, f"{column}: {not_allowed(cell, allowed)}")
    return cell


def _coded(row: Row, column: str, problems: Problems) -> str:
    cell = row.cells[column]
    if not _CODE.fullmatch(cell):
        problems.add(row.where, f"{column}: '{cell[:60]}' is not a code of small letters, digits and _")
    return cell


def _said(row: Row, column: str, problems: Problems) -> str:
    cell = row.cells[column]
    if not cell:
        problems.add(row.where, f"{column}: must say something")
    return cell


def read_grade_rows(
    directory: Path, book: FactBook, grades: Grades, problems: Problems
) -> tuple[GradeRow, ...]:
    """Read ``grades.csv``; every problem is added to ``problems``."""
    own = ("rule", "open", "floor_only", "grade", "attendance", "why")
    read = []
    for row in _rows(directory / GRADES_FILE, own, book, problems):
        floor = _listed(row, "floor_only", ("yes",), problems) == "yes"
        is_open = _listed(row, "open", ("yes",), problems) == "yes"
        grade = _listed(row, "grade", tuple(g.code for g in grades.grades), problems, needed=not floor)
        attendance = _listed(row, "attendance", grades.attendance, problems, needed=not floor)
        conditions = read_conditions(row.where, row.cells, book, problems)
        if floor and (grade or attendance or is_open):
            problems.add(row.where, "a row with floor_only goes on: grade, attendance and open must be empty")
        read.append(
            GradeRow(
                row.where, _said(row, "rule", problems), conditions, is_open, floor, grade, attendance,
                _said(row, "why", problems),
            )
        )  # fmt: skip
    opens = [row for row in read if row.open]
    if len(opens) != 1:
        problems.add(GRADES_FILE, f"exactly one row must have 'yes' in the column open, {len(opens)} have")
    return tuple(read)


def read_action_rows(
    directory: Path, book: FactBook, grades: Grades, rules: tuple[str, ...], problems: Problems
) -> tuple[ActionRow, ...]:
    """Read ``actions.csv``; every problem is added to ``problems``."""
    read = []
    owners: dict[str, str] = {}
    for row in _rows(
        directory / ACTIONS_FILE, ("code", *_OUTCOME, "due_hours", "owner", "text"), book, problems
    ):
        hours = row.cells["due_hours"]
        if hours and not re.fullmatch(r"[1-9]\d{0,3}", hours):
            problems.add(
                row.where,
                f"due_hours: '{hours[:20]}' is not a whole number of hours from 1 to 9999, nor empty",
            )
            hours = ""
        code, owner = _coded(row, "code", problems), _coded(row, "owner", problems)
        if owners.setdefault(code, owner) != owner:
            problems.add(row.where, f"owner: '{code}' has another owner in a row above")
        read.append(
            ActionRow(
                row.where, code, _outcome(row, grades, rules, problems),
                read_conditions(row.where, row.cells, book, problems),
                int(hours) if hours else None, owner, _said(row, "text", problems),
            )
        )  # fmt: skip
    return tuple(read)


def read_resource_rows(
    directory: Path, book: FactBook, grades: Grades, rules: tuple[str, ...], problems: Problems
) -> tuple[ResourceRow, ...]:
    """Read ``resources.csv``; every problem is added to ``problems``."""
    return tuple(
        ResourceRow(
            row.where,
            _coded(row, "resource", problems),
            _outcome(row, grades, rules, problems),
            read_conditions(row.where, row.cells, book, problems),
            _said(row, "why", problems),
        )
        for row in _rows(directory / RESOURCES_FILE, ("resource", *_OUTCOME, "why"), book, problems)
    )


def _rows(path: Path, own: tuple[str, ...], book: FactBook, problems: Problems) -> list[Row]:
    rows = read_table(path, own, (*own, *book.index), problems)
    # A header without a needed column has been told already; its rows cannot be read.
    return rows if not rows or set(own) <= set(rows[0].cells) else []


def _outcome(row: Row, grades: Grades, rules: tuple[str, ...], problems: Problems) -> Outcome:
    return Outcome(
        _listed(row, "rule", rules, problems),
        _listed(row, "grade", tuple(g.code for g in grades.grades), problems),
        _listed(row, "attendance", grades.attendance, problems),
    )
