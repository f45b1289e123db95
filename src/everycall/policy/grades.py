"""Grades, times, attendance and what counts as lowering, read from ``grades.toml``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final, Literal, get_args

from pydantic import Field

from everycall import codes
from everycall.errors import Problems, not_allowed
from everycall.policy.factbook import Code, FactBook, Words
from everycall.strict import Data, read_toml

FILE: Final = "grades.toml"

Start = Literal["received_at", "log_opened", "graded_at"]
Counts = Literal["lower_grade", "later_time", "less_attendance", "closed_as", "category_out"]
Minutes = Annotated[int, Field(gt=0, le=60 * 24 * 60)]

ATTENDANCE: Final = ("now", "visit", "contact", "message", "none")
"""The kinds of attendance an assessment may name (contract, "An assessment"), from the most to the least."""


class Grade(Data):
    """One grade; minutes run from the start of the clock, and a grade without them has no time."""

    code: Code
    name: Words
    minutes_urban: Minutes | None = None
    minutes_rural: Minutes | None = None


class Clock(Data):
    """When the clock starts, for each source of a call."""

    default: Start
    by_source: dict[str, Start] = Field(default_factory=dict)


class Lowering(Data):
    """What counts as lowering, and the facts that keep the higher until a supervisor approves."""

    counts: tuple[Counts, ...]
    closed_as: tuple[Code, ...]
    categories_in: tuple[Code, ...]
    supervisor_where: tuple[Code, ...]


class _File(Data):
    grade: Annotated[tuple[Grade, ...], Field(min_length=2)]
    attendance: Annotated[tuple[Code, ...], Field(min_length=2)]
    clock: Clock
    lowering: Lowering


@dataclass(frozen=True, slots=True)
class Grades:
    """Grades and attendance from the highest to the lowest, with their times.

    A rank counts from 0 for the lowest upwards.
    """

    grades: tuple[Grade, ...]
    attendance: tuple[str, ...]
    clock: Clock
    lowering: Lowering

    def grade(self, code: str) -> Grade:
        """Return the grade with this code; ``KeyError`` when there is none."""
        for grade in self.grades:
            if grade.code == code:
                return grade
        raise KeyError(code)

    def rank(self, code: str) -> int:
        """Return how high a grade stands, 0 the lowest; ``KeyError`` when there is none."""
        return len(self.grades) - 1 - self.grades.index(self.grade(code))

    def attendance_rank(self, code: str) -> int:
        """Return how much attendance this is, 0 the least; ``ValueError`` when there is none of that name."""
        return len(self.attendance) - 1 - self.attendance.index(code)


def read_grades(directory: Path, book: FactBook | None, problems: Problems) -> Grades | None:
    """Read ``grades.toml``; add every problem to ``problems`` and return None when there is one."""
    before = len(problems)
    file = read_toml(directory / FILE, _File, problems)
    if file is None:
        return None
    found = [grade.code for grade in file.grade]
    for code in sorted({code for code in found if found.count(code) > 1}):
        problems.add(FILE, f"the grade '{code}' stands twice")
    for grade in file.grade:
        if (grade.minutes_urban is None) != (grade.minutes_rural is None):
            problems.add(f"{FILE} {grade.code}", "minutes_urban and minutes_rural must be given together")
    _listed("attendance", file.attendance, ATTENDANCE, problems)
    kept = [kind for kind in ATTENDANCE if kind in file.attendance]
    if sorted(file.attendance) == sorted(kept) and list(file.attendance) != kept:
        problems.add(FILE, f"attendance: must run from the most to the least: {', '.join(kept)}")
    _listed("clock.by_source", tuple(file.clock.by_source), codes.allowed("source"), problems)
    _listed("lowering.counts", file.lowering.counts, get_args(Counts), problems)
    _listed("lowering.closed_as", file.lowering.closed_as, codes.allowed("closed_as"), problems)
    _listed("lowering.categories_in", file.lowering.categories_in, codes.allowed("category"), problems)
    if book is not None:
        _listed("lowering.supervisor_where", file.lowering.supervisor_where, book.index, problems)
    if len(problems) > before:
        return None
    return Grades(file.grade, file.attendance, file.clock, file.lowering)


def _listed(key: str, found: tuple[str, ...], allowed: Collection[str], problems: Problems) -> None:
    for one in sorted(set(found)):
        if one not in allowed:
            problems.add(FILE, f"{key}: {not_allowed(one, allowed)}")
        elif found.count(one) > 1:
            problems.add(FILE, f"{key}: '{one}' stands twice")
